package handlers

import (
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// nudgeText is the reminder that a unit gets, with the buttons of the
// calendar's own.
func (c *call) nudgeText(unit string, occs []*plan.Occurrence) (chat.Markup, [][]chat.Button) {
	b := c.book(c.today)
	var items []reminded
	lines := []chat.Markup{chat.Bold(c.t("nudge.title", "Unit", c.unitName(unit)))}
	for _, o := range occs {
		items = append(items, reminded{occ: o, task: c.taskOf(o), book: b})
	}
	for _, r := range items {
		if r.occ.Kind == plan.OccurrenceDated {
			lines = append(lines, c.t("nudge.dated", "Number", c.number(c.plan, r.task), "Title", r.task.ShortTitle,
				"Due", c.dueOf(r.occ), "State", c.stateOf(r.occ)))
		}
	}
	for _, w := range c.plan.Windows() {
		var missing []string
		for _, r := range items {
			if r.occ.Kind == plan.OccurrenceCheckIn && r.occ.Period == w.Period {
				missing = append(missing, c.number(c.plan, r.task))
			}
		}
		if len(missing) > 0 {
			lines = append(lines, c.n("nudge.check_ins", len(missing), "Window", c.window(w.Period),
				"Date", c.words.DayMonth(w.Closes), "List", strings.Join(missing, ", ")))
		}
	}
	lines = append(lines, c.t("nudge.by", "Person", c.personName(c.person.ID), "At", c.moment(c.now)))
	return join(lines...), c.nudgeButtons(items)
}

// nudgeButtons report dated work; check-ins have the form.
func (c *call) nudgeButtons(items []reminded) [][]chat.Button {
	var buttons [][]chat.Button
	var forms []chat.Button
	for _, r := range items {
		if r.occ.Kind == plan.OccurrenceCheckIn {
			forms = c.formButton(forms, r)
			continue
		}
		var line []chat.Button
		for _, b := range []struct{ key, verb string }{
			{"button.done", verbDone}, {"button.doing", verbDoing}, {"button.blocked", verbBlocked},
		} { // keys: button.done button.doing button.blocked
			line = append(line, c.button(b.key, chat.Action{
				Verb: b.verb, Tasks: []int{r.task.Number}, Unit: r.occ.Unit, Occurrence: r.occ.ID,
			}))
		}
		buttons = append(buttons, line)
	}
	for _, b := range forms {
		buttons = append(buttons, []chat.Button{b})
	}
	return buttons
}
