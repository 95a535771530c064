package storage_test

import (
	"errors"
	"testing"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

func TestButtonsAreOpaque(t *testing.T) {
	db := openMessages(t)
	asked := with(send(7, "?"), press("done"), press("done"), chat.Button{Label: "site", URL: "https://example.org"})
	row := db.mustTake(db.enqueue(asked)[0]).Buttons[0]
	for i := range 2 {
		if len(row[i].ID) < 26 || len(row[i].ID) > 64 || row[i].Action.Verb != "" { // 26 letters of base32 are 130 bits
			t.Errorf("button %+v", row[i])
		}
	}
	if row[0].ID == row[1].ID {
		t.Error("two buttons with one id")
	}
	if row[2].ID != "" || row[2].URL == "" {
		t.Errorf("button with an address: %+v", row[2])
	}
	if asked.Buttons[0][0].ID != "" {
		t.Error("the caller's buttons were changed")
	}
}

func TestButtonAction(t *testing.T) {
	db := openMessages(t)
	ids := db.enqueue(with(send(7, "?"), press("done")), with(send(8, "?"), press("other")))
	button := db.mustTake(ids[0]).Buttons[0][0].ID
	foreign := db.mustTake(ids[1]).Buttons[0][0].ID
	tests := []struct {
		name    string
		chat    int64
		message int
		button  string
		found   bool
	}{
		{"its own", 7, 55, button, true},
		{"another message", 7, 56, button, false},
		{"another chat", 8, 55, button, false},
		{"another chat's button", 7, 55, foreign, false},
		{"no message", 7, 0, button, false},
		{"unknown", 7, 55, "AAAAAAAAAAAAAAAAAAAAAA", false},
		{"empty", 7, 55, "", false},
		{"longer", 7, 55, button + "A", false},
		{"wild card", 7, 55, "%", false},
	}
	check := func(t *testing.T, chatID int64, message int, button string, found bool) {
		t.Helper()
		db.do(func(tx *storage.Tx) error {
			a, id, err := tx.ButtonAction(chat.Place{Chat: chatID}, message, button)
			switch {
			case found && (err != nil || a.Verb != "done" || id != ids[0]):
				t.Errorf("%+v, %d, %v", a, id, err)
			case !found && !errors.Is(err, storage.ErrNotFound):
				t.Errorf("found: %+v, %d, %v", a, id, err)
			}
			return nil
		})
	}
	check(t, 7, 55, button, true) // pressed before its message's id was recorded
	check(t, 8, 55, button, false)
	db.sent(ids[0], 55)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { check(t, tt.chat, tt.message, tt.button, tt.found) })
	}
}

func TestAnEditEndsTheButtonsBefore(t *testing.T) {
	db := openMessages(t)
	id := db.enqueue(with(send(7, "page 1"), press("next")))[0]
	before := db.mustTake(id).Buttons[0][0].ID
	db.sent(id, 55)
	change := db.enqueue(with(edit(id, "page 2"), press("back")))[0]
	after := db.mustTake(change).Buttons[0][0].ID
	db.do(func(tx *storage.Tx) error {
		if _, _, err := tx.ButtonAction(chat.Place{Chat: 7}, 55, before); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("the old button: %v", err)
		}
		// It lives before the edit has arrived, and belongs to the message.
		if a, of, err := tx.ButtonAction(chat.Place{Chat: 7}, 55, after); err != nil || of != id || a.Verb != "back" {
			t.Errorf("the new button: %v %v %v", a, of, err)
		}
		return nil
	})
}

func TestDropButtons(t *testing.T) {
	db := openMessages(t)
	stands := db.enqueue(with(send(7, "?"), press("a")))[0]
	button := db.mustTake(stands).Buttons[0][0].ID
	db.sent(stands, 55)
	waits := db.enqueue(with(send(7, "?"), press("b")))[0]
	plain := db.enqueue(send(7, "no buttons"))[0]
	db.do(func(tx *storage.Tx) error {
		return errors.Join(tx.DropButtons(stands), tx.DropButtons(stands), tx.DropButtons(waits), tx.DropButtons(plain))
	})
	db.do(func(tx *storage.Tx) error {
		if _, _, err := tx.ButtonAction(chat.Place{Chat: 7}, 55, button); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("the dropped button: %v", err)
		}
		return nil
	})
	if out := db.mustTake(waits); len(out.Buttons) != 0 {
		t.Errorf("what waits keeps its buttons: %+v", out)
	}
	var removals []int64
	for _, w := range db.waiting() {
		if w.Kind == chat.OutUnbutton {
			removals = append(removals, w.ID)
			if w.Priority != chat.CleanUp {
				t.Errorf("removal: %+v", w)
			}
		}
	}
	if len(removals) != 2 {
		t.Fatalf("%d removals queued", len(removals))
	}
	if out := db.mustTake(removals[0]); out.Message != 55 || out.To.Chat != 7 {
		t.Errorf("removal: %+v", out)
	}
	db.enqueue(with(edit(stands, "!"), press("c"))) // shows buttons again
	if _, err := db.take(removals[0]); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("a removal would take the buttons of a later edit: %v", err)
	}
}

func TestReplyAction(t *testing.T) {
	db := openMessages(t)
	ask := func(chatID int64, verb string) chat.Outgoing {
		out := send(chatID, "?")
		out.OnReply = &chat.Action{Verb: verb, Tasks: []int{15}}
		return out
	}
	plain := db.enqueue(send(7, "a"))[0]
	db.sent(plain, 54)
	first := db.enqueue(ask(7, "reason"))[0]
	tests := []struct {
		name    string
		chat    int64
		message int
		verb    string
	}{
		{"overtook the record of its message", 7, 55, "reason"},
		{"older than what is recorded", 7, 53, ""},
		{"a message that asks nothing", 7, 54, ""},
		{"another chat", 8, 55, ""},
		{"its own", 7, 60, "reason"},
		{"now recorded, so not this one", 7, 61, ""},
		{"two on their way", 7, 62, ""},
		{"still its own", 7, 60, "reason"},
	}
	for i, tt := range tests {
		switch i {
		case 4:
			db.sent(first, 60)
		case 6:
			db.enqueue(ask(7, "b"), ask(7, "c"))
		}
		db.do(func(tx *storage.Tx) error {
			a, err := tx.ReplyAction(chat.Place{Chat: tt.chat, Topic: 9}, tt.message)
			switch {
			case tt.verb == "" && !errors.Is(err, storage.ErrNotFound):
				t.Errorf("%s: found %+v, %v", tt.name, a, err)
			case tt.verb != "" && (err != nil || a.Verb != tt.verb || a.Tasks[0] != 15):
				t.Errorf("%s: %+v, %v", tt.name, a, err)
			}
			return nil
		})
	}
}

func TestAnEditCanChangeWhatAReplyMeans(t *testing.T) {
	db := openMessages(t)
	out := send(7, "?")
	out.OnReply = &chat.Action{Verb: "a"}
	id := db.enqueue(out)[0]
	db.sent(id, 55)
	kept := db.enqueue(edit(id, "??"))[0]
	db.sent(kept, 0)
	for _, verb := range []string{"a", "b"} {
		db.do(func(tx *storage.Tx) error {
			a, err := tx.ReplyAction(chat.Place{Chat: 7}, 55)
			if err != nil || a.Verb != verb {
				t.Errorf("%+v, %v; want %s", a, err, verb)
			}
			return nil
		})
		change := edit(id, "???")
		change.OnReply = &chat.Action{Verb: "b"}
		db.enqueue(change)
	}
}

// FuzzButtonAction presses whatever it likes: nothing but the button itself is
// found.
func FuzzButtonAction(f *testing.F) {
	f.Add(int64(7), 55, "x")
	f.Add(int64(-7), 0, "' OR 1=1 --")
	f.Add(int64(7), 55, "\x00\xff")
	path := f.TempDir() + "/dondoc.db"
	db, err := storage.Open(f.Context(), path)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = db.Close() })
	err = db.Write(f.Context(), func(tx *storage.Tx) error {
		id, err := tx.Enqueue(with(send(7, "?"), press("done")))
		return errors.Join(err, tx.MarkSent(id, 7, 55))
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, chatID int64, message int, button string) {
		err := db.Read(t.Context(), func(tx *storage.Tx) error {
			_, _, err := tx.ButtonAction(chat.Place{Chat: chatID}, message, button)
			return err
		})
		if !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("%d/%d %q: %v", chatID, message, button, err)
		}
	})
}

// TestAnEditThatMayWaitKeepsButtonsAlive: what the chat shows until the edit
// arrives still works, and so does a button that the edit bears again.
func TestAnEditThatMayWaitKeepsButtonsAlive(t *testing.T) {
	db := openMessages(t)
	id := db.enqueue(with(send(7, "▫️"), press("tap"), press("page")))[0]
	before := db.mustTake(id).Buttons[0]
	db.sent(id, 55)
	paced := func(text string, buttons ...chat.Button) []chat.Button {
		out := edit(id, text)
		out.Pace = time.Minute
		if len(buttons) > 0 {
			out = with(out, buttons...)
		}
		for _, row := range db.mustTake(db.enqueue(out)[0]).Buttons {
			return row
		}
		return nil
	}
	works := func(b chat.Button, verb string) {
		t.Helper()
		db.do(func(tx *storage.Tx) error {
			a, _, err := tx.ButtonAction(chat.Place{Chat: 7}, 55, b.ID)
			if a.Verb != verb || (err == nil) != (verb != "") {
				t.Errorf("%+v, %v; want %q", a, err, verb)
			}
			return nil
		})
	}
	after := paced("✅", chat.Button{Label: "✅", Action: chat.Action{Verb: "tap"}}, press("send"))
	if after[0].ID != before[0].ID || after[0].Label != "✅" || after[1].ID == before[1].ID {
		t.Errorf("buttons %+v, before %+v", after, before)
	}
	works(before[0], "tap")
	works(before[1], "page")
	works(after[1], "send")
	paced("the end")
	for _, b := range []chat.Button{before[0], before[1], after[1]} {
		works(b, "")
	}
}
