package plan_test

import (
	"errors"
	"testing"

	"dondoc/internal/plan"
)

func TestTargetOfCheckIns(t *testing.T) {
	q1 := []string{"2024-03-01 done"}
	tests := []struct {
		name      string
		published string
		day       string
		reports   [4][]string
		want      string
		other     string
	}{
		{name: "the window of the day", published: "2024-01-11", day: "2024-02-01", want: "2024-Q1"},
		{name: "the closing day", published: "2024-01-11", day: "2024-03-14", want: "2024-Q1"},
		{name: "the one before is unreported", published: "2024-01-11", day: "2024-03-15", want: "2024-Q1", other: "2024-Q2"},
		{name: "to the end of the window", published: "2024-01-11", day: "2024-06-14", want: "2024-Q1", other: "2024-Q2"},
		{name: "older ones by the form only", published: "2024-01-11", day: "2024-06-15", want: "2024-Q2", other: "2024-Q3"},
		{name: "the one before is reported", published: "2024-01-11", day: "2024-03-15", reports: [4][]string{q1}, want: "2024-Q2"},
		{
			name: "the one before is in progress", published: "2024-01-11", day: "2024-03-15",
			reports: [4][]string{{"2024-03-01 in_progress"}}, want: "2024-Q2",
		},
		{
			name: "the one before was withdrawn", published: "2024-01-11", day: "2024-03-15",
			reports: [4][]string{{"2024-03-01 done withdrawn"}}, want: "2024-Q1", other: "2024-Q2",
		},
		{
			name: "reported again", published: "2024-01-11", day: "2024-04-01",
			reports: [4][]string{q1, {"2024-03-20 done"}}, want: "2024-Q2",
		},
		{name: "given out on its closing day", published: "2024-03-14", day: "2024-03-15", want: "2024-Q1", other: "2024-Q2"},
		{name: "closed before the giving-out", published: "2024-03-15", day: "2024-03-15", want: "2024-Q2"},
		{name: "not given out", day: "2024-03-15", want: "2024-Q2"},
		{name: "before the first window", published: "2024-01-11", day: "2023-12-01", want: "2024-Q1"},
		{name: "the last closing day", published: "2024-01-11", day: "2024-12-14", want: "2024-Q3", other: "2024-Q4"},
		{name: "after the last closing day", published: "2024-01-11", day: "2024-12-15", want: "2024-Q4"},
		{
			name: "after the last closing day, reported", published: "2024-01-11", day: "2025-01-02",
			reports: [4][]string{3: {"2024-12-01 done"}}, want: "2024-Q4",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := testBook(t, tt.day)
			b.Plan.Published = 0
			if tt.published != "" {
				b.Plan.Published = parsedDate(t, tt.published)
			}
			var occs []*plan.Occurrence
			for i, reports := range tt.reports {
				occs = append(occs, testCheckIn(t, b.Plan, i, reports...))
			}
			for _, status := range []plan.Status{plan.Done, plan.InProgress, plan.Blocked, plan.NotArisen} {
				got, err := b.Target(occs, status, b.Today)
				if err != nil || got.Adds || period(got.Occurrence) != tt.want || period(got.Other) != tt.other {
					t.Errorf("%s: Target = %s, other %q, %v, want %s, other %q",
						status, period(got.Occurrence), period(got.Other), err, tt.want, tt.other)
				}
			}
		})
	}
}

func period(o *plan.Occurrence) string {
	if o == nil {
		return ""
	}
	return o.Period
}

func TestTargetGoesByTheDayOfTheMessage(t *testing.T) {
	b := testBook(t, "2024-03-20")
	occs := []*plan.Occurrence{testCheckIn(t, b.Plan, 0), testCheckIn(t, b.Plan, 1)}
	got, err := b.Target(occs, plan.Done, parsedDate(t, "2024-03-14"))
	if err != nil || period(got.Occurrence) != "2024-Q1" || got.Other != nil {
		t.Errorf("Target = %+v, %v, want 2024-Q1", got, err)
	}
	got, err = b.Target(occs[1:], plan.Done, parsedDate(t, "2024-03-14"))
	if !errors.Is(err, plan.ErrNoOccurrence) {
		t.Errorf("without the window's check-in: Target = %+v, %v, want ErrNoOccurrence", got, err)
	}
}

func TestTargetOfDatedWork(t *testing.T) {
	june, december := "2024-06-30", "2024-12-31"
	undated := &plan.Occurrence{Kind: plan.OccurrenceUndated, Period: "2024-Q1"}
	tests := []struct {
		name   string
		occs   []*plan.Occurrence
		status plan.Status
		want   string
		adds   bool
		err    error
	}{
		{"nothing", nil, plan.Done, "", false, plan.ErrNoOccurrence},
		{"only what did not arise", []*plan.Occurrence{undated}, plan.Done, "", false, plan.ErrNoOccurrence},
		{"the only one", []*plan.Occurrence{undated, testDated(t, june)}, plan.Done, june, false, nil},
		{
			"the oldest not done",
			[]*plan.Occurrence{testDated(t, december), testDated(t, june)},
			plan.InProgress,
			june, false, nil,
		},
		{
			"the oldest is done",
			[]*plan.Occurrence{testDated(t, june, "2024-03-01 done"), testDated(t, december)},
			plan.Done,
			december, false, nil,
		},
		{
			"the oldest is blocked",
			[]*plan.Occurrence{testDated(t, june, "2024-03-01 blocked"), testDated(t, december)},
			plan.Done,
			june, false, nil,
		},
		{
			"the oldest was returned",
			[]*plan.Occurrence{testDated(t, june, "2024-03-01 done returned"), testDated(t, december, "2024-03-02 done")},
			plan.Done, june, false, nil,
		},
		{"done adds to done", []*plan.Occurrence{testDated(t, june, "2024-03-01 done")}, plan.Done, june, true, nil},
		{
			"done adds to the one done last",
			[]*plan.Occurrence{
				testDated(t, june, "2024-03-01 in_progress", "2024-03-02 done"), testDated(t, december, "2024-03-01 done"),
			},
			plan.Done, june, true, nil,
		},
		{
			"doing on done",
			[]*plan.Occurrence{testDated(t, june, "2024-03-01 done")},
			plan.InProgress,
			june, false, plan.ErrAlreadyDone,
		},
		{
			"blocked on done",
			[]*plan.Occurrence{testDated(t, june, "2024-03-01 done")},
			plan.Blocked,
			june, false, plan.ErrAlreadyDone,
		},
		{"dated work always arises", []*plan.Occurrence{testDated(t, june)}, plan.NotArisen, "", false, plan.ErrNotApplying},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := testBook(t, "2024-04-01")
			got, err := b.Target(tt.occs, tt.status, b.Today)
			if !errors.Is(err, tt.err) || period(got.Occurrence) != tt.want || got.Adds != tt.adds || got.Other != nil {
				t.Errorf("Target = %s, adds %v, %v, want %s, adds %v, %v",
					period(got.Occurrence), got.Adds, err, tt.want, tt.adds, tt.err)
			}
		})
	}
}

func TestCheckReport(t *testing.T) {
	p := testBook(t, "2024-04-01").Plan
	open, done := testDated(t, "2024-06-30"), testDated(t, "2024-06-30", "2024-03-01 done")
	checkIn := testCheckIn(t, p, 0, "2024-03-01 done")
	tests := []struct {
		name   string
		o      *plan.Occurrence
		status plan.Status
		want   error
	}{
		{"open", open, plan.Done, nil},
		{"open, blocked", open, plan.Blocked, nil},
		{"dated work always arises", open, plan.NotArisen, plan.ErrNotApplying},
		{"done again", done, plan.Done, nil},
		{"doing on done", done, plan.InProgress, plan.ErrAlreadyDone},
		{"blocked on done", done, plan.Blocked, plan.ErrAlreadyDone},
		{"a check-in takes any", checkIn, plan.InProgress, nil},
		{"nothing arose", checkIn, plan.NotArisen, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plan.CheckReport(tt.o, tt.status); !errors.Is(got, tt.want) {
				t.Errorf("CheckReport = %v, want %v", got, tt.want)
			}
		})
	}
}
