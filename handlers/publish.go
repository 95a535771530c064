package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// publish shows what will go where, and asks.
func (c *call) publish() error {
	if err := c.planToGiveOut(); err != nil {
		return err
	}
	if c.plan.Closed != 0 {
		return c.refuseClosed()
	}
	chats, without, err := c.whoHears()
	if err != nil {
		return err
	}
	var unlinked chat.Markup
	if len(without) > 0 {
		unlinked = "\n" + c.n("publish.without", len(without), "List", some(without, 12))
	}
	if c.plan.Published != 0 && len(chats) == 0 {
		return c.show(c.t("publish.nothing", "Units", "/units") + unlinked)
	}
	lines := []chat.Markup{
		chat.Bold(c.t("publish.title", "Title", c.plan.Title)),
		c.decision(c.plan),
		c.n("publish.chats", len(chats), "List", some(chats, 12)) + unlinked,
	}
	if c.plan.Published != 0 {
		lines = append(lines, c.t("publish.again", "Date", c.date(c.plan.Published)))
	}
	return c.show(join(lines...), []chat.Button{
		c.button("button.publish", chat.Action{Verb: verbPublish, Arg: "go"}),
		c.button("button.preview", chat.Action{Verb: verbPublish, Arg: "preview"}),
		c.button("button.cancel", chat.Action{Verb: verbPublish, Arg: "cancel"}),
	})
}

// pressPublish handles the buttons under the question.
func (c *call) pressPublish() error {
	if c.plan.Closed != 0 {
		return c.refuseClosed()
	}
	switch {
	case c.action.Arg == "preview":
		return c.previewHandouts()
	case c.action.Arg == "cancel":
		return c.show(c.t("publish.cancelled"))
	case c.action.Arg == "go" && c.stale():
		return c.show(c.t("publish.stale", "Year", c.plan.Year), []chat.Button{
			c.button("button.publish_anyway", chat.Action{Verb: verbPublish, Arg: "sure"}),
			c.button("button.cancel", chat.Action{Verb: verbPublish, Arg: "cancel"}),
		})
	case !c.hours().Allowed(c.now):
		at, err := c.putOff(c.action)
		if err != nil {
			return err
		}
		return c.show(c.t("publish.later", "At", at))
	}
	return c.giveOut()
}

// giveOut gives the plan to every linked unit; to a unit that had it before,
// only what changed.
func (c *call) giveOut() error {
	if c.plan.Published == 0 {
		if err := c.tx.SetPublished(c.plan.ID, c.today); err != nil {
			return err
		}
		if err := c.reload(); err != nil {
			return err
		}
	}
	sent := 0
	for _, u := range c.snap.Roster.Units { // also those that have no task left
		place, ok := c.snap.Chats[u.Code]
		if !ok {
			continue
		}
		told, err := c.to(place.Chat).handOut(u, place)
		if err != nil {
			return err
		}
		if told {
			sent++
		}
	}
	if err := c.tx.Trail(c.now, c.person.ID, "publish", strconv.Itoa(c.plan.Year)); err != nil {
		return err
	}
	if sent == 0 {
		return c.show(c.t("publish.nothing", "Units", "/units"))
	}
	return c.show(c.n("publish.sent", sent, "Date", c.date(c.today), "Units", "/units"))
}

// handOut sends the unit its tasks, or what changed since it was last told,
// with a button to take note. It reports whether there was anything to send.
func (c *call) handOut(u plan.Unit, place chat.Place) (bool, error) {
	text, told, err := c.changesFor(u)
	if err != nil || len(told) == 0 {
		return false, err
	}
	return true, c.deliver(u, place, text, told)
}

// deliver sends the unit what it is told of the tasks, with a button to take
// note.
func (c *call) deliver(u plan.Unit, place chat.Place, text chat.Markup, told []*plan.Task) error {
	for _, t := range told {
		if err := c.tx.SetHandout(t.ID, u.Code, handoutMark(t, u.Code), c.now); err != nil {
			return err
		}
	}
	receipt, err := c.tx.AddReceipt(c.plan.ID, u.Code, c.now)
	if err != nil {
		return err
	}
	_, err = c.send(chat.Outgoing{To: place, Priority: chat.Answer, Buttons: [][]chat.Button{{c.receiveButton(u, receipt)}}}, text)
	return err
}

// receiveButton is what the unit takes note by.
func (c *call) receiveButton(u plan.Unit, receipt int64) chat.Button {
	return c.button("button.receive", chat.Action{Verb: "receive", Unit: u.Code, Key: receipt})
}

// The titles of a hand-out: the first, what changed since, and the list that a
// chat sees before the plan is given out.
const (
	titleGiven   = "handout.title"
	titleChanges = "handout.changes"
	titleAhead   = "handout.ahead"
)

func handoutTitle(before map[int64]string) string {
	if len(before) > 0 {
		return titleChanges
	}
	return titleGiven
}

// handoutText says what the unit leads, what it cooperates on, and how it
// reports. A list that is longer than a screen is folded.
func (c *call) handoutText(u plan.Unit, include func(*plan.Task) bool, title string) (chat.Markup, int) {
	var leads []chat.Markup
	var cooperates []string
	ongoing := false
	var first *plan.Task
	for _, t := range c.plan.Tasks {
		if !t.Concerns(u.Code) || !include(t) {
			continue
		}
		if !t.LeadBy(u.Code) {
			cooperates = append(cooperates, strconv.Itoa(t.Number))
			continue
		}
		ongoing = ongoing || t.Schedule.Kind == plan.KindOngoing
		first = cmp.Or(first, t)
		leads = append(leads, chat.Markup(strconv.Itoa(t.Number))+" · "+chat.Escape(t.ShortTitle)+" · "+
			chat.Escape(chat.Line(t.Schedule.Phrase))+c.dueDays(t))
	}
	n := len(leads) + len(cooperates)
	lines := []chat.Markup{
		chat.Bold(c.t(title, "Title", c.plan.Title, "Year", c.plan.Year)),
		c.decision(c.plan) + " · " + chat.Escape(u.Name), "",
	}
	if len(leads) > 0 {
		lines = append(lines, chat.Bold(c.n("handout.leads", len(leads))))
		if len(leads) > tasksPage {
			lines = append(lines, chat.Quote(join(leads...)))
		} else {
			lines = append(lines, leads...)
		}
	}
	if len(cooperates) > 0 {
		lines = append(lines, c.t("handout.cooperates", "List", strings.Join(cooperates, ", ")))
	}
	if ongoing {
		lines = append(lines, "", c.ongoingLine())
	}
	if first != nil {
		lines = append(lines, c.howToReport(first))
	}
	return join(lines...), n
}

// ongoingLine says on which days ongoing tasks are reported.
func (c *call) ongoingLine() chat.Markup {
	var closes []string
	for _, d := range c.plan.Settings.Closings {
		closes = append(closes, closingDay(d))
	}
	return c.t("handout.ongoing", "CheckIn", c.cmd(verbCheckIn), "Days", strings.Join(closes, ", "))
}

// howToReport names the commands, with the task as their example; of a plan that
// is given out before its year begins they need the year.
func (c *call) howToReport(t *plan.Task) chat.Markup {
	return c.t("handout.how", "Done", c.cmd(verbDone), "Doing", c.cmd(verbDoing),
		"Blocked", c.cmd(verbBlocked), "Tasks", c.cmd(verbTasks), "Number", c.number(c.plan, t))
}

// dueDays is the day that a phrase means, behind it; of several days, or one
// that the phrase itself names, none: the phrase says enough.
func (c *call) dueDays(t *plan.Task) chat.Markup {
	if len(t.Schedule.Due) != 1 || strings.Contains(t.Schedule.Phrase, c.date(t.Schedule.Due[0])) {
		return ""
	}
	return " (" + chat.Markup(c.date(t.Schedule.Due[0])) + ")"
}

// decision names the document that issued the plan.
func (c *call) decision(p *plan.Plan) chat.Markup {
	if p.Number == "" {
		return chat.Escape(p.Title)
	}
	return c.t("paper."+string(p.Paper()), "Number", p.Number, "Date", c.date(p.Date)) // keys: paper.*
}

// unitsWithTasks lists the units that lead something or cooperate on it.
func (c *call) unitsWithTasks() []plan.Unit {
	var out []plan.Unit
	for _, u := range c.snap.Roster.Units {
		for _, t := range c.plan.Tasks {
			if t.Concerns(u.Code) {
				out = append(out, u)
				break
			}
		}
	}
	return out
}

// previewHandouts shows the admin every message as its unit would get it.
func (c *call) previewHandouts() error {
	out := chat.Outgoing{To: c.in.Chat.Place, Priority: chat.Answer}
	for _, u := range c.snap.Roster.Units {
		text, told, err := c.changesFor(u)
		if err != nil {
			return err
		}
		if len(told) == 0 {
			continue
		}
		if _, err := c.send(out, text); err != nil {
			return err
		}
	}
	return nil
}

// receive records who took note of a hand-out, and when. The unit's chat may be
// another by now, and the person another unit's.
func (c *call) receive() error {
	if !slices.Contains(c.reads, c.action.Unit) {
		return c.dead()
	}
	first, err := c.tx.SignReceipt(c.action.Key, c.person.ID, c.in.At)
	if err != nil {
		return err
	}
	if !first {
		return c.answer(c.t("receive.before"), false)
	}
	if err := c.tx.KeepName(c.person.ID, called(c.in.From)); err != nil {
		return err
	}
	if err := c.answer(c.t("receive.done"), false); err != nil {
		return err
	}
	return c.tx.DropButtons(c.pressed)
}
