package storage_test

import (
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// lively is an office of some units in which much was said, taken back, put off
// and passed on by chance.
func lively(t *testing.T, units int) *messageStore {
	t.Helper()
	m := filled(t, units)
	chance := rand.New(rand.NewPCG(98, 8))
	at := time.Date(2024, time.January, 15, 9, 0, 0, 0, zone)
	m.do(func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		occs, err := tx.Occurrences(storage.Filter{Plan: snap.Plans[0].ID}, zone)
		if err != nil {
			return err
		}
		for _, o := range occs {
			for range chance.IntN(4) {
				at = at.Add(time.Duration(chance.IntN(120)) * time.Hour / time.Duration(len(occs)/60+1))
				if err := reportByChance(tx, chance, o.ID, at); err != nil {
					return err
				}
			}
			if o.Kind == plan.OccurrenceDated && chance.IntN(8) == 0 {
				e := plan.Extension{Was: o.Due, Due: o.Due + plan.Date(chance.IntN(60)) - 5, By: 1, At: at}
				if err := tx.Extend(o.ID, e); err != nil {
					return err
				}
			}
		}
		return tx.MoveTask(occs[0].TaskID, fill.Unit(0), fill.Unit(1))
	})
	return m
}

// An office is counted alike by its outlines and by all that was said, at every
// time of the year, as a whole and for one unit.
func TestOutlinesCountAlike(t *testing.T) {
	m := lively(t, 5)
	m.do(func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		p := snap.Plans[0]
		for _, f := range []storage.Filter{{Plan: p.ID}, {Plan: p.ID, Unit: fill.Unit(1)}} {
			all, err := tx.Occurrences(f, zone)
			if err != nil {
				return err
			}
			for today := plan.NewDate(2024, time.January, 5); today.Year() == 2024; today += 23 {
				b := &plan.Book{Plan: p, Calendar: snap.Calendar, Today: today}
				if f.Unit != "" {
					b.Units = []string{f.Unit}
				}
				count, sums := b.Count(), b.TaskSums()
				err := tx.Outlines(f, zone, func(o *plan.Occurrence) {
					count.Add(o)
					sums.Add(o)
				})
				if err != nil {
					return err
				}
				sameFigures(t, count.Figures(), b.Figures(all))
				sameSums(t, b, sums, all)
			}
		}
		return nil
	})
}

func sameFigures(t *testing.T, got, want *plan.Figures) {
	t.Helper()
	lists := func(f *plan.Figures) (ids [][]int64) { // by what they name
		for _, list := range [][]*plan.Occurrence{f.Late, f.Blocked, f.ByDue, f.DueSoon} {
			one := []int64{}
			for _, o := range list {
				one = append(one, o.ID)
			}
			ids = append(ids, one)
		}
		undated := []int64{}
		for _, task := range f.Undated {
			undated = append(undated, task.ID)
		}
		return append(ids, undated)
	}
	if g, w := lists(got), lists(want); !reflect.DeepEqual(g, w) {
		t.Errorf("late, blocked, open, due soon and undated:\n%v\nwant\n%v", g, w)
	}
	g, w := *got, *want
	for _, f := range []*plan.Figures{&g, &w} {
		f.Late, f.Blocked, f.ByDue, f.DueSoon, f.Undated = nil, nil, nil, nil, nil
	}
	if !reflect.DeepEqual(g, w) {
		t.Errorf("%+v, %+v and more\nwant %+v, %+v", g.Tasks, g.Work, w.Tasks, w.Work)
	}
}

func sameSums(t *testing.T, b *plan.Book, sums *plan.TaskSums, all []*plan.Occurrence) {
	t.Helper()
	for _, task := range b.Plan.Tasks {
		mine := slices.DeleteFunc(slices.Clone(all), func(o *plan.Occurrence) bool { return o.Task != task.Number })
		want := b.TaskSum(mine)
		if got := sums.Of(task.Number); got == nil && len(mine) > 0 || got != nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: task %d sums up to %+v, want %+v", b.Today, task.Number, got, want)
		}
	}
}

// However large an office is, of its outlines one is there at a time.
func TestOutlinesAreNotKept(t *testing.T) {
	m := filled(t, 60)
	m.do(func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		var held atomic.Int64
		seen := 0
		err = tx.Outlines(storage.Filter{Plan: snap.Plans[0].ID}, zone, func(o *plan.Occurrence) {
			held.Add(1)
			runtime.AddCleanup(o, func(held *atomic.Int64) { held.Add(-1) }, &held)
			if seen++; seen%500 > 0 {
				return
			}
			const few = 20
			for range 50 { // what nobody holds is let go of in time
				if runtime.GC(); held.Load() <= few {
					return
				}
				runtime.Gosched()
			}
			t.Errorf("%d of the %d outlines seen so far are held", held.Load(), seen)
		})
		if seen < 60*100 {
			t.Errorf("%d outlines", seen)
		}
		return err
	})
}

// reportByChance says something on the occurrence, and often takes it back.
func reportByChance(tx *storage.Tx, chance *rand.Rand, occurrence int64, at time.Time) error {
	statuses := []plan.Status{plan.Done, plan.InProgress, plan.Blocked}
	r := &plan.Report{By: 7, Via: plan.ViaCommand, Status: statuses[chance.IntN(len(statuses))], At: at}
	if err := tx.AddReport(occurrence, 0, r, at); err != nil {
		return err
	}
	switch chance.IntN(4) {
	case 0:
		return tx.Withdraw(r.ID, at)
	case 1:
		_, err := tx.Return(occurrence, 8, at, "not yet")
		return err
	}
	return nil
}
