package plan

import "slices"

// series reads a day, a period, a list of them or a span.
func (p *deadlineParser) series() (deadlineReading, bool) {
	items, span, ok := p.items()
	if !ok {
		return deadlineReading{}, false
	}
	if !span {
		return p.listed(items)
	}
	end, ok := p.spanEnd(items[0], items[1])
	years := items[0].class == dueYear && items[1].class == dueYear
	return deadlineReading{kind: KindSpan, due: []Date{end}, wholeYear: years}, ok
}

// items reads the items of a series as far as they go, and whether the two
// of them bound a span.
func (p *deadlineParser) items() (items []dueItem, span, ok bool) {
	if p.accept(termFromNow) {
		return p.itemsFromNow()
	}
	from := p.accept(termFrom)
	stage := p.at(0).isTerm(termStage) || p.at(0).isTerm(termIn) && p.at(1).isTerm(termStage)
	if stage {
		p.accept(termIn)
		p.accept(termStage)
	}
	bounded := from || stage // needs an end
	var prev *dueItem
	for {
		it, ok := p.item(prev)
		if !ok {
			return nil, false, false
		}
		it.explicit = it.explicit || from && prev == nil
		items = append(items, it)
		prev = &it
		link := p.link(it)
		switch {
		case link == linkNone:
			return items, span, span || !bounded
		case link == linkSpan && len(items) == 1:
			span = true
		case link == linkSpan || span || bounded:
			return nil, false, false
		}
	}
}

// itemsFromNow reads "từ nay đến 30/6": a span of which only the end counts.
func (p *deadlineParser) itemsFromNow() (items []dueItem, span, ok bool) {
	if !p.at(0).isTerm(termTo) && !p.acceptMark("-") {
		return nil, false, false
	}
	end, ok := p.item(nil)
	return []dueItem{dayItem(1, 1), end}, true, ok
}

// A seriesLink is what joins an item to the next.
type seriesLink int

const (
	linkNone seriesLink = iota
	linkList
	linkSpan
)

// link steps over what joins an item to the next: "," ";" "và" in a list,
// "-" or "đến" in a span. Months and quarters with their unit may also follow
// each other bare, as lines of one cell do.
func (p *deadlineParser) link(prev dueItem) seriesLink {
	if p.acceptMark(",", ";") || p.at(0).isTerm(termAnd) || p.at(0).isMark("&") {
		if !p.accept(termAnd) && !p.acceptMark("&") && p.hints.bulleted {
			p.acceptMark("-")
		}
		return linkList
	}
	switch {
	case p.at(0).isTerm(termTo):
		return linkSpan // the item itself takes the word
	case !p.hints.bulleted && p.acceptMark("-"):
		return linkSpan
	case prev.class == dueMonth && p.at(0).isTerm(termMonth), prev.class == dueQuarter && p.at(0).isTerm(termQuarter):
		return linkList
	}
	return linkNone
}

// listed makes a reading of one item or of a list.
func (p *deadlineParser) listed(items []dueItem) (deadlineReading, bool) {
	if len(items) > 1 && p.hints.openEnd || !shareBefore(items) {
		return deadlineReading{}, false
	}
	years, ok := p.listYears(items)
	if !ok || !mayStandTogether(items, years) {
		return deadlineReading{}, false
	}
	r := deadlineReading{kind: KindList, firm: items[0].firm}
	for i, it := range items {
		d, ok := it.due(years[i])
		if !ok || it.vague || it.monthless() || it.firm != r.firm || slices.Contains(r.due, d) {
			return deadlineReading{}, false
		}
		r.due = append(r.due, d)
	}
	slices.Sort(r.due)
	if len(items) == 1 {
		r.kind = KindPeriod
		if items[0].class == dueDay || items[0].before {
			r.kind = KindDate
		}
		r.wholeYear = items[0].class == dueYear
	}
	return r, true
}

// shareBefore spreads a "trước" at the head of a list over its days: "trước
// ngày 15/6 và 15/12". Over other items, or where it comes later, it is in
// doubt.
func shareBefore(items []dueItem) bool {
	days := !slices.ContainsFunc(items, func(it dueItem) bool { return it.class != dueDay })
	for i := range items[1:] {
		it := &items[i+1]
		if items[0].before && days {
			it.before, it.firm = true, true
		}
	}
	return len(items) == 1 || days || !items[0].before
}

// mayStandTogether reports whether the items can be entries of one list: all
// of a class; or each after the one before has ended, all named in full; or
// the growing periods of reporting, "quý I, 6 tháng đầu năm, cả năm".
func mayStandTogether(items []dueItem, years []int) bool {
	alike, apart, growing := true, true, true
	for i, it := range items {
		alike = alike && it.class == items[0].class
		apart = apart && it.explicit && it.class != dueYear
		growing = growing && (it.class == dueQuarter || it.class == dueHalf || it.whole)
		if i == 0 {
			continue
		}
		begins, ok1 := it.begins(years[i])
		ends, ok2 := it.ends(years[i])
		last, ok3 := items[i-1].ends(years[i-1])
		apart = apart && ok1 && ok2 && ok3 && last < begins
		growing = growing && last < ends
	}
	return alike || apart || growing
}
