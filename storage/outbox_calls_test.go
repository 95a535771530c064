package storage_test

import (
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
