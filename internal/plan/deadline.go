package plan

import "slices"

// ReadDeadline reads a phrase of the column "Thời gian hoàn thành". The year
// is the plan's; it completes phrases that state none.
//
// A phrase is read only if every word of it is understood and fits one
// grammar; one word too many, or two readings that disagree, give
// KindUnknown, so that a person sets the day. Due days are what the phrase
// says, not moved for days off: the last day of a period, list entry or span,
// the day before D for "trước D" (then Firm), the plan's year's days for a
// cycle. Day comes before month, always.
func ReadDeadline(phrase string, year int) Schedule {
	s := Schedule{Phrase: phrase, Kind: KindUnknown}
	tokens, hints := tidyDeadline(deadlineTokens(deadlineText(phrase)))
	p := deadlineParser{tokens: tokens, year: year, hints: hints}
	r, ok := p.read()
	if !ok {
		return s
	}
	s.Kind = r.kind
	if r.kind.Dated() {
		s.Due, s.Firm = r.due, r.firm
	}
	return s
}

// maxDeadlineTokens bounds the work on a cell that holds a whole page.
const maxDeadlineTokens = 300

// A deadlineReading is what one grammar made of a phrase.
type deadlineReading struct {
	kind      Kind
	due       []Date
	firm      bool
	wholeYear bool // a whole year, or a span of them
}

// read tries the grammars in turn; each must use up the phrase. "Thường
// xuyên" decides by itself whether the phrase can be read, since no other
// grammar has a place for it.
func (p *deadlineParser) read() (deadlineReading, bool) {
	if len(p.tokens) == 0 || len(p.tokens) > maxDeadlineTokens {
		return deadlineReading{}, false
	}
	if slices.ContainsFunc(p.tokens, isOngoing) {
		return p.ongoing()
	}
	if r, ok := p.event(); ok {
		return r, true
	}
	return p.dated()
}

// dated reads phrases that have due days of their own.
func (p *deadlineParser) dated() (deadlineReading, bool) {
	for _, grammar := range []func() (deadlineReading, bool){p.cycle, p.yearly, p.series} {
		p.pos = 0
		if !p.lead() {
			return deadlineReading{}, false
		}
		if r, ok := grammar(); ok && p.tail() {
			return r, true
		}
	}
	return deadlineReading{}, false
}

// on returns a parser for a part of the phrase.
func (p *deadlineParser) on(tokens []deadlineToken) *deadlineParser {
	return &deadlineParser{tokens: tokens, year: p.year, hints: p.hints}
}
