package handlers

import (
	"cmp"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/scheduler"
	"dondoc/storage"
)

// reportRowsShown is how many tasks of a reminder bear buttons.
const reportRowsShown = 5

// A reminded occurrence is one that is still to be done, with the latest steps
// that brought it up.
type reminded struct {
	occ   *plan.Occurrence
	task  *plan.Task
	book  *plan.Book
	steps []plan.Step
}

// late reports whether the work is overdue.
func (r reminded) late() bool { return r.book.Box(r.occ) == plan.Overdue }

// composeReminder makes one chat's reminder from how things stand now; what
// was reported meanwhile is not in it. The buttons of the reminder before it
// go.
func (c *call) composeReminder() (chat.Composition, error) {
	if early := c.tooEarly(c.hours().Settings.ReminderAt); early != nil {
		return *early, nil
	}
	if later, err := c.tx.PassOn(c.action.Key, c.in.Chat.Place); err != nil || later {
		return chat.Composition{Empty: true}, err
	}
	items, err := c.reminded()
	if err != nil || len(items) == 0 {
		return chat.Composition{Empty: true}, err
	}
	if err := c.tx.RetireReminders(c.in.Chat.Place, c.action.Key); err != nil {
		return chat.Composition{}, err
	}
	text, err := c.reminderText(items)
	return c.composed(text, c.reminderButtons(items)), err
}

// pressReminder shows the reminder anew after one of its buttons did its work.
func (c *call) pressReminder() error {
	items, err := c.reminded()
	switch {
	case err != nil:
		return err
	case len(items) == 0:
		return c.show(c.t("remind.all_done", "Tasks", c.cmd(verbTasks)))
	}
	text, err := c.reminderText(items)
	if err != nil {
		return err
	}
	return c.show(text, c.reminderButtons(items)...)
}

// reminded lists what the reminder is about and still to be done, late work
// first, then by due day, check-ins last.
func (c *call) reminded() ([]reminded, error) {
	steps, err := c.tx.StepsOf(c.action.Key)
	if err != nil {
		return nil, err
	}
	byOccurrence := map[int64][]plan.Step{}
	for _, s := range steps {
		byOccurrence[s.Occurrence] = append(byOccurrence[s.Occurrence], s)
	}
	var items []reminded
	err = c.openWork(func(b *plan.Book, o *plan.Occurrence) {
		if steps := byOccurrence[o.ID]; len(steps) > 0 {
			last := steps[len(steps)-1].Day
			items = append(items, reminded{
				occ: o, task: c.taskOf(o), book: b,
				steps: slices.DeleteFunc(steps, func(s plan.Step) bool { return s.Day != last }),
			})
		}
	})
	slices.SortStableFunc(items, func(x, y reminded) int {
		return cmp.Or(cmp.Compare(rankOf(x), rankOf(y)), cmp.Compare(x.occ.StatedDue(), y.occ.StatedDue()),
			cmp.Compare(x.occ.Task, y.occ.Task))
	})
	return items, err
}

func rankOf(r reminded) int {
	switch {
	case r.late():
		return 0
	case r.occ.Kind == plan.OccurrenceDated:
		return 1
	}
	return 2
}

// openWork calls see for everything that the units of this place have still to
// do in the plans that are reminded of.
func (c *call) openWork(see func(*plan.Book, *plan.Occurrence)) error {
	for _, p := range c.snap.Plans {
		if p.Published == 0 || p.Closed != 0 {
			continue
		}
		b := &plan.Book{Plan: p, Calendar: c.snap.Calendar, Today: c.today}
		for _, u := range c.here {
			occs, err := c.tx.Occurrences(storage.Filter{Plan: p.ID, Unit: u}, c.h.Location)
			if err != nil {
				return err
			}
			for _, o := range occs {
				if scheduler.Open(b, o) {
					see(b, o)
				}
			}
		}
	}
	return nil
}

// reminderButtons report dated work, the most urgent first; check-ins have the
// form.
func (c *call) reminderButtons(items []reminded) [][]chat.Button {
	var buttons [][]chat.Button
	var forms []chat.Button
	rows := map[int64]bool{} // by task
	for _, r := range items {
		switch {
		case r.occ.Kind == plan.OccurrenceCheckIn:
			forms = c.formButton(forms, r)
		case len(buttons) < reportRowsShown && !rows[r.task.ID]:
			rows[r.task.ID] = true
			buttons = append(buttons, c.reportButtons(r, items))
		}
	}
	for _, b := range forms {
		buttons = append(buttons, []chat.Button{b})
	}
	return buttons
}

// reportButtons report one task. What several units of the chat have to do, each
// head reports for his own.
func (c *call) reportButtons(r reminded, items []reminded) []chat.Button {
	a := chat.Action{
		Plan: r.book.Plan.ID, Tasks: []int{r.task.Number}, Unit: r.occ.Unit, Occurrence: r.occ.ID,
		Then: &chat.Action{Verb: scheduler.VerbReminder, Plan: c.plan.ID, Key: c.action.Key},
	}
	if slices.ContainsFunc(items, func(o reminded) bool { return o.task == r.task && o.occ.Unit != r.occ.Unit }) {
		a.Unit, a.Occurrence = "", 0
	}
	var line []chat.Button
	for _, b := range []struct {
		verb   string
		status plan.Status
	}{{verbDone, plan.Done}, {verbDoing, plan.InProgress}, {verbBlocked, plan.Blocked}} {
		a.Verb = b.verb
		line = append(line, chat.Button{
			Label: string(statusSign(b.status)) + " " + c.number(r.book.Plan, r.task), Action: a,
		})
	}
	return line
}

// formButton adds the button of the form of the item's window, once for each
// unit and window.
func (c *call) formButton(buttons []chat.Button, r reminded) []chat.Button {
	a := chat.Action{Verb: verbCheckIn, Plan: r.book.Plan.ID, Unit: r.occ.Unit, Arg: r.occ.Period, Fresh: true}
	same := func(b chat.Button) bool { return b.Action.Unit == a.Unit && b.Action.Arg == a.Arg }
	if slices.ContainsFunc(buttons, same) {
		return buttons
	}
	args := []any{"Window", c.window(r.occ.Period), "Unit", c.unitShort(r.occ.Unit)}
	if len(c.here) > 1 {
		return append(buttons, c.button("button.form_of", a, args...))
	}
	return append(buttons, c.button("button.form", a, args...))
}

// number is what a task is called by: 15, of an older plan 15/2023.
func (c *call) number(p *plan.Plan, t *plan.Task) string {
	return chat.Plain(c.numbered(p, t))
}
