package plan

// eventTail reports whether the rest of the phrase can belong to an event or
// rule: any words, but nothing that could be a deadline of its own. A rival
// is a term that would begin another reading behind a comma, bracket, "và"
// or "hoặc": "theo quy định hoặc khi có yêu cầu" is two.
func (p *deadlineParser) eventTail(rivals ...term) bool {
	for i := p.pos; i < len(p.tokens); i++ {
		if n := documentReference(p.tokens[i:]); n > 0 {
			i += n - 1
			continue
		}
		t := p.tokens[i]
		prev := deadlineToken{}
		if i > 0 {
			prev = p.tokens[i-1]
		}
		if p.deadlineAt(i, prev) || t.isTerm(rivals...) && (isEventLink(prev) || t.isTerm(termWhen)) {
			return false
		}
	}
	return true
}

func isEventLink(t deadlineToken) bool {
	return t.isTerm(termAnd, termOr) || t.isMark(",", ";", ".", "(", "-", "/", "&")
}

// deadlineAt reports whether a deadline could begin at the i-th token.
func (p *deadlineParser) deadlineAt(i int, prev deadlineToken) bool {
	q := p.on(p.tokens[i:])
	t, next := q.at(0), q.at(1)
	switch {
	case t.isTerm(termBefore, termNotWhen, termPeriodic, termUnset):
		return true
	case t.isTerm(termDeadline):
		return t.text != "là" && t.text != "la" && isEventLink(prev)
	case t.isTerm(termEach):
		yearly := prev.isTerm(termPlan) && next.isTerm(termYear)
		return !yearly && next.isTerm(termDay, termWeek, termMonth, termQuarter, termYear)
	case t.isTerm(termMonth, termQuarter, termDay):
		_, roman := romanQuarter(next.text)
		return next.kind == tokenNumber || next.term == termNumber || next.isMark(".") || roman
	case t.isTerm(termYear):
		return prev.isTerm(termIn, termTo, termThrough, termLast, termFirst, termMiddle, termWhole) || isEventLink(prev)
	case t.kind == tokenNumber:
		return q.numberIsTime(prev)
	}
	return false
}

// numberIsTime reports whether the number here may be a day or a year rather
// than a quantity. Years in the name of a plan, "giai đoạn 2021-2025", are
// not.
func (p *deadlineParser) numberIsTime(prev deadlineToken) bool {
	sep, next := p.at(1), p.at(2)
	if _, year := fullYear(p.at(0)); year {
		if _, span := fullYear(next); !span && sep.isMark("/", "-", ".") && next.kind == tokenNumber {
			return true
		}
		return prev.isTerm(termIn, termTo, termThrough, termLast) || isEventLink(prev) && !prev.isMark("-")
	}
	return sep.isMark("/", "-", ".", ":") && next.kind == tokenNumber || sep.isTerm(termMonth, termHour)
}

// documentReference returns how many tokens at the start are the number of a
// document, with its date if one follows: "13/2026/QĐ-UBND ngày 05/02/2026",
// "57-NQ/TW". It is 0 if there is none.
func documentReference(tokens []deadlineToken) int {
	if len(tokens) == 0 || tokens[0].kind != tokenNumber {
		return 0
	}
	n, letters := 1, false
	for n+1 < len(tokens) && tokens[n].isMark("/", "-", ".") && tokens[n].glued && tokens[n+1].glued {
		if tokens[n+1].kind == tokenMark {
			break
		}
		letters = letters || tokens[n+1].kind == tokenWord
		n += 2
		for n < len(tokens) && tokens[n].glued && tokens[n].kind != tokenMark {
			n++ // "QH15", "TTg"
		}
	}
	if !letters {
		return 0
	}
	return n + documentDate(tokens[n:])
}

func documentDate(tokens []deadlineToken) int {
	p := deadlineParser{tokens: tokens}
	p.acceptMark(",")
	it, ok := p.namedDay(itemLead{})
	if !ok || it.year == 0 {
		return 0
	}
	return p.pos
}
