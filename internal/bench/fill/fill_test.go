package fill_test

import (
	"path/filepath"
	"testing"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// perUnit is what the thirty tasks ask of each unit that leads them all: 19
// check-ins in each of four windows, 12 months, two tasks in 4 quarters, and
// 6 days of their own.
const perUnit = 19*4 + 12 + 2*4 + 6

func TestDatabase(t *testing.T) {
	zone := time.FixedZone("+07", 7*60*60)
	path := filepath.Join(t.TempDir(), "dondoc.db")
	if err := fill.File(t.Context(), path, fill.Size{Units: 7, Reports: true}, zone); err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Read(t.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		p := snap.Year(2024)
		if len(p.Tasks) != 30 || p.Published != p.Date || len(snap.Roster.Units) != 7 {
			t.Errorf("%d tasks given out on %s to %d units", len(p.Tasks), p.Published, len(snap.Roster.Units))
		}
		want := chat.Place{Chat: fill.Person(6)}
		if got := snap.Chats[fill.Unit(6)]; got != want || snap.Heads[fill.Unit(6)][0] != want.Chat {
			t.Errorf("the last unit has the chat %v and the heads %v", got, snap.Heads[fill.Unit(6)])
		}
		occs, err := tx.Occurrences(storage.Filter{Plan: p.ID}, zone)
		if err != nil {
			return err
		}
		b := &plan.Book{Plan: p, Calendar: snap.Calendar, Today: plan.NewDate(2024, time.December, 31)}
		open, boxes := 0, map[plan.Box]int{}
		for _, o := range occs {
			boxes[b.Box(o)]++
			if len(o.Reports) == 0 {
				open++
			}
		}
		if len(occs) != 7*perUnit || open == 0 || open > len(occs)/10 {
			t.Errorf("%d occurrences, %d without a report", len(occs), open)
		}
		for _, box := range []plan.Box{plan.DoneOnTime, plan.DoneLate, plan.Overdue} {
			if boxes[box] == 0 {
				t.Errorf("none in the box %v: %v", box, boxes)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
