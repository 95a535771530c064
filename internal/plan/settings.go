package plan

import (
	"errors"
)

// Why a change of settings cannot be made.
var (
	ErrHoursOrder   = errors.New("the hours end before they begin")
	ErrOutsideHours = errors.New("something would be said outside the hours")
	ErrClosingOrder = errors.New("the closing days are not in order")
	ErrClosed       = errors.New("the window closes in the past")
)

// CheckHours returns ErrHoursOrder or ErrOutsideHours for hours in which the
// reminders or the post could never go out.
func (s Settings) CheckHours() error {
	switch {
	case s.DayFrom >= s.DayTo:
		return ErrHoursOrder
	case !s.within(s.ReminderAt) || !s.within(s.PostAt):
		return ErrOutsideHours
	}
	return nil
}

func (s Settings) within(c Clock) bool { return c >= s.DayFrom && c < s.DayTo }

// Valid reports whether every year has the day.
func (d DayOfYear) Valid() bool {
	const common = 2023 // 29 February is in leap years alone
	_, err := CheckedDate(common, d.Month, d.Day)
	return err == nil
}

func (d DayOfYear) before(e DayOfYear) bool {
	return d.Month < e.Month || d.Month == e.Month && d.Day < e.Day
}

// SetClosing returns the plan's settings with another closing day of the window
// with the index. A window that has closed keeps its day, and none is made to
// close before today. It returns ErrNoSuchDate, ErrClosingOrder or ErrClosed.
func (p *Plan) SetClosing(index int, d DayOfYear, today Date) (Settings, error) {
	s := p.Settings
	if !d.Valid() {
		return s, ErrNoSuchDate
	}
	if s.Closings[index].In(p.Year) < today || d.In(p.Year) < today {
		return s, ErrClosed
	}
	s.Closings[index] = d
	for i := range s.Closings[1:] {
		if !s.Closings[i].before(s.Closings[i+1]) {
			return s, ErrClosingOrder
		}
	}
	return s, nil
}

// PostsOn reports whether the weekly post goes out on the day: on the first
// working day of its week that is not before PostDay or, if there is none left,
// on the week's last.
func (s Settings) PostsOn(cal *Calendar, d Date) bool {
	day := s.postDay(cal, d)
	return day == d && cal.IsWorking(d)
}

func (s Settings) postDay(cal *Calendar, d Date) Date {
	start := d.Monday() + Date((int(s.PostDay)+6)%7)
	if day := cal.OnOrAfter(start); day < d.Monday()+7 {
		return day
	}
	return cal.OnOrBefore(start)
}
