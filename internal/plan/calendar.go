package plan

import "time"

// A DayKind says how a listed day differs from its weekday.
type DayKind string

// The kinds of listed days, as the calendar file names them.
const (
	DayOff  DayKind = "off"  // a weekday without work
	DayWork DayKind = "work" // a make-up day on a weekend
)

// A SpecialDay is a day off or a make-up day.
type SpecialDay struct {
	Date   Date
	Kind   DayKind
	Name   string
	Source string // the notice that decides it
}

// A Calendar knows working days: Monday to Friday, less days off, plus
// make-up days. The zero Calendar knows weekends only.
type Calendar struct {
	special map[Date]SpecialDay
	years   map[int]bool
}

// NewCalendar returns a calendar of the days; a later entry for a date
// replaces an earlier one.
func NewCalendar(days []SpecialDay) *Calendar {
	c := &Calendar{special: make(map[Date]SpecialDay, len(days)), years: map[int]bool{}}
	for _, d := range days {
		c.special[d.Date] = d
		c.years[d.Date.Year()] = true
	}
	return c
}

// Knows reports whether the calendar has any data for the year.
func (c *Calendar) Knows(year int) bool { return c.years[year] }

// Special returns the entry of a listed day.
func (c *Calendar) Special(d Date) (SpecialDay, bool) {
	s, ok := c.special[d]
	return s, ok
}

// IsWorking reports whether d is a working day.
func (c *Calendar) IsWorking(d Date) bool {
	if s, ok := c.special[d]; ok {
		return s.Kind == DayWork
	}
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday
}

// maxIdleDays bounds every search for a working day, so that a calendar that
// declares a whole year off cannot hang the program.
const maxIdleDays = 60

// OnOrAfter returns the first working day from d on.
func (c *Calendar) OnOrAfter(d Date) Date {
	for i := range Date(maxIdleDays) {
		if c.IsWorking(d + i) {
			return d + i
		}
	}
	return d
}

// OnOrBefore returns the last working day up to d.
func (c *Calendar) OnOrBefore(d Date) Date {
	for i := range Date(maxIdleDays) {
		if c.IsWorking(d - i) {
			return d - i
		}
	}
	return d
}

// AddWorking returns the n-th working day after d, or before it for n < 0.
func (c *Calendar) AddWorking(d Date, n int) Date {
	for ; n > 0; n-- {
		d = c.OnOrAfter(d + 1)
	}
	for ; n < 0; n++ {
		d = c.OnOrBefore(d - 1)
	}
	return d
}
