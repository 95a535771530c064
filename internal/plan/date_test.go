package plan_test

import (
	"errors"
	"testing"
	"time"

	"dondoc/internal/plan"
)

// parsedDate reads 2024-03-31.
func parsedDate(t testing.TB, s string) plan.Date {
	t.Helper()
	d, err := plan.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNewDate(t *testing.T) {
	tests := []struct {
		year  int
		month time.Month
		day   int
		want  string
	}{
		{2024, time.March, 31, "2024-03-31"},
		{2024, time.March, 0, "2024-02-29"},
		{2023, time.March, 0, "2023-02-28"},
		{2024, time.December, 32, "2025-01-01"},
		{2024, 13, 1, "2025-01-01"},
		{1, time.January, 2, "0001-01-02"},
		{1, time.January, 1, ""},
	}
	for _, tt := range tests {
		if got := plan.NewDate(tt.year, tt.month, tt.day).String(); got != tt.want {
			t.Errorf("NewDate(%d, %d, %d) = %q, want %q", tt.year, tt.month, tt.day, got, tt.want)
		}
	}
}

func TestCheckedDate(t *testing.T) {
	tests := []struct {
		year  int
		month time.Month
		day   int
		want  string // "" for no such date
	}{
		{2024, time.February, 29, "2024-02-29"},
		{2023, time.February, 29, ""},
		{2024, time.April, 31, ""},
		{2024, 13, 1, ""},
		{2024, 0, 15, ""},
		{2024, time.May, 0, ""},
		{2024, time.May, -1, ""},
		{0, time.May, 1, ""},
	}
	for _, tt := range tests {
		got, err := plan.CheckedDate(tt.year, tt.month, tt.day)
		if got.String() != tt.want || errors.Is(err, plan.ErrNoSuchDate) != (tt.want == "") {
			t.Errorf("CheckedDate(%d, %d, %d) = %q, %v, want %q", tt.year, tt.month, tt.day, got, err, tt.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, s := range []string{"", "31/03/2024", "2024-02-30", "2024-3-1", "2024-03-31T00:00:00"} {
		if d, err := plan.ParseDate(s); !errors.Is(err, plan.ErrNoSuchDate) {
			t.Errorf("ParseDate(%q) = %v, %v, want ErrNoSuchDate", s, d, err)
		}
	}
	if got := parsedDate(t, "2024-03-31"); got != plan.NewDate(2024, time.March, 31) {
		t.Errorf("ParseDate = %v", got)
	}
}

func TestDateParts(t *testing.T) {
	d := parsedDate(t, "2024-12-30")
	year, week := d.ISOWeek()
	if d.Year() != 2024 || d.Month() != time.December || d.Day() != 30 || d.Weekday() != time.Monday {
		t.Errorf("%s = %d %s %d %s", d, d.Year(), d.Month(), d.Day(), d.Weekday())
	}
	if year != 2025 || week != 1 {
		t.Errorf("%s is of ISO week %d-W%d, want 2025-W1", d, year, week)
	}
	if d.IsZero() || !plan.Date(0).IsZero() {
		t.Error("IsZero")
	}
}

// Every day from 1999 to 2101 agrees with package time, and the next is one
// more.
func TestDatesFollowEachOther(t *testing.T) {
	d := plan.NewDate(1999, time.January, 1)
	for day := time.Date(1999, time.January, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2102; day = day.AddDate(0, 0, 1) {
		if d.String() != day.Format(time.DateOnly) || d.Weekday() != day.Weekday() {
			t.Fatalf("got %s %s, want %s", d, d.Weekday(), day)
		}
		if parsedDate(t, d.String()) != d || plan.DateOf(day, time.UTC) != d {
			t.Fatalf("%s does not come back", d)
		}
		d++
	}
}

func TestEndOfMonth(t *testing.T) {
	tests := []struct {
		year  int
		month time.Month
		want  string
	}{
		{2024, time.February, "2024-02-29"},
		{2100, time.February, "2100-02-28"},
		{2024, time.April, "2024-04-30"},
		{2024, time.December, "2024-12-31"},
	}
	for _, tt := range tests {
		if got := plan.EndOfMonth(tt.year, tt.month).String(); got != tt.want {
			t.Errorf("EndOfMonth(%d, %s) = %s, want %s", tt.year, tt.month, got, tt.want)
		}
	}
}

func TestDateInZone(t *testing.T) {
	zone := time.FixedZone("UTC+7", 7*60*60)
	d := parsedDate(t, "2024-03-31")
	tests := []struct {
		clock time.Duration
		want  string
	}{
		{0, "2024-03-30T17:00:00Z"},
		{8*time.Hour + 30*time.Minute, "2024-03-31T01:30:00Z"},
		{24 * time.Hour, "2024-03-31T17:00:00Z"},
	}
	for _, tt := range tests {
		at := d.In(zone, tt.clock)
		if got := at.UTC().Format(time.RFC3339); got != tt.want {
			t.Errorf("In(%s) = %s, want %s", tt.clock, got, tt.want)
		}
	}
	late := time.Date(2024, time.March, 31, 18, 0, 0, 0, time.UTC)
	if got := plan.DateOf(late, zone).String(); got != "2024-04-01" {
		t.Errorf("DateOf(%s) = %s, want 2024-04-01", late, got)
	}
}
