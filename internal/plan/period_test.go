package plan_test

import (
	"slices"
	"testing"
	"time"

	"dondoc/internal/plan"
)

// period is the period with all of its work, as the storage makes it.
func (w *testWork) period(period plan.Period, occs []*plan.Occurrence) *plan.PeriodBook {
	pb := w.Period(period)
	pb.Work = pb.Counted(occs)
	pb.Remember(occs)
	return pb
}

// freeze returns what makes the frozen period of how things are later.
func (w *testWork) freeze(period plan.Period) func(later []*plan.Occurrence) *plan.PeriodBook {
	work, reports := w.period(period, w.occs).Work, plan.FrozenReports{}
	reports.Keep(work)
	f := plan.Frozen{Freeze: plan.Freeze{Period: period}, Plan: w.Plan}
	return func(later []*plan.Occurrence) *plan.PeriodBook {
		pb := f.Book()
		pb.Work = work
		pb.Remember(later)
		pb.Supplement(later, reports)
		return pb
	}
}

// hash is the hash over what counts in the period.
func (w *testWork) hash(period plan.Period) string {
	h := plan.NewReportHash()
	h.Add(w.period(period, w.occs).Work)
	return h.String()
}

func TestParsePeriod(t *testing.T) {
	for text, want := range map[string]struct {
		period plan.Period
		year   int
	}{
		"Q1": {plan.FirstQuarter, 0}, "q1/2024": {plan.FirstQuarter, 2024}, "Quý I": {plan.FirstQuarter, 0},
		"quý 1 năm 2024": {plan.FirstQuarter, 2024}, "QUÝ1": {plan.FirstQuarter, 0}, "quy i/2025": {plan.FirstQuarter, 2025},
		"H1": {plan.HalfYear, 0}, "6 tháng": {plan.HalfYear, 0}, "6  tháng đầu năm 2024": {plan.HalfYear, 2024},
		"q3": {plan.ThirdQuarter, 0}, "Quý III": {plan.ThirdQuarter, 0}, "Q3 2024": {plan.ThirdQuarter, 2024},
		"năm": {plan.WholeYear, 0}, "2024": {plan.WholeYear, 2024}, "Năm 2024": {plan.WholeYear, 2024}, "year": {plan.WholeYear, 0},
	} {
		period, year, ok := plan.ParsePeriod(text)
		if !ok || period != want.period || year != want.year {
			t.Errorf("ParsePeriod(%q) = %s, %d, %v", text, period, year, ok)
		}
	}
	for _, text := range []string{"", "Q2", "quý II", "Q4", "9 tháng", "15", "Q1 24", "2024 Q1", "tháng 3/2024", "Q12024x"} {
		if period, year, ok := plan.ParsePeriod(text); ok {
			t.Errorf("ParsePeriod(%q) = %s, %d", text, period, year)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"Q1", "quý I/2024", "6 tháng đầu năm 2024", "2024", "năm 2024", "/", "quy9999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		period, year, ok := plan.ParsePeriod(text)
		if ok && (period.Index() < 0 || year < 0 || year > 9999) {
			t.Errorf("ParsePeriod(%q) = %s, %d", text, period, year)
		}
	})
}

func TestSpans(t *testing.T) {
	p := testBook(t, "2024-03-20").Plan
	for _, c := range []struct {
		period              plan.Period
		opens, closes, ends string
		windows             int
	}{
		{plan.FirstQuarter, "2023-12-15", "2024-03-14", "2024-03-31", 1},
		{plan.HalfYear, "2023-12-15", "2024-06-14", "2024-06-30", 2},
		{plan.ThirdQuarter, "2024-06-15", "2024-09-14", "2024-09-30", 1},
		{plan.WholeYear, "2023-12-15", "2024-12-14", "2024-12-31", 4},
	} {
		s := p.Span(c.period)
		if s.Opens.String() != c.opens || s.Closes.String() != c.closes || s.Ends.String() != c.ends || len(s.Windows) != c.windows {
			t.Errorf("%s: %+v", c.period, s)
		}
	}
}

// A file is what is counted of the shipped plan, with ids as the storage gives
// them.
func newFile(t *testing.T, today string) *testWork {
	w := newTestWork(t, today)
	for i, o := range w.occs {
		o.ID = int64(i + 1)
	}
	return w
}

func TestADatedReportCountsByItsDay(t *testing.T) {
	w := newFile(t, "2024-06-20")
	w.report(w.find(15, "van-phong", ""), "2024-03-14 done")
	w.report(w.find(26, "van-phong", ""), "2024-03-20 done")
	late := w.find(2, "thanh-tra", "2024-Q1")
	w.report(late, "2024-03-20 done") // a check-in belongs to its window
	w.report(w.find(2, "thanh-tra", "2024-Q2"), "2024-03-21 done")

	q1 := w.period(plan.FirstQuarter, w.occs)
	f := q1.Figures()
	if want := (plan.Tally{DoneOnTime: 1, Open: 5}); f.Tasks != want || f.Work != want {
		t.Errorf("Q1: tasks %+v, work %+v", f.Tasks, f.Work)
	}
	if len(f.Windows) != 1 || f.Windows[0].CheckIns != (plan.CheckIns{Asked: 37, Reported: 1}) {
		t.Errorf("Q1: %+v", f.Windows)
	}
	for _, o := range q1.Work {
		r := q1.Since(o)
		if want := o.Task == 26; (r != nil) != want || want && r.Status != plan.Done {
			t.Errorf("since the closing day task %d: %+v", o.Task, r)
		}
	}
	h1 := w.period(plan.HalfYear, w.occs).Figures()
	if want := (plan.Tally{DoneOnTime: 2, Open: 4}); h1.Tasks != want {
		t.Errorf("H1: tasks %+v", h1.Tasks)
	}
	if len(h1.Windows) != 2 || h1.Windows[0].CheckIns.Reported != 1 || h1.Windows[1].CheckIns.Reported != 1 {
		t.Errorf("H1: %+v", h1.Windows)
	}
	if q3 := w.period(plan.ThirdQuarter, w.occs); len(q3.Figures().Windows) != 1 || q3.Today.String() != "2024-06-20" {
		t.Errorf("Q3 while it runs: %+v on %s", q3.Figures().Windows, q3.Today)
	}
}

func TestWhatCameToBeLaterIsNotInThePeriod(t *testing.T) {
	w := newFile(t, "2024-04-10")
	late := w.find(26, "van-phong", "")
	late.Extensions = []plan.Extension{{Due: parsedDate(t, "2024-05-31"), Day: parsedDate(t, "2024-03-20")}}
	set := &plan.Occurrence{
		ID: 9001, Task: 20, Unit: "p-qlxd", Kind: plan.OccurrenceDated, Period: "T1",
		Opens: parsedDate(t, "2024-03-20"), Due: parsedDate(t, "2024-05-15"),
	}
	occs := append(slices.Clone(w.occs), set)
	q1 := w.period(plan.FirstQuarter, occs)
	for _, o := range q1.Work {
		switch {
		case o.ID == set.ID:
			t.Error("an occurrence set off after the closing day counts")
		case o.ID == late.ID && len(o.Extensions) > 0:
			t.Error("an extension decided after the closing day counts")
		}
	}
	if f := w.period(plan.HalfYear, occs).Figures(); f.Work.Total() != 7 {
		t.Errorf("H1 counts %d dated", f.Work.Total())
	}
}

func TestAFrozenPeriodStands(t *testing.T) {
	w := newFile(t, "2024-03-18")
	done, asked := w.find(15, "van-phong", ""), w.find(2, "thanh-tra", "2024-Q1")
	w.report(done, "2024-03-13 done")
	w.report(asked, "2024-03-18 in_progress")
	frozen := w.freeze(plan.FirstQuarter)
	before := frozen(w.occs)
	if len(before.Later) != 0 {
		t.Errorf("later: %+v", before.Later)
	}

	late := w.find(3, "thanh-tra", "2024-Q1")
	w.report(late, "2024-03-19 done")                        // added
	w.report(w.find(26, "van-phong", ""), "2024-03-20 done") // of the next period
	done.Reports[0].ReturnedAt = time.UnixMilli(1)
	asked.Reports[0].WithdrawnAt = time.UnixMilli(1)
	w.report(w.find(4, "thanh-tra", "2024-Q1"), "2024-03-19 done withdrawn") // came and went

	after := frozen(w.occs)
	var kinds []plan.SupplementKind
	for _, l := range after.Later {
		kinds = append(kinds, l.Kind)
	}
	if len(kinds) != 3 {
		t.Errorf("later: %v", kinds)
	}
	if x, y := before.Figures(), after.Figures(); x.Tasks != y.Tasks || x.Windows[0].CheckIns != y.Windows[0].CheckIns {
		t.Errorf("figures moved: %+v %+v", x, y)
	}
	if got := after.Figures(); got.Tasks.DoneOnTime != 1 || got.Windows[0].CheckIns.Reported != 1 {
		t.Errorf("figures: %+v %+v", got.Tasks, got.Windows[0])
	}
}

func TestTheHashCoversWhatCounts(t *testing.T) {
	sum := func(change func(w *testWork)) string {
		w := newFile(t, "2024-03-18")
		w.report(w.find(15, "van-phong", ""), "2024-03-13 done")
		w.report(w.find(2, "thanh-tra", "2024-Q1"), "2024-03-18 done")
		if change != nil {
			change(w)
		}
		return w.hash(plan.FirstQuarter)
	}
	plain := sum(nil)
	if len(plain) != 64 || sum(nil) != plain {
		t.Errorf("hash %s", plain)
	}
	for name, change := range map[string]func(w *testWork){
		"a note":     func(w *testWork) { w.find(15, "van-phong", "").Reports[0].Note = "x" },
		"evidence":   func(w *testWork) { w.find(15, "van-phong", "").Reports[0].Evidence = []plan.Evidence{{Kind: "photo"}} },
		"a return":   func(w *testWork) { w.find(15, "van-phong", "").Reports[0].ReturnedAt = time.UnixMilli(5) },
		"withdrawal": func(w *testWork) { w.find(2, "thanh-tra", "2024-Q1").Reports[0].WithdrawnAt = time.UnixMilli(5) },
		"one more":   func(w *testWork) { w.report(w.find(3, "thanh-tra", "2024-Q1"), "2024-03-18 done") },
	} {
		if sum(change) == plain {
			t.Errorf("%s does not change the hash", name)
		}
	}
	photo := func(id string) func(w *testWork) {
		return func(w *testWork) {
			w.find(15, "van-phong", "").Reports[0].Evidence = []plan.Evidence{{Kind: "photo", FileID: id}}
		}
	}
	if sum(photo("a")) != sum(photo("b")) {
		t.Error("the chat service's name of a file changes the hash")
	}
	next := func(w *testWork) { w.report(w.find(26, "van-phong", ""), "2024-03-15 done") }
	if sum(next) != plain {
		t.Error("a report of the next period changes the hash")
	}
}

func TestWhenAPeriodIsFrozen(t *testing.T) {
	b := testBook(t, "2024-03-14")
	for _, c := range []struct {
		day, hour string
		may, must bool
	}{
		{"2024-03-14", "12:00", false, false},
		{"2024-03-15", "00:00", true, false},
		{"2024-03-21", "23:59", true, false},
		{"2024-03-22", "16:59", true, false}, // five working days have gone by; the admin has this day
		{"2024-03-22", "17:00", true, true},
		{"2024-03-25", "07:00", true, true},
	} {
		b.Today = parsedDate(t, c.day)
		now, err := time.Parse("15:04", c.hour)
		if err != nil {
			t.Fatal(err)
		}
		may, must := b.MayFreeze(plan.FirstQuarter), b.MustFreeze(plan.FirstQuarter, plan.ClockOf(now, time.UTC))
		if may != c.may || must != c.must {
			t.Errorf("%s %s: may %v, must %v", c.day, c.hour, may, must)
		}
	}
	b.Plan.Published = parsedDate(t, "2024-03-20")
	if b.MustFreeze(plan.FirstQuarter, plan.At(17, 0)) {
		t.Error("a period before the plan was given out is frozen")
	}
	b.Plan.Published = 0
	if b.MayFreeze(plan.FirstQuarter) {
		t.Error("a plan that was not given out may be frozen")
	}
}

func TestAFrozenWindowIsNotShown(t *testing.T) {
	b := testBook(t, "2024-03-20")
	if n := len(b.ShownWindows()); n != 2 {
		t.Fatalf("%d windows before the chốt", n)
	}
	b.Plan.Frozen = []plan.Freeze{{Period: plan.FirstQuarter}}
	if ws := b.ShownWindows(); len(ws) != 1 || ws[0].Period != "2024-Q2" {
		t.Errorf("after the chốt: %+v", ws)
	}
}

func TestWhatCameUntilTheEndOfTheQuarter(t *testing.T) {
	for day, want := range map[string]bool{"2024-03-15": true, "2024-03-31": true, "2024-04-01": false} {
		w := newFile(t, "2024-04-10")
		o := w.find(15, "van-phong", "")
		w.report(o, day+" done")
		q1 := w.period(plan.FirstQuarter, w.occs)
		i := slices.IndexFunc(q1.Work, func(c *plan.Occurrence) bool { return c.ID == o.ID })
		if got := q1.Since(q1.Work[i]) != nil; got != want {
			t.Errorf("done on %s: told of %v, want %v", day, got, want)
		}
	}
}

// What the plan's own phrase asks for counts in the period, whenever its unit
// came to have it.
func TestWorkOfThePlanThatOpensLater(t *testing.T) {
	w := newFile(t, "2024-04-10")
	o := w.find(15, "van-phong", "")
	o.Opens = parsedDate(t, "2024-03-20")
	if !slices.ContainsFunc(w.period(plan.FirstQuarter, w.occs).Work, func(c *plan.Occurrence) bool { return c.ID == o.ID }) {
		t.Error("it does not count")
	}
}
