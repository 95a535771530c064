package scheduler

import (
	"fmt"
	"slices"

	"dondoc/internal/plan"
)

// A rung of the ladder of dated work says it a number of days before the due
// day; where that is no working day, on the last one before.
type rung struct {
	name        string
	days        int
	quarterOnly bool // for due days at a quarter's end alone
}

// before is the ladder of dated work up to its due day.
var before = []rung{
	{name: Before30, days: 30, quarterOnly: true},
	{name: Before14, days: 14},
	{name: Before7, days: 7},
	{name: Before3, days: 3},
	{name: Before1, days: 1},
	{name: DueDay},
}

// checkIns is the ladder of a check-in: working days before the last one on
// or before its closing day.
var checkIns = []rung{
	{name: Closing5, days: 5},
	{name: Closing2, days: 2},
	{name: ClosingDay},
}

// The names of the steps. Beside them stand the weeks of late work.
const (
	Before30      = "30d"
	Before14      = "14d"
	Before7       = "7d"
	Before3       = "3d"
	Before1       = "1d"
	DueDay        = "due"
	EffectiveDay  = "effective"
	LateFirst     = "late"
	Closing5      = "closing5"
	Closing2      = "closing2"
	ClosingDay    = "closing"
	ClosingPassed = "closed"
)

// longest is more days than any rung and any time off take together.
const longest = 60

// quarterEnd reports whether d is one of 31/3, 30/6, 30/9 and 31/12.
func quarterEnd(d plan.Date) bool {
	return (d+1).Day() == 1 && (d.Month()-1)%3 == 2
}

// steps lists what is to be said of an open occurrence from one day to
// another, both included, in the order of days.
func steps(b *plan.Book, o *plan.Occurrence, from, to plan.Date) []plan.Step {
	to = min(to, b.Plan.LastDay())
	s := ladder{cal: b.Calendar, occurrence: o.ID, from: from, to: to}
	switch o.Kind {
	case plan.OccurrenceDated:
		s.dated(o.StatedDue(), b.EffectiveDue(o))
	case plan.OccurrenceCheckIn:
		s.checkIn(o.Due)
	case plan.OccurrenceUndated:
	}
	return s.steps
}

// A ladder gathers the steps of one occurrence that fall within some days.
type ladder struct {
	cal        *plan.Calendar
	occurrence int64
	from, to   plan.Date
	steps      []plan.Step
}

func (s *ladder) add(name string, due, nominal, day plan.Date) {
	if day >= s.from && day <= s.to {
		s.steps = append(s.steps, plan.Step{
			Occurrence: s.occurrence, Due: due, Name: name, Day: day, Nominal: nominal,
		})
	}
}

func (s *ladder) dated(due, effective plan.Date) {
	if due == 0 || s.to < due-longest {
		return
	}
	for _, r := range before {
		if !r.quarterOnly || quarterEnd(due) {
			nominal := due - plan.Date(r.days)
			s.add(r.name, due, nominal, s.cal.OnOrBefore(nominal))
		}
	}
	if effective != due {
		s.add(EffectiveDay, due, effective, effective)
	}
	late := s.cal.OnOrAfter(effective + 1)
	s.add(LateFirst, due, late, late)
	s.weekly(due, late+1)
}

// weekly adds the first working day of each week from a day on.
func (s *ladder) weekly(due, start plan.Date) {
	for monday := max(start, s.from).Monday(); monday <= s.to; monday += 7 {
		day := s.cal.OnOrAfter(monday)
		if day >= start && day < monday+7 {
			s.add(week(day), due, day, day)
		}
	}
}

func (s *ladder) checkIn(closes plan.Date) {
	last := s.cal.OnOrBefore(closes)
	for _, r := range checkIns {
		day := s.cal.AddWorking(last, -r.days)
		nominal := day
		if r.days == 0 {
			nominal = closes
		}
		s.add(r.name, closes, nominal, day)
	}
	passed := s.cal.OnOrAfter(closes + 1)
	s.add(ClosingPassed, closes, passed, passed)
}

// ThisWeek reports whether a post of the day is still worth sending today.
func ThisWeek(day, today plan.Date) bool { return day >= today.Monday() }

// week names the day's ISO week: 2024-W15.
func week(d plan.Date) string {
	year, n := d.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, n)
}

// IsWeekly reports whether the step is one of those of late work, each week.
func IsWeekly(s plan.Step) bool { return len(s.Name) > 4 && s.Name[4] == '-' }

// NextDay returns the first day after today on which something is to be said
// of one of the occurrences, as they stand; zero if that is never.
func NextDay(b *plan.Book, occs []*plan.Occurrence) plan.Date {
	var next plan.Date
	for _, o := range occs {
		if !Open(b, o) {
			continue
		}
		for _, s := range steps(b, o, b.Today+1, b.Plan.LastDay()) {
			if next == 0 || s.Day < next {
				next = s.Day
			}
		}
	}
	return next
}

// Open reports whether there is still something to be done that people are
// reminded of.
func Open(b *plan.Book, o *plan.Occurrence) bool {
	switch o.Kind {
	case plan.OccurrenceDated:
		box := b.Box(o)
		return box == plan.Open || box == plan.Overdue
	case plan.OccurrenceCheckIn:
		return b.WillAsk(o) && o.Completion() == nil
	case plan.OccurrenceUndated:
	}
	return false
}

// Order returns the place of the step on the ladder, so that steps can be
// named in the order in which they come.
func Order(s plan.Step) int {
	if IsWeekly(s) {
		return len(order)
	}
	return slices.Index(order, s.Name)
}

var order = []string{
	LateFirst, Before30, Before14, Before7, Before3, Before1, DueDay, EffectiveDay,
	Closing5, Closing2, ClosingDay, ClosingPassed,
}
