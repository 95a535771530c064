package storage_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// TestWhatIsHandedOverIsOnDisk queues, edits, drops and moves by chance. What a
// row is said to say without asking the disk is what the disk has.
func TestWhatIsHandedOverIsOnDisk(t *testing.T) {
	db := openMessages(t)
	chance := rand.New(rand.NewPCG(8, 9))
	var ids []int64
	held := map[int64]storage.Waiting{}
	known := 0
	for range 150 {
		db.do(func(tx *storage.Tx) error {
			for range 1 + chance.IntN(3) {
				err := tx.Savepoint(func() error {
					id, err := byChance(tx, chance, ids)
					if err == nil && chance.IntN(5) == 0 {
						return errUndone
					}
					if err == nil && id != 0 {
						ids = append(ids, id)
					}
					return err
				})
				if err != nil && !errors.Is(err, errUndone) && !errors.Is(err, storage.ErrNotFound) {
					return err
				}
			}
			return nil
		})
		rows, all := db.TakeQueued()
		if !all {
			t.Fatal("rows were lost")
		}
		for _, w := range rows {
			held[w.ID] = w
		}
		for id, w := range held {
			said, ok := db.Said(w)
			if !ok {
				delete(held, id)
				continue
			}
			known++
			if out, err := db.take(id); err != nil || !reflect.DeepEqual(out, said) {
				t.Fatalf("message %d is handed over as %+v\nand stands on disk as %+v, %v", id, said, out, err)
			}
		}
	}
	if known < 100 {
		t.Errorf("only %d were handed over", known)
	}
}

var errUndone = errors.New("undone")

// byChance does something with the outbox.
func byChance(tx *storage.Tx, chance *rand.Rand, ids []int64) (int64, error) {
	to := int64(-7 - chance.IntN(4)) // groups, which move
	text := strconv.Itoa(chance.Int())
	if len(ids) < 5 {
		return tx.Enqueue(with(send(to, text), press("x")))
	}
	old := ids[len(ids)-1-chance.IntN(5)]
	switch chance.IntN(16) {
	case 0:
		return tx.Enqueue(edit(old, text))
	case 1:
		return 0, tx.DropButtons(old)
	case 2:
		return 0, tx.MoveMessages(to, to-100)
	case 3:
		return 0, tx.DropMessage(old)
	case 4, 5, 6:
		return tx.Enqueue(send(to, text))
	}
	return tx.Enqueue(with(send(to, text), press("x"), press("y")))
}

// Who does not come for what is queued is told that there was more.
func TestMoreIsQueuedThanIsHeld(t *testing.T) {
	db := openMessages(t)
	for range 11 {
		var outs []chat.Outgoing
		for range 100 {
			outs = append(outs, send(7, "x"))
		}
		db.enqueue(outs...)
	}
	if rows, all := db.TakeQueued(); all || len(rows) > 0 {
		t.Errorf("%d rows, all of them: %v", len(rows), all)
	}
	db.enqueue(send(7, "y"))
	if rows, all := db.TakeQueued(); !all || len(rows) != 1 {
		t.Errorf("afterwards %d rows, all of them: %v", len(rows), all)
	}
}

// A message that was under way when its group became a supergroup stands in the
// old one: what changes it later is said anew.
func TestAMessageOnItsWayStaysBehind(t *testing.T) {
	const from, to = -7, -100700
	db := openMessages(t)
	id := db.enqueue(send(from, "first"))[0]
	db.do(func(tx *storage.Tx) error { return tx.MoveMessages(from, to) })
	db.do(func(tx *storage.Tx) error { return tx.MarkSent(id, from, 55) })
	out := db.mustTake(db.enqueue(edit(id, "changed"))[0])
	if out.Kind != chat.OutSend || out.To.Chat != to || out.Message != 0 || out.Text != "changed" {
		t.Errorf("an edit of it is sent as %+v", out)
	}
}
