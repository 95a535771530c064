package plan_test

import (
	"strings"
	"testing"
	"time"

	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

// testBook returns the shipped plan of 2024 as it stands on a day, given out on
// 11/01/2024.
func testBook(t testing.TB, today string) *plan.Book {
	t.Helper()
	p, _, days, err := planfile.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	p.Published = parsedDate(t, "2024-01-11")
	return &plan.Book{Plan: p, Calendar: plan.NewCalendar(days), Today: parsedDate(t, today)}
}

// testReports reads reports in the order of recording: the day that each counts
// for, its status, and "withdrawn" or "returned".
func testReports(t testing.TB, reports ...string) []plan.Report {
	t.Helper()
	var out []plan.Report
	for i, s := range reports {
		words := strings.Fields(s)
		day := parsedDate(t, words[0])
		r := plan.Report{ID: int64(i + 1), Day: day, At: day.In(time.UTC, 9*time.Hour), Status: plan.Status(words[1])}
		for _, word := range words[2:] {
			switch word {
			case "withdrawn":
				r.WithdrawnAt = r.At.Add(time.Hour)
			case "returned":
				r.ReturnedAt = r.At.Add(time.Hour)
			default:
				t.Fatalf("report %q", s)
			}
		}
		out = append(out, r)
	}
	return out
}

// testDated returns a dated occurrence.
func testDated(t testing.TB, due string, reports ...string) *plan.Occurrence {
	t.Helper()
	return &plan.Occurrence{
		Task: 15, Unit: "van-phong", Kind: plan.OccurrenceDated, Period: due, Due: parsedDate(t, due),
		Reports: testReports(t, reports...),
	}
}

// testCheckIn returns the check-in of one of the plan's windows.
func testCheckIn(t testing.TB, p *plan.Plan, window int, reports ...string) *plan.Occurrence {
	t.Helper()
	w := p.Windows()[window]
	return &plan.Occurrence{
		Task: 16, Unit: "van-phong", Kind: plan.OccurrenceCheckIn, Period: w.Period, Opens: w.Opens, Due: w.Closes,
		Reports: testReports(t, reports...),
	}
}

func extend(t testing.TB, o *plan.Occurrence, days ...string) *plan.Occurrence {
	t.Helper()
	for _, d := range days {
		o.Extensions = append(o.Extensions, plan.Extension{Due: parsedDate(t, d)})
	}
	return o
}

func firm(o *plan.Occurrence) *plan.Occurrence {
	o.Firm = true
	return o
}

func passed(o *plan.Occurrence) *plan.Occurrence {
	o.Passed = true
	return o
}

func TestBox(t *testing.T) {
	tests := []struct {
		name   string
		today  string
		o      *plan.Occurrence
		want   plan.Box
		late   int
		onTime string // "", "yes", "no"
	}{
		{"long before", "2024-01-11", testDated(t, "2024-03-31"), plan.Open, 0, ""},
		{"on the due day", "2024-03-31", testDated(t, "2024-03-31"), plan.Open, 0, ""},
		{"on the effective day", "2024-04-01", testDated(t, "2024-03-31"), plan.Open, 0, ""},
		{"the day after it", "2024-04-02", testDated(t, "2024-03-31"), plan.Overdue, 1, ""},
		{"days off count", "2024-04-08", testDated(t, "2024-03-31"), plan.Overdue, 7, ""},
		{"firm: the day after", "2024-04-01", firm(testDated(t, "2024-03-31")), plan.Overdue, 1, ""},
		{"late in progress", "2024-04-02", testDated(t, "2024-03-31", "2024-03-20 in_progress"), plan.Overdue, 1, ""},
		{"late and blocked", "2024-04-03", testDated(t, "2024-03-31", "2024-03-20 blocked"), plan.Overdue, 2, ""},
		{"done on the effective day", "2024-05-02", testDated(t, "2024-03-31", "2024-04-01 done"), plan.DoneOnTime, 0, "yes"},
		{"done the day after", "2024-05-02", testDated(t, "2024-03-31", "2024-04-02 done"), plan.DoneLate, 0, "no"},
		{"extended", "2024-04-02", extend(t, testDated(t, "2024-03-31"), "2024-04-15"), plan.Open, 0, ""},
		{"late after an extension", "2024-04-17", extend(t, testDated(t, "2024-03-31"), "2024-04-15"), plan.Overdue, 2, ""},
		{
			"done after an extension", "2024-05-02", extend(t, testDated(t, "2024-03-31", "2024-04-15 done"), "2024-04-15"),
			plan.DoneOnTime, 0, "yes",
		},
		{
			"the first done counts", "2024-05-02", testDated(t, "2024-03-31", "2024-03-20 done", "2024-04-20 done"),
			plan.DoneOnTime, 0, "yes",
		},
		{
			"returned, then late", "2024-05-02", testDated(t, "2024-03-31", "2024-03-20 done returned", "2024-04-20 done"),
			plan.DoneLate, 0, "no",
		},
		{"returned", "2024-04-02", testDated(t, "2024-03-31", "2024-03-20 done returned"), plan.Overdue, 1, ""},
		{
			"the first done withdrawn", "2024-05-02",
			testDated(t, "2024-03-31", "2024-03-20 done withdrawn", "2024-04-20 done"), plan.DoneLate, 0, "no",
		},
		{"withdrawn", "2024-03-21", testDated(t, "2024-03-31", "2024-03-20 done withdrawn"), plan.Open, 0, ""},
		{"passed on undone", "2024-04-02", passed(testDated(t, "2024-03-31", "2024-03-20 blocked")), plan.BoxUndated, 0, ""},
		{"passed on when done", "2024-04-02", passed(testDated(t, "2024-03-31", "2024-03-20 done")), plan.DoneOnTime, 0, "yes"},
		{"check-in not reported", "2024-06-01", testCheckIn(t, testBook(t, "2024-06-01").Plan, 0), plan.BoxUndated, 0, ""},
		{
			"check-in by the closing day", "2024-06-01",
			testCheckIn(t, testBook(t, "2024-06-01").Plan, 0, "2024-03-14 in_progress"), plan.BoxUndated, 0, "yes",
		},
		{
			"check-in after it", "2024-06-01",
			testCheckIn(t, testBook(t, "2024-06-01").Plan, 0, "2024-03-15 done"), plan.BoxUndated, 0, "no",
		},
		{
			"nothing arose", "2024-06-01",
			&plan.Occurrence{Kind: plan.OccurrenceUndated, Reports: testReports(t, "2024-03-20 not_arisen")}, plan.BoxUndated, 0, "",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := testBook(t, tt.today)
			if got := b.Box(tt.o); got != tt.want {
				t.Errorf("Box = %d, want %d", got, tt.want)
			}
			if got := b.DaysLate(tt.o); got != tt.late {
				t.Errorf("DaysLate = %d, want %d", got, tt.late)
			}
			onTime, ok := b.OnTime(tt.o)
			if ok != (tt.onTime != "") || onTime != (tt.onTime == "yes") {
				t.Errorf("OnTime = %v, %v, want %q", onTime, ok, tt.onTime)
			}
		})
	}
}

func TestTaskOverLeadUnits(t *testing.T) {
	const today = "2024-05-02"
	p := testBook(t, today).Plan
	var (
		open    = testDated(t, "2024-06-30")
		late    = testDated(t, "2024-03-31")
		begun   = testDated(t, "2024-06-30", "2024-04-01 in_progress")
		blocked = testDated(t, "2024-06-30", "2024-04-01 blocked")
		stuck   = testDated(t, "2024-03-31", "2024-04-01 blocked")
		done    = testDated(t, "2024-03-31", "2024-03-20 done")
		tardy   = testDated(t, "2024-03-31", "2024-04-20 done")
		left    = passed(testDated(t, "2024-03-31", "2024-03-20 blocked"))
		later   = testDated(t, "2024-09-30")
	)
	later.Opens = parsedDate(t, "2024-07-01")
	q := func(window int, reports ...string) *plan.Occurrence { return testCheckIn(t, p, window, reports...) }
	tests := []struct {
		name  string
		occs  []*plan.Occurrence
		state plan.State
		box   plan.Box
	}{
		{"none", nil, plan.StateNotStarted, plan.BoxUndated},
		{"one open", []*plan.Occurrence{open}, plan.StateNotStarted, plan.Open},
		{"one late", []*plan.Occurrence{late}, plan.StateLate, plan.Overdue},
		{"late goes before done", []*plan.Occurrence{done, late, open}, plan.StateLate, plan.Overdue},
		{"late goes before blocked", []*plan.Occurrence{blocked, late}, plan.StateLate, plan.Overdue},
		{"late and blocked is late", []*plan.Occurrence{stuck}, plan.StateLate, plan.Overdue},
		{"blocked goes before done", []*plan.Occurrence{done, blocked}, plan.StateBlocked, plan.Open},
		{"blocked goes before in progress", []*plan.Occurrence{begun, blocked}, plan.StateBlocked, plan.Open},
		{"all done", []*plan.Occurrence{done, done}, plan.StateDone, plan.DoneOnTime},
		{"all done, one of them late", []*plan.Occurrence{tardy, done}, plan.StateDone, plan.DoneLate},
		{"late and done besides open", []*plan.Occurrence{tardy, open}, plan.StateInProgress, plan.Open},
		{"some done", []*plan.Occurrence{done, open}, plan.StateInProgress, plan.Open},
		{"begun", []*plan.Occurrence{open, begun}, plan.StateInProgress, plan.Open},
		{"what opens later does not hold up done", []*plan.Occurrence{done, later}, plan.StateDone, plan.Open},
		{"nothing has opened", []*plan.Occurrence{later}, plan.StateNotStarted, plan.Open},
		{"what was passed on counts for nobody", []*plan.Occurrence{left, done}, plan.StateDone, plan.DoneOnTime},
		{"all passed on", []*plan.Occurrence{left}, plan.StateNotStarted, plan.BoxUndated},
		{"check-ins never late", []*plan.Occurrence{q(0), q(1), q(2), q(3)}, plan.StateNotStarted, plan.BoxUndated},
		{
			"check-ins reported so far",
			[]*plan.Occurrence{q(0, "2024-03-20 in_progress"), q(1, "2024-04-01 not_arisen"), q(2), q(3)},
			plan.StateDone, plan.BoxUndated,
		},
		{"one check-in reported", []*plan.Occurrence{q(0, "2024-03-01 done"), q(1), q(2), q(3)}, plan.StateInProgress, plan.BoxUndated},
		{
			"a check-in blocked",
			[]*plan.Occurrence{q(0, "2024-03-01 done"), q(1, "2024-04-01 blocked"), q(2), q(3)},
			plan.StateBlocked, plan.BoxUndated,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := testBook(t, today)
			if got := b.TaskSum(tt.occs).State(); got != tt.state {
				t.Errorf("State = %s, want %s", got, tt.state)
			}
			if got := b.TaskSum(tt.occs).Box; got != tt.box {
				t.Errorf("Box = %d, want %d", got, tt.box)
			}
		})
	}
}

func TestATaskIsSummedUp(t *testing.T) {
	b := testBook(t, "2024-04-10")
	sum := b.TaskSum([]*plan.Occurrence{
		testDated(t, "2024-03-29"), testDated(t, "2024-03-31"), testDated(t, "2024-06-30"), testDated(t, "2024-05-31"),
	})
	if sum.Box != plan.Overdue || sum.DaysLate != 12 || sum.Next != parsedDate(t, "2024-05-31") {
		t.Errorf("dated work: %+v", sum)
	}
	sum = b.TaskSum([]*plan.Occurrence{
		testCheckIn(t, b.Plan, 0, "2024-03-01 blocked"), testCheckIn(t, b.Plan, 1, "2024-04-01 in_progress"),
	})
	if sum.Word != plan.Blocked || sum.Shown != (plan.CheckIns{Asked: 2, Reported: 2, InTime: 2}) {
		t.Errorf("check-ins: %+v", sum)
	}
	sum = b.TaskSum([]*plan.Occurrence{testCheckIn(t, b.Plan, 0, "2024-03-01 done"), testCheckIn(t, b.Plan, 1)})
	if sum.Word != plan.Done {
		t.Errorf("one of two check-ins: %+v", sum)
	}
}

func TestNobodyIsAskedBeforeThePlanIsGivenOut(t *testing.T) {
	b := testBook(t, "2024-01-11")
	o := testCheckIn(t, b.Plan, 2)
	if !b.WillAsk(o) || b.Asked(o) {
		t.Error("given out: of a later window one will be asked, and is not yet")
	}
	if b.Plan.Published = 0; b.WillAsk(o) {
		t.Error("asked of a plan that was never given out")
	}
}
