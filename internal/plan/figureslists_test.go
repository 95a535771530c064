package plan_test

import (
	"slices"
	"strings"
	"testing"

	"dondoc/internal/plan"
)

func TestFiguresLists(t *testing.T) {
	w := newTestWork(t, "2024-04-10")
	w.find(13, "van-phong", "").Due = parsedDate(t, "2024-04-05")
	extend(t, w.find(15, "van-phong", ""), "2024-04-07") // a Sunday
	w.find(14, "van-phong", "").Due = parsedDate(t, "2024-04-24")
	w.find(21, "van-phong", "").Due = parsedDate(t, "2024-04-25")
	w.report(w.find(21, "van-phong", ""), "2024-04-01 blocked")
	w.report(w.find(5, "to-tthc", "2024-Q1"), "2024-03-01 blocked")
	w.report(w.find(1, "p-qln", "2024-Q2"), "2024-04-01 blocked")
	w.report(w.find(2, "thanh-tra", "2024-Q3"), "2024-04-01 blocked") // not open yet
	slices.Reverse(w.occs)
	f := w.all()
	for _, tt := range []struct {
		name string
		occs []*plan.Occurrence
		want string
	}{
		{"late", f.Late, "26 13 15"},
		{"due soon", f.DueSoon, "14"},
		{"by due day", f.ByDue, "14 21 18"},
		{"blocked", f.Blocked, "1 5 21"},
	} {
		got := numbers(tt.occs)
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	for i := 1; i < len(f.Late); i++ {
		if w.DaysLate(f.Late[i-1]) < w.DaysLate(f.Late[i]) {
			t.Errorf("%s are late by less than %s behind it", f.Late[i-1].Due, f.Late[i].Due)
		}
	}
	w.Today = parsedDate(t, "2024-12-10")
	if got := numbers(w.all().Blocked); got != "2 21" {
		t.Errorf("blocked in December: %s, want 2 21", got)
	}
}

func TestFiguresOrderUnits(t *testing.T) {
	w := newTestWork(t, "2024-02-01")
	w.report(w.find(10, "mot-cua", "2024-Q1"), "2024-01-20 done")                                // 1 of 1
	w.report(w.find(2, "thanh-tra", "2024-Q1"), "2024-01-20 done")                               // 1 of 3
	w.report(w.find(5, "to-tthc", "2024-Q1"), "2024-01-20 done")                                 // 2 of 3
	w.report(w.find(6, "to-tthc", "2024-Q1"), "2024-01-20 done")                                 //
	dated, nothing := testDated(t, "2024-12-31"), &plan.Occurrence{Kind: plan.OccurrenceUndated} // no check-ins
	dated.Unit, nothing.Unit = "lanh-dao", "a-none"
	w.occs = append(w.occs, nothing, dated)
	var got []string
	for _, u := range w.all().Units {
		got = append(got, u.Unit)
	}
	want := "mot-cua to-tthc thanh-tra van-phong giai-quyet-tthc p-htkt p-qhkt p-qln p-qlxd tt-qhkd lanh-dao a-none"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("units = %s, want %s", s, want)
	}

	w = newTestWork(t, "2024-12-01")
	for _, number := range []int{2, 3, 4} {
		w.report(w.find(number, "thanh-tra", "2024-Q1"), "2024-03-15 done") // a day late
		w.report(w.find(number, "thanh-tra", "2024-Q2"), "2024-06-15 done")
	}
	w.report(w.find(10, "mot-cua", "2024-Q1"), "2024-03-14 done")
	first := w.all().Units[0]
	if first.Unit != "mot-cua" || first.CheckIns != (plan.CheckIns{Asked: 4, Reported: 1, InTime: 1}) ||
		first.Shown != (plan.CheckIns{Asked: 2}) {
		t.Errorf("first comes %+v, want mot-cua, which reported by the closing day", first)
	}
}

func TestFiguresBeforeTheGivingOut(t *testing.T) {
	w := newTestWork(t, "2024-05-02")
	w.Plan.Published = 0
	f := w.all()
	if len(f.Windows) != 1 || f.Windows[0].CheckIns != (plan.CheckIns{}) || len(f.Windows[0].Missing) > 0 {
		t.Errorf("windows = %+v; a plan not given out asks nothing", f.Windows)
	}
	for _, u := range f.Units {
		if u.CheckIns.Asked > 0 {
			t.Errorf("%s is asked for %d check-ins", u.Unit, u.CheckIns.Asked)
		}
	}
	w.Plan.Published = parsedDate(t, "2024-03-15")
	if f = w.all(); len(f.Windows) != 1 || f.Windows[0].CheckIns.Asked != 37 || f.Windows[0].Window.Period != "2024-Q2" {
		t.Errorf("windows = %+v; what closed before the giving-out is not asked", f.Windows)
	}
}

func TestFiguresOfWhatWasPassedOn(t *testing.T) {
	w := newTestWork(t, "2024-05-02")
	o := passed(w.find(15, "van-phong", ""))
	w.report(o, "2024-03-01 blocked")
	w.Plan.Task(15).Leads = []string{"p-qln"}
	mine := *o
	mine.Unit, mine.Passed, mine.Reports = "p-qln", false, nil
	w.occs = append(w.occs, &mine)
	if f := w.all(); f.Work.Total() != 6 || f.Tasks.Total() != 6 || len(f.Late) != 2 || len(f.Blocked) > 0 {
		t.Errorf("work %+v, tasks %+v, late %s, blocked %s", f.Work, f.Tasks, numbers(f.Late), numbers(f.Blocked))
	}
	if f := w.ofUnit("van-phong"); f.Tasks.Total() != 5 || undated(f) != "29" || len(f.Blocked) > 0 {
		t.Errorf("the unit before: tasks %+v, undated %s, blocked %s", f.Tasks, undated(f), numbers(f.Blocked))
	}
	if f := w.ofUnit("p-qln"); f.Tasks != (plan.Tally{Overdue: 1}) || numbers(f.Late) != "15" {
		t.Errorf("the unit that has it now: %+v, late %s", f.Tasks, numbers(f.Late))
	}
}

func TestFiguresLeaveOutDatedTasksWithoutWork(t *testing.T) {
	w := newTestWork(t, "2024-02-01")
	w.occs = slices.DeleteFunc(w.occs, func(o *plan.Occurrence) bool { return o.Task == 15 })
	if f := w.all(); undated(f) != "20 29" || f.Tasks.Total() != 5 {
		t.Errorf("undated %s, tasks %+v", undated(f), f.Tasks)
	}
}

func TestFiguresOfNothing(t *testing.T) {
	b := testBook(t, "2024-02-01")
	b.Plan.Tasks = nil
	f := b.Figures(nil)
	if f.Tasks != (plan.Tally{}) || f.Tasks.Fallen() != 0 || f.Tasks.Total() != 0 || len(f.Groups)+len(f.Units)+len(f.Undated) > 0 {
		t.Errorf("figures of nothing: %+v", f)
	}
}

func TestHowFarAheadIsListed(t *testing.T) {
	b := testBook(t, "2024-03-01")
	due := parsedDate(t, "2024-03-31")
	for ahead, want := range map[plan.Date]int{0: 1, due: 1, due - 1: 0} {
		c := b.Count()
		c.Ahead = ahead
		c.Add(testDated(t, "2024-03-31"))
		if f := c.Figures(); len(f.ByDue) != want || f.Work.Open != 1 {
			t.Errorf("up to %s: %d listed, %+v", ahead, len(f.ByDue), f.Work)
		}
	}
}
