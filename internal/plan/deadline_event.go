package plan

// event reads phrases that leave the day open: to something that happens
// (KindTrigger) or to somebody else's word (KindUnset).
func (p *deadlineParser) event() (deadlineReading, bool) {
	for _, grammar := range []struct {
		read func() bool
		kind Kind
	}{
		{p.when, KindTrigger},
		{p.daysAfter, KindTrigger},
		{p.byRequest, KindTrigger},
		{p.adHoc, KindTrigger},
		{p.byRule, KindUnset},
		{p.notSet, KindUnset},
	} {
		p.pos = 0
		p.eventLead()
		if grammar.read() {
			return deadlineReading{kind: grammar.kind}, true
		}
	}
	return deadlineReading{}, false
}

// eventLead steps over words that stand before an event and add nothing:
// "thực hiện", "báo cáo UBND tỉnh", "kịp thời".
func (p *deadlineParser) eventLead() {
	for p.accept(termDeadline, termDone, termAct, termKeep, termTime) {
		if p.at(-1).isTerm(termAct) {
			for p.accept(termOrgan) {
			}
		}
		p.acceptMark(":")
	}
}

// when reads "khi có yêu cầu", "sau khi ...".
func (p *deadlineParser) when() bool {
	return p.accept(termWhen) && p.eventTail(termBy)
}

// daysAfter reads a count of days from an event: "30 ngày sau khi ...",
// "trong vòng 15 ngày làm việc kể từ ngày ...". Counted from a stated date it
// is no event.
func (p *deadlineParser) daysAfter() bool {
	for p.accept(termAfter, termIn, termWithin) {
	}
	t := p.at(0)
	if t.kind != tokenNumber && t.term != termNumber {
		return false
	}
	p.pos++
	if !p.accept(termDay, termWeek, termMonth, termHour) {
		return false
	}
	p.accept(termWorking)
	if !p.accept(termWhen, termAfter) {
		if !p.accept(termSince) {
			return false
		}
		p.accept(termDay)
	}
	return p.at(0).kind != tokenNumber && p.eventTail(termBy)
}

// byRequest reads "theo yêu cầu", "theo đề nghị của ...".
func (p *deadlineParser) byRequest() bool {
	return p.accept(termBy) && p.accept(termRequest) && p.eventTail(termBy, termRule, termPlan, termWhen)
}

func (p *deadlineParser) adHoc() bool {
	return p.accept(termAdHoc) && p.end()
}

// byRule reads "theo quy định của tỉnh", "đúng tiến độ", "trong thời hạn quy
// định".
func (p *deadlineParser) byRule() bool {
	start := p.pos
	by := p.accept(termBy)
	duly := p.accept(termDuly)
	switch {
	case by || duly:
		if !p.accept(termRule, termPlan, termTime) {
			return false
		}
	default:
		p.pos = start
		if !p.accept(termWithin) || !p.accept(termRule) {
			return false
		}
	}
	return p.eventTail(termBy, termRequest, termWhen, termAdHoc)
}

func (p *deadlineParser) notSet() bool {
	if !p.accept(termUnset) {
		return false
	}
	p.accept(termTime)
	return p.end()
}
