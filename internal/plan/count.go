package plan

import (
	"cmp"
	"slices"
)

// A Count makes Figures of occurrences that come one by one, in whatever order.
// It keeps those alone that the figures name.
type Count struct {
	// Ahead is the last day of which ByDue names what is due; zero for whatever
	// day. In a large office what is open makes a long list.
	Ahead Date

	book  *Book
	f     *Figures
	units map[string]*UnitFigures
	tasks *TaskSums
}

// Count begins to count.
func (b *Book) Count() *Count {
	c := &Count{book: b, f: &Figures{}, units: map[string]*UnitFigures{}, tasks: b.TaskSums()}
	for _, w := range c.tasks.shown {
		c.f.Windows = append(c.f.Windows, WindowFigures{Window: w, Missing: map[string]int{}})
	}
	return c
}

// Add counts an occurrence.
func (c *Count) Add(o *Occurrence) {
	if o.left() {
		return
	}
	c.tasks.Add(o)
	u := c.units[o.Unit]
	if u == nil {
		u = &UnitFigures{Unit: o.Unit}
		c.units[o.Unit] = u
	}
	switch o.Kind {
	case OccurrenceDated:
		c.dated(u, o)
	case OccurrenceCheckIn:
		c.checkIn(u, o)
	case OccurrenceUndated:
	}
}

// AddAll counts several occurrences.
func (c *Count) AddAll(occs []*Occurrence) {
	for _, o := range occs {
		c.Add(o)
	}
}

func (c *Count) dated(u *UnitFigures, o *Occurrence) {
	f, box := c.f, c.book.Box(o)
	extended := o.ExtendedDue() != 0
	f.Work.add(box, extended)
	u.Work.add(box, extended)
	switch {
	case box == Overdue:
		f.Late = append(f.Late, o)
	case box == Open && (c.Ahead == 0 || o.StatedDue() <= c.Ahead):
		f.ByDue = append(f.ByDue, o)
	}
	if o.Status() == Blocked {
		f.Blocked = append(f.Blocked, o)
	}
}

func (c *Count) checkIn(u *UnitFigures, o *Occurrence) {
	if !c.book.Asked(o) {
		return
	}
	u.CheckIns.Add(o)
	for i := range c.f.Windows {
		w := &c.f.Windows[i]
		if w.Window.Period != o.Period {
			continue
		}
		w.CheckIns.Add(o)
		u.Shown.Add(o)
		if o.Completion() == nil {
			w.Missing[o.Unit]++
		}
		if o.Status() == Blocked {
			c.f.Blocked = append(c.f.Blocked, o)
		}
	}
}

// Figures returns what was counted. Nothing may be added afterwards.
func (c *Count) Figures() *Figures {
	for _, t := range c.book.Plan.Tasks {
		c.task(t)
	}
	for _, u := range c.units {
		c.f.Units = append(c.f.Units, *u)
	}
	c.f.sort(c.book)
	return c.f
}

// task counts a task by what was counted of it.
func (c *Count) task(t *Task) {
	sum := c.tasks.Of(t.Number)
	if sum == nil {
		units := c.book.Units
		if len(t.Schedule.Due) > 0 || units != nil && !slices.ContainsFunc(units, t.LeadBy) {
			return
		}
		sum = &TaskSum{}
	}
	g := c.f.group(t.Group)
	g.CheckIns.merge(sum.Shown) // of dated work, too: it may have been ongoing before
	if sum.Box != BoxUndated {
		c.f.Tasks.add(sum.Box, sum.Extended)
		g.Tasks.add(sum.Box, sum.Extended)
		return
	}
	if t.Schedule.Kind != KindOngoing {
		c.f.Undated = append(c.f.Undated, t)
		g.Undated++
	}
}

// merge adds what was counted elsewhere.
func (c *CheckIns) merge(other CheckIns) {
	c.Asked += other.Asked
	c.Reported += other.Reported
	c.InTime += other.InTime
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
	slices.SortFunc(f.Late, func(x, y *Occurrence) int {
		return cmp.Or(cmp.Compare(b.EffectiveDue(x), b.EffectiveDue(y)), byTask(x, y))
	})
	slices.SortFunc(f.ByDue, func(x, y *Occurrence) int {
		return cmp.Or(cmp.Compare(x.StatedDue(), y.StatedDue()), byTask(x, y))
	})
	soon := slices.IndexFunc(f.ByDue, func(o *Occurrence) bool { return o.StatedDue() > b.Today+DueSoonDays })
	if soon < 0 {
		soon = len(f.ByDue)
	}
	f.DueSoon = f.ByDue[:soon]
	slices.SortFunc(f.Blocked, byTask)
}

// byTask orders occurrences by task, then unit, then day.
func byTask(x, y *Occurrence) int {
	return cmp.Or(cmp.Compare(x.Task, y.Task), cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Due, y.Due), cmp.Compare(x.ID, y.ID))
}
