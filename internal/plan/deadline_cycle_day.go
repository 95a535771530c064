package plan

import (
	"slices"
	"time"
)

// cycleDetail reads the day that a cycle states beside itself: "hàng tháng,
// trước ngày 25", "hằng quý (ngày 20 tháng cuối quý)", "hàng năm vào tháng
// 12".
func (p *deadlineParser) cycleDetail(months int) (deadlineReading, bool) {
	bracket := p.acceptMark(",", ";", "(") && p.at(-1).isMark("(")
	if !p.lead() {
		return deadlineReading{}, false
	}
	var r deadlineReading
	ok := false
	switch months {
	case 1:
		if day, before, found := p.dayInMonth(); found {
			p.cycleMonths()
			r, ok = p.daysOfMonths(everyMonth(), day, before)
		}
	case 3:
		if day, before, found := p.dayInMonth(); found {
			if at, found := p.quarterMonths(); found {
				r, ok = p.daysOfMonths(at, day, before)
			}
		}
	case monthsOfYear:
		r, ok = p.undatedSeries()
	}
	return r, ok && (!bracket || p.acceptMark(")"))
}

// dayOfCycle reads a cycle that begins with its day: "ngày 20 hàng tháng",
// "trước ngày 25 tháng cuối quý".
func (p *deadlineParser) dayOfCycle() (deadlineReading, bool) {
	p.accept(termPeriodic)
	day, before, ok := p.dayInMonth()
	if !ok {
		return deadlineReading{}, false
	}
	if p.cycleMonths() {
		return p.daysOfMonths(everyMonth(), day, before)
	}
	if months, ok := p.quarterMonths(); ok {
		return p.daysOfMonths(months, day, before)
	}
	return deadlineReading{}, false
}

// dayInMonth steps over "trước ngày 15".
func (p *deadlineParser) dayInMonth() (day int, before, ok bool) {
	p.accept(termIn)
	before = p.accept(termBefore)
	if !p.accept(termDay) && !before {
		return 0, false, false
	}
	p.accept(termMung)
	day, ok = p.acceptNumber(1, 31)
	return day, before, ok
}

// cycleMonths steps over "hàng tháng", "của mỗi tháng".
func (p *deadlineParser) cycleMonths() bool {
	start := p.pos
	p.accept(termOf)
	if p.accept(termEach) && p.accept(termMonth) {
		return true
	}
	p.pos = start
	return false
}

// quarterMonths steps over "tháng cuối quý", "của tháng đầu mỗi quý", and
// returns the months meant.
func (p *deadlineParser) quarterMonths() ([]time.Month, bool) {
	p.accept(termOf)
	p.accept(termAll)
	if !p.accept(termMonth) {
		return nil, false
	}
	months := []time.Month{time.March, time.June, time.September, time.December}
	if p.at(0).isTerm(termFirst) {
		months = []time.Month{time.January, time.April, time.July, time.October}
	}
	if !p.accept(termFirst, termLast) {
		return nil, false
	}
	p.accept(termOf)
	p.accept(termEach, termAll)
	return months, p.accept(termQuarter)
}

func everyMonth() []time.Month {
	var months []time.Month
	for m := time.January; m <= time.December; m++ {
		months = append(months, m)
	}
	return months
}

// daysOfMonths returns the day, or the day before it, of each of the months;
// in a shorter month its last day. "Trước ngày 01 hằng tháng" is the last day
// of every month: the one before 1 January belongs to another plan, the one
// before the next 1 January to this.
func (p *deadlineParser) daysOfMonths(months []time.Month, day int, before bool) (deadlineReading, bool) {
	var due []Date
	for _, m := range months {
		d := NewDate(p.year, m, day)
		switch {
		case before && day == 1 && len(months) == monthsOfYear:
			d = EndOfMonth(p.year, m)
		case before:
			d--
		}
		due = append(due, min(d, EndOfMonth(p.year, m)))
	}
	return p.recurring(slices.Compact(due), before)
}
