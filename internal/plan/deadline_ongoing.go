package plan

import "slices"

// ongoing reads phrases with "thường xuyên" or "liên tục". Alone, or with the
// plan's year, the task is ongoing. A deadline beside it, kept apart by a
// comma, bracket or "và", keeps its days; so "từ tháng 3 và thường xuyên",
// which has a beginning and no end, cannot be read.
func (p *deadlineParser) ongoing() (deadlineReading, bool) {
	first := slices.IndexFunc(p.tokens, isOngoing)
	last := first
	for i := first; i < len(p.tokens); i++ {
		if isOngoing(p.tokens[i]) {
			last = i
		}
	}
	left, leftApart := beforeOngoing(p.tokens[:first])
	right, rightApart := afterOngoing(p.tokens[last+1:])
	switch {
	case len(left) == 0 && len(right) == 0:
		return deadlineReading{kind: KindOngoing}, p.onlyOngoing(first, last)
	case len(left) == 0 && p.addsNothing(right):
		return deadlineReading{kind: KindOngoing}, p.onlyOngoing(first, last)
	case len(left) == 0 && rightApart:
		return p.beside(right, first, last)
	case len(right) == 0 && leftApart:
		return p.beside(left, first, last)
	}
	return deadlineReading{}, false
}

func isOngoing(t deadlineToken) bool { return t.term == termOngoing }

// addsNothingToOngoing reports whether t may stand about an ongoing word
// without changing it.
func addsNothingToOngoing(t deadlineToken) bool {
	return t.isTerm(termKeep, termSequence, termDeadline, termAct)
}

func isOngoingLink(t deadlineToken) bool {
	return t.isTerm(termAnd) || t.isMark(",", ";", ".", "(")
}

// onlyOngoing reports whether nothing but ongoing words and their links stand
// from first to last: "thường xuyên, liên tục".
func (p *deadlineParser) onlyOngoing(first, last int) bool {
	for _, t := range p.tokens[first : last+1] {
		if !isOngoing(t) && !addsNothingToOngoing(t) && !t.isTerm(termAnd) && !t.isMark(",", ";", "-") {
			return false
		}
	}
	return true
}

// beforeOngoing takes off what links the tokens to an ongoing word behind
// them, and reports whether there was a link.
func beforeOngoing(tokens []deadlineToken) ([]deadlineToken, bool) {
	n := len(tokens)
	for n > 0 && (addsNothingToOngoing(tokens[n-1]) ||
		tokens[n-1].isMark(",") && n > 1 && addsNothingToOngoing(tokens[n-2])) {
		n--
	}
	linked := n
	for n > 0 && isOngoingLink(tokens[n-1]) {
		n--
	}
	return tokens[:n], n < linked
}

// afterOngoing takes off what links the tokens to an ongoing word before
// them, and reports whether there was a link.
func afterOngoing(tokens []deadlineToken) ([]deadlineToken, bool) {
	n := 0
	for n < len(tokens) && (addsNothingToOngoing(tokens[n]) || isOngoingLink(tokens[n]) &&
		n+1 < len(tokens) && tokens[n+1].isTerm(termKeep)) {
		n++
	}
	apart := false
	for n < len(tokens) && isOngoingLink(tokens[n]) {
		n++
		apart = true
	}
	tokens = tokens[n:]
	if len(tokens) > 0 && tokens[len(tokens)-1].isMark(")") {
		tokens = tokens[:len(tokens)-1]
	}
	return tokens, apart
}

// addsNothing reports whether what follows an ongoing word leaves it as it
// is: the plan's year, or "theo quy định".
func (p *deadlineParser) addsNothing(tokens []deadlineToken) bool {
	q := p.on(tokens)
	it, ok := q.item(nil)
	if ok && q.end() {
		return it.class == dueYear && !it.before && !it.vague && (it.year == p.year || it.year == 0)
	}
	q = p.on(tokens)
	r, ok := q.event()
	return ok && r.kind == KindUnset
}

// beside reads the deadline beside an ongoing word. A whole year is in doubt:
// it may be the deadline, or the year in which the task is ongoing.
func (p *deadlineParser) beside(tokens []deadlineToken, first, last int) (deadlineReading, bool) {
	r, ok := p.on(tokens).dated()
	return r, ok && p.onlyOngoing(first, last) && r.kind != KindRecurring && !r.wholeYear
}
