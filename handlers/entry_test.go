package handlers_test

import (
	"strings"
	"testing"

	"dondoc/internal/plan"
)

func TestStrangersLearnNothing(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(strangerID, in(strangerID), "/start", "phục vụ các đơn vị của cơ quan")
	for _, text := range []string{"/summary", "/done 15", "xin chào", "/start abc"} {
		if _, err := o.srv.Say(strangerID, strangerID, text); err != nil {
			t.Fatal(err)
		}
	}
	o.say(adminID, in(adminID), "/help") // everything before it is handled
	if n := o.count(strangerID); n != 1 {
		t.Errorf("a stranger got %d messages in one day", n)
	}
	m := o.expect(memberID, in(otherChat), "/start", "chưa được liên kết", "/link")
	if strings.Contains(m.Text, "bí mật") {
		t.Errorf("a stranger in a group is told %q, want no more than where to go", m.Text)
	}
	before := o.count(otherChat)
	for _, text := range []string{"/start", "/summary", "/start"} {
		if _, err := o.srv.Say(memberID, otherChat, text); err != nil {
			t.Fatal(err)
		}
	}
	o.say(adminID, in(adminID), "/help")
	if n := o.count(otherChat) - before; n != 0 {
		t.Errorf("a group that serves no unit got %d messages more on that day", n)
	}
}

func TestHowPeopleGetIn(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	m := o.expect(adminID, in(adminID), "/invite director", "https://t.me/dondoc_bot?start=")
	_, link, _ := strings.Cut(m.Text, "\n")
	before := o.count(strangerID)
	if _, err := o.srv.OpenLink(strangerID, strings.TrimSpace(link)); err != nil {
		t.Fatal(err)
	}
	if got := o.next(strangerID, before, 1)[0].Text; !strings.Contains(got, "lãnh đạo") {
		t.Errorf("let in: %s", got)
	}
	o.expect(strangerID, in(strangerID), "/summary", "📊")
	asked := o.expect(memberID, in(divChat), "/done 1", "[Đề nghị làm đầu mối báo cáo]")
	beforeAdmin := o.count(adminID)
	o.press(memberID, asked, "Đề nghị làm đầu mối báo cáo")
	request := o.next(adminID, beforeAdmin, 1)[0]
	beforeGroup := o.count(divChat)
	o.press(adminID, request, "Đồng ý")
	o.next(divChat, beforeGroup, 1)
	o.expect(memberID, in(divChat), "/done 1 đã tham mưu", "kỳ Quý I")
}

// TestHelpInAPrivateChatOfAUnit lets a head in by his link, which makes the
// private chat the unit's.
func TestHelpInAPrivateChatOfAUnit(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	m := o.expect(adminID, in(adminID), "/invite p-qhkt", "https://t.me/dondoc_bot?start=")
	_, link, _ := strings.Cut(m.Text, "?start=")
	link, _, _ = strings.Cut(link, "\n")
	before := o.count(strangerID)
	if _, err := o.srv.OpenLink(strangerID, "https://t.me/dondoc_bot?start="+link); err != nil {
		t.Fatal(err)
	}
	o.next(strangerID, before, 2) // and the unit's tasks
	m = o.expect(strangerID, in(strangerID), "/trogiup", "Đầu mối báo cáo của Phòng Quy hoạch - Kiến trúc", "danh sách lệnh")
	if strings.Contains(m.Text, "Nhóm") {
		t.Errorf("a private chat is called a group:\n%s", m.Text)
	}
}

// TestAnUnknownUnit gets each person a list from which he can take the name.
func TestAnUnknownUnit(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(directorID, in(leaderChat), "/add zzz 31/12/2024; rà soát", "không có đơn vị “zzz”", "Mã đơn vị: van-phong · thanh-tra")
	o.expect(adminID, in(adminID), "/add zzz 31/12/2024; rà soát", "không có đơn vị “zzz”", "Danh sách đơn vị: /units")
	o.expect(officeHead, in(officeChat), "/baocaoky zzz", "không có đơn vị “zzz”", "\nMã đơn vị: van-phong")
}

func TestForgedButtonsDoNothing(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	list := o.expect(officeHead, in(officeChat), "/done", "Chọn nhiệm vụ")
	o.settle() // its id is written down: until then the chat alone must be right
	data := list.Buttons[0][0].CallbackData
	for _, forged := range []struct {
		user, chat int64
		message    int
		data       string
	}{
		{officeHead, officeChat, list.ID, "x" + data},
		{officeHead, officeChat, list.ID - 1, data},
		{divHead, divChat, list.ID, data},
	} {
		id, err := o.srv.PressForged(forged.user, forged.chat, forged.message, forged.data)
		o.must(err)
		if got := o.answerTo(id); !strings.Contains(got, "không còn hiệu lực") {
			t.Errorf("a forged press was answered %q", got)
		}
	}
	id, err := o.srv.Press(memberID, officeChat, list.ID, data)
	o.must(err)
	if got := o.answerTo(id); !strings.Contains(got, "đầu mối gửi") {
		t.Errorf("a member's press was answered %q", got)
	}
	before := o.count(officeChat)
	o.press(officeHead, list, list.Buttons[0][0].Text)
	if got := o.next(officeChat, before, 1)[0].Text; !strings.Contains(got, "Hoàn thành đúng hạn") {
		t.Errorf("the true press: %s", got)
	}
}

func TestAGroupThatBecomesASupergroupKeepsItsUnit(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	const super = -1002000000777
	o.must(o.srv.Upgrade(divChat, super))
	o.expect(divHead, in(super), "/done 1 đã tham mưu", "kỳ Quý I", "Phòng Quản lý xây dựng")
	o.expect(divHead, in(super), "/summary", "đã báo cáo 1/3")
}

func TestTheOtherTopicsOfAForumAreToldWhereToGo(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	other, err := o.srv.AddTopic(adminID, forumChat, "Trao đổi")
	o.must(err)
	o.expect(inspHead, place{forumChat, other}, "/done 2", "Thanh tra xây dựng", "https://t.me/c/2000000003/")
	if got := o.occurrence(2, "thanh-tra", "2024-Q1").Status(); got != plan.NotStarted {
		t.Errorf("recorded from another topic: %s", got)
	}
}
