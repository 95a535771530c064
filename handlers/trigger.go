package handlers

import (
	"slices"
	"strconv"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// trigger handles /trigger 20 UNIT[,UNIT] 15/05/2024 [document].
func (c *call) trigger() error {
	t, rest, err := c.decidedTask()
	if err != nil {
		return err
	}
	if t.Schedule.Kind != plan.KindTrigger {
		return refuse("refuse.no_trigger", "Number", c.number(c.plan, t), "Title", t.ShortTitle,
			"Phrase", chat.Line(t.Schedule.Phrase), "Deadline", c.cmd(verbDeadline))
	}
	cell, due, document, err := cutDay(rest)
	if err != nil {
		return err
	}
	if due < c.today {
		return refuse("refuse.past", "Date", c.date(due))
	}
	if cell == "" {
		return c.askTriggerUnit(t, due, document)
	}
	units, unknown := c.snap.Roster.Resolve(cell)
	if len(unknown) > 0 {
		return c.refuseUnit(unknown[0])
	}
	return c.openFor(t, units, due, document)
}

func (c *call) askTriggerUnit(t *plan.Task, due plan.Date, document string) error {
	action := chat.Action{Verb: verbTrigger, Plan: c.plan.ID, Tasks: []int{t.Number}, Key: int64(due), Arg: document}
	buttons := [][]chat.Button{{c.button("button.all_units", action)}}
	for _, u := range t.Leads {
		a := action
		a.Unit = u
		buttons = append(buttons, []chat.Button{{Label: c.unitShort(u), Action: a}})
	}
	_, err := c.say(c.t("trigger.which", "Number", c.number(c.plan, t), "Title", t.ShortTitle, "Date", c.date(due)), buttons...)
	return err
}

func (c *call) pressTrigger() error {
	t, err := c.actionTask()
	if err != nil {
		return err
	}
	units := t.Leads
	if c.action.Unit != "" {
		units = []string{c.action.Unit}
	}
	if err := c.tx.DropButtons(c.pressed); err != nil {
		return err
	}
	return c.openFor(t, units, plan.Date(c.action.Key), c.action.Arg)
}

// openFor makes an occurrence of a trigger task for each of the units.
func (c *call) openFor(t *plan.Task, units []string, due plan.Date, document string) error {
	for _, u := range units {
		if !t.LeadBy(u) {
			return c.refuseLead(t)
		}
	}
	for _, u := range units {
		occs, err := c.tx.Occurrences(storage.Filter{Task: t.ID, Unit: u}, c.h.Location)
		if err != nil {
			return err
		}
		o := plan.Occurrence{
			TaskID: t.ID, Task: t.Number, Unit: u, Kind: plan.OccurrenceDated,
			Period: freePeriod(occs), Opens: c.today, Due: due,
		}
		if _, err := c.tx.AddOccurrence(&o, document); err != nil {
			return err
		}
		if err := c.tellDue("trigger.told", u, t, due, document); err != nil {
			return err
		}
	}
	_, err := c.say(c.withUnheard(c.t("trigger.done", "Number", c.number(c.plan, t), "Title", t.ShortTitle,
		"Units", c.unitNames(units), "Date", c.date(due)), units...))
	return err
}

// freePeriod returns the first of T1, T2, … that no occurrence bears yet.
func freePeriod(occs []*plan.Occurrence) string {
	for n := 1; ; n++ {
		period := "T" + strconv.Itoa(n)
		if !slices.ContainsFunc(occs, func(o *plan.Occurrence) bool { return o.Period == period }) {
			return period
		}
	}
}
