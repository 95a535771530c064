package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/plan"
)

// A testWork is all occurrences of the shipped plan.
type testWork struct {
	*plan.Book
	t    testing.TB
	occs []*plan.Occurrence
	last int64 // report id
}

func newTestWork(t testing.TB, today string) *testWork {
	t.Helper()
	w := &testWork{Book: testBook(t, today), t: t}
	for _, task := range w.Plan.Tasks {
		for _, o := range w.Plan.Occurrences(task) {
			w.occs = append(w.occs, &o)
		}
	}
	return w
}

// find returns the unit's occurrence of the task; period chooses among several.
func (w *testWork) find(task int, unit, period string) *plan.Occurrence {
	w.t.Helper()
	for _, o := range w.occs {
		if o.Task == task && o.Unit == unit && (period == "" || o.Period == period) {
			return o
		}
	}
	w.t.Fatalf("no occurrence %d %s %s", task, unit, period)
	return nil
}

func (w *testWork) report(o *plan.Occurrence, report string) {
	w.t.Helper()
	w.last++
	r := testReports(w.t, report)[0]
	r.ID = w.last
	o.Reports = append(o.Reports, r)
}

// ofUnit narrows to one unit, as the storage does.
func (w *testWork) ofUnit(unit string) *plan.Figures {
	w.Units = []string{unit}
	defer func() { w.Units = nil }()
	return w.Figures(slices.DeleteFunc(slices.Clone(w.occs), func(o *plan.Occurrence) bool { return o.Unit != unit }))
}

func (w *testWork) all() *plan.Figures { return w.Figures(w.occs) }

func numbers(occs []*plan.Occurrence) string {
	var out []string
	for _, o := range occs {
		out = append(out, fmt.Sprint(o.Task))
	}
	return strings.Join(out, " ")
}

func undated(f *plan.Figures) string {
	var out []string
	for _, task := range f.Undated {
		out = append(out, fmt.Sprint(task.Number))
	}
	return strings.Join(out, " ")
}

func TestFiguresOfTheShippedPlan(t *testing.T) {
	w := newTestWork(t, "2024-03-20")
	f := w.all()
	if want := (plan.Tally{Open: 6}); f.Tasks != want || f.Work != want {
		t.Errorf("tasks %+v, work %+v, want %+v", f.Tasks, f.Work, want)
	}
	if len(f.Windows) != 2 {
		t.Fatalf("%d windows, want 2", len(f.Windows))
	}
	for _, wf := range f.Windows {
		want := plan.CheckIns{Asked: 37}
		if wf.CheckIns != want || wf.Missing["van-phong"] != 14 || wf.Missing["lanh-dao"] != 0 {
			t.Errorf("%s: %+v, missing %v", wf.Window.Period, wf.CheckIns, wf.Missing)
		}
	}
	if got := undated(f); got != "20 29" {
		t.Errorf("undated: %s, want 20 29", got)
	}
	if got := numbers(f.ByDue); got != "15 26 13 14 21 18" && got != "15 26 13 14 18 21" {
		t.Errorf("by due day: %s", got)
	}
	if got := numbers(f.DueSoon); got != "15 26" {
		t.Errorf("due soon: %s, want 15 26", got)
	}
	if len(f.Late)+len(f.Blocked) > 0 {
		t.Errorf("late %s, blocked %s", numbers(f.Late), numbers(f.Blocked))
	}
	// Check-ins of two windows: group I is led by five units and three times by
	// one, group II three times by two, twice by five and three times by one.
	want := []string{"0 0 16 0", "1 0 38 0", "2 2 0 0", "3 2 4 0", "4 1 2 1", "5 0 8 0", "6 1 6 1"}
	for _, today := range []string{"2024-03-20", "2024-12-20"} {
		w.Today = parsedDate(t, today)
		var groups []string
		for _, g := range w.all().Groups {
			groups = append(groups, fmt.Sprint(g.Index, g.Tasks.Total(), g.CheckIns.Asked, g.Undated))
		}
		if !slices.Equal(groups, want) {
			t.Errorf("%s: groups (index, tasks, check-ins, undated) = %q, want %q", today, groups, want)
		}
	}
}

func TestFiguresOfOneUnit(t *testing.T) {
	w := newTestWork(t, "2024-02-01")
	tests := []struct {
		unit            string
		dated, checkIns int
		undated         string
	}{
		{"van-phong", 6, 14, "29"}, {"thanh-tra", 0, 3, ""}, {"p-qln", 0, 3, "20"}, {"to-tthc", 0, 3, ""}, {"lanh-dao", 0, 0, ""},
	}
	for _, tt := range tests {
		f := w.ofUnit(tt.unit)
		if f.Tasks.Total() != tt.dated || f.Work.Total() != tt.dated ||
			f.Windows[0].CheckIns.Asked != tt.checkIns || undated(f) != tt.undated {
			t.Errorf("%s: %d tasks, %d dated, %d check-ins, undated %q, want %d, %d, %q", tt.unit,
				f.Tasks.Total(), f.Work.Total(), f.Windows[0].CheckIns.Asked, undated(f), tt.dated, tt.checkIns, tt.undated)
		}
		sum := 0
		for _, g := range f.Groups {
			sum += g.Tasks.Total() + g.CheckIns.Asked + g.Undated
			if g.Tasks.Total()+g.CheckIns.Asked+g.Undated == 0 {
				t.Errorf("%s: group %d stands there for another unit's tasks", tt.unit, g.Index)
			}
		}
		if want := tt.dated + tt.checkIns + len(strings.Fields(tt.undated)); sum != want {
			t.Errorf("%s: the groups sum up to %d, want %d", tt.unit, sum, want)
		}
	}
}

func TestFiguresBoxes(t *testing.T) {
	w := newTestWork(t, "2024-04-10")
	f := w.all()
	if want := (plan.Tally{Open: 4, Overdue: 2}); f.Tasks != want || f.Tasks.Fallen() != 2 || f.Tasks.Done() != 0 {
		t.Errorf("tasks %+v, want %+v", f.Tasks, want)
	}
	w.report(w.find(15, "van-phong", ""), "2024-04-02 done")
	extend(t, w.find(26, "van-phong", ""), "2024-04-15")
	w.report(w.find(26, "van-phong", ""), "2024-04-10 done")
	w.report(w.find(13, "van-phong", ""), "2024-04-10 done")
	extend(t, w.find(14, "van-phong", ""), "2025-01-31")
	extend(t, w.find(18, "van-phong", ""), "2024-12-31") // by now the plan allows as much
	w.report(w.find(18, "van-phong", ""), "2024-04-10 done")
	want := plan.Tally{DoneOnTime: 3, DoneLate: 1, Open: 2, Extended: 1}
	f = w.all()
	if f.Tasks != want || f.Work != want {
		t.Errorf("tasks %+v, work %+v, want %+v", f.Tasks, f.Work, want)
	}
	if f.Tasks.Done() != 4 || f.Tasks.Fallen() != 4 || f.Tasks.Total() != 6 {
		t.Errorf("done %d of %d fallen, %d in all, want 4, 4, 6", f.Tasks.Done(), f.Tasks.Fallen(), f.Tasks.Total())
	}
	if g := f.Groups[3]; g.Index != 3 || g.Tasks != (plan.Tally{DoneOnTime: 1, DoneLate: 1}) {
		t.Errorf("group IV = %+v", g)
	}
}

func TestFiguresCountTasksAndOccurrencesApart(t *testing.T) {
	w := newTestWork(t, "2024-05-20")
	for unit, report := range map[string]string{"p-qlxd": "2024-05-10 done", "p-qln": "2024-05-17 done", "tt-qhkd": ""} {
		o := testDated(t, "2024-05-15")
		o.Task, o.Unit = 20, unit
		if report != "" {
			w.report(o, report)
		}
		w.occs = append(w.occs, o)
	}
	f := w.all()
	if want := (plan.Tally{DoneOnTime: 1, DoneLate: 1, Open: 4, Overdue: 3}); f.Work != want {
		t.Errorf("work %+v, want %+v", f.Work, want)
	}
	if want := (plan.Tally{Open: 4, Overdue: 3}); f.Tasks != want {
		t.Errorf("tasks %+v, want %+v", f.Tasks, want)
	}
	if got := undated(f); got != "29" {
		t.Errorf("undated: %s; what was triggered has a day", got)
	}
}

func TestFiguresOnTheEffectiveDay(t *testing.T) {
	if got := numbers(newTestWork(t, "2024-04-01").all().DueSoon); got != "15 26" {
		t.Errorf("due soon on the effective day: %s, want 15 26", got)
	}
}

func TestFiguresOfCheckIns(t *testing.T) {
	w := newTestWork(t, "2024-04-10")
	for _, number := range []int{2, 3, 4} {
		w.report(w.find(number, "thanh-tra", "2024-Q1"), "2024-03-14 done")
	}
	w.report(w.find(5, "to-tthc", "2024-Q1"), "2024-03-10 not_arisen")
	w.report(w.find(6, "to-tthc", "2024-Q1"), "2024-03-15 done")
	w.report(w.find(7, "to-tthc", "2024-Q1"), "2024-03-14 done withdrawn")
	w.report(w.find(10, "mot-cua", "2024-Q2"), "2024-04-10 in_progress")
	f := w.all()
	if want := (plan.CheckIns{Asked: 37, Reported: 5, InTime: 4}); f.Windows[0].CheckIns != want || want.Missing() != 32 {
		t.Errorf("Q1: %+v, want %+v", f.Windows[0].CheckIns, want)
	}
	if m := f.Windows[0].Missing; m["thanh-tra"] != 0 || m["to-tthc"] != 1 || m["van-phong"] != 14 {
		t.Errorf("missing in Q1: %v", m)
	}
	if want := (plan.CheckIns{Asked: 37, Reported: 1, InTime: 1}); f.Windows[1].CheckIns != want {
		t.Errorf("Q2: %+v, want %+v", f.Windows[1].CheckIns, want)
	}
	if f.Work.Total() != 6 || len(f.Late) != 2 {
		t.Error("check-ins are counted with dated work")
	}
}

// The groups' check-ins add up to those of the windows, also where a version of
// the plan made dated work of a task whose check-in was reported before.
func TestFiguresOfATaskThatIsOngoingNoMore(t *testing.T) {
	w := newTestWork(t, "2024-04-02")
	w.report(w.find(24, "van-phong", "2024-Q1"), "2024-03-12 done")
	for _, period := range []string{"2024-Q2", "2024-Q3", "2024-Q4"} {
		passed(w.find(24, "van-phong", period)).Dropped = true
	}
	w.occs = append(w.occs, &plan.Occurrence{
		ID: 9999, Task: 24, Unit: "van-phong", Kind: plan.OccurrenceDated, Period: "2024-06-30", Due: parsedDate(t, "2024-06-30"),
	})
	f := w.all()
	var groups, windows plan.CheckIns
	for _, g := range f.Groups {
		groups.Asked += g.CheckIns.Asked
		groups.Reported += g.CheckIns.Reported
	}
	for _, win := range f.Windows {
		windows.Asked += win.CheckIns.Asked
		windows.Reported += win.CheckIns.Reported
	}
	if groups.Asked != windows.Asked || groups.Reported != windows.Reported || windows.Reported != 1 {
		t.Errorf("the groups count %+v, the windows %+v", groups, windows)
	}
}
