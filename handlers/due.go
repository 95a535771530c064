package handlers

import (
	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// dueSpan is how many days ahead /due looks.
const dueSpan = 30

// listDue answers /due: open dated work due in the next 30 days, soonest first.
func (c *call) listDue() error {
	f, err := c.openDated(c.today + dueSpan)
	if err != nil {
		return err
	}
	var open []*plan.Occurrence
	for _, o := range f.ByDue {
		if o.StatedDue() <= c.today+dueSpan {
			open = append(open, o)
		}
	}
	return c.dated("due", open, func(o *plan.Occurrence) chat.Markup {
		day := c.t("due.day", "Date", c.dayMonth(o.StatedDue()))
		if o.StatedDue() >= c.today {
			day += ", " + c.daysLeft(o.StatedDue())
		}
		return day
	})
}

// listOverdue answers /overdue: late work by how many days, longest first.
func (c *call) listOverdue() error {
	f, err := c.openDated(c.today)
	if err != nil {
		return err
	}
	b := c.book(c.today)
	return c.dated("overdue", f.Late, func(o *plan.Occurrence) chat.Markup {
		return c.n("days.late", b.DaysLate(o)) + " · " + c.t("due.day", "Date", c.dayMonth(o.StatedDue()))
	})
}

// dated lists dated work under the title of the list's name. The list that took
// a summary's place bears the way back to it.
// keys: due.* overdue.*
func (c *call) dated(name string, occs []*plan.Occurrence, day func(*plan.Occurrence) chat.Markup) error {
	var back []chat.Button
	if c.action.Arg == summaryOverdue {
		c.takeDirections()
		back = c.summaryButtons(summaryOverdue)
	}
	if len(occs) == 0 {
		return c.show(c.t(name+".none", "Date", c.date(c.today), "Span", dueSpan), back)
	}
	shown, page, pages := pageOf(occs, c.action.Page, tasksPage)
	lines := []chat.Markup{chat.Bold(c.t(name+".title", "Count", len(occs), "Date", c.date(c.today), "Span", dueSpan))}
	for _, o := range shown {
		if c.seesAll() { // it was read without what was said of it
			var err error
			if o, err = c.tx.Occurrence(o.ID, c.h.Location); err != nil {
				return err
			}
		}
		t := c.taskOf(o)
		line := boxSign(c.book(c.today).Box(o)) + " " + c.tappable(o.Task) + " " +
			chat.Escape(t.ShortTitle) + " · " + day(o)
		if c.seesAll() || len(c.reads) > 1 {
			line += " · " + chat.Escape(c.unitShort(o.Unit))
		}
		if s := o.Status(); s == plan.Blocked || s == plan.InProgress {
			line += " · " + statusSign(s) + " " + c.statusName(s)
		}
		lines = append(lines, line)
	}
	return c.show(join(lines...), c.pager(page, pages, chat.Action{
		Verb: c.row.verb, Plan: c.plan.ID, Unit: c.action.Unit, Arg: c.action.Arg,
	}), back)
}
