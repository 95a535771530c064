package handlers_test

import (
	"strings"
	"testing"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// TestAnEditedCommandIsToldOfOnce, and nothing of it is kept for good.
func TestAnEditedCommandIsToldOfOnce(t *testing.T) {
	d := newDesk(t)
	in := d.event(officeHead, private(officeHead), "/done 15 sửa lại")
	in.Kind = chat.InEdited
	for _, step := range []struct {
		day  string
		told bool
	}{{"13/03/2024", true}, {"14/03/2024", false}, {"12/04/2024", false}, {"13/04/2024", true}} {
		d.clock = step.day + " 09:00"
		d.write(func(tx *storage.Tx) error { return d.h.Chores(tx, d.now()) })
		if said := d.handle(in, false); strings.Contains(said.text(), "Nội dung sửa trong tin") != step.told {
			t.Errorf("%s: %q", step.day, said.text())
		}
	}
}
