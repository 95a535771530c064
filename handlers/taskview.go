package handlers

import (
	"cmp"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// A taskView is what a card shows of all units together.
type taskView struct {
	sum  *plan.TaskSum
	dues []*plan.Occurrence // the first that is due on each day
	open map[string]bool    // units that the person reports for and that have it to do
}

// viewTask looks at the outline of every unit's work, which may be that of
// thousands, and reads of it what a card shows.
func (c *call) viewTask(t *plan.Task) (*taskView, error) {
	v := &taskView{sum: &plan.TaskSum{}, open: map[string]bool{}}
	sums := c.book(c.today).TaskSums()
	err := c.tx.Outlines(storage.Filter{Task: t.ID}, c.h.Location, func(o *plan.Occurrence) {
		sums.Add(o)
		same := func(d *plan.Occurrence) bool { return d.StatedDue() == o.StatedDue() }
		if o.Kind == plan.OccurrenceDated && !slices.ContainsFunc(v.dues, same) {
			v.dues = append(v.dues, o)
		}
		todo := o.Kind == plan.OccurrenceCheckIn || o.Kind == plan.OccurrenceDated && o.Status() != plan.Done
		if todo && slices.Contains(c.reports, o.Unit) {
			v.open[o.Unit] = true
		}
	})
	if err != nil {
		return nil, err
	}
	if sum := sums.Of(t.Number); sum != nil {
		v.sum = sum
	}
	slices.SortStableFunc(v.dues, func(x, y *plan.Occurrence) int {
		return cmp.Or(cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Due, y.Due))
	})
	for i, o := range v.dues {
		if len(o.Extensions) > 0 { // an outline has the last of them
			if v.dues[i], err = c.tx.Occurrence(o.ID, c.h.Location); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}

// waiting says which later days are asked for and not decided. Whoever decides on
// one finds its buttons here too: he may have come after it was put.
func (c *call) waiting(t *plan.Task) (lines []chat.Markup, buttons [][]chat.Button, err error) {
	list, err := c.tx.ExtensionRequests(t.ID)
	for _, r := range list {
		if r.Outcome != storage.RequestWaiting || !c.seesAll() && !slices.Contains(c.reads, r.Unit) {
			continue
		}
		line := c.t("task.extension_waits", "Date", c.date(r.Due), "At", c.moment(r.At))
		if len(t.Leads) > 1 {
			line = chat.Escape(c.unitShort(r.Unit)) + ": " + line
		}
		lines = append(lines, line)
		if c.seesAll() && c.decidesExtension([]string{r.Unit}) == nil {
			a := chat.Action{Verb: verbAnswer, Tasks: []int{t.Number}, Key: r.ID}
			yes, no := a, a
			yes.Arg, no.Arg = "yes", "no"
			day := c.words.DayMonth(r.Due)
			buttons = append(buttons, []chat.Button{
				c.button("button.agree_day", yes, "Day", day), c.button("button.disagree_day", no, "Day", day),
			})
		}
	}
	return lines, buttons, err
}

// named chooses the days that a card names: if they are many, the next alone,
// and those that were extended.
func (c *call) named(dues []*plan.Occurrence) []*plan.Occurrence {
	const many = 4
	if len(dues) <= many {
		return dues
	}
	next := slices.IndexFunc(dues, func(o *plan.Occurrence) bool { return o.StatedDue() >= c.today })
	var out []*plan.Occurrence
	for i, o := range dues {
		if i == next || o.ExtendedDue() != 0 || next < 0 && i == len(dues)-1 {
			out = append(out, o)
		}
	}
	return out
}

// severalDays reports whether a unit has a task to do by several days.
func severalDays(occs []*plan.Occurrence) bool {
	dated := 0
	for _, o := range occs {
		if o.Kind == plan.OccurrenceDated {
			dated++
		}
	}
	return dated > 1
}

// telling chooses of a unit's occurrences those that a reader wants: of windows
// those that are shown; of dated work what is open by now or was begun, else the
// next, else the last.
func (c *call) telling(occs []*plan.Occurrence) []*plan.Occurrence {
	windows := c.book(c.today).ShownWindows()
	var out, dated, ahead []*plan.Occurrence
	var last *plan.Occurrence
	for _, o := range occs {
		switch status := o.Status(); {
		case o.Kind != plan.OccurrenceDated:
			if slices.ContainsFunc(windows, func(w plan.Window) bool { return w.Period == o.Period }) {
				out = append(out, o)
			}
		case status == plan.Done:
			last = o
		case o.Opens <= c.today || status != plan.NotStarted:
			dated = append(dated, o)
		default:
			ahead = append(ahead, o)
		}
	}
	switch {
	case len(dated) > 0:
		return append(out, dated...)
	case len(ahead) > 0:
		return append(out, ahead[0])
	case len(out) == 0 && last != nil:
		return append(out, last)
	}
	return out
}
