package plan_test

import (
	"strings"
	"testing"

	"dondoc/internal/plan"
)

func TestEffectiveDue(t *testing.T) {
	b := testBook(t, "2024-01-11")
	unmoved := testBook(t, "2024-01-11")
	unmoved.Plan.Settings.MoveToWorkingDay = false
	tests := []struct {
		name string
		book *plan.Book
		o    *plan.Occurrence
		want string
	}{
		{"a Sunday", b, testDated(t, "2024-03-31"), "2024-04-01"},
		{"another Sunday", b, testDated(t, "2024-06-30"), "2024-07-01"},
		{"before two holidays", b, testDated(t, "2024-04-30"), "2024-05-02"},
		{"a Saturday before holidays", b, testDated(t, "2024-08-31"), "2024-09-04"},
		{"holidays of 2026", b, testDated(t, "2026-08-31"), "2026-09-03"},
		{"working Saturday 2024", b, testDated(t, "2024-05-04"), "2024-05-04"},
		{"working Saturday in January 2026", b, testDated(t, "2026-01-10"), "2026-01-10"},
		{"working Saturday in August 2026", b, testDated(t, "2026-08-22"), "2026-08-22"},
		{"a working day", b, testDated(t, "2024-12-31"), "2024-12-31"},
		{"before a day never moves", b, firm(testDated(t, "2024-03-31")), "2024-03-31"},
		{"an extension counts", b, extend(t, testDated(t, "2024-03-31"), "2024-05-15"), "2024-05-15"},
		{"an extension moves", b, extend(t, testDated(t, "2024-03-31"), "2024-06-30"), "2024-07-01"},
		{"the last extension counts", b, extend(t, testDated(t, "2024-03-31"), "2024-06-30", "2024-05-15"), "2024-05-15"},
		{"an extension is not before a day", b, extend(t, firm(testDated(t, "2024-03-29")), "2024-06-30"), "2024-07-01"},
		{"the plan says no", unmoved, testDated(t, "2024-03-31"), "2024-03-31"},
		{"the plan says no to an extension", unmoved, extend(t, testDated(t, "2024-03-29"), "2024-06-30"), "2024-06-30"},
		{"closing days never move", b, testCheckIn(t, b.Plan, 2), "2024-09-14"}, // a Saturday
		{"no date", b, &plan.Occurrence{Kind: plan.OccurrenceUndated}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.book.EffectiveDue(tt.o).String(); got != tt.want {
				t.Errorf("EffectiveDue = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAsked(t *testing.T) {
	tests := []struct {
		name, published, today string
		want                   string // the windows asked for
		shown                  string
	}{
		{"not given out", "", "2024-07-01", "", "2024-Q3"},
		{"given out in January", "2024-01-11", "2024-01-11", "2024-Q1", "2024-Q1"},
		{"on the closing day", "2024-01-11", "2024-03-14", "2024-Q1", "2024-Q1"},
		{"the next window opens", "2024-01-11", "2024-03-15", "2024-Q1 2024-Q2", "2024-Q1 2024-Q2"},
		{"after the year", "2024-01-11", "2025-02-01", "2024-Q1 2024-Q2 2024-Q3 2024-Q4", "2024-Q3 2024-Q4"},
		{"given out on a closing day", "2024-03-14", "2024-03-15", "2024-Q1 2024-Q2", "2024-Q1 2024-Q2"},
		{"given out the day after", "2024-03-15", "2024-03-15", "2024-Q2", "2024-Q2"},
		{"given out before the year", "2023-12-01", "2023-12-14", "", "2024-Q1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := testBook(t, tt.today)
			b.Plan.Published = 0
			if tt.published != "" {
				b.Plan.Published = parsedDate(t, tt.published)
			}
			var got, shown []string
			for i, w := range b.Plan.Windows() {
				asked := b.Asked(testCheckIn(t, b.Plan, i))
				if asked != b.AskedWindow(w) {
					t.Errorf("Asked and AskedWindow differ for %s", w.Period)
				}
				if asked {
					got = append(got, w.Period)
				}
				if b.Asked(passed(testCheckIn(t, b.Plan, i))) {
					t.Errorf("%s is asked of a unit that has the task no more", w.Period)
				}
			}
			for _, w := range b.ShownWindows() {
				shown = append(shown, w.Period)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("asked: %q, want %q", s, tt.want)
			}
			if s := strings.Join(shown, " "); s != tt.shown || b.CurrentWindow().Period != shown[len(shown)-1] {
				t.Errorf("shown: %q with %s open, want %q", s, b.CurrentWindow().Period, tt.shown)
			}
			if b.Asked(testDated(t, "2024-03-31")) {
				t.Error("dated work is asked for like a check-in")
			}
		})
	}
}
