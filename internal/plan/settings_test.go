package plan_test

import (
	"errors"
	"testing"
	"time"

	"dondoc/internal/plan"
)

func TestClosingDaysStayInOrder(t *testing.T) {
	p := &plan.Plan{Year: 2024, Settings: plan.DefaultSettings()}
	today := plan.NewDate(2024, time.May, 20)
	for _, c := range []struct {
		index      int
		day, month int
		want       error
	}{
		{1, 20, 6, nil},
		{1, 20, 5, nil},
		{1, 19, 5, plan.ErrClosed},
		{0, 20, 6, plan.ErrClosed},
		{1, 13, 9, nil},
		{1, 14, 9, plan.ErrClosingOrder},
		{1, 1, 10, plan.ErrClosingOrder},
		{2, 14, 6, plan.ErrClosingOrder},
		{3, 31, 12, nil},
		{2, 31, 9, plan.ErrNoSuchDate},
		{1, 29, 2, plan.ErrNoSuchDate},
		{1, 1, 13, plan.ErrNoSuchDate},
		{1, 0, 7, plan.ErrNoSuchDate},
	} {
		d := plan.DayOfYear{Month: time.Month(c.month), Day: c.day}
		s, err := p.SetClosing(c.index, d, today)
		if !errors.Is(err, c.want) {
			t.Errorf("window %d, %d/%d: %v, want %v", c.index, c.day, c.month, err, c.want)
		}
		if (s.Closings[c.index] == d) != (c.want == nil || errors.Is(err, plan.ErrClosingOrder)) {
			t.Errorf("window %d, %d/%d: %v", c.index, c.day, c.month, s.Closings)
		}
	}
	if p.Settings != plan.DefaultSettings() {
		t.Errorf("the plan itself changed: %v", p.Settings)
	}
	last := plan.NewDate(2024, time.June, 14)
	if _, err := p.SetClosing(1, plan.DayOfYear{Month: time.June, Day: 20}, last); err != nil {
		t.Errorf("on the closing day itself: %v", err)
	}
}

func TestHoursThatLetMessagesOut(t *testing.T) {
	for _, c := range []struct {
		from, to, reminder, post plan.Clock
		want                     error
	}{
		{plan.At(7, 0), plan.At(18, 0), plan.At(7, 0), plan.At(17, 59), nil},
		{plan.At(7, 0), plan.At(18, 0), plan.At(6, 59), plan.At(8, 30), plan.ErrOutsideHours},
		{plan.At(7, 0), plan.At(18, 0), plan.At(8, 0), plan.At(18, 0), plan.ErrOutsideHours},
		{plan.At(18, 0), plan.At(7, 0), plan.At(8, 0), plan.At(8, 30), plan.ErrHoursOrder},
		{plan.At(8, 0), plan.At(8, 0), plan.At(8, 0), plan.At(8, 0), plan.ErrHoursOrder},
	} {
		s := plan.Settings{DayFrom: c.from, DayTo: c.to, ReminderAt: c.reminder, PostAt: c.post}
		if err := s.CheckHours(); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestTheDayOfThePost(t *testing.T) {
	off := func(days ...int) *plan.Calendar {
		var special []plan.SpecialDay
		for _, d := range days {
			special = append(special, plan.SpecialDay{Date: plan.NewDate(2024, time.March, d), Kind: plan.DayOff})
		}
		return plan.NewCalendar(append(special, plan.SpecialDay{Date: plan.NewDate(2024, time.March, 23), Kind: plan.DayWork}))
	}
	for _, c := range []struct {
		from time.Weekday
		off  []int
		want int // day of the week of 18 to 24 March 2024; 0 for none
	}{
		{time.Monday, nil, 18},
		{time.Monday, []int{18, 19}, 20},
		{time.Wednesday, nil, 20},
		{time.Wednesday, []int{20}, 21},
		{time.Friday, nil, 22},
		{time.Friday, []int{22}, 23}, // a Saturday that makes up
		{time.Monday, []int{18, 19, 20, 21, 22}, 23},
	} {
		s := plan.Settings{PostDay: c.from}
		for d := 18; d <= 24; d++ {
			if got := s.PostsOn(off(c.off...), plan.NewDate(2024, time.March, d)); got != (d == c.want) {
				t.Errorf("from %s without %v: %d March %v", c.from, c.off, d, got)
			}
		}
	}
	noWork := plan.NewCalendar([]plan.SpecialDay{{Date: plan.NewDate(2024, time.March, 22), Kind: plan.DayOff}})
	if s := (plan.Settings{PostDay: time.Friday}); !s.PostsOn(noWork, plan.NewDate(2024, time.March, 21)) {
		t.Error("with no working day left in the week, the last one before")
	}
}
