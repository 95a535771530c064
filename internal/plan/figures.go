package plan

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
	Tasks   Tally // tasks, by the box of their TaskSum
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
	c := b.Count()
	c.AddAll(occs)
	return c.Figures()
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
