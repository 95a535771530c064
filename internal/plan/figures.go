package plan

import (
	"cmp"
	"slices"
)

// A Tally counts dated work in the four boxes.
type Tally struct {
	DoneOnTime int
	DoneLate   int
	Open       int
	Overdue    int
	Extended   int // of DoneOnTime: after an extension
}

// Done returns what is done, in time or late.
func (t Tally) Done() int { return t.DoneOnTime + t.DoneLate }

// Total returns all dated work.
func (t Tally) Total() int { return t.Done() + t.Open + t.Overdue }

// Fallen returns what was due or is done: the base of the first ratio.
func (t Tally) Fallen() int { return t.Done() + t.Overdue }

func (t *Tally) add(box Box, extended bool) {
	switch box {
	case DoneOnTime:
		t.DoneOnTime++
		if extended {
			t.Extended++
		}
	case DoneLate:
		t.DoneLate++
	case Open:
		t.Open++
	case Overdue:
		t.Overdue++
	case BoxUndated:
	}
}

// CheckIns counts the check-ins of one window.
type CheckIns struct {
	Asked    int
	Reported int
	InTime   int // of Reported: by the closing day
}

// Add counts one check-in that is asked for.
func (c *CheckIns) Add(o *Occurrence) {
	c.Asked++
	if r := o.Completion(); r != nil {
		c.Reported++
		if r.Day <= o.Due {
			c.InTime++
		}
	}
}

// Missing returns how many have not been reported.
func (c CheckIns) Missing() int { return c.Asked - c.Reported }

// Figures is everything that is counted of a plan on one day. Chat, picture,
// workbook and document print from it and count nothing themselves.
type Figures struct {
	Tasks   Tally // tasks, by TaskBox
	Work    Tally // occurrences (lượt)
	Groups  []GroupFigures
	Units   []UnitFigures // as the list of units is shown
	Windows []WindowFigures
	Late    []*Occurrence // longest first
	Blocked []*Occurrence
	ByDue   []*Occurrence // open dated work, soonest first
	DueSoon []*Occurrence // of ByDue: within DueSoonDays
	Undated []*Task       // without any day: trigger, unset, unknown
}

// GroupFigures counts the tasks of one group.
type GroupFigures struct {
	Index    int // into Plan.Groups; -1 for tasks outside the plan
	Tasks    Tally
	CheckIns CheckIns // of the windows shown
	Undated  int
}

// UnitFigures counts the occurrences of one unit.
type UnitFigures struct {
	Unit     string
	Work     Tally
	CheckIns CheckIns // of all windows asked for
	Shown    CheckIns // of the windows shown
}

// share is the part of check-ins reported by the closing day; -1 without any.
func (u *UnitFigures) share() float64 {
	if u.CheckIns.Asked == 0 {
		return -1
	}
	return float64(u.CheckIns.InTime) / float64(u.CheckIns.Asked)
}

// WindowFigures counts the check-ins of one window that people are told of.
type WindowFigures struct {
	Window   Window
	CheckIns CheckIns
	Missing  map[string]int // by unit
}

// DueSoonDays is how far ahead the summary looks.
const DueSoonDays = 14

// Figures counts the occurrences, which may be those of the whole plan or of
// one unit. Tasks without any of them are left out, but for undated ones that
// are the unit's own, or anybody's when all is asked for. What was passed on
// undone counts for nobody.
func (b *Book) Figures(occs []*Occurrence) *Figures {
	f := &Figures{}
	for _, w := range b.ShownWindows() {
		f.Windows = append(f.Windows, WindowFigures{Window: w, Missing: map[string]int{}})
	}
	byTask := map[int][]*Occurrence{}
	units := map[string]*UnitFigures{}
	for _, o := range occs {
		if o.left() {
			continue
		}
		byTask[o.Task] = append(byTask[o.Task], o)
		u := units[o.Unit]
		if u == nil {
			u = &UnitFigures{Unit: o.Unit}
			units[o.Unit] = u
		}
		b.count(f, u, o)
	}
	for _, t := range b.Plan.Tasks {
		b.countTask(f, t, byTask[t.Number])
	}
	for _, u := range units {
		f.Units = append(f.Units, *u)
	}
	f.sort(b)
	return f
}

func (b *Book) count(f *Figures, u *UnitFigures, o *Occurrence) {
	switch o.Kind {
	case OccurrenceDated:
		b.countDated(f, u, o)
	case OccurrenceCheckIn:
		b.countCheckIn(f, u, o)
	case OccurrenceUndated:
	}
}

func (b *Book) countDated(f *Figures, u *UnitFigures, o *Occurrence) {
	box := b.Box(o)
	extended := o.ExtendedDue() != 0
	f.Work.add(box, extended)
	u.Work.add(box, extended)
	switch {
	case box == Overdue:
		f.Late = append(f.Late, o)
	case box == Open:
		f.ByDue = append(f.ByDue, o)
	}
	if o.Status() == Blocked {
		f.Blocked = append(f.Blocked, o)
	}
}

func (b *Book) countCheckIn(f *Figures, u *UnitFigures, o *Occurrence) {
	if !b.Asked(o) {
		return
	}
	u.CheckIns.Add(o)
	for i := range f.Windows {
		w := &f.Windows[i]
		if w.Window.Period != o.Period {
			continue
		}
		w.CheckIns.Add(o)
		u.Shown.Add(o)
		if o.Completion() == nil {
			w.Missing[o.Unit]++
		}
		if o.Status() == Blocked {
			f.Blocked = append(f.Blocked, o)
		}
	}
}

func (b *Book) countTask(f *Figures, t *Task, occs []*Occurrence) {
	others := b.Units != nil && !slices.ContainsFunc(b.Units, t.LeadBy)
	if len(occs) == 0 && (others || len(t.Schedule.Due) > 0) {
		return
	}
	g := f.group(t.Group)
	box := b.TaskBox(occs)
	if box == BoxUndated {
		for _, o := range occs {
			if o.Kind == OccurrenceCheckIn && b.Asked(o) && f.shows(o.Period) {
				g.CheckIns.Add(o)
			}
		}
		if t.Schedule.Kind != KindOngoing {
			f.Undated = append(f.Undated, t)
			g.Undated++
		}
		return
	}
	extended := false
	for _, o := range occs {
		extended = extended || o.ExtendedDue() != 0
	}
	f.Tasks.add(box, extended)
	g.Tasks.add(box, extended)
}

func (f *Figures) shows(period string) bool {
	return slices.ContainsFunc(f.Windows, func(w WindowFigures) bool { return w.Window.Period == period })
}

// group returns the figures of the group, adding them in the order of the plan.
func (f *Figures) group(index int) *GroupFigures {
	for i := range f.Groups {
		if f.Groups[i].Index == index {
			return &f.Groups[i]
		}
	}
	f.Groups = append(f.Groups, GroupFigures{Index: index})
	return &f.Groups[len(f.Groups)-1]
}

// sort orders units by the share of check-ins that they reported by the
// closing day, those without any after them, those with nothing at all last.
func (f *Figures) sort(b *Book) {
	slices.SortFunc(f.Units, func(x, y UnitFigures) int {
		return cmp.Or(
			cmp.Compare(y.share(), x.share()),
			cmp.Compare(y.Work.Total(), x.Work.Total()),
			cmp.Compare(x.Unit, y.Unit))
	})
	slices.SortStableFunc(f.Late, func(x, y *Occurrence) int {
		return cmp.Or(cmp.Compare(b.EffectiveDue(x), b.EffectiveDue(y)), cmp.Compare(x.Task, y.Task))
	})
	slices.SortStableFunc(f.ByDue, func(x, y *Occurrence) int {
		return cmp.Or(cmp.Compare(x.StatedDue(), y.StatedDue()), cmp.Compare(x.Task, y.Task))
	})
	soon := slices.IndexFunc(f.ByDue, func(o *Occurrence) bool { return o.StatedDue() > b.Today+DueSoonDays })
	if soon < 0 {
		soon = len(f.ByDue)
	}
	f.DueSoon = f.ByDue[:soon]
	slices.SortStableFunc(f.Blocked, func(x, y *Occurrence) int { return cmp.Compare(x.Task, y.Task) })
}
