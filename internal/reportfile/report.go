// Package reportfile makes the files of a period's report: a workbook and a
// Word document. Both are written from one Report, which takes every figure
// from the plan's book and counts nothing itself.
package reportfile

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dondoc/internal/plan"
)

// A Report is all that both files say.
type Report struct {
	Plan       *plan.Plan
	Span       plan.Span
	AsOf       plan.Date    // the closing day, or today while the period runs
	Freeze     *plan.Freeze // nil while the figures are provisional
	Figures    *plan.Figures
	Groups     []Group // as the plan has them; what was added to the plan comes last
	Units      []Unit  // as lists of units are shown
	Leadership []string
	Entries    []Entry
	Extensions []Extension
	Location   *time.Location // in which times of day are shown

	period *plan.PeriodBook
	names  *plan.Names
}

// A Group is a field of the plan.
type Group struct {
	plan.Group
	Index   int // -1 for tasks outside the plan
	Figures plan.GroupFigures
	Tasks   []*Task
}

// A Task is a row of the appendix and how it stands.
type Task struct {
	*plan.Task
	Leads       string
	Cooperating string
	Box         plan.Box
	CheckIns    plan.CheckIns // of the period's windows
	Work        []*Work
}

// A Work is what one unit had to do by one day or in one window.
type Work struct {
	*plan.Occurrence
	UnitName string
	Box      plan.Box
	Window   int      // among the plan's; -1 of dated work
	Words    []string // the unit's own, as they were written
	Reason   string   // why it is blocked
	Open     bool     // dated, not done and due after the closing day
	Since    *plan.Report
}

// A Unit is one line of the list of units.
type Unit struct {
	plan.UnitFigures
	Name string
}

// An Entry is one report, or one that something befell after the chốt.
type Entry struct {
	*plan.Report
	Task     *plan.Task
	Work     *plan.Occurrence
	UnitName string
	Person   string              // "" if the name was removed
	Later    plan.SupplementKind // "" for what counts
}

// An Extension is one later due day that was decided.
type Extension struct {
	plan.Extension
	Task      *plan.Task
	UnitName  string
	Times     int // this is the first, the second, …
	Person    string
	Overtaken plan.Date // the plan's own day where it allows as much by now
}

// New gathers the report of a period. loc is the plan's time zone.
func New(b *plan.PeriodBook, names *plan.Names, loc *time.Location) *Report {
	r := &Report{
		Plan: b.Plan, Span: b.Span, AsOf: b.Today, Freeze: b.Freeze, Figures: b.Figures(), Location: loc,
		period: b, names: names,
	}
	g := gatherer{r}
	g.tasks()
	g.units()
	g.entries()
	return r
}

type gatherer struct{ *Report }

func (g gatherer) tasks() {
	byTask := map[int][]*plan.Occurrence{}
	for _, o := range g.period.Work {
		byTask[o.Task] = append(byTask[o.Task], o)
	}
	for i, group := range g.Plan.Groups {
		g.Groups = append(g.Groups, Group{Group: group, Index: i})
	}
	outside := Group{Index: -1}
	for _, t := range g.Plan.Tasks {
		in := &outside
		if t.Group >= 0 && t.Group < len(g.Groups) {
			in = &g.Groups[t.Group]
		} else if byTask[t.Number] == nil && (t.Schedule.Kind.Dated() || t.Schedule.Kind == plan.KindOngoing) {
			continue // added after the closing day
		}
		in.Tasks = append(in.Tasks, g.task(t, byTask[t.Number]))
	}
	if len(outside.Tasks) > 0 {
		g.Groups = append(g.Groups, outside)
	}
	for i := range g.Groups {
		at := slices.IndexFunc(g.Figures.Groups, func(f plan.GroupFigures) bool { return f.Index == g.Groups[i].Index })
		if at >= 0 {
			g.Groups[i].Figures = g.Figures.Groups[at]
		}
	}
}

func (g gatherer) task(t *plan.Task, occs []*plan.Occurrence) *Task {
	out := &Task{
		Task: t, Box: g.period.TaskSum(occs).Box,
		Leads: g.cell(t.LeadText, t.Leads), Cooperating: g.cell(t.CooperatingText, t.Cooperating),
	}
	for _, o := range occs {
		if g.period.Asked(o) {
			out.CheckIns.Add(o)
		}
		out.Work = append(out.Work, g.work(o))
	}
	slices.SortStableFunc(out.Work, func(x, y *Work) int {
		return cmp.Compare(slices.Index(t.Leads, x.Unit), slices.Index(t.Leads, y.Unit))
	})
	return out
}

// cell is the units of a task: as its cell names them where that is shorter
// than the list of a collective's members.
func (g gatherer) cell(typed string, codes []string) string {
	if typed != "" && len(codes) > 2 {
		return strings.Join(strings.Fields(typed), " ")
	}
	list := make([]string, len(codes))
	for i, code := range codes {
		list[i] = g.names.Unit(code).Name
	}
	return strings.Join(list, ", ")
}

func (g gatherer) work(o *plan.Occurrence) *Work {
	w := &Work{Occurrence: o, UnitName: g.names.Unit(o.Unit).Name, Box: g.period.Box(o), Window: -1, Since: g.period.Since(o)}
	if o.Kind != plan.OccurrenceDated {
		w.Window = windowIndex(g.Plan, o.Period)
	}
	w.Open = w.Box == plan.Open && o.StatedDue() > g.Span.Closes
	w.Words = wordsOf(o, g.Span.Opens)
	if r := o.Latest(); r != nil && o.Status() == plan.Blocked {
		w.Reason = r.Note
	}
	return w
}

func windowIndex(p *plan.Plan, period string) int {
	for i, w := range p.Windows() {
		if w.Period == period {
			return i
		}
	}
	return -1
}

// wordsOf returns what the unit wrote in the period and still means: of dated
// work that is done the notes of every done, else those of the latest report.
// Reasons of what is blocked are told elsewhere, and a note that only cites a
// document is its evidence.
func wordsOf(o *plan.Occurrence, from plan.Date) []string {
	var out []string
	latest := true
	for i := len(o.Reports) - 1; i >= 0; i-- {
		r := &o.Reports[i]
		dated := o.Kind == plan.OccurrenceDated
		if !r.Stands() || r.Status == plan.Blocked || dated && r.Day < from {
			continue
		}
		if !latest && (!dated || r.Status != plan.Done) {
			break // overtaken
		}
		latest = false
		if note := strings.TrimSpace(r.Note); note != "" && !plan.IsCitation(note) && !slices.Contains(out, note) {
			out = append(out, note)
		}
	}
	slices.Reverse(out)
	return out
}

func (g gatherer) units() {
	for _, u := range g.Figures.Units {
		g.Units = append(g.Units, Unit{UnitFigures: u, Name: g.names.Unit(u.Unit).Name})
	}
	for _, u := range g.names.Units {
		if u.Kind == plan.UnitLeadership {
			g.Leadership = append(g.Leadership, u.Name)
		}
	}
	slices.Sort(g.Leadership)
}

func (g gatherer) entries() {
	for _, o := range g.period.Work {
		for i := range o.Reports {
			g.Entries = append(g.Entries, g.entry(o, &o.Reports[i], ""))
		}
		for i, e := range o.Extensions {
			x := Extension{
				Extension: e, Task: g.taskOf(o), UnitName: g.names.Unit(o.Unit).Name, Times: i + 1, Person: g.names.People[e.By],
			}
			x.Was = cmp.Or(e.Was, o.Due) // what was frozen before it was kept
			if o.Overtaken(&e) {
				x.Overtaken = o.Due
			}
			g.Extensions = append(g.Extensions, x)
		}
	}
	for _, s := range g.period.Later {
		g.Entries = append(g.Entries, g.entry(s.Occurrence, s.Report, s.Kind))
	}
	slices.SortStableFunc(g.Entries, func(x, y Entry) int { return int(x.ID - y.ID) })
}

func (g gatherer) entry(o *plan.Occurrence, r *plan.Report, later plan.SupplementKind) Entry {
	return Entry{
		Report: r, Task: g.taskOf(o), Work: o, UnitName: g.names.Unit(o.Unit).Name,
		Person: g.names.People[r.By], Later: later,
	}
}

// taskOf returns the task of an occurrence; one that came into the plan after
// the chốt has only its number.
func (r *Report) taskOf(o *plan.Occurrence) *plan.Task {
	if t := r.Plan.Task(o.Task); t != nil {
		return t
	}
	return &plan.Task{Number: o.Task, Group: -1}
}

// Tasks returns the tasks of all groups.
func (r *Report) Tasks() []*Task {
	var out []*Task
	for _, g := range r.Groups {
		out = append(out, g.Tasks...)
	}
	return out
}
