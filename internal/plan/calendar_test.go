package plan_test

import (
	"strings"
	"testing"

	"dondoc/internal/plan"
)

// A few days off and make-up days of 2024 and 2026.
const (
	testDaysOff = "2024-01-01 2024-02-08 2024-02-09 2024-02-12 2024-02-13 2024-02-14 2024-04-18 2024-04-29 " +
		"2024-04-30 2024-05-01 2024-09-02 2024-09-03 2026-01-01 2026-01-02 2026-08-31 2026-09-01 2026-09-02"
	testMakeUpDays = "2024-05-04 2026-01-10 2026-08-22"
)

func testCalendar(t testing.TB) *plan.Calendar {
	t.Helper()
	var days []plan.SpecialDay
	for s := range strings.FieldsSeq(testDaysOff) {
		days = append(days, plan.SpecialDay{Date: parsedDate(t, s), Kind: plan.DayOff, Name: "nghỉ"})
	}
	for s := range strings.FieldsSeq(testMakeUpDays) {
		days = append(days, plan.SpecialDay{Date: parsedDate(t, s), Kind: plan.DayWork, Name: "làm bù"})
	}
	return plan.NewCalendar(days)
}

func TestCalendarIsWorking(t *testing.T) {
	c := testCalendar(t)
	tests := []struct {
		day  string
		want bool
	}{
		{"2024-03-29", true},  // Friday
		{"2024-03-30", false}, // Saturday
		{"2024-03-31", false}, // Sunday
		{"2024-04-18", false}, // a holiday on a Thursday
		{"2024-05-04", true},  // working Saturdays
		{"2026-01-10", true},
		{"2026-08-22", true},
		{"2026-08-29", false},
	}
	for _, tt := range tests {
		if got := c.IsWorking(parsedDate(t, tt.day)); got != tt.want {
			t.Errorf("IsWorking(%s) = %v, want %v", tt.day, got, tt.want)
		}
	}
}

func TestCalendarOnOrAfter(t *testing.T) {
	c := testCalendar(t)
	tests := []struct{ day, after, before string }{
		{"2024-03-31", "2024-04-01", "2024-03-29"},
		{"2024-06-30", "2024-07-01", "2024-06-28"},
		{"2024-04-30", "2024-05-02", "2024-04-26"},
		{"2024-08-31", "2024-09-04", "2024-08-30"},
		{"2026-08-31", "2026-09-03", "2026-08-28"},
		{"2024-02-11", "2024-02-15", "2024-02-07"},
		{"2024-05-05", "2024-05-06", "2024-05-04"},
		{"2024-03-14", "2024-03-14", "2024-03-14"},
	}
	for _, tt := range tests {
		d := parsedDate(t, tt.day)
		if got := c.OnOrAfter(d).String(); got != tt.after {
			t.Errorf("OnOrAfter(%s) = %s, want %s", d, got, tt.after)
		}
		if got := c.OnOrBefore(d).String(); got != tt.before {
			t.Errorf("OnOrBefore(%s) = %s, want %s", d, got, tt.before)
		}
	}
}

func TestCalendarAddWorking(t *testing.T) {
	c := testCalendar(t)
	tests := []struct {
		day  string
		n    int
		want string
	}{
		{"2024-03-14", 0, "2024-03-14"},
		{"2024-03-14", -5, "2024-03-07"},
		{"2024-03-14", -2, "2024-03-12"},
		{"2024-03-14", 1, "2024-03-15"},
		{"2024-03-15", 1, "2024-03-18"},
		{"2024-03-16", 1, "2024-03-18"},
		{"2024-04-26", 1, "2024-05-02"},
		{"2024-05-03", 2, "2024-05-06"},
		{"2024-09-04", -1, "2024-08-30"},
	}
	for _, tt := range tests {
		if got := c.AddWorking(parsedDate(t, tt.day), tt.n).String(); got != tt.want {
			t.Errorf("AddWorking(%s, %d) = %s, want %s", tt.day, tt.n, got, tt.want)
		}
	}
}

func TestCalendarEntries(t *testing.T) {
	c := testCalendar(t)
	if !c.Knows(2024) || !c.Knows(2026) || c.Knows(2025) || c.Knows(2027) {
		t.Error("Knows")
	}
	if s, ok := c.Special(parsedDate(t, "2024-05-04")); !ok || s.Kind != plan.DayWork {
		t.Errorf("Special(2024-05-04) = %+v, %v", s, ok)
	}
	if s, ok := c.Special(parsedDate(t, "2024-05-06")); ok {
		t.Errorf("Special(2024-05-06) = %+v", s)
	}
	day := parsedDate(t, "2024-11-20")
	later := plan.NewCalendar([]plan.SpecialDay{{Date: day, Kind: plan.DayOff}, {Date: day, Kind: plan.DayWork}})
	if !later.IsWorking(day) {
		t.Error("the later entry of a day must count")
	}
}

func TestZeroCalendar(t *testing.T) {
	var c plan.Calendar
	if !c.IsWorking(parsedDate(t, "2024-01-01")) || c.IsWorking(parsedDate(t, "2024-05-04")) || c.Knows(2024) {
		t.Error("the zero calendar must know weekends only")
	}
}

// A calendar that declares months off must not hang, and gives the day itself.
func TestCalendarWithoutWorkingDays(t *testing.T) {
	start := parsedDate(t, "2024-01-01")
	var days []plan.SpecialDay
	for d := start; d < start+366; d++ {
		days = append(days, plan.SpecialDay{Date: d, Kind: plan.DayOff})
	}
	c := plan.NewCalendar(days)
	middle := start + 180
	if got := c.OnOrAfter(middle); got != middle {
		t.Errorf("OnOrAfter(%s) = %s", middle, got)
	}
	if got := c.OnOrBefore(middle); got != middle {
		t.Errorf("OnOrBefore(%s) = %s", middle, got)
	}
}
