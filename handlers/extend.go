package handlers

import (
	"errors"
	"slices"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// A wish is a request for a later day as it is being made.
type wish struct {
	task   *plan.Task
	unit   string // if it was chosen, else found from the task
	due    plan.Date
	reason string
}

// extend handles /extend 15 30/06/2024 reason. What is missing is asked for.
func (c *call) extend() error {
	if c.args == "" {
		return c.offerExtensions()
	}
	t, rest, err := c.decidedTask()
	if err != nil {
		return err
	}
	return c.wish(wish{task: t}, rest)
}

// pressExtend goes on with a chosen task or unit.
func (c *call) pressExtend() error {
	if len(c.action.Tasks) == 0 {
		return c.offerExtensions()
	}
	t := c.plan.Task(c.action.Tasks[0])
	if t == nil {
		return c.dead()
	}
	return c.wish(wish{task: t, unit: c.action.Unit}, c.action.Arg)
}

// replyExtend goes on with the words that the bot asked for. A day that was
// given before stands, unless the reply begins with another.
func (c *call) replyExtend() error {
	t := c.plan.Task(c.action.Tasks[0])
	if t == nil {
		return c.dead()
	}
	words := c.args
	if before, _, _, err := cutDay(words); c.action.Key != 0 && (err != nil || before != "") {
		words = c.date(plan.Date(c.action.Key)) + " " + words
	}
	return c.wish(wish{task: t, unit: c.action.Unit}, words)
}

// wish reads day and reason, chooses the unit and asks for what is missing.
func (c *call) wish(w wish, words string) error {
	chosen := word{tasks: []*plan.Task{w.task}, unit: w.unit, note: words, at: c.in.At}
	if err := c.chooseUnit(&chosen); err != nil || chosen.unit == "" {
		return err
	}
	w.unit = chosen.unit
	o, err := c.extensible(w.task, w.unit)
	if err != nil {
		return err
	}
	if words == "" {
		return c.askExtension(w, o)
	}
	before, due, after, err := cutDay(words)
	if err != nil {
		return err
	}
	w.due, w.reason = due, strings.TrimSpace(before+" "+after)
	if err := c.checkLater(o, due); err != nil {
		return err
	}
	if w.reason == "" {
		return c.askExtension(w, o)
	}
	return c.request(w, o)
}

// extensible is the occurrence of the task that the unit may ask a later day
// for: of several that are open, the oldest.
func (c *call) extensible(t *plan.Task, unit string) (*plan.Occurrence, error) {
	occs, err := c.tx.Occurrences(storage.Filter{Task: t.ID, Unit: unit}, c.h.Location)
	if err != nil {
		return nil, err
	}
	dated := slices.DeleteFunc(occs, func(o *plan.Occurrence) bool { return o.Kind != plan.OccurrenceDated })
	target, err := c.book(c.today).Target(dated, plan.InProgress, c.today)
	switch {
	case errors.Is(err, plan.ErrAlreadyDone):
		return nil, refuse("refuse.all_done", "Number", c.number(c.plan, t), "Title", t.ShortTitle)
	case errors.Is(err, plan.ErrNoOccurrence) && t.Schedule.Kind == plan.KindOngoing:
		return nil, refuse("refuse.extend_ongoing", "Number", c.number(c.plan, t), "Title", t.ShortTitle, "Blocked", c.cmd(verbBlocked))
	case errors.Is(err, plan.ErrNoOccurrence):
		return nil, refuse("refuse.extend_undated", "Number", c.number(c.plan, t), "Title", t.ShortTitle,
			"Phrase", chat.Line(t.Schedule.Phrase), "Office", c.office())
	case err != nil:
		return nil, err
	}
	switch r, waits, err := c.waitingFor(t, target.Occurrence); {
	case err != nil:
		return nil, err
	case waits:
		return nil, refuse("refuse.extend_waiting", "Number", c.number(c.plan, t), "Date", c.date(r.Due), "At", c.moment(r.At))
	}
	return target.Occurrence, nil
}

// waitingFor returns the request that waits for the occurrence, if one does.
func (c *call) waitingFor(t *plan.Task, o *plan.Occurrence) (storage.ExtensionRequest, bool, error) {
	list, err := c.tx.ExtensionRequests(t.ID)
	i := slices.IndexFunc(list, func(r storage.ExtensionRequest) bool {
		return r.Outcome == storage.RequestWaiting && r.Unit == o.Unit && r.Period == o.Period
	})
	if i < 0 {
		return storage.ExtensionRequest{}, false, err
	}
	return list[i], true, err
}

// checkLater refuses a day that is past, or that is no later than the one that
// decides now.
func (c *call) checkLater(o *plan.Occurrence, due plan.Date) error {
	now := max(o.StatedDue(), c.book(c.today).EffectiveDue(o))
	switch {
	case due < c.today:
		return refuse("refuse.past", "Date", c.date(due))
	case due <= now:
		return refuse("refuse.not_later", "Date", c.date(due), "Now", c.date(now))
	}
	return nil
}

// askExtension asks for day and reason, or for the reason alone.
func (c *call) askExtension(w wish, o *plan.Occurrence) error {
	if c.in.Kind == chat.InPress && c.action.Arg != "" {
		if err := c.tx.DropButtons(c.pressed); err != nil { // the unit is chosen
			return err
		}
	}
	key, placeholder := "extend.ask", c.t("extend.ask_placeholder")
	if w.due != 0 {
		key, placeholder = "extend.ask_reason", c.t("extend.reason_placeholder")
	}
	// keys: extend.ask extend.ask_reason
	return c.ask(c.t(key, "Number", c.number(c.plan, w.task), "Title", w.task.ShortTitle, "Now", c.dueOf(o), "Date", c.date(w.due)),
		placeholder, chat.Action{
			Verb: verbExtend, Plan: c.plan.ID, Tasks: []int{w.task.Number}, Unit: w.unit, Key: int64(w.due),
		})
}

// dueOf is the day that an occurrence has now, with the effective one where
// that differs.
func (c *call) dueOf(o *plan.Occurrence) chat.Markup {
	return chat.Markup(c.date(o.StatedDue())) + c.effective(o)
}

// effective is the day after which an occurrence is late, in brackets, where it
// is another than the stated one.
func (c *call) effective(o *plan.Occurrence) chat.Markup {
	e := c.book(c.today).EffectiveDue(o)
	if e == o.StatedDue() {
		return ""
	}
	return c.t("task.effective", "Weekday", c.weekday(o.StatedDue()), "Date", c.words.DayMonth(e))
}

// request stores the wish and puts it before those who decide.
func (c *call) request(w wish, o *plan.Occurrence) error {
	places, err := c.deciders(w.unit)
	if err != nil {
		return err
	}
	if len(places) == 0 {
		return c.nobodyDecides(w)
	}
	if err := c.tx.KeepName(c.person.ID, called(c.in.From)); err != nil {
		return err
	}
	r := storage.ExtensionRequest{
		Task: w.task.ID, Unit: w.unit, Period: o.Period, Due: w.due, Reason: w.reason,
		Person: c.person.ID, Place: c.in.Chat.Place, At: c.now.Truncate(time.Millisecond),
	}
	if err := c.tx.AddExtensionRequest(&r); err != nil {
		return err
	}
	for _, p := range places {
		if err := c.to(p.Chat).putBefore(p, w.task, o, r); err != nil {
			return err
		}
	}
	if c.in.Kind == chat.InPress {
		if err := c.tx.DropButtons(c.pressed); err != nil {
			return err
		}
	}
	_, err = c.say(join(
		chat.Bold(c.t("extend.sent", "Number", c.number(c.plan, w.task), "Date", c.date(w.due))),
		chat.Escape(w.task.ShortTitle),
		chat.Escape(c.unitName(w.unit))+" · "+c.t("extend.now", "Due", c.dueOf(o)),
		c.quoted(w.reason, 200),
		c.t("extend.until_then"),
	), []chat.Button{c.button("button.undo", chat.Action{Verb: verbUndo, Arg: verbExtend, Key: r.ID})})
	return err
}

// nobodyDecides tells the asker and the admins that nobody who may decide can
// be reached.
func (c *call) nobodyDecides(w wish) error {
	err := c.tellAdmins(func(c *call) (chat.Markup, [][]chat.Button) {
		return c.t("extend.nobody_told", "Number", c.number(c.plan, w.task), "Title", w.task.ShortTitle,
			"Unit", c.unitName(w.unit), "Date", c.date(w.due)) + "\n" + c.quoted(w.reason, 600), nil
	})
	if err != nil {
		return err
	}
	_, err = c.say(c.t("extend.nobody", "Number", c.number(c.plan, w.task), "Office", c.office()))
	return err
}

// offerExtensions answers a bare command with the open dated tasks of the
// units that the person reports for.
func (c *call) offerExtensions() error {
	var offers []offer
	for _, u := range c.reports {
		list, err := c.openTasks(u, plan.InProgress)
		if err != nil {
			return err
		}
		offers = append(offers, slices.DeleteFunc(list, func(o offer) bool {
			return o.occ.Kind != plan.OccurrenceDated
		})...)
	}
	if len(offers) == 0 {
		return c.show(c.t("extend.nothing", "Tasks", c.cmd(verbTasks)))
	}
	return c.showOffers(offers)
}
