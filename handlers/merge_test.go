package handlers_test

import (
	"slices"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/chat"
)

// menu are the commands that the person's app offers in the chat.
func (o *office) menu(user, chat int64) (names []string) {
	o.Helper()
	o.settle()
	o.srv.View(func(w *botserver.World) {
		for _, c := range w.MenuFor(user, chat) {
			names = append(names, c.Name)
		}
	})
	return names
}

// letIn has somebody open a link in private.
func (o *office) letIn(user int64, link string) {
	o.Helper()
	before := o.count(user)
	_, err := o.srv.OpenLink(user, link)
	o.must(err)
	o.next(user, before, 1)
	o.settle()
}

// A head keeps his commands when his unit's chat is no longer his private one.
func TestTheMenuOfAHeadWhoseUnitGetsAGroup(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.letIn(strangerID, o.invite("p-qhkt")[0])
	if names := o.menu(strangerID, strangerID); !slices.Contains(names, "done") {
		t.Fatalf("the menu is %v", names)
	}
	m := o.expect(adminID, in(otherChat), "/link p-qhkt", "Chuyển về nhóm này")
	o.press(adminID, m, "Chuyển về đây")
	if names := o.menu(strangerID, strangerID); !slices.Contains(names, "done") {
		t.Errorf("the menu is %v", names)
	}
	o.expect(adminID, in(otherChat), "/unlink p-qhkt", "Đã hủy liên kết")
	if names := o.menu(strangerID, strangerID); !slices.Contains(names, "done") {
		t.Errorf("the menu is %v", names)
	}
}

// The chat of a merged unit becomes that of the unit into which it was merged,
// if that has none; else it is told that it hears no more.
func TestTheChatOfAUnitThatIsMerged(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/units merge p-qlxd p-qhkt", "Đã sáp nhập", "/giaoviec")
	if place := o.snapshot().Chats["p-qhkt"]; place != (chat.Place{Chat: divChat}) {
		t.Errorf("the chat is %v", place)
	}
	told := o.heard(divChat, func() {
		o.expect(adminID, in(adminID), "/units merge p-qhkt thanh-tra", "Đã sáp nhập")
	})
	o.has(told, "đã sáp nhập vào Thanh tra xây dựng", "không còn nhận tin")
	if place := o.snapshot().Chats["thanh-tra"]; place.Chat != forumChat {
		t.Errorf("the chat is %v", place)
	}
	if names := o.menu(memberID, divChat); slices.Contains(names, "viec") {
		t.Errorf("the menu of a chat without a unit is %v", names)
	}
}

func TestAHeadOfAUnitThatWasMerged(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	m := o.expect(memberID, in(divChat), "/done 15", "Đề nghị làm đầu mối")
	request := o.heard(adminID, func() { o.press(memberID, m, "Đề nghị làm đầu mối báo cáo") })
	o.expect(adminID, in(adminID), "/units merge p-qlxd p-qhkt", "Đã sáp nhập")
	o.press(adminID, request, "Đồng ý")
	o.settle()
	if units := o.person(memberID).Units; len(units) != 1 || units[0] != "p-qhkt" {
		t.Errorf("head of %v", units)
	}
}

func TestAnInvitationOfAUnitThatWasMerged(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	links := o.invite("p-qlxd")
	o.expect(adminID, in(adminID), "/units merge p-qlxd p-qhkt", "Đã sáp nhập")
	o.letIn(strangerID, links[0])
	if units := o.person(strangerID).Units; len(units) != 1 || units[0] != "p-qhkt" {
		t.Errorf("head of %v", units)
	}
	bound := o.heard(otherChat, func() {
		_, err := o.srv.OpenGroupLink(strangerID, links[1], otherChat)
		o.must(err)
	})
	o.has(bound, "Đã liên kết với Phòng Quy hoạch - Kiến trúc")
}

func TestUnitsThatNobodyKnowsAreNamed(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/units merge p-qlnn p-qlxd", "không có đơn vị “p-qlnn")
	o.expect(adminID, in(adminID), "/units merge p-qlxd Phòng Quản lí nhà", "không có đơn vị “Phòng Quản lí nhà”")
	o.expect(adminID, in(adminID), "/units move 15 van-phong", "sau lệnh ghi rename, merge hoặc move")
}

// What set a trigger task off for one unit is not what set it off for another.
func TestMergedUnitsKeepWhatSetThemOff(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/trigger 20 p-qlxd 15/05/2024 45/KL-TTr", "Đã ghi nhận phát sinh")
	o.expect(adminID, in(adminID), "/trigger 20 p-htkt 30/06/2024", "Đã ghi nhận phát sinh")
	o.expect(adminID, in(adminID), "/units merge p-qlxd p-htkt", "Đã sáp nhập")
	var dues []string
	for _, occ := range o.occurrences(20, "p-htkt") {
		dues = append(dues, occ.Due.String())
	}
	slices.Sort(dues)
	if !slices.Equal(dues, []string{"2024-05-15", "2024-06-30"}) {
		t.Errorf("20 is due %v", dues)
	}
}
