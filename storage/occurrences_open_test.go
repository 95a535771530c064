package storage_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/plan"
	"dondoc/storage"
)

var zone = time.FixedZone("+07", 7*60*60)

// everything is as far as open work can lie.
var everything = storage.Reach{
	Dated:        plan.NewDate(2100, time.January, 1),
	CheckInsFrom: plan.NewDate(2000, time.January, 1),
	CheckInsTo:   plan.NewDate(2100, time.January, 1),
}

// filled is an office of some units with nothing reported.
func filled(t testing.TB, units int) *messageStore {
	t.Helper()
	m := openMessages(t)
	if err := fill.Database(t.Context(), m.DB, fill.Size{Units: units}, zone); err != nil {
		t.Fatal(err)
	}
	return m
}

// What is kept of the reports beside an occurrence is what they come to,
// whatever was reported, withdrawn and returned, in whatever order.
func TestOpenIsWhatIsNotCompleted(t *testing.T) {
	m := filled(t, 1)
	random := rand.New(rand.NewPCG(98, 2024))
	statuses := []plan.Status{plan.InProgress, plan.Done, plan.Done, plan.Blocked, plan.NotArisen}
	now := time.Date(2024, time.March, 1, 9, 0, 0, 0, zone)
	m.do(func(tx *storage.Tx) error {
		occs, err := tx.Occurrences(storage.Filter{Unit: fill.Unit(0)}, zone)
		if err != nil {
			return err
		}
		occs = slices.DeleteFunc(occs, func(*plan.Occurrence) bool { return random.IntN(4) > 0 })
		for i := range 600 {
			o := occs[random.IntN(len(occs))]
			at := now.Add(time.Duration(i) * time.Hour)
			switch random.IntN(4) {
			case 0:
				batch := int64(1 + random.IntN(i+1))
				_ = tx.Savepoint(func() error { return tx.Withdraw(batch, at) }) // refused if it was returned
			case 1:
				_, err = tx.Return(o.ID, 1, at, "x")
			default:
				r := &plan.Report{By: 1, Via: plan.ViaCommand, Status: statuses[random.IntN(len(statuses))], At: at}
				err = tx.AddReport(o.ID, int64(1+i), r, at)
			}
			if err != nil {
				return err
			}
			if i%50 == 0 {
				agrees(t, tx)
			}
		}
		agrees(t, tx)
		return nil
	})
}

// agrees holds the open work against what the reports say.
func agrees(t *testing.T, tx *storage.Tx) {
	t.Helper()
	all, err := tx.Occurrences(storage.Filter{Unit: fill.Unit(0)}, zone)
	if err != nil {
		t.Fatal(err)
	}
	open, err := tx.OpenOccurrences([]string{fill.Unit(0)}, everything)
	if err != nil {
		t.Fatal(err)
	}
	var want, got []int64
	for _, o := range all {
		if o.Completion() == nil {
			want = append(want, o.ID)
		}
	}
	for _, o := range open {
		got = append(got, o.ID)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("open: %v\nnot completed: %v", got, want)
	}
	outlined(t, tx, all)
	counted(t, tx, open)
}

// counted holds the tasks of open work against the work itself.
func counted(t *testing.T, tx *storage.Tx, open []*plan.Occurrence) {
	t.Helper()
	type group struct {
		kind   plan.OccurrenceKind
		period string
		due    plan.Date
		task   int64
	}
	want, got := map[group]int{}, map[group]int{}
	for _, o := range open {
		g := group{kind: o.Kind, task: o.TaskID}
		if o.Kind == plan.OccurrenceCheckIn {
			g.period, g.due = o.Period, o.Due
		}
		want[g]++
	}
	tasks, err := tx.OpenTasksOf(fill.Unit(0), everything)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range tasks {
		for _, id := range o.Tasks {
			got[group{o.Kind, o.Period, o.Due, id}]++
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("tasks of open work: %v\nopen work: %v", got, want)
	}
}

// outlined holds the outlines of a plan against the whole of what was said.
func outlined(t *testing.T, tx *storage.Tx, all []*plan.Occurrence) {
	t.Helper()
	byID := map[int64]*plan.Occurrence{}
	snap, err := tx.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	err = tx.Outlines(storage.Filter{Plan: snap.Plans[0].ID}, zone, func(o *plan.Occurrence) { byID[o.ID] = o })
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range all {
		got := byID[want.ID]
		if got == nil || got.Status() != want.Status() || got.StatedDue() != want.StatedDue() || got.Opens != want.Opens ||
			got.Passed != want.Passed || day(got.Completion()) != day(want.Completion()) {
			t.Errorf("outline %+v\nof %+v", got, want)
		}
	}
}

// day is when the report counts, zero without one.
func day(r *plan.Report) plan.Date {
	if r == nil {
		return 0
	}
	return r.Day
}

// Open work comes with all that its reminders are reckoned from.
func TestOpenOccurrences(t *testing.T) {
	m := filled(t, 3)
	m.do(func(tx *storage.Tx) error {
		all, err := tx.Occurrences(storage.Filter{Unit: fill.Unit(1)}, zone)
		if err != nil {
			return err
		}
		later := all[0].Due + 40
		for _, due := range []plan.Date{later + 5, later} {
			if err := tx.Extend(all[0].ID, plan.Extension{Due: due, At: time.Now()}); err != nil {
				return err
			}
		}
		begun := &plan.Report{By: 1, Via: plan.ViaCommand, Status: plan.InProgress, At: time.Now()}
		if err := tx.AddReport(all[1].ID, 1, begun, time.Now()); err != nil {
			return err
		}
		if err := tx.MoveTask(all[1].TaskID, fill.Unit(1), fill.Unit(2)); err != nil {
			return err
		}
		if all, err = tx.Occurrences(storage.Filter{Unit: fill.Unit(1)}, zone); err != nil {
			return err
		}
		open, err := tx.OpenOccurrences([]string{fill.Unit(1)}, everything)
		if err != nil || len(open) != len(all) {
			t.Errorf("%d open of %d: %v", len(open), len(all), err)
		}
		byID := map[int64]*plan.Occurrence{}
		for _, o := range open {
			byID[o.ID] = o
		}
		for _, want := range all {
			got := byID[want.ID]
			if got == nil || got.Task != want.Task || got.TaskID != want.TaskID || got.Unit != want.Unit ||
				got.Kind != want.Kind || got.Period != want.Period || got.Due != want.Due || got.Firm != want.Firm ||
				got.Passed != want.Passed || got.StatedDue() != want.StatedDue() {
				t.Errorf("open %+v\nis %+v", got, want)
			}
		}
		near, err := tx.OpenOccurrences([]string{fill.Unit(0), fill.Unit(2)}, storage.Reach{
			Dated:        plan.NewDate(2024, time.January, 31),
			CheckInsFrom: plan.NewDate(2024, time.March, 14), CheckInsTo: plan.NewDate(2024, time.March, 14),
		})
		for _, o := range near {
			if o.Unit == fill.Unit(1) || o.Due > plan.NewDate(2024, time.March, 14) {
				t.Errorf("out of reach: %+v", o)
			}
		}
		if len(near) == 0 {
			t.Error("nothing within reach")
		}
		return err
	})
}
