package reportfile

import (
	"fmt"
	"slices"
	"strings"

	"dondoc/internal/plan"
	"dondoc/locales"
)

// A document is what the placeholders of a template name; docs/report-template.md
// lists them.
type document struct {
	Parent, Office, Code, Place Text
	OfficeName                  Text // as a sentence names it
	SignerTitle, Signer         Text
	Leadership                  []Text
	Recipients                  []Text // with the stop that ends each line
	Year                        int
	Period                      Text // "Quý I năm 2024"
	From, To, EndsOn            Text // days
	PlanTitle, PlanNumber       Text
	PlanKind, PlanDate          Text
	Frozen                      Text // the day of the chốt, "" before
	Hash                        Text

	Dated, DatedWork tally
	Windows          []window
	Directing        []section // the groups of directing and steering
	Fields           []section // the others
	Groups           []section // all of them
	Late             []item
	Blocked          []item
	Missing          []item
	Next             []item
	Later            []item // what came after the chốt
}

// A tally counts dated work.
type tally struct {
	Total, Done, OnTime, Extended, Late, Left, Open, Overdue, Fallen int
	OfFallen, OfAll                                                  Text
}

// A window counts check-ins.
type window struct {
	Name                             Text
	Closes                           Text
	Asked, Reported, InTime, Missing int
}

// A section is a group of tasks.
type section struct {
	Index        int // 1, 2, … among its kind
	Numeral      Text
	Title, Label Text
	Tasks        []row  // of the appendix
	Told         []item // tasks of which something is to be told
}

// A row is one task in the appendix.
type row struct {
	Number                         int
	Title, Content                 Text
	Leads, Cooperating             Text
	Deadline, Due, State           Text // Due is "" where the deadline's words name the day
	Extended                       bool // Due is later than the plan's day
	Results, Evidence, Expectation []line
}

// A line is what one unit says; Unit is "" where only one leads the task.
type line struct {
	Unit, Text Text
}

// An item is one point of a list.
type item struct {
	Number      int
	Title, Unit Text
	Due         Text
	Days, Count int
	Kind, Text  Text
	Lines       []line
}

func documentOf(r *Report, words locales.Localizer) *document {
	s := &speaker{Report: r, words: words}
	p := r.Plan
	kind, code := p.NumberParts()
	d := &document{
		Parent: Text(p.Parent), Office: Text(p.Office), Code: Text(code), Place: Text(p.Place),
		OfficeName: Text(p.OfficeName()), SignerTitle: Text(p.SignerTitle), Signer: Text(p.Signer),
		Year: p.Year, Period: Text(s.periodName()),
		From: Text(paperDate(r.Span.Opens)), To: Text(paperDate(r.AsOf)), EndsOn: Text(paperDate(r.Span.Ends)),
		PlanTitle: Text(p.Title), PlanNumber: Text(p.Number), PlanKind: Text(kind), PlanDate: Text(paperDate(p.Date)),
		Dated: s.tally(r.Figures.Tasks), DatedWork: s.tally(r.Figures.Work),
	}
	for _, name := range r.Leadership {
		d.Leadership = append(d.Leadership, Text(name))
	}
	for i, name := range p.Recipients {
		end := ";"
		if i == len(p.Recipients)-1 {
			end = "."
		}
		d.Recipients = append(d.Recipients, Text(name+end))
	}
	if r.Freeze != nil {
		d.Frozen, d.Hash = Text(paperDate(plan.DateOf(r.Freeze.At, r.Location))), Text(r.Freeze.Hash)
	}
	for _, w := range r.Figures.Windows {
		d.Windows = append(d.Windows, window{
			Name: Text(s.windowName(windowIndex(p, w.Window.Period))), Closes: Text(paperDate(w.Window.Closes)),
			Asked: w.CheckIns.Asked, Reported: w.CheckIns.Reported, InTime: w.CheckIns.InTime, Missing: w.CheckIns.Missing(),
		})
	}
	s.sections(d)
	s.shortcomings(d)
	s.next(d)
	s.later(d)
	return d
}

func (s *speaker) tally(t plan.Tally) tally {
	return tally{
		Total: t.Total(), Done: t.Done(), OnTime: t.DoneOnTime, Extended: t.Extended, Late: t.DoneLate,
		Left: t.Open + t.Overdue, Open: t.Open, Overdue: t.Overdue, Fallen: t.Fallen(),
		OfFallen: Text(s.words.Percent(t.Done(), t.Fallen())), OfAll: Text(s.words.Percent(t.Done(), t.Total())),
	}
}

// directing is what groups of directing and steering have in their titles,
// folded.
const directing = "chi dao"

func (s *speaker) sections(d *document) {
	for _, g := range s.Groups {
		sec := section{Numeral: Text(g.Numeral), Title: Text(g.Title), Label: Text(s.groupLabel(g))}
		if g.Index < 0 {
			sec.Title = Text(s.words.T("sheet.outside"))
		}
		for _, t := range g.Tasks {
			sec.Tasks = append(sec.Tasks, s.row(t))
			if told := s.told(t); len(told.Lines) > 0 {
				sec.Told = append(sec.Told, told)
			}
		}
		list := &d.Fields
		if strings.Contains(plan.Fold(g.Title), directing) {
			list = &d.Directing
		}
		sec.Index = len(*list) + 1
		*list = append(*list, sec)
		d.Groups = append(d.Groups, sec)
	}
}

func (s *speaker) row(t *Task) row {
	due, extended := t.due()
	r := row{
		Number: t.Number, Title: title(t.Task), Content: Text(t.Content), Leads: Text(t.Leads),
		Cooperating: Text(t.Cooperating), Deadline: Text(oneLine(t.Schedule.Phrase)), Due: Text(paperDate(due)), Extended: extended,
		State:       Text(s.taskState(t)),
		Results:     byUnit(t, s.outcome),
		Evidence:    s.proof(t),
		Expectation: byUnit(t, s.since),
	}
	if namesDay(t.Schedule.Phrase, due) {
		r.Due = ""
	}
	return r
}

// namesDay reports whether the phrase names the day itself.
func namesDay(phrase string, day plan.Date) bool {
	return !day.IsZero() && (strings.Contains(phrase, paperDate(day)) ||
		strings.Contains(phrase, fmt.Sprintf("%02d/%02d/%d", day.Day(), day.Month(), day.Year())))
}

// titleLetters is how long a task's title may be on paper.
const titleLetters = 150

// title is what the report calls a task: its short title, or more of its
// content where that was only cut for a phone.
func title(t *plan.Task) Text {
	if t.ShortTitle == plan.ShortTitle(t.Content) {
		return Text(plan.Title(t.Content, titleLetters))
	}
	return Text(t.ShortTitle)
}

// proof lists the evidence of a task. Of a unit that has none for anything that
// it did, it says so; once, if that is so of them all.
func (s *speaker) proof(t *Task) []line {
	if t.unproved() {
		return []line{{Text: Text(s.noEvidence())}}
	}
	proved := map[string]bool{}
	for _, w := range t.Work {
		proved[w.UnitName] = proved[w.UnitName] || len(w.Evidence()) > 0
	}
	return byUnit(t, func(w *Work) string {
		if proved[w.UnitName] {
			return s.evidence(w.Evidence())
		}
		return s.evidenceOf(w)
	})
}

// outcome is the result of a unit's work, or what blocks it.
func (s *speaker) outcome(w *Work) string {
	if w.Reason != "" {
		return s.words.T("sheet.reason") + ": " + w.Reason
	}
	return s.result(w)
}

// byUnit gathers what is said of each unit's work, in the order in which the
// task names its units.
func byUnit(t *Task, say func(*Work) string) []line {
	said := map[string][]string{}
	var order []string
	names := map[string]bool{}
	for _, w := range t.Work {
		names[w.UnitName] = true
		text := strings.TrimRight(strings.TrimSpace(say(w)), ".; ")
		if text == "" || slices.Contains(said[w.UnitName], text) { // in an earlier window
			continue
		}
		if said[w.UnitName] == nil {
			order = append(order, w.UnitName)
		}
		said[w.UnitName] = append(said[w.UnitName], text)
	}
	var out []line
	for _, name := range order {
		l := line{Text: Text(strings.Join(said[name], "; "))}
		if len(names) > 1 {
			l.Unit = Text(name)
		}
		out = append(out, l)
	}
	return out
}

// told is what the units say of a task that they did something on in the
// period.
func (s *speaker) told(t *Task) item {
	out := item{Number: t.Number, Title: title(t.Task), Unit: Text(t.Leads)}
	out.Lines = byUnit(t, func(w *Work) string {
		if r := w.Completion(); w.Kind == plan.OccurrenceDated && r != nil && r.Day < s.Span.Opens && len(w.Words) == 0 {
			return "" // done in an earlier period, and nothing was added to it in this one
		}
		text := s.result(w)
		if text == "" {
			return ""
		}
		if cited := s.cited(w); cited != "" {
			text += " (" + cited + ")"
		}
		return text
	})
	return out
}

// cited lists the documents that the unit's words do not name themselves.
func (s *speaker) cited(w *Work) string {
	var list []plan.Evidence
	for _, e := range w.Evidence() {
		if e.Kind == "document" && !strings.Contains(strings.Join(w.Words, "\n"), e.Number) {
			list = append(list, e)
		}
	}
	return strings.ReplaceAll(s.evidence(list), "\n", ", ")
}
