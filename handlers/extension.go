package handlers

import (
	"cmp"
	"errors"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// deciders are the places where those are who may decide on a later day for
// the unit: the directors in private and in the leadership's chat, and the
// admins if the plan says so and the work is not the office's own. Nobody
// decides for a unit that he heads.
func (c *call) deciders(unit string) ([]chat.Place, error) {
	var places []chat.Place
	add := func(p chat.Place) {
		if rec, err := c.tx.Chat(p.Chat); err == nil && !rec.Gone && !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	directors, err := c.tx.WithRole(plan.Director)
	if err != nil {
		return nil, err
	}
	directors = slices.DeleteFunc(directors, func(p plan.Person) bool { return p.Heads(unit) })
	for _, u := range c.snap.Roster.Units {
		if place, ok := c.snap.Chats[u.Code]; ok && u.Kind == plan.UnitLeadership && len(directors) > 0 {
			add(place)
		}
	}
	for _, p := range directors {
		add(chat.Place{Chat: p.ID})
	}
	if u, _ := c.snap.Roster.Unit(unit); u.Kind == plan.UnitOffice || !c.plan.Settings.AdminsExtend {
		return places, nil
	}
	admins, err := c.tx.WithRole(plan.Admin)
	for _, p := range admins {
		if !p.Heads(unit) {
			add(chat.Place{Chat: p.ID})
		}
	}
	return places, err
}

// putBefore shows the request where it can be decided.
func (c *call) putBefore(place chat.Place, t *plan.Task, o *plan.Occurrence, r storage.ExtensionRequest) error {
	text := join(
		chat.Bold(c.t("extend.put", "Number", c.number(c.plan, t), "Date", c.date(r.Due))),
		chat.Escape(t.ShortTitle),
		chat.Escape(c.unitName(r.Unit))+" · "+chat.Escape(c.personName(r.Person))+", "+c.moment(r.At),
		chat.Markup(capital(string(c.t("extend.now", "Due", c.dueOf(o)))))+" · "+c.n("extend.which", len(o.Extensions)+1),
		c.quoted(r.Reason, 1000),
		c.t("extend.see", "Command", c.tappable(t.Number)),
	)
	id, err := c.send(chat.Outgoing{To: place, Priority: chat.Answer, Buttons: [][]chat.Button{{
		c.button("button.agree", chat.Action{Verb: verbAnswer, Key: r.ID, Arg: "yes"}),
		c.button("button.disagree", chat.Action{Verb: verbAnswer, Key: r.ID, Arg: "no"}),
	}}}, text)
	if err != nil {
		return err
	}
	return c.tx.AddExtensionMessage(r.ID, storage.ExtensionMessage{Outbox: id, Chat: place.Chat})
}

// answerExtension decides a request: the first who presses does.
func (c *call) answerExtension() error {
	r, err := c.tx.ExtensionRequest(c.action.Key)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return c.dead()
	case err != nil:
		return err
	case r.Outcome != storage.RequestWaiting:
		return c.answer(c.requestState(r), true)
	}
	if err := c.decidesExtension([]string{r.Unit}); err != nil {
		return err
	}
	t := c.taskByID(r.Task)
	o, err := c.requested(r)
	if err != nil {
		return err
	}
	outcome := storage.RequestRefused
	switch {
	case t == nil || o == nil || o.Passed || o.Status() == plan.Done || o.StatedDue() >= r.Due:
		outcome = storage.RequestVoid
	case c.action.Arg == "yes":
		outcome = storage.RequestGranted
		err = c.tx.Extend(o.ID, plan.Extension{Was: o.StatedDue(), Due: r.Due, By: c.person.ID, At: c.now, Reason: r.Reason})
	}
	if err != nil {
		return err
	}
	if err := c.tx.SettleExtensionRequest(&r, outcome, c.person.ID, c.now); err != nil {
		return err
	}
	if err := c.answer(c.requestState(r), outcome == storage.RequestVoid); err != nil {
		return err
	}
	if err := c.tellOutcome(r); err != nil || len(c.action.Tasks) == 0 {
		return err
	}
	return c.taskCard(t) // on which it was decided
}

// decidesExtension refuses who may not give the units a later day: an admin may
// only if the plan says so.
func (c *call) decidesExtension(units []string) error {
	if c.person.Role != plan.Director && !c.plan.Settings.AdminsExtend {
		return refuse("refuse.directors_extend")
	}
	return c.decides(units, true)
}

// requested is the occurrence that a request is about, or nil if it is gone:
// the task went to another unit, or its unit became part of one.
func (c *call) requested(r storage.ExtensionRequest) (*plan.Occurrence, error) {
	occs, err := c.tx.Occurrences(storage.Filter{Task: r.Task, Unit: r.Unit}, c.h.Location)
	for _, o := range occs {
		if o.Period == r.Period {
			return o, err
		}
	}
	return nil, err
}

// tellOutcome shows what became of a request wherever it stands, and tells the
// unit and who asked.
func (c *call) tellOutcome(r storage.ExtensionRequest) error {
	messages, err := c.tx.ExtensionMessages(r.ID)
	if err != nil {
		return err
	}
	for _, m := range messages {
		there := c.to(m.Chat)
		out := chat.Outgoing{Kind: chat.OutEdit, Priority: chat.Answer, Edits: m.Outbox}
		text := there.outcome(r)
		if m.Outbox == c.pressed && r.Outcome == storage.RequestRefused {
			text += "\n" + there.t("extend.why")
			out.OnReply = &chat.Action{Verb: verbAnswer, Plan: c.plan.ID, Key: r.ID}
		}
		out.Text = string(text)
		if _, err := c.tx.Enqueue(out); err != nil {
			return err
		}
	}
	return c.tellAsker(r, func(c *call) chat.Markup { return c.outcome(r) })
}

// tellAsker writes to the chat of the unit and to where the request was made,
// unless that is the private chat of somebody who speaks for the unit no longer.
func (c *call) tellAsker(r storage.ExtensionRequest, message func(*call) chat.Markup) error {
	asker, err := c.tx.Person(r.Person)
	if err != nil {
		return err
	}
	var places []chat.Place
	if r.Place.Chat != r.Person || asker.Role != plan.NoRole || asker.Heads(c.successor(r.Unit)) {
		places = append(places, r.Place)
	}
	if p, ok := c.snap.Chats[r.Unit]; ok && p != r.Place {
		places = append(places, p)
	}
	for _, p := range places {
		if _, err := c.send(chat.Outgoing{To: p, Priority: chat.Answer}, message(c.to(p.Chat))); err != nil {
			return err
		}
	}
	return nil
}

// outcome says in full what became of a request.
func (c *call) outcome(r storage.ExtensionRequest) chat.Markup {
	lines := []chat.Markup{chat.Bold(c.requestState(r))}
	if t := c.taskByID(r.Task); t != nil {
		lines = append(lines, chat.Escape(t.ShortTitle))
	}
	line := chat.Escape(c.unitName(r.Unit))
	if o, err := c.requested(r); err == nil && o != nil {
		line += " · " + c.t("extend.plan_day", "Date", c.date(o.Due))
		if n := len(o.Extensions); n > 0 {
			line += " · " + c.n("extend.which", n)
		}
	}
	lines = append(lines, line, c.quoted(r.Reason, 200))
	if r.SettledBy != 0 && r.Outcome != storage.RequestWithdrawn {
		lines = append(lines, chat.Escape(c.personName(r.SettledBy))+", "+c.moment(r.SettledAt))
	}
	return join(lines...)
}

// requestState says in one line how a request stands. keys: extend.waits extend.granted extend.refused
// keys: extend.withdrawn extend.void
func (c *call) requestState(r storage.ExtensionRequest) chat.Markup {
	key := "extend." + cmp.Or(string(r.Outcome), "waits")
	number := ""
	t := c.taskByID(r.Task)
	if t != nil {
		number = c.number(c.planOf(t), t)
	}
	o, err := c.requested(r)
	if r.Outcome == storage.RequestVoid && t != nil && err == nil {
		key += voidCause(r, t, o)
	}
	args := []any{"Number", number, "Date", c.date(r.Due), "At", c.moment(r.At), "Now", ""}
	if o != nil {
		args[len(args)-1] = c.date(o.StatedDue())
	}
	return c.t(key, args...)
}

// voidCause names what left a request nothing to extend; nothing if it is gone
// for a reason of the plan's own.
// keys: extend.void_ended extend.void_gone extend.void_done extend.void_later
func voidCause(r storage.ExtensionRequest, t *plan.Task, o *plan.Occurrence) string {
	switch {
	case t.Ended != 0:
		return "_ended"
	case !t.LeadBy(r.Unit):
		return "_gone"
	case o == nil:
		return ""
	case o.Status() == plan.Done:
		return "_done"
	case o.StatedDue() >= r.Due:
		return "_later"
	}
	return ""
}

// explainRefusal handles the reply of who refused: why, in his words.
func (c *call) explainRefusal() error {
	r, err := c.tx.ExtensionRequest(c.action.Key)
	if err != nil {
		return err
	}
	if r.Outcome != storage.RequestRefused || r.SettledBy != c.person.ID || c.args == "" {
		return nil // talk below the message
	}
	if err := c.tx.ExplainRefusal(r.ID, c.args); err != nil {
		return err
	}
	t := c.taskByID(r.Task)
	if t == nil {
		return nil
	}
	r.Refusal = c.args
	err = c.tellAsker(r, func(c *call) chat.Markup {
		return chat.Bold(c.t("extend.why_told", "Number", c.number(c.plan, t), "Title", t.ShortTitle)) + "\n" +
			c.quoted(r.Refusal, 3000)
	})
	if err != nil {
		return err
	}
	_, err = c.say(c.t("extend.why_sent", "Unit", c.unitName(r.Unit)))
	return err
}

// withdrawExtension takes a waiting request back.
func (c *call) withdrawExtension(r storage.ExtensionRequest) error {
	if !c.mayReport(c.successor(r.Unit)) {
		return refuse("refuse.undo_nothing")
	}
	if err := c.tx.SettleExtensionRequest(&r, storage.RequestWithdrawn, c.person.ID, c.now); err != nil {
		return err
	}
	if err := c.tellOutcome(r); err != nil {
		return err
	}
	if r.Place == c.in.Chat.Place || c.snap.Chats[r.Unit] == c.in.Chat.Place {
		return nil // told with the others
	}
	_, err := c.say(c.outcome(r))
	return err
}

// pressUndoExtension takes back the very request that the button stands under,
// whatever its sender has reported since, and however long it has waited: no
// other can be made while it waits.
func (c *call) pressUndoExtension() error {
	r, err := c.tx.ExtensionRequest(c.action.Key)
	switch {
	case err != nil:
		return err
	case r.Person != c.person.ID:
		return refuse("refuse.undo_not_last")
	case r.Outcome != storage.RequestWaiting:
		return errors.Join(c.tx.DropButtons(c.pressed), c.answer(c.requestState(r), true))
	}
	if err := c.withdrawExtension(r); err != nil {
		return err
	}
	return c.tx.DropButtons(c.pressed)
}
