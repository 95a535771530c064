package plan_test

import (
	"testing"
	"time"

	"dondoc/internal/plan"
)

func TestHours(t *testing.T) {
	loc := time.FixedZone("+07", 7*60*60)
	h := plan.Hours{
		Calendar: plan.NewCalendar([]plan.SpecialDay{
			{Date: plan.NewDate(2024, time.April, 29), Kind: plan.DayOff},
			{Date: plan.NewDate(2024, time.April, 30), Kind: plan.DayOff},
			{Date: plan.NewDate(2024, time.May, 1), Kind: plan.DayOff},
			{Date: plan.NewDate(2024, time.May, 4), Kind: plan.DayWork},
		}),
		Settings: plan.DefaultSettings(),
		Location: loc,
	}
	for _, c := range []struct {
		at, next string
		night    bool
	}{
		{"2024-03-22 06:59", "2024-03-22 07:00", true},
		{"2024-03-22 07:00", "2024-03-22 07:00", false},
		{"2024-03-22 17:59", "2024-03-22 17:59", false},
		{"2024-03-22 18:00", "2024-03-25 07:00", true}, // Friday evening
		{"2024-03-23 09:00", "2024-03-25 07:00", false},
		{"2024-03-24 23:59", "2024-03-25 07:00", true},
		{"2024-03-25 00:00", "2024-03-25 07:00", true},
		{"2024-04-28 03:00", "2024-05-02 07:00", true},
		{"2024-05-04 10:00", "2024-05-04 10:00", false}, // a Saturday that makes up
	} {
		at := clockTime(t, c.at, loc)
		if got := h.Next(at); !got.Equal(clockTime(t, c.next, loc)) {
			t.Errorf("Next(%s) = %s, want %s", c.at, got, c.next)
		}
		if got := h.Night(at); got != c.night {
			t.Errorf("Night(%s) = %v", c.at, got)
		}
		if got, want := h.Allowed(at), c.at == c.next; got != want {
			t.Errorf("Allowed(%s) = %v", c.at, got)
		}
	}
}

func clockTime(t *testing.T, s string, loc *time.Location) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
