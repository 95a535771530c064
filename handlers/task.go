package handlers

import (
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// showTask answers /task 15 with all about one task, and /task words with
// what contains them.
func (c *call) showTask() error {
	t, rest, err := c.oneTask()
	switch {
	case err != nil:
		return err
	case t != nil:
		return c.taskCard(t)
	case rest != "":
		c.row = c.h.byVerb[verbTasks]
		return c.tasksPage(chat.Line(rest), 1)
	}
	return c.pickTask(c.t("pick.task"), c.readable())
}

func (c *call) pressTask() error {
	if c.action.Page != 0 && len(c.action.Tasks) == 0 {
		return c.pickTask(c.t("pick.task"), c.readable())
	}
	t, err := c.actionTask()
	if err != nil {
		return err
	}
	return c.taskCard(t)
}

// taskCard shows one task: its box, its whole text, who answers for it, its
// deadline, and how each lead unit stands.
func (c *call) taskCard(t *plan.Task) error {
	view, err := c.viewTask(t)
	if err != nil {
		return err
	}
	group := c.plan.GroupLabel(t)
	if t.Group < 0 {
		group = chat.Plain(c.t("task.outside"))
	}
	title := c.t("task.title", "Number", c.number(c.plan, t), "Group", group)
	lines := []chat.Markup{chat.Bold(title)}
	if t.Ended != 0 {
		lines = append(lines, c.t("task.ended", "Date", c.date(t.Ended)))
	} else if s := c.taskState(t, view.sum); s != "" {
		lines = append(lines, s)
	}
	lines = append(lines, chat.Quote(chat.Escape(t.Content)), c.assignments(t), c.deadlineLine(t, view.dues))
	if t.Ended == 0 {
		leads, err := c.leadLines(t)
		if err != nil {
			return err
		}
		lines = append(lines, leads...)
	}
	waiting, decide, err := c.waiting(t)
	if err != nil {
		return err
	}
	lines = append(lines, waiting...)
	if c.standing&director != 0 {
		c.onReply = &chat.Action{Verb: verbDirect, Plan: c.plan.ID, Tasks: []int{t.Number}}
	}
	return c.show(join(lines...), append(decide, c.cardButtons(t, view.open)...)...)
}

// taskState is the task's box in words; nothing for ongoing tasks, whose lead
// units stand below.
func (c *call) taskState(t *plan.Task, sum *plan.TaskSum) chat.Markup {
	state := boxSign(sum.Box) + " " + c.boxName(sum.Box)
	switch {
	case sum.Box == plan.BoxUndated && t.Schedule.Kind == plan.KindOngoing:
		return ""
	case sum.Box == plan.Overdue:
		return boxSign(sum.Box) + " " + chat.Markup(capital(string(c.n("days.late", sum.DaysLate))))
	case sum.Box == plan.Open && sum.Next >= c.today:
		return state + ", " + c.daysLeft(sum.Next)
	}
	return state
}

func (c *call) assignments(t *plan.Task) chat.Markup {
	line := c.t("task.leads", "Leads", c.leads(t))
	if len(t.Cooperating) > 0 {
		line += " · " + c.t("task.cooperating", "Cooperating", c.cooperating(t))
	}
	return line
}

// deadlineLine shows the phrase as it was typed and the day that it means, once;
// where the effective day or an extension differs, those too.
func (c *call) deadlineLine(t *plan.Task, dues []*plan.Occurrence) chat.Markup {
	line := c.t("task.deadline", "Phrase", chat.Line(t.Schedule.Phrase))
	for _, o := range c.named(dues) {
		if !strings.Contains(t.Schedule.Phrase, c.date(o.Due)) { // the phrase names it
			line += c.t("task.means", "Date", c.date(o.Due))
		}
		switch n := len(o.Extensions); {
		case o.ExtendedDue() != 0:
			line += c.n("task.extended", n, "Date", c.date(o.ExtendedDue()))
		case n > 0:
			line += c.n("task.overtaken", n, "Date", c.date(o.Extensions[n-1].Due))
		}
		line += c.effective(o)
	}
	return line
}

// weekday names the day of the week. keys: weekday.*
func (c *call) weekday(d plan.Date) chat.Markup {
	return c.t("weekday." + strconv.Itoa(int(d.Weekday())))
}

// leadLines say how each lead unit stands: its latest word on what is open,
// or on what was last.
func (c *call) leadLines(t *plan.Task) ([]chat.Markup, error) {
	var lines []chat.Markup
	for _, u := range t.Leads {
		if !c.seesAll() && !slices.Contains(c.reads, u) && len(t.Leads) > 1 {
			continue
		}
		occs, err := c.tx.Occurrences(storage.Filter{Task: t.ID, Unit: u}, c.h.Location)
		if err != nil {
			return nil, err
		}
		several := severalDays(occs)
		for _, o := range c.telling(occs) {
			if len(t.Leads) == 1 && o.Kind == plan.OccurrenceDated && !several {
				if r := o.Latest(); r != nil { // the state itself stands above
					lines = append(lines, statusSign(r.Status)+" "+c.wordOf(o, r))
				}
				continue
			}
			line, apart := c.stateOf(o), chat.Markup(": ")
			switch {
			case o.Kind != plan.OccurrenceDated:
				apart = " · "
				line = c.t("task.window", "Window", c.window(o.Period), "State", line)
			case several:
				apart = " · "
				line = c.t("task.day", "Date", c.dayMonth(o.StatedDue()), "State", line)
			}
			if len(t.Leads) > 1 {
				line = chat.Escape(c.unitShort(u)) + apart + line
			}
			lines = append(lines, line)
			if r := o.Latest(); r != nil {
				lines = append(lines, "   "+c.wordOf(o, r))
			}
		}
	}
	return lines, nil
}

// wordOf is one report in a line: what was said, by whom, when, with what.
func (c *call) wordOf(o *plan.Occurrence, r *plan.Report) chat.Markup {
	var line chat.Markup
	if r.Note != "" {
		line += c.quoted(r.Note, 120) + " · "
	}
	line += chat.Escape(c.personName(r.By)) + ", " + c.moment(r.At)
	if r.Via == plan.ViaBehalf {
		line += " · " + c.t("report.behalf", "Office", c.office())
	}
	switch ev := c.evidence(o.Evidence()); {
	case ev != "":
		line += " · " + ev
	case r.Status == plan.Done:
		line += " · " + c.t("evidence.none")
	}
	return line
}

// personName is what somebody is called; who was removed has no name left.
func (c *call) personName(id int64) string {
	if p, err := c.tx.Person(id); err == nil && p.Name != "" {
		return p.Name
	}
	return chat.Plain(c.t("person.left"))
}

func (c *call) cardButtons(t *plan.Task, open map[string]bool) [][]chat.Button {
	var buttons []chat.Button
	todo := slices.DeleteFunc(slices.Clone(c.reports), func(u string) bool { return !t.LeadBy(u) || !open[u] })
	if len(todo) > 0 && t.Ended == 0 {
		unit := ""
		if len(todo) == 1 { // of several it is asked which
			unit = todo[0]
		}
		again := &chat.Action{Verb: verbTask, Plan: c.plan.ID, Tasks: []int{t.Number}}
		buttons = append(buttons,
			c.button("button.done", chat.Action{Verb: verbDone, Tasks: []int{t.Number}, Unit: unit, Then: again}),
			c.button("button.blocked", chat.Action{Verb: verbBlocked, Tasks: []int{t.Number}, Unit: unit, Then: again}))
	}
	return [][]chat.Button{append(buttons,
		c.button("button.history", chat.Action{Verb: verbHistory, Tasks: []int{t.Number}}))}
}

// direct handles the director's reply to a task: it goes to the lead units and
// into the history.
func (c *call) direct() error {
	if err := c.directed(); err != nil {
		return err
	}
	t, err := c.actionTask()
	if err != nil {
		return err
	}
	if c.args == "" {
		return refuse("refuse.no_words")
	}
	if err := c.tx.AddRemark(t.ID, c.person.ID, c.in.At, c.args); err != nil {
		return err
	}
	var told, without []string
	for _, u := range t.Leads {
		if _, hears := c.hears(u); !hears {
			without = append(without, c.unitShort(u))
			continue
		}
		told = append(told, u)
		err := c.tellUnit(u, func(c *call) chat.Markup {
			return join(
				chat.Bold(c.t("direct.title", "Number", c.number(c.plan, t), "Title", t.ShortTitle)),
				c.quoted(c.args, 3000),
				chat.Escape(c.personName(c.person.ID))+" · "+c.moment(c.in.At))
		})
		if err != nil {
			return err
		}
	}
	_, err = c.say(join(c.directionSent(t, told, without)...))
	return err
}

// directionSent says which units were told, and which have no chat to be told in.
func (c *call) directionSent(t *plan.Task, told, without []string) []chat.Markup {
	number := c.number(c.plan, t)
	if len(without) == 0 {
		return []chat.Markup{c.t("direct.sent", "Number", number, "Leads", c.leads(t))}
	}
	line := c.t("direct.kept", "Number", number)
	if len(told) > 0 {
		line = c.t("direct.sent", "Number", number, "Leads", c.unitNames(told))
	}
	return []chat.Markup{line, c.t("direct.without", "List", some(without, 12))}
}

// directed finds the task that a reply to the post names: 15, or 15/2024 of
// another plan.
func (c *call) directed() error {
	if len(c.action.Tasks) > 0 { // the reply is to the task itself
		return nil
	}
	list, ok, err := parseTasks(c.args)
	if err != nil || !ok || len(list.numbers) != 1 {
		return refuse("refuse.direct_number")
	}
	if list.year != 0 {
		c.plan = c.snap.Year(list.year)
	}
	if c.plan == nil || c.plan.Task(list.numbers[0]) == nil {
		return refuse("refuse.direct_number")
	}
	c.action.Tasks, c.args = list.numbers, list.rest
	return nil
}
