package handlers

import (
	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// allUnits stands for a unit's code in the button that makes every link.
const allUnits = "*"

// pressSetup opens a step, or does what its button says.
func (c *call) pressSetup() error {
	switch c.action.Arg {
	case stepPlan:
		return c.setupPlan()
	case stepUnits:
		if c.action.Unit != "" {
			return c.setupLinks()
		}
		return c.setupUnits()
	case stepDirector:
		return c.setupDirector()
	case stepHours:
		return c.goOn(verbSettings)
	case stepCheck:
		return c.goOn(verbCheck)
	case stepPublish:
		return c.goOn(verbPublish)
	}
	return c.setup()
}

// goOn does what another command does, if the person may.
func (c *call) goOn(verb string) error {
	r := c.h.byVerb[verb]
	if err := c.use(r); err != nil {
		return err
	}
	c.args = ""
	return r.run(c)
}

// setupPlan shows which plan the database has, and how it gets another.
func (c *call) setupPlan() error {
	text := join(
		chat.Bold(c.t("setup_plan.title")),
		c.decision(c.plan),
		chat.Escape(c.plan.Title),
		c.planLine(),
		"",
		c.t("setup_plan.keep"),
		c.t("setup_plan.another", "Command", c.cmd(verbImport)),
	)
	return c.show(text, []chat.Button{c.setupButton(stepUnits), c.setupBack()})
}

func (c *call) setupBack() chat.Button {
	return c.button("setup_button.back", chat.Action{Verb: verbSetup})
}

// setupUnits lists the units that lack something, with a link for each.
func (c *call) setupUnits() error {
	lacking := c.unready()
	names := make([]string, len(lacking))
	var buttons [][]chat.Button
	var line []chat.Button
	for i, u := range lacking {
		names[i] = u.ShortName()
		line = append(line, chat.Button{
			Label:  plan.Cut(u.ShortName(), plan.ButtonLetters),
			Action: chat.Action{Verb: verbSetup, Plan: c.plan.ID, Arg: stepUnits, Unit: u.Code},
		})
		if len(line) == 2 {
			buttons, line = append(buttons, line), nil
		}
	}
	buttons = append(buttons, line)
	lines := []chat.Markup{chat.Bold(c.t("setup_units.title")), c.t("setup_units.complete")}
	if len(lacking) > 0 {
		lines[1] = c.n("setup_units.lacking", len(lacking), "Units", some(names, len(names)))
		lines = append(lines, "", c.t("setup_units.how"))
		buttons = append(buttons, []chat.Button{
			c.button("setup_button.all_links", chat.Action{Verb: verbSetup, Arg: stepUnits, Unit: allUnits}),
		})
	}
	lines = append(lines, c.t("setup_units.names"))
	buttons = append(buttons, []chat.Button{
		c.button("setup_button.list", chat.Action{Verb: verbUnits, Fresh: true}), c.setupButton(stepDirector), c.setupBack(),
	})
	return c.show(join(lines...), buttons...)
}

// setupLinks makes a message with links for one unit, or one for each that
// lacks something, ready to be forwarded.
func (c *call) setupLinks() error {
	if err := c.use(c.h.byVerb[verbInvite]); err != nil {
		return err
	}
	units := c.unready()
	if c.action.Unit != allUnits {
		u, ok := c.snap.Roster.Unit(c.action.Unit)
		if !ok {
			return c.dead()
		}
		units = []plan.Unit{u}
	}
	for _, u := range units {
		if err := c.sendInvitation(storage.Invitation{Role: roleHead, Unit: u.Code}); err != nil {
			return err
		}
	}
	return nil
}

// setupDirector tells who hears how the plan stands, and makes a link.
func (c *call) setupDirector() error {
	if c.action.Fresh {
		if err := c.use(c.h.byVerb[verbInvite]); err != nil {
			return err
		}
		return c.sendInvitation(storage.Invitation{Role: string(plan.Director)})
	}
	led, directors, err := c.led()
	if err != nil {
		return err
	}
	state := c.t("setup.no_director")
	if led {
		state = c.n("setup.director", directors)
	}
	return c.show(join(chat.Bold(c.t("setup_director.title")), state, "", c.t("setup_director.how")), []chat.Button{
		c.button("setup_button.director_link", chat.Action{Verb: verbSetup, Arg: stepDirector, Fresh: true}), c.setupBack(),
	})
}
