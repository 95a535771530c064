package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"dondoc/internal/plan"
)

func TestATapTurnsAChoiceOn(t *testing.T) {
	tests := []struct {
		name  string
		noted plan.Status
		want  []plan.Status // from not started on
		words int           // how often the note goes along
	}{
		{name: "without words", want: []plan.Status{plan.Done, plan.NotArisen, plan.NotStarted, plan.Done}},
		{
			name: "done, with words", noted: plan.Done, words: 2,
			want: []plan.Status{plan.Done, plan.NotArisen, plan.NotStarted, plan.Done},
		},
		{
			name: "blocked", noted: plan.Blocked, words: 1,
			want: []plan.Status{plan.Blocked, plan.Done, plan.NotArisen, plan.NotStarted},
		},
		{
			name: "in progress", noted: plan.InProgress, words: 1,
			want: []plan.Status{plan.InProgress, plan.Done, plan.NotArisen, plan.NotStarted},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := plan.Choice{Status: plan.NotStarted, Noted: tt.noted}
			if tt.noted != "" {
				c.Note = "chờ"
			}
			words := 0
			for i, want := range tt.want {
				if c = c.Next(); c.Status != want {
					t.Fatalf("tap %d: %s, want %s", i+1, c.Status, want)
				}
				if c.Words() != "" {
					words++
				}
			}
			if words != tt.words {
				t.Errorf("the note went along %d times", words)
			}
		})
	}
}

func TestAChoiceHoldsUntilSomethingIsReported(t *testing.T) {
	p := testBook(t, "2024-03-13").Plan
	for _, tt := range []struct {
		name    string
		choice  plan.Choice
		reports []string
		want    bool
	}{
		{"not sent", plan.Choice{}, nil, true},
		{"reported meanwhile", plan.Choice{}, []string{"2024-03-01 done"}, false},
		{"reported meanwhile and withdrawn", plan.Choice{}, []string{"2024-03-01 done withdrawn"}, true},
		{"chosen to add to a report", plan.Choice{Since: 1}, []string{"2024-03-01 done"}, true},
		{"reported again since", plan.Choice{Since: 1}, []string{"2024-03-01 done", "2024-03-02 done"}, false},
		{"sent", plan.Choice{Report: 1}, []string{"2024-03-01 done"}, false},
		{"sent and withdrawn", plan.Choice{Report: 1}, []string{"2024-03-01 done withdrawn"}, true},
		{"sent and returned", plan.Choice{Report: 1}, []string{"2024-03-01 done returned"}, false},
	} {
		o := testCheckIn(t, p, 0, tt.reports...)
		for i := range o.Reports {
			o.Reports[i].ID = int64(i + 1)
		}
		if got := tt.choice.Holds(o); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
}

func TestFormWindows(t *testing.T) {
	done := []string{"2024-01-15 done"}
	for _, tt := range []struct {
		name, day, published string
		reports              [4][]string
		want                 string
	}{
		{name: "the first", day: "2024-03-14", published: "2024-01-11", want: "[2024-Q1]"},
		{name: "the one before comes first", day: "2024-03-15", published: "2024-01-11", want: "[2024-Q1 2024-Q2]"},
		{name: "the one before is reported", day: "2024-03-15", published: "2024-01-11", reports: [4][]string{done}, want: "[2024-Q2]"},
		{name: "older ones follow", day: "2024-09-20", published: "2024-01-11", want: "[2024-Q3 2024-Q4 2024-Q2 2024-Q1]"},
		{
			name: "older ones follow the present one", day: "2024-09-20", published: "2024-01-11",
			reports: [4][]string{nil, done, done, nil}, want: "[2024-Q4 2024-Q1]",
		},
		{name: "closed before the giving-out", day: "2024-03-15", published: "2024-03-15", want: "[2024-Q2]"},
		{name: "not given out", day: "2024-06-20", want: "[2024-Q3]"},
		{name: "on the last closing day", day: "2024-12-14", published: "2024-01-11", want: "[2024-Q3 2024-Q4 2024-Q2 2024-Q1]"},
		{name: "after the last closing day", day: "2024-12-15", published: "2024-01-11", want: "[2024-Q4 2024-Q3 2024-Q2 2024-Q1]"},
		{name: "after the year", day: "2025-02-01", published: "2024-01-11", reports: [4][]string{done, done, done}, want: "[2024-Q4]"},
	} {
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
			var got []string
			for _, w := range b.FormWindows(occs) {
				got = append(got, w.Period)
			}
			if fmt.Sprint(got) != tt.want {
				t.Errorf("%v, want %s", got, tt.want)
			}
			if ws := b.FormWindows(nil); len(ws) != 0 {
				t.Errorf("without check-ins: %v", ws)
			}
			slices.Reverse(occs)
			if n := len(b.FormWindows(occs)); n != len(got) {
				t.Errorf("the order of check-ins matters: %d", n)
			}
		})
	}
}
