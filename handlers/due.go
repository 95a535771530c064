package handlers

import (
	"strconv"

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
		day := c.dueDay(o)
		if o.StatedDue() >= c.today {
			day += ", " + c.daysLeft(o.StatedDue())
		}
		return day
	})
}

// listOverdue answers /overdue: late work by how many days, longest first.
func (c *call) listOverdue() error {
	if year, err := strconv.Atoi(c.args); err == nil {
		if err := c.useYear(year); err != nil {
			return err
		}
	}
	f, err := c.openDated(c.today)
	if err != nil {
		return err
	}
	elsewhere, err := c.lateElsewhere()
	if err != nil {
		return err
	}
	b := c.book(c.today)
	return c.dated("overdue", f.Late, func(o *plan.Occurrence) chat.Markup {
		return c.n("days.late", b.DaysLate(o)) + " · " + c.dueDay(o)
	}, elsewhere...)
}

// dueDay is the day that is due in a line of a list.
func (c *call) dueDay(o *plan.Occurrence) chat.Markup {
	return c.t("due.day", "Date", c.dayMonth(o.StatedDue())) + c.effective(o)
}

// lateElsewhere says what is late of the other plans that were given out: their
// dated work goes on.
func (c *call) lateElsewhere() ([]chat.Markup, error) {
	var lines []chat.Markup
	for _, p := range c.snap.Plans {
		if p.ID == c.plan.ID || p.Published == 0 || p.Closed != 0 {
			continue
		}
		other := *c
		other.plan = p
		f, err := other.openDated(c.today)
		if err != nil {
			return nil, err
		}
		if len(f.Late) > 0 {
			lines = append(lines, c.n("overdue.elsewhere", len(f.Late), "Year", p.Year, "Overdue", c.cmd(verbOverdue)))
		}
	}
	return lines, nil
}

// dated lists dated work under the title of the list's name, with the lines
// below it. The list that took a summary's place bears the way back to it.
// keys: due.* overdue.*
func (c *call) dated(name string, occs []*plan.Occurrence, day func(*plan.Occurrence) chat.Markup, below ...chat.Markup) error {
	var back []chat.Button
	if c.action.Arg == summaryOverdue {
		c.takeDirections()
		back = c.summaryButtons(summaryOverdue)
	}
	if len(occs) == 0 {
		none := c.t(name+".none", "Date", c.date(c.today), "Span", dueSpan, "Year", c.plan.Year)
		return c.show(join(append([]chat.Markup{none}, below...)...), back)
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
	return c.show(join(append(lines, below...)...), c.pager(page, pages, chat.Action{
		Verb: c.row.verb, Plan: c.plan.ID, Unit: c.action.Unit, Arg: c.action.Arg,
	}), back)
}
