package plan

import (
	"errors"
	"fmt"
	"time"
)

// A Date is one calendar day, free of any time zone: days since
// 0001-01-01. Dates compare with < and ==, and d+1 is the next day. The zero
// Date means "no date"; no plan reaches back to it.
type Date int

// ErrNoSuchDate is returned for a day that the calendar does not have.
var ErrNoSuchDate = errors.New("no such date")

const secondsPerDay = 24 * 60 * 60

// Forever is a day that no plan reaches.
var Forever = NewDate(9000, time.December, 31)

var dayZero = time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC).Unix()

// NewDate returns the day, normalising as time.Date does: the 0th of a month
// is the last day of the month before.
func NewDate(year int, month time.Month, day int) Date {
	return Date((time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() - dayZero) / secondsPerDay)
}

// CheckedDate returns the day, or ErrNoSuchDate for the likes of 30 February.
func CheckedDate(year int, month time.Month, day int) (Date, error) {
	d := NewDate(year, month, day)
	if d <= 0 || d.Year() != year || d.Month() != month || d.Day() != day {
		return 0, fmt.Errorf("%w: %02d/%02d/%04d", ErrNoSuchDate, day, month, year)
	}
	return d, nil
}

// DateOf returns the day on which t falls in loc.
func DateOf(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return NewDate(y, m, d)
}

// ParseDate reads the form that String writes: 2024-03-31.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%w: %q", ErrNoSuchDate, s)
	}
	return Date((t.Unix() - dayZero) / secondsPerDay), nil
}

// EndOfMonth returns the last day of the month.
func EndOfMonth(year int, month time.Month) Date { return NewDate(year, month+1, 0) }

func (d Date) utc() time.Time { return time.Unix(int64(d)*secondsPerDay+dayZero, 0).UTC() }

// In returns the instant at which the day reaches the clock time since
// midnight in loc.
func (d Date) In(loc *time.Location, clock time.Duration) time.Time {
	y, m, day := d.utc().Date()
	return time.Date(y, m, day, 0, 0, int(clock/time.Second), 0, loc)
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == 0 }

// Year returns the year.
func (d Date) Year() int { return d.utc().Year() }

// Month returns the month.
func (d Date) Month() time.Month { return d.utc().Month() }

// Day returns the day of the month.
func (d Date) Day() int { return d.utc().Day() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Monday returns the Monday of the day's ISO week.
func (d Date) Monday() Date { return d - Date((int(d.Weekday())+6)%7) }

// ISOWeek returns the year and number of the week, as ISO 8601 counts them.
func (d Date) ISOWeek() (year, week int) { return d.utc().ISOWeek() }

// String returns 2024-03-31, or "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}
