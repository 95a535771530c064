package handlers

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// dayWord is a day as people type it, day before month.
var dayWord = regexp.MustCompile(`(?:^|\s)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[.,;]?(?:\s|$)`)

// cutDay finds the first day in the words and returns what stands before and
// behind it.
func cutDay(s string) (before string, d plan.Date, after string, err error) {
	m := dayWord.FindStringSubmatchIndex(s)
	if m == nil {
		return s, 0, "", refuse("refuse.date_needed")
	}
	num := func(i int) int { n, _ := strconv.Atoi(s[m[i]:m[i+1]]); return n }
	d, err = plan.CheckedDate(num(6), time.Month(num(4)), num(2))
	if err != nil {
		return s, 0, "", refuse("refuse.no_date", "Text", strings.TrimSpace(s[m[0]:m[1]]))
	}
	return strings.TrimSpace(s[:m[0]]), d, strings.TrimSpace(s[m[1]:]), nil
}

// decides refuses those who may not decide on the units' work: the office on
// its own, the director on others', anybody on that of a unit that he heads.
func (c *call) decides(units []string, extends bool) error {
	for _, code := range units {
		u, _ := c.snap.Roster.Unit(code)
		own := u.Kind == plan.UnitOffice
		switch {
		case c.person.Heads(code):
			return refuse("refuse.own_unit", "Unit", c.unitName(code))
		case own && c.person.Role != plan.Director && !(extends && c.plan.Settings.AdminsExtend):
			return refuse("refuse.office_own", "Unit", c.unitName(code))
		case !own && !extends && c.person.Role == plan.Director:
			return refuse("refuse.who.admin", "Command", c.commandName(c.row))
		}
	}
	return nil
}

// decidedTask reads the one task that a deciding command names.
func (c *call) decidedTask() (*plan.Task, string, error) {
	list, ok, err := parseTasks(c.args)
	switch {
	case err != nil:
		return nil, "", err
	case !ok || len(list.numbers) != 1:
		return nil, "", refuse("refuse.form."+c.row.verb, "Command", c.commandName(c.row)) // keys: refuse.form.*
	}
	tasks, err := c.tasks(list)
	if err != nil {
		return nil, "", err
	}
	return tasks[0], list.rest, nil
}

// giveBack handles /return 15 UNIT reason: what was done is open again.
func (c *call) giveBack() error {
	t, rest, err := c.decidedTask()
	if err != nil {
		return err
	}
	u, reason, named := c.snap.Roster.Prefix(rest)
	switch {
	case named && !t.LeadBy(u.Code):
		return c.refuseLead(t)
	case !named && len(t.Leads) == 1:
		u, _ = c.snap.Roster.Unit(t.Leads[0])
		reason = rest
	case !named:
		return refuse("refuse.return_unit", "Number", t.Number, "Leads", c.unitNames(t.Leads))
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return refuse("refuse.form.return", "Command", c.commandName(c.row))
	}
	if err := c.decides([]string{u.Code}, false); err != nil {
		return err
	}
	occs, err := c.tx.Occurrences(storage.Filter{Task: t.ID, Unit: u.Code}, c.h.Location)
	if err != nil {
		return err
	}
	o := lastDone(occs)
	if o == nil {
		return refuse("refuse.nothing_done", "Number", t.Number, "Title", t.ShortTitle, "Unit", u.Name)
	}
	if _, err := c.tx.Return(o.ID, c.person.ID, c.now, reason); err != nil {
		return err
	}
	err = c.tellUnit(u.Code, func(c *call) chat.Markup {
		return chat.Bold(c.t("return.told", "Number", t.Number, "Title", t.ShortTitle)) + "\n" +
			c.quoted(reason, 1000) + "\n" + c.t("return.how", "Done", c.cmd(verbDone), "Number", t.Number)
	})
	if err != nil {
		return err
	}
	_, err = c.say(c.t("return.done", "Number", t.Number, "Title", t.ShortTitle, "Unit", u.Name))
	return err
}

// lastDone returns the occurrence that was last said to be done.
func lastDone(occs []*plan.Occurrence) *plan.Occurrence {
	var last *plan.Occurrence
	for _, o := range occs {
		if o.Status() == plan.Done && (last == nil || o.Latest().ID > last.Latest().ID) {
			last = o
		}
	}
	return last
}

// trigger handles /trigger 20 UNIT[,UNIT] 15/05/2024 [document].
func (c *call) trigger() error {
	t, rest, err := c.decidedTask()
	if err != nil {
		return err
	}
	if t.Schedule.Kind != plan.KindTrigger {
		return refuse("refuse.no_trigger", "Number", t.Number, "Title", t.ShortTitle,
			"Phrase", chat.Line(t.Schedule.Phrase), "Deadline", c.cmd("deadline"))
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
	action := chat.Action{Verb: "trigger", Plan: c.plan.ID, Tasks: []int{t.Number}, Key: int64(due), Arg: document}
	buttons := [][]chat.Button{{c.button("button.all_units", action)}}
	for _, u := range t.Leads {
		a := action
		a.Unit = u
		buttons = append(buttons, []chat.Button{{Label: c.unitShort(u), Action: a}})
	}
	_, err := c.say(c.t("trigger.which", "Number", t.Number, "Title", t.ShortTitle, "Date", c.date(due)), buttons...)
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
	_, err := c.say(c.t("trigger.done", "Number", t.Number, "Title", t.ShortTitle,
		"Units", c.unitNames(units), "Date", c.date(due)))
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

// tellDue tells a unit of a day that was set. keys: trigger.told deadline.told deadline.extended
func (c *call) tellDue(key, unit string, t *plan.Task, due plan.Date, words string) error {
	return c.tellUnit(unit, func(c *call) chat.Markup {
		text := chat.Bold(c.t(key, "Number", t.Number, "Title", t.ShortTitle, "Date", c.date(due)))
		if words != "" {
			text += "\n" + c.quoted(words, 600)
		}
		return text
	})
}

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
	case t.Schedule.Kind == plan.KindTrigger:
		return refuse("refuse.use_trigger", "Number", t.Number, "Trigger", c.cmd("trigger"), "Date", c.date(due))
	case t.Schedule.Kind == plan.KindOngoing:
		return refuse("refuse.ongoing_deadline", "Number", t.Number, "Title", t.ShortTitle)
	case due < c.today:
		return refuse("refuse.past", "Date", c.date(due))
	}
	occs, err := c.tx.Occurrences(storage.Filter{Task: t.ID}, c.h.Location)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(occs, func(o *plan.Occurrence) bool { return o.Kind == plan.OccurrenceDated }) {
		return c.extendAll(t, occs, due, reason)
	}
	if c.standing&admin == 0 {
		return refuse("refuse.who.admin", "Command", c.commandName(c.row))
	}
	for _, u := range t.Leads {
		o := plan.Occurrence{
			TaskID: t.ID, Task: t.Number, Unit: u, Kind: plan.OccurrenceDated, Period: due.String(), Due: due,
		}
		if _, err := c.tx.AddOccurrence(&o, ""); err != nil {
			return err
		}
		if err := c.tellDue("deadline.told", u, t, due, reason); err != nil {
			return err
		}
	}
	_, err = c.say(c.t("deadline.done", "Number", t.Number, "Title", t.ShortTitle, "Date", c.date(due)))
	return err
}

// extendAll gives every unit's oldest open occurrence a later day.
func (c *call) extendAll(t *plan.Task, occs []*plan.Occurrence, due plan.Date, reason string) error {
	if err := c.decides(t.Leads, true); err != nil {
		return err
	}
	b := c.book(c.today)
	extended := 0
	for _, u := range t.Leads {
		mine := slices.DeleteFunc(slices.Clone(occs), func(o *plan.Occurrence) bool { return o.Unit != u })
		target, err := b.Target(mine, plan.InProgress, c.today)
		if errors.Is(err, plan.ErrAlreadyDone) || errors.Is(err, plan.ErrNoOccurrence) {
			continue
		}
		if err != nil {
			return err
		}
		if now := target.Occurrence.StatedDue(); due <= now {
			return refuse("refuse.not_later", "Date", c.date(due), "Now", c.date(now))
		}
		err = c.tx.Extend(target.Occurrence.ID, plan.Extension{Due: due, By: c.person.ID, At: c.now, Reason: reason})
		if err != nil {
			return err
		}
		if err := c.tellDue("deadline.extended", u, t, due, reason); err != nil {
			return err
		}
		extended++
	}
	if extended == 0 {
		return refuse("refuse.all_done", "Number", t.Number, "Title", t.ShortTitle)
	}
	_, err := c.say(c.t("deadline.extended", "Number", t.Number, "Title", t.ShortTitle, "Date", c.date(due)))
	return err
}

// closePlan asks before the plan is closed.
func (c *call) closePlan() error {
	if c.plan.Closed != 0 {
		return refuse("refuse.closed", "Year", c.plan.Year, "Date", c.date(c.plan.Closed))
	}
	return c.show(c.t("close.ask", "Title", c.plan.Title), []chat.Button{
		c.button("button.close", chat.Action{Verb: "close", Arg: "go"}),
		c.button("button.cancel", chat.Action{Verb: "close", Arg: "cancel"}),
	})
}

func (c *call) pressClose() error {
	if c.action.Arg != "go" {
		return c.show(c.t("close.cancelled"))
	}
	if err := c.tx.SetClosed(c.plan.ID, c.today); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "close", strconv.Itoa(c.plan.Year)); err != nil {
		return err
	}
	return c.show(c.t("close.done", "Title", c.plan.Title, "Date", c.date(c.today)))
}
