package handlers

import (
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// Letters that the content of an added task may have, and the last number that
// a task may bear.
const (
	maxContent = 2000
	maxNumber  = 9999
)

// add handles /add UNIT deadline; content: a task outside the plan.
func (c *call) add() error {
	if c.plan.Closed != 0 {
		return c.refuseClosed()
	}
	if c.args == "" {
		return c.ask(c.t("add.ask"), c.t("add.ask_placeholder"), chat.Action{Verb: "add", Plan: c.plan.ID})
	}
	t, err := c.readTask(c.args)
	if err != nil {
		return err
	}
	if err := c.tx.AddTask(c.plan, t, c.today); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "add", strconv.Itoa(c.plan.Year)+"/"+strconv.Itoa(t.Number)); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	given, without, err := c.giveAdded(t)
	if err != nil {
		return err
	}
	lines := []chat.Markup{
		chat.Bold(c.t("add.done", "Number", c.number(c.plan, t), "Title", t.ShortTitle)),
		c.t("task.leads", "Leads", c.unitNames(t.Leads)),
		c.t("task.deadline", "Phrase", chat.Line(t.Schedule.Phrase)) + c.dueDays(t),
	}
	switch {
	case c.plan.Published == 0:
		lines = append(lines, c.t("add.later", "Publish", c.publishCommand(c.plan)))
	case len(given) > 0:
		lines = append(lines, c.n("add.sent", len(given), "List", some(given, 12)))
	}
	if c.plan.Published != 0 && len(without) > 0 {
		lines = append(lines, c.n("publish.without", len(without), "List", some(without, 12)))
	}
	_, err = c.say(join(lines...))
	return err
}

// readTask makes a task of "UNIT deadline; content".
func (c *call) readTask(words string) (*plan.Task, error) {
	head, content, found := strings.Cut(words, ";")
	content = strings.TrimSpace(content)
	if !found || content == "" || strings.TrimSpace(head) == "" {
		return nil, refuse("refuse.form.add", "Command", c.cmd("add"))
	}
	if chat.Length(content) > maxContent {
		return nil, refuse("refuse.add_long", "Limit", maxContent)
	}
	if last := c.plan.Tasks[len(c.plan.Tasks)-1].Number; last >= maxNumber {
		return nil, refuse("refuse.add_full", "Last", last)
	}
	cell, units, phrase := cutUnits(c.snap.Roster, head)
	phrase = strings.TrimSpace(phrase)
	t := &plan.Task{
		Group: -1, Content: content, ShortTitle: plan.ShortTitle(content),
		LeadText: cell, Leads: units, Schedule: plan.ReadDeadline(strings.TrimLeft(phrase, " ,"), c.plan.Year),
	}
	switch {
	case strings.Trim(phrase, " ,") == "":
		return nil, refuse("refuse.form.add", "Command", c.cmd("add"))
	case len(units) == 0:
		return nil, c.refuseUnit(unknownUnit(c.snap.Roster, head, c.plan.Year))
	case t.Schedule.Kind == plan.KindUnknown && strings.ContainsAny(phrase[:1], ",;"):
		return nil, c.refuseUnit(unknownUnit(c.snap.Roster, strings.TrimLeft(phrase, " ,;"), c.plan.Year))
	case t.Schedule.Kind == plan.KindUnknown:
		return nil, refuse("refuse.add_phrase", "Phrase", chat.Cut(chat.Line(phrase), 60))
	}
	if len(c.plan.Occurrences(t)) > 0 && len(c.plan.OccurrencesFrom(t, c.today)) == 0 {
		if t.Schedule.Kind == plan.KindOngoing {
			return nil, refuse("refuse.add_windows", "Year", c.plan.Year)
		}
		return nil, refuse("refuse.past", "Date", c.date(t.Schedule.Due[len(t.Schedule.Due)-1]))
	}
	return t, nil
}

// cutUnits splits a text after the longest beginning that names units, apart by
// commas, or a collective; the rest may begin with a comma. Without such a
// beginning no units come back.
func cutUnits(r *plan.Roster, text string) (cell string, units []string, rest string) {
	for _, end := range slices.Backward(wordEnds(text)) {
		codes, unknown := r.Resolve(text[:end])
		if len(codes) > 0 && len(unknown) == 0 {
			cell = strings.TrimRight(text[:end], " ,;\n")
			return cell, codes, text[len(cell):]
		}
	}
	return "", nil, text
}

// unknownUnit is what stands where a unit should: all before the longest end
// of the text that reads as a deadline.
func unknownUnit(r *plan.Roster, text string, year int) string {
	name := text
	for _, end := range wordEnds(text) {
		if plan.ReadDeadline(text[end:], year).Kind != plan.KindUnknown {
			name = text[:end]
			break
		}
	}
	if _, unknown := r.Resolve(name); len(unknown) > 0 {
		name = unknown[0]
	}
	return strings.TrimSpace(name)
}

// maxUnitWords bounds the work on a text that begins with no unit.
const maxUnitWords = 200

// wordEnds are the places at which words of the text end.
func wordEnds(text string) []int {
	var ends []int
	for i, r := range text {
		if (r == ' ' || r == '\n') && i > 0 && len(ends) < maxUnitWords {
			ends = append(ends, i)
		}
	}
	return append(ends, len(text))
}

// giveAdded hands the task to its units, if the plan is given out, and returns
// the units that got it and those that have no chat.
func (c *call) giveAdded(t *plan.Task) (given, without []string, err error) {
	for _, code := range t.Leads {
		u, _ := c.snap.Roster.Unit(code)
		place, ok := c.snap.Chats[code]
		if !ok {
			without = append(without, u.ShortName())
			continue
		}
		if c.plan.Published == 0 {
			continue
		}
		there := c.to(place.Chat)
		if err := there.deliver(u, place, there.addedText(t, u), []*plan.Task{t}); err != nil {
			return nil, nil, err
		}
		given = append(given, u.ShortName())
	}
	return given, without, nil
}

// addedText is the hand-out of one task outside the plan.
func (c *call) addedText(t *plan.Task, u plan.Unit) chat.Markup {
	lines := []chat.Markup{
		chat.Bold(c.t("add.title", "Number", c.number(c.plan, t), "Title", t.ShortTitle)),
		c.t("add.outside", "Year", c.plan.Year) + " · " + chat.Escape(u.Name),
		chat.Quote(chat.Escape(t.Content)),
		c.t("task.deadline", "Phrase", chat.Line(t.Schedule.Phrase)) + c.dueDays(t),
	}
	if t.Schedule.Kind == plan.KindOngoing {
		lines = append(lines, c.ongoingLine())
	}
	if len(t.Leads) > 1 {
		lines = append(lines, c.t("task.leads", "Leads", c.leads(t)))
	}
	return join(append(lines, c.howToReport(t))...)
}
