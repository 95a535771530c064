package plan

import "time"

const monthsOfYear = 12

// cycle reads what comes back within the year: "hàng tháng", "định kỳ 6
// tháng", "trước ngày 15 hằng tháng", "hằng quý, trước ngày 25 tháng cuối
// quý".
func (p *deadlineParser) cycle() (deadlineReading, bool) {
	if !p.knowsYear() {
		return deadlineReading{}, false
	}
	start := p.pos
	if r, ok := p.dayOfCycle(); ok {
		return r, p.planYearOnly()
	}
	p.pos = start
	months, ok := p.cadence()
	if !ok || !p.planYearOnly() {
		return deadlineReading{}, false
	}
	if p.end() {
		return p.recurring(monthEnds(p.year, months), false)
	}
	return p.cycleDetail(months)
}

// yearly reads days and periods of every year: "15/12 hằng năm", "quý I và
// quý III hàng năm".
func (p *deadlineParser) yearly() (deadlineReading, bool) {
	r, ok := p.undatedSeries()
	if !ok {
		return r, false
	}
	bracket := p.acceptMark("(")
	p.accept(termOf)
	ok = p.accept(termEach) && p.accept(termYear)
	return r, ok && (!bracket || p.acceptMark(")"))
}

// undatedSeries reads a series that states no year and is no whole year, as
// days of the plan's year.
func (p *deadlineParser) undatedSeries() (deadlineReading, bool) {
	items, span, ok := p.items()
	if !ok {
		return deadlineReading{}, false
	}
	for _, it := range items {
		if it.year != 0 || it.class == dueYear {
			return deadlineReading{}, false
		}
	}
	if span {
		end, ok := p.spanEnd(items[0], items[1])
		return p.recurringIf([]Date{end}, false, ok)
	}
	r, ok := p.listed(items)
	return p.recurringIf(r.due, r.firm, ok)
}

// recurring makes a reading of days that must all lie in the plan's year.
func (p *deadlineParser) recurring(due []Date, firm bool) (deadlineReading, bool) {
	for _, d := range due {
		if d.Year() != p.year {
			return deadlineReading{}, false
		}
	}
	return deadlineReading{kind: KindRecurring, due: due, firm: firm}, true
}

func (p *deadlineParser) recurringIf(due []Date, firm, ok bool) (deadlineReading, bool) {
	if !ok {
		return deadlineReading{}, false
	}
	return p.recurring(due, firm)
}

// monthEnds returns the last days of the periods of so many months.
func monthEnds(year, months int) []Date {
	var due []Date
	for m := months; m <= monthsOfYear; m += months {
		due = append(due, EndOfMonth(year, time.Month(m)))
	}
	return due
}

// cadence reads how often something comes back, in months. A cadence that
// does not divide the year has no certain days in it.
func (p *deadlineParser) cadence() (int, bool) {
	periodic := p.accept(termPeriodic)
	by := p.accept(termBy)
	if months, ok := p.timesPer(); ok {
		return months, true
	}
	last := p.accept(termLast)
	each := p.accept(termEach) || last && p.accept(termAll)
	n, counted := p.acceptNumber(1, monthsOfYear)
	if !counted {
		n = 1
	}
	unit, ok := p.unitMonths()
	if !ok || last && !each {
		return 0, false
	}
	months := n * unit
	once := p.once()
	said := each || periodic || once || by && !counted && unit < monthsOfYear
	return months, said && months <= monthsOfYear && monthsOfYear%months == 0
}

// unitMonths steps over tháng, quý or năm and returns its months.
func (p *deadlineParser) unitMonths() (int, bool) {
	switch {
	case p.accept(termMonth):
		return 1, true
	case p.accept(termQuarter):
		return 3, true
	case p.accept(termYear):
		return monthsOfYear, true
	}
	return 0, false
}

// once steps over "/lần", "một lần", "/1 lần".
func (p *deadlineParser) once() bool {
	start := p.pos
	p.acceptMark("/")
	p.acceptNumber(1, 1)
	if p.accept(termTimes) {
		return true
	}
	p.pos = start
	return false
}

// timesPer reads "1 lần/quý", "một lần mỗi năm". Twice a year has no certain
// days.
func (p *deadlineParser) timesPer() (int, bool) {
	start := p.pos
	if _, ok := p.acceptNumber(1, 1); ok && p.accept(termTimes) {
		if p.acceptMark("/") || p.accept(termEach, termIn) {
			p.acceptNumber(1, 1)
			return p.unitMonths()
		}
	}
	p.pos = start
	return 0, false
}

// planYearOnly steps over the year or years in which a cycle runs and reports
// whether the plan's is among them: "năm 2024", "trong năm", "giai đoạn
// 2021-2025".
func (p *deadlineParser) planYearOnly() bool {
	start := p.pos
	within := p.accept(termIn)
	if p.accept(termStage) {
		from, ok1 := fullYear(p.at(0))
		to, ok2 := fullYear(p.at(2))
		ok := ok1 && ok2 && p.at(1).isMark("-") && from <= p.year && p.year <= to
		p.pos += 3
		return ok
	}
	slash := p.acceptMark("/")
	within = p.accept(termWhole) || within
	if slash || p.accept(termYear) {
		if y, ok := fullYear(p.at(0)); ok {
			p.pos++
			return y == p.year
		}
		if within && !slash {
			return true
		}
	}
	p.pos = start
	return true
}
