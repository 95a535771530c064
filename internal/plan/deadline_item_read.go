package plan

// An itemLead is what stands before a day or period and bears on it.
type itemLead struct {
	in, through, to, last, before, vague bool
}

// marked reports whether the lead announces a point in time, so that "30.6"
// behind it is a day and no number.
func (l itemLead) marked() bool { return l.in || l.through || l.to || l.before }

func (p *deadlineParser) itemLead() itemLead {
	var l itemLead
	for {
		switch {
		case p.accept(termIn):
			l.in = true
		case p.accept(termTo):
			l.to = true
		case p.accept(termThrough):
			l.through = true
		case p.accept(termBefore):
			l.before = true
		case p.accept(termLast):
			l.last = true
		case p.accept(termFirst, termMiddle):
			l.vague = true
		default:
			return l
		}
	}
}

// item reads one day or period. Behind a month, quarter or day, prev, the
// bare number of a further one will do: "tháng 6, 12".
func (p *deadlineParser) item(prev *dueItem) (dueItem, bool) {
	l := p.itemLead()
	it, ok := p.bareItem(l, prev)
	if !ok || l.before && (l.through || l.last || l.vague) || it.class == dueDay && (l.last || l.vague) {
		return dueItem{}, false
	}
	it.vague = l.vague
	it.before = l.before && !it.firm
	it.firm = l.before
	it.explicit = it.explicit || l.before || l.through || l.to
	return it, true
}

func (p *deadlineParser) bareItem(l itemLead, prev *dueItem) (dueItem, bool) {
	start := p.pos
	for _, read := range []func(itemLead) (dueItem, bool){
		p.half, p.clockDay, p.namedDay, p.month, p.quarter, p.wholeYear,
		func(itemLead) (dueItem, bool) { return p.furtherItem(prev) },
		p.numericItem,
	} {
		p.pos = start
		if it, ok := read(l); ok {
			return it, true
		}
	}
	return dueItem{}, false
}

// half reads "6 tháng đầu năm 2024", "nửa cuối năm".
func (p *deadlineParser) half(itemLead) (dueItem, bool) {
	n, counted := 6, false
	if !p.accept(termHalf) {
		if n, counted = p.acceptNumber(1, 11); !counted || !p.accept(termMonth) {
			return dueItem{}, false
		}
	}
	first := p.at(0).isTerm(termFirst)
	if !p.accept(termFirst, termLast) {
		return dueItem{}, false
	}
	p.accept(termOf)
	// Without "năm" only the half year is beyond doubt: "6 tháng đầu và 6
	// tháng cuối năm".
	if !p.accept(termYear) && !(counted && n == 6) {
		return dueItem{}, false
	}
	it := halfItem(1, monthItem(n).to)
	if !first {
		it = halfItem(monthItem(13-n).from, 12)
	}
	it.year = p.yearSuffix()
	return it, true
}

// clockDay reads an hour and the day it belongs to: "17h00 ngày 15/3". Before
// an hour of a day is still that day.
func (p *deadlineParser) clockDay(l itemLead) (dueItem, bool) {
	if _, ok := p.acceptNumber(1, 24); !ok {
		return dueItem{}, false
	}
	switch {
	case p.acceptMark(":"):
		if _, ok := p.acceptNumber(0, 59); !ok {
			return dueItem{}, false
		}
	case p.accept(termHour):
		if _, ok := p.acceptNumber(0, 59); ok {
			p.accept(termMinute)
		}
	default:
		return dueItem{}, false
	}
	p.acceptMark(",")
	it, ok := p.namedDay(l)
	it.firm = true
	return it, ok
}

// month reads "tháng 12/2024", "T.12", "các tháng 3".
func (p *deadlineParser) month(itemLead) (dueItem, bool) {
	p.accept(termAll)
	if !p.accept(termMonth) {
		return dueItem{}, false
	}
	p.acceptMark(".")
	m, ok := p.monthNumber()
	if !ok {
		return dueItem{}, false
	}
	it := monthItem(m)
	it.explicit, it.year = true, p.yearSuffix()
	return it, true
}

// monthNumber steps over the number of a month. "Tháng năm" is May, unless a
// year follows: "tháng năm 2024" may lack its number.
func (p *deadlineParser) monthNumber() (int, bool) {
	if p.at(0).text == "năm" {
		if _, year := fullYear(p.at(1)); year {
			return 0, false
		}
		p.pos++
		return 5, true
	}
	return p.acceptNumber(1, 12)
}

// quarter reads "quý I/2024", "Q.1", "quý tư".
func (p *deadlineParser) quarter(itemLead) (dueItem, bool) {
	p.accept(termAll)
	if !p.accept(termQuarter) {
		return dueItem{}, false
	}
	p.acceptMark(".")
	return p.quarterNumber()
}

func (p *deadlineParser) quarterNumber() (dueItem, bool) {
	q, roman := romanQuarter(p.at(0).text)
	if roman {
		p.pos++
	} else {
		var ok bool
		if q, ok = p.acceptNumber(1, 4); !ok {
			return dueItem{}, false
		}
	}
	it := quarterItem(q)
	it.explicit, it.roman, it.year = true, roman, p.yearSuffix()
	return it, true
}

// wholeYear reads "năm 2024" and, where a word before it says that the plan's
// year is meant, "trong năm", "cuối năm", "cả năm".
func (p *deadlineParser) wholeYear(l itemLead) (dueItem, bool) {
	whole := p.accept(termWhole)
	if !p.accept(termYear) {
		return dueItem{}, false
	}
	it := yearItem(0)
	it.explicit, it.whole = true, whole || l.in
	if y, ok := fullYear(p.at(0)); ok {
		p.pos++
		it.year = y
		return it, true
	}
	return it, whole || l.in || l.last || l.through
}

// furtherItem reads the bare number of a further month, quarter or day
// "tháng". A quarter's number must be written as the one before it: "quý I,
// 2/2024" may name a month.
func (p *deadlineParser) furtherItem(prev *dueItem) (dueItem, bool) {
	switch {
	case prev == nil:
		return dueItem{}, false
	case prev.class == dueQuarter:
		it, ok := p.quarterNumber()
		return it, ok && it.roman == prev.roman
	case prev.class != dueMonth && !prev.byMonth:
		return dueItem{}, false
	}
	m, ok := p.acceptNumber(1, 12)
	if !ok {
		return dueItem{}, false
	}
	it := monthItem(m)
	if prev.byMonth {
		it = dayItem(prev.day, m)
		it.byMonth = true
	}
	it.explicit, it.year = true, p.yearSuffix()
	return it, !p.at(0).isMark("/") // a day and month, not a month
}
