package plan

// listYears gives each item of a list its year: its own; else the next one
// stated behind it, which so holds for "tháng 10, 11 năm 2023"; else the
// plan's, if no other year was stated before.
func (p *deadlineParser) listYears(items []dueItem) ([]int, bool) {
	years := make([]int, len(items))
	behind, foreign := 0, false
	for i := len(items) - 1; i >= 0; i-- {
		switch {
		case items[i].year != 0:
			behind = items[i].year
		case behind != 0:
			foreign = foreign || behind != p.year
		}
		years[i] = behind
	}
	ahead := p.year
	for i, it := range items {
		if it.year != 0 {
			ahead = it.year
		}
		if years[i] != 0 {
			continue
		}
		if ahead != p.year || !p.knowsYear() {
			return nil, false
		}
		years[i] = p.year
	}
	// "Quý IV, quý I/2025" of a plan of 2024: the year at the end is not
	// meant for both.
	return years, !foreign || ascending(items, years)
}

func ascending(items []dueItem, years []int) bool {
	last := Date(0)
	for i, it := range items {
		d, ok := it.ends(years[i])
		if !ok || d <= last {
			return false
		}
		last = d
	}
	return true
}

// spanEnd returns the last day of the span from a to b, false if it would end
// before it begins or its end is in doubt.
func (p *deadlineParser) spanEnd(a, b dueItem) (Date, bool) {
	if a.before || b.before || b.vague || b.firm || b.monthless() || a.class != b.class && !b.explicit {
		return 0, false
	}
	if a.monthless() {
		if b.class != dueDay || !(a.explicit || b.explicit) {
			return 0, false
		}
		a.from, a.to, a.year = b.from, b.to, b.year
	}
	for _, year := range p.endYears(a, b) {
		end, ok := b.ends(year)
		if !ok {
			return 0, false
		}
		if p.beginsBefore(a, year, end) {
			return end, p.endIsCertain(a, b, year)
		}
	}
	return 0, false
}

// endYears lists the years that the end of a span may mean, the likeliest
// first: its own; else that of the beginning, then the plan's.
func (p *deadlineParser) endYears(a, b dueItem) []int {
	switch {
	case b.year != 0:
		return []int{b.year}
	case !p.knowsYear():
		return nil
	case a.year != 0 && a.year != p.year:
		return []int{a.year, p.year}
	}
	return []int{p.year}
}

// endIsCertain reports whether no other year would do as well.
func (p *deadlineParser) endIsCertain(a, b dueItem, year int) bool {
	for _, other := range p.endYears(a, b) {
		end, ok := b.ends(other)
		if other != year && ok && p.beginsBefore(a, other, end) {
			return false
		}
	}
	return true
}

// beginsBefore reports whether a, in its own year, in that of the end or in
// the plan's, is over before the end of b.
func (p *deadlineParser) beginsBefore(a dueItem, year int, end Date) bool {
	years := []int{a.year}
	if a.year == 0 {
		years = []int{year}
		if p.knowsYear() && p.year < year {
			years = append(years, p.year)
		}
	}
	for _, y := range years {
		if d, ok := a.ends(y); ok && d < end {
			return true
		}
	}
	return false
}
