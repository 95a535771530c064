package handlers

import (
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

const verbSetup = "setup"

// setupRows is the command that leads through others.
func setupRows() []row {
	return []row{
		{
			verb: verbSetup, names: []string{"setup"}, who: admin, where: private, menu: admin,
			run: (*call).setup, press: (*call).pressSetup,
		},
	}
}

// The steps of setting the bot up, as buttons name them, in their order.
const (
	stepPlan     = "plan"
	stepUnits    = "units"
	stepDirector = "director"
	stepHours    = "hours"
	stepCheck    = "check"
	stepPublish  = "publish"
)

// A setupStep is one thing that is to be done before the plan is given out. How
// far an office has come is seen from what it has: nothing of it is stored.
type setupStep struct {
	name string
	done bool
	text chat.Markup
}

// setup shows what has been set up and what is to be done next.
func (c *call) setup() error {
	steps, err := c.setupSteps()
	if err != nil {
		return err
	}
	done := 0
	var lines []chat.Markup
	var buttons []chat.Button
	for _, s := range steps {
		sign, line := chat.Markup("✅ "), s.text
		switch {
		case s.done:
			done++
		case done == len(lines): // the first that is open
			sign, line = "⚠️ ", chat.Bold(s.text)
		default:
			sign = "▫️ "
		}
		lines = append(lines, sign+line)
		buttons = append(buttons, c.setupButton(s.name))
	}
	lines = append([]chat.Markup{c.t("setup.title", "Done", done, "All", len(steps))}, lines...)
	how := c.t("setup.how", "Command", c.cmd(verbSetup), "Help", c.cmd(verbHelp))
	if done == len(steps) {
		how = c.t("setup.complete", "Help", c.cmd(verbHelp))
	}
	return c.show(join(append(lines, "", how)...), slices.Collect(slices.Chunk(buttons, 2))...)
}

// setupButton opens a step. What another command does opens beside the list.
// keys: setup_button.*
func (c *call) setupButton(step string) chat.Button {
	a := chat.Action{Verb: verbSetup, Arg: step}
	switch step {
	case stepHours, stepCheck, stepPublish:
		a.Fresh = true
	}
	return c.button("setup_button."+step, a)
}

// setupSteps finds out how far the office has come.
func (c *call) setupSteps() ([]setupStep, error) {
	led, by, err := c.led()
	if err != nil {
		return nil, err
	}
	found, err := c.findings()
	if err != nil {
		return nil, err
	}
	lacking := c.unready()
	units := c.n("setup.units", len(c.leadUnits()))
	if len(lacking) > 0 {
		units = c.n("setup.units_lack", len(lacking), "All", len(c.leadUnits()))
	}
	directors := c.t("setup.no_director")
	if led {
		directors = c.n("setup.director", by)
	}
	check := c.t("setup.check")
	if len(found) > 0 {
		check = c.n("setup.check_found", len(found))
	}
	given := c.t("setup.not_given")
	if c.plan.Published != 0 {
		given = c.t("setup.given", "Date", c.date(c.plan.Published))
	}
	set := c.plan.Settings
	return []setupStep{
		{stepPlan, c.planFits(), c.planLine()},
		{stepUnits, len(lacking) == 0, units},
		{stepDirector, led, directors},
		{stepHours, true, c.t("setup.hours", "Reminder", clock(set.ReminderAt), "From", clock(set.DayFrom), "To", clock(set.DayTo))},
		{stepCheck, len(found) == 0, check},
		{stepPublish, c.plan.Published != 0, given},
	}, nil
}

// planFits reports whether the plan is one to work with: of this year or a
// later one, or given out already.
func (c *call) planFits() bool { return c.plan.Published != 0 || c.plan.Year >= c.today.Year() }

func (c *call) planLine() chat.Markup {
	if c.planFits() {
		return c.n("setup.plan", len(c.plan.Tasks), "Year", c.plan.Year)
	}
	return c.t("setup.plan_old", "Year", c.plan.Year, "Now", c.today.Year())
}

// leadUnits lists the units that lead a task of the plan.
func (c *call) leadUnits() []plan.Unit {
	var out []plan.Unit
	for _, u := range c.unitsWithTasks() {
		for _, t := range c.plan.Tasks {
			if t.LeadBy(u.Code) {
				out = append(out, u)
				break
			}
		}
	}
	return out
}

// unready lists the units that lead a task and have no chat, or nobody to
// report.
func (c *call) unready() []plan.Unit {
	var out []plan.Unit
	for _, u := range c.leadUnits() {
		if _, ok := c.snap.Chats[u.Code]; !ok || len(c.snap.Heads[u.Code]) == 0 {
			out = append(out, u)
		}
	}
	return out
}

// led reports whether somebody hears how the plan stands: a chat of the
// leadership, or so many directors who can be written to.
func (c *call) led() (led bool, directors int, err error) {
	list, err := c.tx.WithRole(plan.Director)
	if err != nil {
		return false, 0, err
	}
	if c.leadersLinked() {
		return true, len(list), nil
	}
	for _, p := range list {
		if c.reachable(p.ID) {
			directors++
		}
	}
	return directors > 0, directors, nil
}
