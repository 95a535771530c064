package storage_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// enqueue queues acts in one transaction and returns their ids.
func (m *messageStore) enqueue(outs ...chat.Outgoing) []int64 {
	m.t.Helper()
	var ids []int64
	m.do(func(tx *storage.Tx) error {
		ids = nil
		for _, out := range outs {
			id, err := tx.Enqueue(out)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	return ids
}

func (m *messageStore) waiting() []storage.Waiting {
	m.t.Helper()
	var list []storage.Waiting
	m.do(func(tx *storage.Tx) (err error) {
		list, err = tx.WaitingAfter(0)
		return err
	})
	return list
}

func (m *messageStore) take(id int64) (chat.Outgoing, error) {
	m.t.Helper()
	var out chat.Outgoing
	var err error
	m.do(func(tx *storage.Tx) error {
		out, err = tx.TakeMessage(id)
		return nil
	})
	return out, err
}

func (m *messageStore) mustTake(id int64) chat.Outgoing {
	m.t.Helper()
	out, err := m.take(id)
	if err != nil {
		m.t.Fatalf("message %d: %v", id, err)
	}
	return out
}

// sent marks a row that waits as sent to the chat for which it does.
func (m *messageStore) sent(id int64, message int) {
	m.t.Helper()
	for _, w := range m.waiting() {
		if w.ID == id {
			m.do(func(tx *storage.Tx) error { return tx.MarkSent(id, w.Chat, message) })
			return
		}
	}
	m.t.Fatalf("message %d does not wait", id)
}

func send(chatID int64, text string) chat.Outgoing {
	return chat.Outgoing{Kind: chat.OutSend, To: chat.Place{Chat: chatID}, Priority: chat.Answer, Text: text}
}

func edit(of int64, text string) chat.Outgoing {
	return chat.Outgoing{Kind: chat.OutEdit, Priority: chat.Answer, Edits: of, Text: text}
}

func with(out chat.Outgoing, buttons ...chat.Button) chat.Outgoing {
	out.Buttons = [][]chat.Button{buttons}
	return out
}

func press(verb string) chat.Button {
	return chat.Button{Label: verb, Action: chat.Action{Verb: verb}}
}

func TestOutboxKeepsWhatWaits(t *testing.T) {
	db := openMessages(t)
	long := send(7, "<b>x</b> & \"y\" "+strings.Repeat("ộ", 3000))
	long.To.Topic, long.Silent, long.ReplyTo, long.Ask = 3, true, 9, "lý do"
	ids := db.enqueue(long, send(8, "b"))
	db.reopen()
	list := db.waiting()
	if len(list) != 2 || list[0].ID != ids[0] || list[0].Chat != 7 || list[1].Priority != chat.Answer {
		t.Fatalf("waiting: %+v", list)
	}
	if got := db.mustTake(ids[0]); fmt.Sprint(got) != fmt.Sprint(long) {
		t.Errorf("took %+v\nwant %+v", got, long)
	}
	db.sent(ids[0], 55)
	if _, err := db.take(ids[0]); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("taken after it was sent: %v", err)
	}
	next := time.Now().Add(time.Hour).Truncate(time.Millisecond)
	db.do(func(tx *storage.Tx) error { return tx.Postpone(ids[1], next, "no network") })
	list = db.waiting()
	if len(list) != 1 || !list[0].NotBefore.Equal(next) || list[0].Tries != 1 {
		t.Errorf("postponed: %+v", list)
	}
}

func TestFailuresAreShown(t *testing.T) {
	db := openMessages(t)
	ids := db.enqueue(with(send(7, "a"), press("x")), send(8, "b"), send(9, "c"))
	start := time.Now().Add(-time.Minute)
	button := db.mustTake(ids[0]).Buttons[0][0].ID
	db.do(func(tx *storage.Tx) error { return tx.MarkFailed(ids[0], "sendMessage: no rights") })
	db.do(func(tx *storage.Tx) error { return tx.DropMessage(ids[1]) })
	db.do(func(tx *storage.Tx) error {
		list, err := tx.Undelivered(start)
		if len(list) != 1 || list[0].Chat != 7 || list[0].Kind != chat.OutSend || list[0].Error != "sendMessage: no rights" {
			t.Errorf("undelivered: %+v", list)
		}
		if b, _ := tx.Unsent(); b.Count != 1 {
			t.Errorf("%d wait", b.Count)
		}
		if _, _, err := tx.ButtonAction(chat.Place{Chat: 7}, 1, button); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("button of a message that failed: %v", err)
		}
		return err
	})
}

func TestAnEditFollowsItsMessage(t *testing.T) {
	db := openMessages(t)
	reminder := send(7, "first")
	reminder.Priority = chat.Reminder
	first := db.enqueue(reminder)[0]
	second := db.enqueue(edit(first, "second"))[0]
	if w := db.waiting()[1]; w.Chat != 7 || w.Priority != chat.Reminder {
		t.Errorf("an edit must not overtake its message: %+v", w)
	}
	if _, err := db.take(second); !errors.Is(err, storage.ErrNotYet) {
		t.Errorf("before its message: %v", err)
	}
	third := db.enqueue(edit(second, "third"))[0] // an edit of an edit
	if _, err := db.take(second); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("an edit that a newer one replaced: %v", err)
	}
	db.sent(first, 55)
	if out := db.mustTake(third); out.Message != 55 || out.Text != "third" || out.To.Chat != 7 {
		t.Errorf("took %+v", out)
	}
	db.sent(third, 0)
	if w := db.enqueue(edit(first, "fourth")); db.waiting()[0].Priority != chat.Answer {
		t.Errorf("an edit of what stands is as urgent as it says: %v", w)
	}
}

func TestAnEditOfNothing(t *testing.T) {
	db := openMessages(t)
	first := db.enqueue(send(7, "a"))[0]
	second := db.enqueue(edit(first, "b"))[0]
	db.do(func(tx *storage.Tx) error { return tx.MarkFailed(first, "no") })
	if _, err := db.take(second); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("its message failed: %v", err)
	}
	if w := db.waiting(); len(w) != 0 {
		t.Errorf("still waiting: %+v", w)
	}
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		_, err := tx.Enqueue(edit(4711, "b"))
		return err
	})
	if !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("an edit of an unknown message: %v", err)
	}
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		_, err := tx.Enqueue(edit(0, "b"))
		return err
	})
	if err == nil {
		t.Error("an edit of no message was queued")
	}
}

func TestAChatMoves(t *testing.T) {
	const from, to = -5, -1005
	db := openMessages(t)
	waiting := send(from, "waits")
	waiting.ReplyTo, waiting.To.Topic = 3, 4
	asked := send(from, "standing")
	asked.OnReply = &chat.Action{Verb: "say"}
	ids := db.enqueue(
		with(asked, press("old")),
		waiting,
		chat.Outgoing{Kind: chat.OutReact, To: chat.Place{Chat: from}, Priority: chat.CleanUp, Message: 3, Sign: "👍"},
	)
	old := db.mustTake(ids[0]).Buttons[0][0].ID
	db.sent(ids[0], 55)
	unbuttoned := db.enqueue(with(send(from, "other"), press("gone")))[0]
	db.sent(unbuttoned, 56)
	db.do(func(tx *storage.Tx) error { return tx.DropButtons(unbuttoned) })
	edited := db.enqueue(with(edit(ids[0], "edited"), press("new")))[0]

	for range 2 { // to be told twice changes nothing
		db.do(func(tx *storage.Tx) error { return tx.MoveMessages(from, to) })
	}
	for _, w := range db.waiting() {
		if w.Chat != to {
			t.Errorf("still addressed to the old chat: %+v", w)
		}
	}
	if out := db.mustTake(ids[1]); out.To != (chat.Place{Chat: to}) || out.ReplyTo != 0 {
		t.Errorf("what waited: %+v", out)
	}
	if _, err := db.take(ids[2]); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("a reaction to a message that stayed behind: %v", err)
	}
	out := db.mustTake(edited)
	if out.Kind != chat.OutSend || out.To.Chat != to || out.Text != "edited" {
		t.Errorf("an edit of a message that stayed behind is said anew: %+v", out)
	}
	db.sent(edited, 7)
	fresh := out.Buttons[0][0].ID
	db.do(func(tx *storage.Tx) error {
		if a, id, err := tx.ButtonAction(chat.Place{Chat: to}, 7, fresh); err != nil || id != edited || a.Verb != "new" {
			t.Errorf("its button: %v %v %v", a, id, err)
		}
		if _, _, err := tx.ButtonAction(chat.Place{Chat: from}, 55, old); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("the button before the edit: %v", err)
		}
		if a, err := tx.ReplyAction(chat.Place{Chat: to}, 7); err != nil || a.Verb != "say" {
			t.Errorf("a reply to it: %v %v", a, err)
		}
		return nil
	})
	for _, w := range db.waiting() {
		if w.Kind != chat.OutUnbutton {
			continue
		}
		if _, err := db.take(w.ID); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("buttons of a message that stayed behind: %v", err)
		}
	}
	late := db.enqueue(send(from, "queued for the old one later"))[0]
	if out := db.mustTake(late); out.To.Chat != to {
		t.Errorf("queued later: %+v", out)
	}
}

func TestAnEditWaitsForThePaceOfItsMessage(t *testing.T) {
	for name, tt := range map[string]struct {
		chat         int64
		edits        int
		early, later time.Duration // from the last edit on
	}{
		"private":             {7, 1, 1900 * time.Millisecond, 2 * time.Second},
		"private, many edits": {7, 14, 1900 * time.Millisecond, 2 * time.Second},
		"a group":             {-7, 5, 1900 * time.Millisecond, 2 * time.Second},
		"a group, many edits": {-7, 6, 3900 * time.Millisecond, 4 * time.Second},
		"a group, even more":  {-7, 12, 5900 * time.Millisecond, 6 * time.Second},
		"not edited yet":      {-7, 0, -1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				db := openMessages(t)
				id := db.enqueue(send(tt.chat, "0"))[0]
				db.sent(id, 55)
				paced := edit(id, "1")
				paced.Pace = 2 * time.Second
				for range tt.edits {
					change := db.enqueue(paced)[0]
					db.sent(change, 0)
				}
				last := time.Now()
				next := db.enqueue(paced)[0]
				if tt.early >= 0 {
					time.Sleep(tt.early)
					_, err := db.take(next)
					wait, ok := errors.AsType[*storage.PacedError](err)
					if !ok || !wait.Until.Equal(last.Add(tt.later)) {
						t.Errorf("too early: %v", err)
					}
				}
				time.Sleep(time.Until(last.Add(tt.later)))
				db.mustTake(next)
			})
		})
	}
}
