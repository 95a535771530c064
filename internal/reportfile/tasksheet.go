package reportfile

import (
	"strings"

	"dondoc/internal/plan"
	"dondoc/locales"
)

// taskSheet is the appendix with how every task stands.
func (b *book) taskSheet(s *sheet) {
	columns := []column{
		{"sheet.task_number", 6},
		{"sheet.group", 15},
		{"sheet.task", 34},
		{"sheet.leads", 16},
		{"sheet.cooperating", 16},
		{"sheet.deadline", 12},
		{"sheet.due", 11},
		{"sheet.state", 14},
		{"sheet.done_of", 8},
		{"sheet.of", 8},
		{"sheet.result", 36},
		{"sheet.reason", 17},
		{"sheet.evidence", 17},
		{"sheet.estimate", 17},
	}
	s.table(columns, func() {
		for _, g := range b.Groups {
			for _, t := range g.Tasks {
				done, of := t.progress()
				due, _ := t.due()
				proof := b.lines(t, b.evidenceOf)
				if t.unproved() {
					proof = b.noEvidence()
				}
				s.line(t.Number, b.groupLabel(g), t.Content, t.Leads, t.Cooperating, oneLine(t.Schedule.Phrase), due,
					b.taskState(t), done, of, b.lines(t, b.result), b.lines(t, func(w *Work) string { return w.Reason }),
					proof, b.lines(t, b.since))
			}
		}
	})
}

// due returns the day that the task's units have, the latest, if there are
// several, and whether it was extended to.
func (t *Task) due() (due plan.Date, extended bool) {
	for _, w := range t.Work {
		if w.Kind == plan.OccurrenceDated && w.StatedDue() > due {
			due, extended = w.StatedDue(), w.ExtendedDue() != 0
		}
	}
	return due, extended
}

// unproved reports whether something is done and nothing has evidence.
func (t *Task) unproved() bool {
	done := false
	for _, w := range t.Work {
		if len(w.Evidence()) > 0 {
			return false
		}
		done = done || w.Status() == plan.Done
	}
	return done
}

// progress counts what is done, or reported, of what there is to do. A task
// that was ongoing once and is dated now is told by its dated work.
func (t *Task) progress() (done, of int) {
	if t.Box == plan.BoxUndated && t.CheckIns.Asked > 0 {
		return t.CheckIns.Reported, t.CheckIns.Asked
	}
	for _, w := range t.Work {
		switch w.Box {
		case plan.DoneOnTime, plan.DoneLate:
			done++
			of++
		case plan.Open, plan.Overdue:
			of++
		case plan.BoxUndated:
		}
	}
	return done, of
}

// lines gathers what is said of each unit's work, a line for each, under the
// unit's name if there are several.
func (b *book) lines(t *Task, say func(*Work) string) string {
	var out []string
	for _, w := range t.Work {
		text := say(w)
		if text == "" {
			continue
		}
		if len(t.Work) > 1 {
			label := w.UnitName
			if w.Window >= 0 && len(b.Span.Windows) > 1 {
				label += " (" + b.windowName(w.Window) + ")"
			}
			text = label + ": " + text
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

// reportSheet lists every report with its evidence.
func (b *book) reportSheet(s *sheet) {
	columns := []column{
		{"sheet.number", 6},
		{"sheet.task_number", 7},
		{"sheet.task", 26},
		{"sheet.unit", 20},
		{"sheet.period", 11},
		{"sheet.at", 16},
		{"sheet.person", 18},
		{"sheet.via", 12},
		{"sheet.status", 13},
		{"sheet.note", 54},
		{"sheet.evidence", 20},
		{"sheet.remark", 20},
	}
	s.table(columns, func() {
		for i, e := range b.Entries {
			s.line(i+1, e.Task.Number, e.Task.ShortTitle, e.UnitName, b.periodOf(e.Work), moment{e.At.In(b.Location)},
				b.personName(e.Person), b.words.T("via."+string(e.Via)), // keys: via.*
				b.statusName(e.Work, e.Status), e.Note, b.evidence(e.Evidence), b.remark(e))
		}
	})
}

// extensionSheet lists later due days that were decided.
func (b *book) extensionSheet(s *sheet) {
	columns := []column{
		{"sheet.number", 6},
		{"sheet.task_number", 7},
		{"sheet.task", 34},
		{"sheet.unit", 28},
		{"sheet.due", 12},
		{"sheet.extended_to", 12},
		{"sheet.times", 8},
		{"sheet.decided_by", 20},
		{"sheet.decided_on", 12},
		{"sheet.extension_reason", 40},
		{"sheet.remark", 26},
	}
	s.table(columns, func() {
		for i, e := range b.Extensions {
			s.line(i+1, e.Task.Number, e.Task.ShortTitle, e.UnitName, e.Was, e.Due, e.Times, b.personName(e.Person), e.Day, e.Reason,
				b.overtaken(e))
		}
	})
}

// overtaken says that the plan itself was changed since an extension.
func (b *book) overtaken(e Extension) string {
	if e.Overtaken.IsZero() {
		return ""
	}
	return b.words.T("sheet.overtaken", locales.Data{"Date": paperDate(e.Overtaken)})
}

// oneLine is a phrase without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
