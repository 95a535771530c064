package plan

// A deadlineParser walks over the tokens of one phrase. Its grammars return
// false where the phrase is none of theirs; where they then stand does not
// matter, since every caller sets the position anew.
type deadlineParser struct {
	tokens []deadlineToken
	pos    int
	year   int // the plan's
	hints  deadlineHints
}

// The years that a plan may be of, and that a phrase may state in full: four
// digits outside are no year.
const (
	FirstYear = 2000
	LastYear  = 2099
)

// shortYearReach is how far from the plan's year a year of two digits may
// lie: "31/12/24" is read in a plan of 2024, "5/12/11" is not.
const shortYearReach = 2

// at returns the k-th token from here, or the zero token beyond the end.
func (p *deadlineParser) at(k int) deadlineToken {
	if i := p.pos + k; i >= 0 && i < len(p.tokens) {
		return p.tokens[i]
	}
	return deadlineToken{}
}

func (p *deadlineParser) end() bool { return p.pos >= len(p.tokens) }

// accept steps over a token that means one of the terms.
func (p *deadlineParser) accept(terms ...term) bool {
	if !p.at(0).isTerm(terms...) {
		return false
	}
	p.pos++
	return true
}

func (p *deadlineParser) acceptMark(marks ...string) bool {
	if !p.at(0).isMark(marks...) {
		return false
	}
	p.pos++
	return true
}

// acceptNumber steps over a number, in digits or spelled out, from low to
// high.
func (p *deadlineParser) acceptNumber(low, high int) (int, bool) {
	t := p.at(0)
	if t.kind != tokenNumber && t.term != termNumber {
		return 0, false
	}
	if t.value < low || t.value > high || t.digits > 2 {
		return 0, false
	}
	p.pos++
	return t.value, true
}

// fullYear returns the year that t states in four digits.
func fullYear(t deadlineToken) (int, bool) {
	ok := t.kind == tokenNumber && t.digits == 4 && t.value >= FirstYear && t.value <= LastYear
	return t.value, ok
}

// shortYear returns the year that t states in two digits, if it is near the
// plan's.
func (p *deadlineParser) shortYear(t deadlineToken) (int, bool) {
	y := FirstYear + t.value
	ok := t.kind == tokenNumber && t.digits == 2 && y >= p.year-shortYearReach && y <= p.year+shortYearReach
	return y, ok
}

// anyYear returns the year that t states in four or two digits.
func (p *deadlineParser) anyYear(t deadlineToken) (int, bool) {
	if y, ok := fullYear(t); ok {
		return y, true
	}
	return p.shortYear(t)
}

// knowsYear reports whether the plan's year can complete a phrase.
func (p *deadlineParser) knowsYear() bool { return p.year >= FirstYear && p.year <= LastYear }

// yearSuffix steps over the year behind a day, month or quarter and returns
// it: "/2024", "/24", "-2024", ".2024", "2024", "năm 2024", "của năm 2024",
// "trong năm". It returns 0 if the year is the plan's or none is stated.
func (p *deadlineParser) yearSuffix() int {
	if y, ok := fullYear(p.at(0)); ok {
		p.pos++
		return y
	}
	if p.at(0).isMark("/") {
		if y, ok := p.anyYear(p.at(1)); ok {
			p.pos += 2
			return y
		}
	}
	if p.at(0).isMark("-", ".") {
		if y, ok := fullYear(p.at(1)); ok {
			p.pos += 2
			return y
		}
	}
	return p.yearWords()
}

func (p *deadlineParser) yearWords() int {
	start := p.pos
	within := p.accept(termIn)
	if !within {
		p.accept(termOf)
	}
	if p.accept(termYear) {
		if y, ok := fullYear(p.at(0)); ok {
			p.pos++
			return y
		}
		if within {
			return 0
		}
	}
	p.pos = start
	return 0
}

// lead steps over words that stand before a deadline and add nothing:
// "hoàn thành", "chậm nhất là", "dự kiến", "thời gian:". An act counts among
// them only if a word of time follows: "báo cáo trước ngày 15/12" is a
// deadline, "báo cáo quý I" the name of a report.
func (p *deadlineParser) lead() bool {
	for {
		switch {
		case p.accept(termDone, termDeadline, termExpected, termTime):
			p.acceptMark(":")
		case p.accept(termAct):
			for p.accept(termOrgan) {
			}
			p.acceptMark(":")
			if !p.at(0).isTerm(termBefore, termIn, termDay, termDone, termDeadline, termExpected,
				termPeriodic, termEach) {
				return false
			}
		case p.at(0).isTerm(termWithin) && p.at(1).isTerm(termFrom):
			p.pos++
		default:
			return true
		}
	}
}

// tail steps over "hoàn thành" behind a deadline and reports whether the
// phrase ends there.
func (p *deadlineParser) tail() bool {
	for p.accept(termDone) {
	}
	return p.end()
}
