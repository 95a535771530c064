package handlers_test

import (
	"slices"
	"testing"
)

// One command a message: what follows the first is its words, and of two
// commands nobody would see that one was taken for the other's note.
func TestSeveralCommandsInOneMessage(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	before := o.state()
	for _, text := range []string{
		"/done 15\n/done 26", "/done 15 /xong 26", "/done15,17 đã ký\n\n  /doing@dondoc_bot 26", "/viec\n/done 15", "/done 15; /DONE26",
	} {
		o.expect(officeHead, in(officeHead), text, "Chưa ghi nhận: tin có nhiều lệnh", "/done 15,16")
	}
	if after := o.state(); after != before {
		t.Error(firstDifference(before, after))
	}
	o.expect(officeHead, in(officeHead), "/done 15 theo /viec đã giao, 12/done\n26 hồ sơ", "Hoàn thành đúng hạn")
}

// In a forum several topics may serve units, and all of them share one menu.
func TestTheMenuOfAForum(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	topic, err := o.srv.AddTopic(adminID, forumChat, "Quy hoạch")
	o.must(err)
	second := place{forumChat, topic}
	o.expect(adminID, second, "/link p-qhkt", "Đã liên kết")
	o.appoint(memberID, second, "/head")
	menus := func(when string, inspector, member, other string) {
		t.Helper()
		for who, want := range map[int64]string{inspHead: inspector, memberID: member, adminID: other} {
			got := "nothing"
			switch names := o.menu(who, forumChat); {
			case slices.Contains(names, "done"):
				got = "reports"
			case slices.Contains(names, "viec"):
				got = "reads"
			}
			if got != want {
				t.Errorf("%s: %d %s, want %s", when, who, got, want)
			}
		}
	}
	menus("two topics are linked", "reports", "reports", "reads")
	o.expect(adminID, in(forumChat), "/lang vi", "Ngôn ngữ")
	menus("the language is set in a topic that serves nobody", "reports", "reports", "reads")
	o.expect(adminID, second, "/unlink", "Đã hủy liên kết")
	menus("one topic is unlinked", "reports", "reads", "reads")
	o.expect(adminID, o.insp(), "/unlink", "Đã hủy liên kết")
	menus("both are", "nothing", "nothing", "nothing")
}

// A menu shows what its reader may use now, whatever took it from him or gave it.
func TestTheMenuInAGroupFollowsTheRole(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	reports := func(who, chat int64, want bool) {
		t.Helper()
		if names := o.menu(who, chat); slices.Contains(names, "done") != want {
			t.Errorf("the menu of %d in %d is %v", who, chat, names)
		}
	}
	reports(officeHead, officeChat, true)
	page := o.expect(adminID, in(adminID), "/units van-phong", "Trần Văn Bình")
	o.press(adminID, page, "Xóa khỏi danh sách")
	reports(officeHead, officeChat, false)
	o.appoint(memberID, o.insp(), "/head")
	o.expect(adminID, in(adminID), "/units merge thanh-tra p-qlxd", "Đã sáp nhập")
	reports(inspHead, forumChat, false)
	reports(memberID, divChat, true)
	const super = -1002000000777
	o.must(o.srv.Upgrade(divChat, super))
	reports(memberID, super, true)
	reports(divHead, super, true)
}
