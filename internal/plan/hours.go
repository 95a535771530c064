package plan

import "time"

// A Clock is a time of day: minutes since midnight.
type Clock int

// At returns the time of day.
func At(hour, minute int) Clock { return Clock(hour*60 + minute) }

// ClockOf returns the time of day that t shows in loc, seconds left out.
func ClockOf(t time.Time, loc *time.Location) Clock {
	t = t.In(loc)
	return At(t.Hour(), t.Minute())
}

// On returns the instant at which the day reaches the time of day in loc.
func (c Clock) On(d Date, loc *time.Location) time.Time {
	return d.In(loc, time.Duration(c)*time.Minute)
}

// Hour returns the hour, 0 to 23.
func (c Clock) Hour() int { return int(c) / 60 }

// Minute returns the minute within the hour.
func (c Clock) Minute() int { return int(c) % 60 }

// Hours say when the office may be written to unasked: on working days, from
// Settings.DayFrom to Settings.DayTo.
type Hours struct {
	Calendar *Calendar
	Settings Settings
	Location *time.Location
}

// Allowed reports whether something that nobody asked for may be said at t.
func (h Hours) Allowed(t time.Time) bool {
	return !h.Night(t) && h.Calendar.IsWorking(DateOf(t, h.Location))
}

// Night reports whether t lies in the hours in which a message makes no sound.
func (h Hours) Night(t time.Time) bool {
	c := ClockOf(t, h.Location)
	return c < h.Settings.DayFrom || c >= h.Settings.DayTo
}

// Next returns the first instant from t on at which something may be said.
func (h Hours) Next(t time.Time) time.Time {
	if h.Allowed(t) {
		return t
	}
	d := DateOf(t, h.Location)
	if ClockOf(t, h.Location) >= h.Settings.DayFrom {
		d++ // the day is over, or was none
	}
	return h.Settings.DayFrom.On(h.Calendar.OnOrAfter(d), h.Location)
}
