package storage_test

import (
	"testing"

	"dondoc/internal/chat"
	"dondoc/storage"
)

func TestSetMenuQueuesChangesOnly(t *testing.T) {
	db := openMessages(t)
	short := []chat.MenuItem{{Command: "help", Description: "Trợ giúp"}}
	long := append([]chat.MenuItem{{Command: "tasks", Description: "Việc"}}, short...)
	here, everybody := chat.Place{Chat: -7, Topic: 3}, chat.Place{}
	steps := []struct {
		name   string
		place  chat.Place
		person int64
		items  []chat.MenuItem
		queued bool
	}{
		{"nothing to take away", here, 0, nil, false},
		{"first", here, 0, short, true},
		{"same", here, 0, short, false},
		{"a topic has no menu of its own", chat.Place{Chat: -7}, 0, short, false},
		{"for one person", here, 5, short, true},
		{"changed", here, 0, long, true},
		{"everybody", everybody, 0, short, true},
		{"taken away", here, 0, nil, true},
		{"already away", here, 0, []chat.MenuItem{}, false},
		{"back", here, 0, long, true},
	}
	for _, s := range steps {
		before := len(db.waiting())
		db.do(func(tx *storage.Tx) error { return tx.SetMenu(s.place, s.person, s.items) })
		list := db.waiting()
		if queued := len(list) > before; queued != s.queued {
			t.Errorf("%s: queued %v", s.name, queued)
			continue
		}
		if !s.queued {
			continue
		}
		out := db.mustTake(list[len(list)-1].ID)
		if out.Kind != chat.OutMenu || out.Priority != chat.CleanUp || out.Person != s.person ||
			out.To != (chat.Place{Chat: s.place.Chat}) || len(out.Menu) != len(s.items) {
			t.Errorf("%s: %+v", s.name, out)
		}
	}
	db.do(func(tx *storage.Tx) error { return tx.ForgetMenu(here, 0) })
	before := len(db.waiting())
	db.do(func(tx *storage.Tx) error { return tx.SetMenu(here, 0, long) })
	if len(db.waiting()) == before {
		t.Error("a menu that was refused is not queued again")
	}
}
