package plan

// namedDay reads a day that "ngày" announces. Its month may come later:
// "từ ngày 01 đến ngày 15/6".
func (p *deadlineParser) namedDay(itemLead) (dueItem, bool) {
	if !p.accept(termDay) {
		return dueItem{}, false
	}
	p.accept(termMung)
	d, ok := p.acceptNumber(1, 31)
	if !ok {
		return dueItem{}, false
	}
	it, ok := p.dayTail(d, true, true)
	if !ok {
		it = dayItem(d, 0)
	}
	it.explicit = true
	return it, true
}

// numericItem reads what begins with a bare number: 31/12/2024, 15/11,
// 2024-12-31, 12/2024, 2024, "15 tháng 11 năm 2024", and the days of
// "15-20/12/2024".
func (p *deadlineParser) numericItem(l itemLead) (dueItem, bool) {
	if y, ok := fullYear(p.at(0)); ok {
		p.pos++
		return p.isoDay(y)
	}
	d, ok := p.acceptNumber(1, 31)
	if !ok || p.at(-1).kind != tokenNumber {
		return dueItem{}, false
	}
	if it, ok := p.dayTail(d, false, l.marked()); ok {
		return it, true
	}
	if y, ok := fullYear(p.at(1)); ok && p.at(0).isMark("/", "-") && d <= 12 {
		p.pos += 2
		it := monthItem(d)
		it.year = y
		return it, true
	}
	return dayItem(d, 0), p.at(0).isMark("-") || p.at(0).isTerm(termTo)
}

// isoDay reads the rest of 2024-12-31, or else takes the year alone.
func (p *deadlineParser) isoDay(year int) (dueItem, bool) {
	sep, m, d := p.at(0), p.at(1), p.at(3)
	if !sep.isMark("-", "/") || !p.at(2).isMark(sep.text) || m.kind != tokenNumber || d.kind != tokenNumber {
		return yearItem(year), true
	}
	p.pos += 4
	it := dayItem(d.value, m.value)
	it.year, it.explicit = year, true
	p.timeOfDay()
	return it, m.value >= 1 && m.value <= 12
}

// dayTail reads what follows the number of a day up to its year. The day is
// named if "ngày" stands before it, marked if any word does that announces a
// point in time.
func (p *deadlineParser) dayTail(d int, named, marked bool) (dueItem, bool) {
	start := p.pos
	for _, read := range []func() (dueItem, bool){
		func() (dueItem, bool) { return p.fullDay(d) },
		func() (dueItem, bool) { return p.dayMonth(d, marked) },
		func() (dueItem, bool) { return p.dayOfMonth(d, named || marked) },
	} {
		p.pos = start
		if it, ok := read(); ok {
			return it, true
		}
	}
	p.pos = start
	return dueItem{}, false
}

// fullDay reads the month and year of 31/12/2024, 30-6-2024, 30.6.24.
func (p *deadlineParser) fullDay(d int) (dueItem, bool) {
	sep, m := p.at(0), p.at(1)
	if !sep.isMark("/", "-", ".") || m.kind != tokenNumber || !p.at(2).isMark(sep.text) {
		return dueItem{}, false
	}
	y, ok := p.anyYear(p.at(3))
	if !ok || m.value < 1 || m.value > 12 {
		return dueItem{}, false
	}
	p.pos += 4
	it := dayItem(d, m.value)
	it.year, it.explicit = y, true
	p.timeOfDay()
	return it, true
}

// dayMonth reads the month of 15/11. A dot or dash in its place needs a word
// before the day, and a dash a month below the day: "ngày 3-5" may be three
// days, "ngày 15-20/12" is six. A bare 24/7 means day and night.
func (p *deadlineParser) dayMonth(d int, marked bool) (dueItem, bool) {
	sep := p.at(0)
	if !sep.isMark("/", "-", ".") {
		return dueItem{}, false
	}
	p.pos++
	m, ok := p.acceptNumber(1, 12)
	if !ok || p.at(-1).kind != tokenNumber {
		return dueItem{}, false
	}
	if !sep.isMark("/") && (!marked || p.at(0).isMark("/")) || sep.isMark("-") && m >= d {
		return dueItem{}, false
	}
	it := dayItem(d, m)
	it.year = p.yearSuffix()
	it.explicit = it.year != 0
	roundTheClock := d == 24 && m == 7 && !marked && it.year == 0
	return it, !roundTheClock
}

// dayOfMonth reads the month of "ngày 15 tháng 11 năm 2024". Without a word
// before the day or a year behind, "6 tháng 12" may be counts of months.
func (p *deadlineParser) dayOfMonth(d int, announced bool) (dueItem, bool) {
	p.accept(termOf)
	p.accept(termAll)
	if !p.accept(termMonth) {
		return dueItem{}, false
	}
	m, ok := p.monthNumber()
	if !ok {
		return dueItem{}, false
	}
	it := dayItem(d, m)
	it.byMonth, it.explicit, it.year = true, true, p.yearSuffix()
	return it, announced || d > 12 || it.year != 0
}

// timeOfDay steps over the hour that spreadsheets put behind a date:
// "00:00:00", "T00:00:00".
func (p *deadlineParser) timeOfDay() {
	start := p.pos
	if p.at(0).text == "t" {
		p.pos++
	}
	if _, ok := p.acceptNumber(0, 23); !ok || !p.acceptMark(":") {
		p.pos = start
		return
	}
	for {
		if _, ok := p.acceptNumber(0, 59); !ok || !p.acceptMark(":") {
			return
		}
	}
}
