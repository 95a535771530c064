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
