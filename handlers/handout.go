package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// planToGiveOut makes the plan of the year that the command names the call's
// own; without a year the newest, for next year's is given out before it
// begins.
func (c *call) planToGiveOut() error {
	if c.args == "" {
		c.plan = c.snap.Plans[0]
		return nil
	}
	return c.yearNamed()
}

// publishCommand gives the very plan out, whichever is the newest.
func (c *call) publishCommand(p *plan.Plan) string {
	return c.cmd(verbPublish) + " " + strconv.Itoa(p.Year)
}

// yearNamed makes the plan of the year that follows the command the call's own.
func (c *call) yearNamed() error {
	year, err := strconv.Atoi(c.args)
	if err != nil || year == 0 {
		return refuse("refuse.form.year", "Command", c.commandName(c.row), "Year", c.plan.Year)
	}
	return c.useYear(year)
}

// whoHears lists the units that there is something to send to, and those with
// tasks that cannot be sent to.
func (c *call) whoHears() (chats, without []string, err error) {
	for _, u := range c.snap.Roster.Units { // also those that have no task left
		if _, ok := c.snap.Chats[u.Code]; !ok {
			continue
		}
		_, told, err := c.changesFor(u)
		if err != nil {
			return nil, nil, err
		}
		if len(told) > 0 {
			chats = append(chats, u.ShortName())
		}
	}
	for _, u := range c.unitsWithTasks() {
		if _, ok := c.snap.Chats[u.Code]; !ok {
			without = append(without, u.ShortName())
		}
	}
	return chats, without, nil
}

// changesFor is what the unit was not told yet, and the tasks that it is then
// told of: those that are new or changed, and those that are no longer its own.
func (c *call) changesFor(u plan.Unit) (text chat.Markup, told []*plan.Task, err error) {
	before, err := c.tx.Handouts(c.plan.ID, u.Code)
	if err != nil {
		return "", nil, err
	}
	fresh := func(t *plan.Task) bool { return before[t.ID] != handoutMark(t, u.Code) }
	text, n := c.handoutText(u, fresh, handoutTitle(before))
	var gone []string
	for _, t := range slices.Concat(c.plan.Tasks, c.plan.Ended) {
		said, known := before[t.ID]
		switch mine := t.Ended == 0 && t.Concerns(u.Code); {
		case mine:
			told = append(told, t)
		case known && said != markGone:
			told = append(told, t)
			gone = append(gone, strconv.Itoa(t.Number))
		}
	}
	if len(gone) > 0 {
		text = join(text, c.t("handout.gone", "List", strings.Join(gone, ", ")))
	}
	if n+len(gone) == 0 {
		return "", nil, nil
	}
	return text, told, nil
}

// markGone is the mark of a task that the unit was told is no longer its own.
const markGone = "gone"

// handoutMark is a fingerprint of what a unit is told of a task.
func handoutMark(t *plan.Task, unit string) string {
	if t.Ended != 0 || !t.Concerns(unit) {
		return markGone
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{
		t.Content, t.Schedule.Phrase, strconv.FormatBool(t.LeadBy(unit)),
	}, "\x00")))
	return hex.EncodeToString(sum[:8])
}
