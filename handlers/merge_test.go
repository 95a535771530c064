package handlers_test

import (
	"slices"
	"testing"

	"dondoc/internal/botserver"
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
