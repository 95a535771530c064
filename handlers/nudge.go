package handlers

import (
	"cmp"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/scheduler"
	"dondoc/storage"
)

// nudge handles /nudge 15: the lead units that have the task still to do are
// reminded now. Alone it offers the tasks that have.
func (c *call) nudge() error {
	list, ok, err := parseTasks(c.args)
	switch {
	case err != nil:
		return err
	case !ok && list.rest != "":
		return refuse("refuse.no_number", "Command", c.commandName(c.row), "Text", chat.Cut(list.rest, 40))
	case !ok:
		return c.offerNudges()
	case list.rest != "":
		return refuse("refuse.form.nudge", "Command", c.commandName(c.row))
	}
	tasks, err := c.tasks(list)
	if err != nil {
		return err
	}
	return c.nudgeTasks(tasks)
}

// pressNudge reminds of the chosen task, or of all check-ins that were not
// reported; also when it was put off until now.
func (c *call) pressNudge() error {
	switch {
	case c.action.Page != 0:
		return c.offerNudges()
	case c.action.Arg == nudgeCheckIns:
		return c.nudgeUnreported()
	}
	var tasks []*plan.Task
	for _, n := range c.action.Tasks {
		if t := c.plan.Task(n); t != nil {
			tasks = append(tasks, t)
		}
	}
	if len(tasks) == 0 { // it was put off, and has ended since
		return c.dead()
	}
	return c.nudgeTasks(tasks)
}

// nudgeCheckIns is the Arg of the button that reminds of check-ins.
const nudgeCheckIns = "check_ins"

// mayNudge refuses while nobody is reminded of the plan.
func (c *call) mayNudge() error {
	switch {
	case c.plan.Closed != 0:
		return c.refuseClosed()
	case c.plan.Published == 0:
		return refuse("refuse.not_given", "Year", c.plan.Year, "Publish", c.publishCommand(c.plan))
	}
	return nil
}

// A nudging is what came of reminding several units.
type nudging struct {
	told, before, without []string
}

// nudgeTasks reminds of each of the tasks, or has it done at the next hour that
// allows it.
func (c *call) nudgeTasks(tasks []*plan.Task) error {
	if err := c.mayNudge(); err != nil {
		return err
	}
	open := make([]map[string][]*plan.Occurrence, len(tasks))
	for i, t := range tasks {
		var err error
		if open[i], err = c.nudgeable(t); err != nil {
			return err
		}
		if len(open[i]) == 0 && c.in.Press == nil && c.in.Kind != chat.InDeferred {
			return refuse("refuse.nudge_nothing", "Number", c.number(c.plan, t), "Title", t.ShortTitle)
		}
	}
	if !c.hours().Allowed(c.now) {
		return c.nudgeLater(chat.Action{Verb: c.row.verb, Plan: c.plan.ID, Tasks: numbers(tasks)})
	}
	var lines []chat.Markup
	for i, t := range tasks {
		var n nudging
		for _, u := range t.Leads {
			if err := c.nudgeUnit(&n, u, t.Number, open[i][u]); err != nil {
				return err
			}
		}
		title := c.t("nudge.done", "Number", c.number(c.plan, t), "Title", t.ShortTitle)
		if len(n.told) == 0 {
			title = c.t("nudge.nobody", "Number", c.number(c.plan, t), "Title", t.ShortTitle)
		}
		lines = append(lines, c.nudged(title, n)...)
	}
	_, err := c.say(join(lines...))
	return err
}

// nudgeable lists by unit what of the task is still to be done now: of dated
// work the oldest, of check-ins those that were asked for.
func (c *call) nudgeable(t *plan.Task) (map[string][]*plan.Occurrence, error) {
	b := c.book(c.today)
	open := map[string][]*plan.Occurrence{}
	err := c.tx.Outlines(storage.Filter{Task: t.ID}, c.h.Location, func(o *plan.Occurrence) {
		switch mine := open[o.Unit]; {
		case !nudges(b, o):
		case o.Kind == plan.OccurrenceCheckIn || len(mine) == 0:
			open[o.Unit] = append(mine, o)
		case o.Due < mine[0].Due:
			mine[0] = o
		}
	})
	return open, err
}

// nudges reports whether the occurrence is still to be done, and was asked for.
func nudges(b *plan.Book, o *plan.Occurrence) bool {
	return scheduler.Open(b, o) && (o.Kind == plan.OccurrenceDated || b.Asked(o))
}

// nudgeLater puts the nudge off to the next hour that allows it and says so.
func (c *call) nudgeLater(a chat.Action) error {
	at, err := c.putOff(a)
	if err != nil {
		return err
	}
	_, err = c.say(c.t("nudge.later", "At", at))
	return err
}

// nudgeUnit reminds the unit of what it has still to do, unless it was today.
func (c *call) nudgeUnit(n *nudging, unit string, task int, occs []*plan.Occurrence) error {
	if len(occs) == 0 {
		return nil
	}
	name := c.unitShort(unit)
	place, hears := c.hears(unit)
	if !hears {
		n.without = append(n.without, name)
		return nil
	}
	fresh, err := c.tx.AddNudge(storage.Nudge{
		Plan: c.plan.ID, Unit: unit, Task: task, Day: c.today, At: c.now, Person: c.person.ID,
	})
	switch {
	case err != nil:
		return err
	case !fresh:
		n.before = append(n.before, name)
		return nil
	}
	n.told = append(n.told, name)
	there := c.to(place.Chat)
	there.here = c.snap.Serves[place]
	text, buttons := there.nudgeText(unit, occs)
	_, err = c.send(chat.Outgoing{To: place, Priority: chat.Answer, Buttons: buttons}, text)
	return err
}

// nudged says who was reminded, who had been today and who has no chat.
func (c *call) nudged(title chat.Markup, n nudging) []chat.Markup {
	lines := []chat.Markup{chat.Bold(title)}
	if len(n.told) > 0 {
		lines = append(lines, c.n("nudge.told", len(n.told), "List", some(n.told, 12)))
	}
	if len(n.before) > 0 {
		lines = append(lines, c.t("nudge.before", "List", some(n.before, 12)))
	}
	if len(n.without) > 0 {
		lines = append(lines, c.t("nudge.without", "List", some(n.without, 12)))
	}
	return lines
}

// offerNudges answers a bare command with the tasks that have something to do.
func (c *call) offerNudges() error {
	if err := c.mayNudge(); err != nil {
		return err
	}
	due, err := c.nudgeDays()
	if err != nil {
		return err
	}
	open := slices.DeleteFunc(slices.Clone(c.plan.Tasks), func(t *plan.Task) bool { return due[t.Number] == 0 })
	slices.SortStableFunc(open, func(x, y *plan.Task) int { return cmp.Compare(due[x.Number], due[y.Number]) })
	if len(open) == 0 {
		return c.show(c.t("nudge.nothing"))
	}
	return c.pickTask(c.t("pick.nudge"), open)
}

// nudgeDays tells of the tasks that have something to do on which day the first
// of it is due; of check-ins one that comes after all others.
func (c *call) nudgeDays() (map[int]plan.Date, error) {
	b := c.book(c.today)
	due := map[int]plan.Date{}
	err := c.tx.Outlines(storage.Filter{Plan: c.plan.ID}, c.h.Location, func(o *plan.Occurrence) {
		if !nudges(b, o) {
			return
		}
		day := plan.Forever
		if o.Kind == plan.OccurrenceDated {
			day = o.StatedDue()
		}
		if d := due[o.Task]; d == 0 || day < d {
			due[o.Task] = day
		}
	})
	return due, err
}

// mayRemind reports whether the person may have units reminded of check-ins
// that are not reported, and there are any.
func (c *call) mayRemind(f *plan.Figures) bool {
	return c.seesAll() && c.plan.Published != 0 && c.plan.Closed == 0 &&
		slices.ContainsFunc(f.Windows, func(w plan.WindowFigures) bool { return w.CheckIns.Missing() > 0 })
}
