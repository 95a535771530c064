package handlers

import (
	"slices"
	"strconv"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// offerPage is how many tasks stand on a page of buttons.
const offerPage = 8

// offer is one task that could be reported.
type offer struct {
	task *plan.Task
	occ  *plan.Occurrence
	late bool
}

// offerTasks answers a bare command with buttons of the open tasks of the
// units that the person reports for, late first.
func (c *call) offerTasks(status plan.Status) error {
	if len(c.reports) == 0 {
		return refuse("refuse.name_unit_bare", "Command", c.commandName(c.row))
	}
	var offers []offer
	for _, u := range c.reports {
		list, err := c.openTasks(u, status)
		if err != nil {
			return err
		}
		offers = append(offers, list...)
	}
	if len(offers) == 0 {
		return c.show(c.t("offer.nothing", "Tasks", c.cmd(verbTasks)))
	}
	return c.showOffers(offers)
}

// showOffers asks which of the tasks the bare command means.
func (c *call) showOffers(offers []offer) error {
	shown, page, pages := pageOf(offers, c.action.Page, offerPage)
	var buttons [][]chat.Button
	for _, o := range shown {
		buttons = append(buttons, []chat.Button{c.offerButton(o, page)})
	}
	turn := chat.Action{Verb: c.row.verb, Plan: c.plan.ID}
	turn.Files, turn.Album = c.carried()
	buttons = append(buttons, c.pager(page, pages, turn))
	return c.show(c.t("offer."+c.row.verb), buttons...) // keys: offer.*
}

func (c *call) offerButton(o offer, page int) chat.Button {
	sign := statusSign(o.occ.Status())
	if o.late {
		sign = boxSign(plan.Overdue)
	}
	label := string(sign) + " " + c.taskLabel(o.task)
	if len(c.reports) > 1 { // several may lead the task
		label += " · " + plan.Cut(c.unitShort(o.occ.Unit), plan.ButtonLetters)
	}
	a := chat.Action{
		Verb: c.row.verb, Plan: c.plan.ID, Tasks: []int{o.task.Number}, Unit: o.occ.Unit, Occurrence: o.occ.ID,
		Then: &chat.Action{Verb: c.row.verb, Plan: c.plan.ID, Page: page},
	}
	a.Files, a.Album = c.carried()
	return chat.Button{Label: label, Action: a}
}

// openTasks lists what the unit may report with the status, late first, then
// dated work by due day, then check-ins that are unreported.
func (c *call) openTasks(unit string, status plan.Status) ([]offer, error) {
	occs, err := c.tx.Occurrences(storage.Filter{Plan: c.plan.ID, Unit: unit}, c.h.Location)
	if err != nil {
		return nil, err
	}
	byTask := map[int][]*plan.Occurrence{}
	for _, o := range occs {
		byTask[o.Task] = append(byTask[o.Task], o)
	}
	b := c.book(c.today)
	var out []offer
	for _, t := range c.plan.Tasks {
		target, err := b.Target(byTask[t.Number], status, c.today)
		if err != nil || target.Adds || !t.LeadBy(unit) {
			continue
		}
		o := target.Occurrence
		if o.Kind == plan.OccurrenceCheckIn && o.Status() == status {
			continue
		}
		out = append(out, offer{task: t, occ: o, late: b.Box(o) == plan.Overdue})
	}
	rank := func(o offer) int {
		switch {
		case o.late:
			return 0
		case o.occ.Kind == plan.OccurrenceDated:
			return int(o.occ.StatedDue())
		case o.occ.Completion() == nil:
			return 1 << 30
		}
		return 1 << 31
	}
	slices.SortStableFunc(out, func(x, y offer) int { return rank(x) - rank(y) })
	return out, nil
}

// askUnit asks for which of the units a report is.
func (c *call) askUnit(w *word, units []string) error {
	var buttons [][]chat.Button
	for _, u := range units {
		a := chat.Action{
			Verb: c.row.verb, Plan: c.plan.ID, Tasks: numbers(w.tasks), Unit: u, Arg: w.note, Key: w.at.UnixMilli(),
		}
		a.Files, a.Album = c.carried()
		buttons = append(buttons, []chat.Button{{Label: plan.Cut(c.unitShort(u), plan.ButtonLetters), Action: a}})
	}
	_, err := c.say(c.t("ask.unit", "Number", c.number(c.plan, w.tasks[0]), "Title", w.tasks[0].ShortTitle), buttons...)
	return err
}

// numbers are what the tasks are called by in the action of a button.
func numbers(tasks []*plan.Task) []int {
	list := make([]int, len(tasks))
	for i, t := range tasks {
		list[i] = t.Number
	}
	return list
}

// askReason asks why the tasks are blocked.
func (c *call) askReason(w word) error {
	t := w.tasks[0]
	a := chat.Action{
		Verb: verbBlocked, Plan: c.plan.ID, Tasks: numbers(w.tasks), Unit: w.unit, Occurrence: c.action.Occurrence,
	}
	a.Files, a.Album = c.carried()
	return c.ask(c.t("ask.reason", "Number", c.number(c.plan, t), "Title", t.ShortTitle), c.t("ask.reason_placeholder"), a)
}

// pageOf returns the items of the page, which page that is, counted from 1, and
// how many there are. A button that names none means the first one; one that
// names more than there are now, the last.
func pageOf[T any](items []T, named, size int) (shown []T, page, pages int) {
	pages = max((len(items)+size-1)/size, 1)
	page = min(max(named, 1), pages)
	return items[(page-1)*size : min(page*size, len(items))], page, pages
}

// pager is the row that turns pages; none if there is one page.
func (c *call) pager(page, pages int, a chat.Action) []chat.Button {
	if pages < 2 {
		return nil
	}
	turn := func(label string, to int) chat.Button {
		a := a
		a.Page = (to-1+pages)%pages + 1
		return chat.Button{Label: label, Action: a}
	}
	return []chat.Button{
		turn("‹", page-1),
		turn(strconv.Itoa(page)+"/"+strconv.Itoa(pages)+" ›", page+1),
	}
}
