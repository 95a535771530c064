package handlers

import (
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// seesAll reports whether the person reads every unit's tasks.
func (c *call) seesAll() bool { return c.standing&(director|admin) != 0 }

// mayRead reports whether the person may read the task here: those who see
// all, and units that lead it or cooperate on it.
func (c *call) mayRead(t *plan.Task) bool {
	return c.seesAll() || slices.ContainsFunc(c.reads, t.Concerns)
}

// outlines hands over, one by one, the occurrences that the person asks about:
// every unit's, or those of the one unit that the button names, or of the units
// that he reads here.
func (c *call) outlines(see func(*plan.Occurrence)) error {
	units := c.reads
	switch u := c.action.Unit; {
	case u != "" && (c.seesAll() || slices.Contains(c.reads, u)):
		units = []string{u}
	case c.seesAll():
		return c.tx.Outlines(storage.Filter{Plan: c.plan.ID}, c.h.Location, see)
	}
	for _, u := range units {
		if err := c.tx.Outlines(storage.Filter{Plan: c.plan.ID, Unit: u}, c.h.Location, see); err != nil {
			return err
		}
	}
	return nil
}

// figures counts what the person asks about as it stands today. It reads no
// more of an occurrence than is counted, and of what is blocked what people are
// told of it.
func (c *call) figures() (*plan.Figures, error) {
	count := c.scopeBook().Count()
	count.Ahead = c.today + dueSpan
	if err := c.outlines(count.Add); err != nil {
		return nil, err
	}
	f := count.Figures()
	for i, o := range f.Blocked[:min(len(f.Blocked), summaryLines)] {
		var err error
		if f.Blocked[i], err = c.tx.Occurrence(o.ID, c.h.Location); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// openDated counts, of what the person asks about, dated work that is due up to a day
// and not done; of every unit's no more than that is read.
func (c *call) openDated(until plan.Date) (*plan.Figures, error) {
	if c.action.Unit != "" || !c.seesAll() {
		return c.figures()
	}
	units := make([]string, len(c.snap.Roster.Units))
	for i, u := range c.snap.Roster.Units {
		units[i] = u.Code
	}
	occs, err := c.tx.OpenOccurrences(units, storage.Reach{Dated: until})
	if err != nil {
		return nil, err
	}
	occs = slices.DeleteFunc(occs, func(o *plan.Occurrence) bool {
		p, t := c.snap.TaskByID(o.TaskID)
		return p != c.plan || t.Ended != 0
	})
	return c.book(c.today).Figures(occs), nil
}

// scopeBook is the book of today for what the person asks about.
func (c *call) scopeBook() *plan.Book {
	b := c.book(c.today)
	switch {
	case c.action.Unit != "":
		b.Units = []string{c.action.Unit}
	case !c.seesAll():
		b.Units = c.reads
	}
	return b
}

// scopeName says whose figures these are: the plan's title, or the units.
func (c *call) scopeName() string {
	switch {
	case c.action.Unit != "":
		return c.unitName(c.action.Unit)
	case c.seesAll():
		return ""
	}
	return c.unitNames(c.reads)
}

// useYear makes the plan of the year that somebody names the call's own; without
// a year it stays the current one.
func (c *call) useYear(year int) error {
	if year == 0 {
		return nil
	}
	p := c.snap.Year(year)
	if p == nil {
		return refuse("refuse.no_year", "Year", year, "Have", c.plan.Year)
	}
	c.plan = p
	return nil
}

// oneTask reads the number that a command names and returns its task, or
// refuses. Without words it returns nil.
func (c *call) oneTask() (*plan.Task, string, error) {
	list, ok, err := parseTasks(c.args)
	if err != nil || !ok {
		return nil, list.rest, err
	}
	list.numbers = list.numbers[:1]
	t, err := c.anyTask(list)
	if err != nil {
		return nil, "", err
	}
	if !c.mayRead(t) {
		return nil, "", refuse("refuse.not_yours", "Number", c.number(c.plan, t), "Leads", c.leads(t), "Tasks", c.cmd(verbTasks))
	}
	return t, list.rest, nil
}

// anyTask finds the one task that is named; what has ended can still be read.
func (c *call) anyTask(list taskList) (*plan.Task, error) {
	p := c.plan
	if list.year != 0 {
		p = c.snap.Year(list.year)
	}
	if p != nil {
		if ended := p.EndedTask(list.numbers[0]); ended != nil {
			c.plan = p
			return ended, nil
		}
	}
	tasks, err := c.tasks(list)
	if err != nil {
		return nil, err
	}
	return tasks[0], nil
}

// actionTask is the task that a button names.
func (c *call) actionTask() (*plan.Task, error) {
	if len(c.action.Tasks) == 0 {
		return nil, c.dead()
	}
	t := c.plan.Task(c.action.Tasks[0])
	if t == nil && (c.row.verb == verbTask || c.row.verb == verbHistory) {
		t = c.plan.EndedTask(c.action.Tasks[0]) // what has ended can still be read
	}
	if t == nil || !c.mayRead(t) {
		return nil, c.dead()
	}
	return t, nil
}

// pickTask answers a command that lacks its number with buttons of the tasks
// that the person reads.
func (c *call) pickTask(prompt chat.Markup, tasks []*plan.Task) error {
	shown, page, pages := pageOf(tasks, c.action.Page, offerPage)
	var buttons [][]chat.Button
	for _, t := range shown {
		buttons = append(buttons, []chat.Button{{
			Label:  c.taskLabel(t),
			Action: chat.Action{Verb: c.row.verb, Plan: c.plan.ID, Tasks: []int{t.Number}},
		}})
	}
	buttons = append(buttons, c.pager(page, pages, chat.Action{Verb: c.row.verb, Plan: c.plan.ID}))
	return c.show(prompt, buttons...)
}

// readable lists the tasks of the plan that the person may read.
func (c *call) readable() []*plan.Task {
	var out []*plan.Task
	for _, t := range c.plan.Tasks {
		if c.mayRead(t) {
			out = append(out, t)
		}
	}
	return out
}

// refuseWindow refuses a report for a window that the unit is not asked for: the
// task came to it when another had reported, or later than that.
func (c *call) refuseWindow(f filed) error {
	windows := c.plan.Windows()
	i, next := c.plan.WindowIndex(f.report.Day), ""
	if i+1 < len(windows) {
		next = c.date(windows[i+1].Opens)
	}
	return refuse("refuse.not_asked", "Number", f.task.Number, "Title", f.task.ShortTitle,
		"Window", c.window(windows[i].Period), "Next", next, "History", c.cmd(verbHistory))
}

// refuseUnled refuses a word on a task that no unit of the person's leads: an
// admin may still record a report for one that does.
func (c *call) refuseUnled(t *plan.Task) error {
	if c.standing&c.row.who&admin == 0 {
		return c.refuseLead(t)
	}
	return refuse("refuse.name_unit", "Command", c.commandName(c.row), "Number", c.number(c.plan, t),
		"Unit", t.Leads[0], "Leads", c.fewUnits(t.Leads))
}

func (c *call) refuseLead(t *plan.Task) error {
	key := "refuse.not_lead"
	if len(t.Cooperating) == 0 {
		key = "refuse.not_lead_alone"
	}
	return refuse(key, "Number", c.number(c.plan, t), "Leads", c.leads(t),
		"Cooperating", c.cooperating(t), "Tasks", c.cmd(verbTasks))
}
