package storage_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// TestABriefReadingDecidesAlike reports, withdraws and returns by chance: of how
// an occurrence stands the few reports that are read in brief say the same as
// all of them, and there are never more than two.
func TestABriefReadingDecidesAlike(t *testing.T) {
	db := openMessages(t)
	if err := fill.Database(t.Context(), db.DB, fill.Size{Units: 2}, time.UTC); err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(8, 1))
	unit := storage.Filter{Unit: fill.Unit(1)}
	brief := unit
	brief.Brief = true
	now := time.Date(2024, time.March, 9, 10, 0, 0, 0, time.UTC)
	db.do(func(tx *storage.Tx) error {
		all, err := tx.Occurrences(unit, time.UTC)
		if err != nil {
			return err
		}
		for _, o := range all {
			for range chance.IntN(8) {
				now = now.Add(time.Hour)
				if err := reportByChance(tx, chance, o.ID, now); err != nil {
					return err
				}
			}
		}
		if all, err = tx.Occurrences(unit, time.UTC); err != nil {
			return err
		}
		few, err := tx.Occurrences(brief, time.UTC)
		if err != nil {
			return err
		}
		compareBrief(t, all, few)
		return nil
	})
}

func compareBrief(t *testing.T, all, few []*plan.Occurrence) {
	t.Helper()
	if len(all) != len(few) || len(all) == 0 {
		t.Fatalf("%d occurrences, in brief %d", len(all), len(few))
	}
	id := func(r *plan.Report) int64 {
		if r == nil {
			return 0
		}
		return r.ID
	}
	done := 0
	for i, o := range all {
		b := few[i]
		if b.ID != o.ID || b.Status() != o.Status() || id(b.Completion()) != id(o.Completion()) || len(b.Reports) > 2 {
			t.Errorf("%+v\nin brief %+v", o, b)
		}
		if o.Completion() != nil {
			done++
		}
	}
	if done == 0 || done == len(all) {
		t.Errorf("%d of %d are done: that shows little", done, len(all))
	}
}

// reportByChance says something on the occurrence, and often takes it back.
func reportByChance(tx *storage.Tx, chance *rand.Rand, occurrence int64, at time.Time) error {
	batch, err := tx.NewBatch()
	if err != nil {
		return err
	}
	statuses := []plan.Status{plan.Done, plan.InProgress, plan.Blocked}
	r := &plan.Report{By: 7, Via: plan.ViaCommand, Status: statuses[chance.IntN(len(statuses))], At: at}
	if err := tx.AddReport(occurrence, batch, r, at); err != nil {
		return err
	}
	switch chance.IntN(4) {
	case 0:
		return tx.Withdraw(batch, at)
	case 1:
		_, err = tx.Return(occurrence, 8, at, "not yet")
	}
	return err
}
