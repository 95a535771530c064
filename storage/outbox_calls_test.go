package storage_test

import (
	"cmp"
	"errors"
	"testing"
	"time"

	"dondoc/storage"
)

func TestRecentCalls(t *testing.T) {
	db := openMessages(t)
	now := time.Now().Truncate(time.Millisecond)
	db.do(func(tx *storage.Tx) error {
		for _, c := range []storage.Call{
			{Chat: 7, Answered: now.Add(-200 * time.Second)},
			{Chat: -8, Answered: now.Add(-10 * time.Second)},
			{Chat: 7, Answered: now.Add(-30 * time.Second)},
		} {
			if err := tx.KeepCall(c); err != nil {
				return err
			}
		}
		return nil
	})
	db.reopen()
	db.do(func(tx *storage.Tx) error {
		list, err := tx.RecentCalls(now.Add(-time.Minute))
		if len(list) != 2 || list[0].Chat != 7 || !list[0].Answered.Equal(now.Add(-30*time.Second)) || list[1].Chat != -8 {
			t.Errorf("recent calls: %+v", list)
		}
		return err
	})
}

func TestClearFinished(t *testing.T) {
	db := openMessages(t)
	ids := db.enqueue(send(7, "sent"), with(send(7, "with a button"), press("x")), send(7, "waits"), send(7, "edited"))
	for i, id := range []int64{ids[0], ids[1], ids[3]} {
		db.sent(id, i+1)
	}
	pending := db.enqueue(edit(ids[3], "later"))[0]
	db.store(update(1, 7), update(2, 7))
	handled := db.pending(time.Now())[0].Seq
	db.do(func(tx *storage.Tx) error { return tx.MarkHandled(handled) })
	forget := func(now time.Time) {
		if err := db.ClearFinished(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
	forget(time.Now().Add(30*24*time.Hour - time.Hour))
	if added := db.store(update(1, 7)); added != 0 {
		t.Error("cleared too early")
	}
	forget(time.Now().Add(30*24*time.Hour + time.Hour))
	if added := db.store(update(1, 7)); added != 1 {
		t.Error("the inbox was not cleared")
	}
	if got := payloads(db.pending(time.Now())); got != "u2 u1" {
		t.Errorf("pending %q", got)
	}
	db.mustTake(ids[2])
	if out := db.mustTake(pending); out.Message != 3 {
		t.Errorf("a message with an edit to come was cleared: %+v", out)
	}
	err := db.Write(t.Context(), func(tx *storage.Tx) error { _, err := tx.Enqueue(edit(ids[0], "")); return err })
	if !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("the outbox was not cleared: %v", err)
	}
	db.enqueue(edit(ids[1], "")) // its button lives
}

// Buttons that nobody was shown keep no message, and those that somebody was
// keep theirs for some months more than a year.
func TestButtonsKeepMessages(t *testing.T) {
	db := openMessages(t)
	ids := db.enqueue(with(send(7, "failed"), press("x")), with(send(7, "shut"), press("x")), with(send(7, "sent"), press("x")))
	db.do(func(tx *storage.Tx) error {
		return errors.Join(tx.MarkFailed(ids[0], "no"), tx.MarkShut(ids[1], "shut"), tx.MarkSent(ids[2], 7, 55))
	})
	for _, tc := range []struct {
		days  int
		known []bool
	}{
		{29, []bool{true, true, true}},
		{31, []bool{false, false, true}},
		{529, []bool{false, false, true}},
		{531, []bool{false, false, false}},
	} {
		if err := db.ClearFinished(t.Context(), time.Now().AddDate(0, 0, tc.days)); err != nil {
			t.Fatal(err)
		}
		for i, id := range ids {
			err := db.Write(t.Context(), func(tx *storage.Tx) error {
				_, err := tx.Enqueue(edit(id, ""))
				return cmp.Or(err, errUndone)
			})
			if known := errors.Is(err, errUndone); known != tc.known[i] {
				t.Errorf("after %d days message %d is known: %t, %v", tc.days, i, known, err)
			}
		}
	}
}
