package handlers

import (
	"errors"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// setDeadline handles /deadline 29 30/11/2024: the first day of a task without
// one; on a task that has one an extension for all its units.
func (c *call) setDeadline() error {
	t, rest, err := c.decidedTask()
	if err != nil {
		return err
	}
	_, due, reason, err := cutDay(rest)
	switch {
	case err != nil:
		return err
	case t.Schedule.Kind == plan.KindOngoing:
		return refuse("refuse.ongoing_deadline", "Number", c.number(c.plan, t), "Title", t.ShortTitle)
	case due < c.today:
		return refuse("refuse.past", "Date", c.date(due))
	}
	occs, err := c.tx.Occurrences(storage.Filter{Task: t.ID}, c.h.Location)
	switch {
	case err != nil:
		return err
	case slices.ContainsFunc(occs, func(o *plan.Occurrence) bool { return o.Kind == plan.OccurrenceDated }):
		return c.extendAll(t, occs, due, reason)
	case t.Schedule.Kind == plan.KindTrigger:
		return refuse("refuse.use_trigger", "Number", c.number(c.plan, t), "Trigger", c.cmd(verbTrigger), "Date", c.date(due))
	}
	if c.standing&admin == 0 {
		return refuse("refuse.who.admin", "Command", c.commandName(c.row))
	}
	for _, u := range t.Leads {
		o := plan.Occurrence{
			TaskID: t.ID, Task: t.Number, Unit: u, Kind: plan.OccurrenceDated, Period: due.String(),
			Opens: c.today, Due: due,
		}
		if err := c.tx.AskFor(&o); err != nil {
			return err
		}
		if err := c.tellDue("deadline.told", u, t, due, reason); err != nil {
			return err
		}
	}
	done := c.t("deadline.done", "Number", c.number(c.plan, t), "Title", t.ShortTitle, "Date", c.date(due))
	_, err = c.say(c.withUnheard(done, t.Leads...))
	return err
}

// extendAll gives every unit's oldest open occurrence a later day, which is an
// extension as any other: those decide on it who decide on requests. A unit
// that is done, or has a day as late already, keeps what it has.
func (c *call) extendAll(t *plan.Task, occs []*plan.Occurrence, due plan.Date, reason string) error {
	if err := c.decidesExtension(t.Leads); err != nil {
		return err
	}
	b := c.book(c.today)
	var extended []string
	notLater := error(refuse("refuse.all_done", "Number", c.number(c.plan, t), "Title", t.ShortTitle))
	for _, u := range t.Leads {
		mine := slices.DeleteFunc(slices.Clone(occs), func(o *plan.Occurrence) bool { return o.Unit != u })
		target, err := b.Target(mine, plan.InProgress, c.today)
		if errors.Is(err, plan.ErrAlreadyDone) || errors.Is(err, plan.ErrNoOccurrence) {
			continue
		}
		if err != nil {
			return err
		}
		if err := c.checkLater(target.Occurrence, due); err != nil {
			notLater = err
			continue
		}
		err = c.tx.Extend(target.Occurrence.ID, plan.Extension{
			Was: target.Occurrence.StatedDue(), Due: due, By: c.person.ID, At: c.now, Reason: reason,
		})
		if err != nil {
			return err
		}
		if err := c.tellDue("deadline.extended", u, t, due, reason); err != nil {
			return err
		}
		extended = append(extended, u)
	}
	if len(extended) == 0 {
		return notLater
	}
	text := c.t("deadline.extended", "Number", c.number(c.plan, t), "Title", t.ShortTitle, "Date", c.date(due))
	if len(extended) < len(t.Leads) {
		text += "\n" + chat.Escape(c.unitNames(extended))
	}
	_, err := c.say(c.withUnheard(text, extended...))
	return err
}
