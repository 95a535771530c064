package handlers

import (
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/scheduler"
)

// reminderText says what is late, what falls due and which check-ins are
// asked for, then why it is said today and when the next one comes.
func (c *call) reminderText(items []reminded) (chat.Markup, error) {
	var late int
	for _, r := range items {
		if r.late() {
			late++
		}
	}
	heading := c.t("remind.heading", "Units", c.unitNames(c.here), "Weekday", c.weekday(c.today), "Date", c.date(c.today))
	var lines []chat.Markup
	switch {
	case len(c.here) > 1 && late > 0:
		lines = append(lines, chat.Bold(c.n("remind.late_count", late)), heading)
	case len(c.here) > 1:
		lines = append(lines, heading)
	default:
		lines = append(append(lines, c.remindLate(items)...), heading)
	}
	for _, u := range c.here {
		mine := slices.DeleteFunc(slices.Clone(items), func(r reminded) bool { return r.occ.Unit != u })
		if len(mine) == 0 {
			continue
		}
		if len(c.here) > 1 {
			lines = append(lines, "", chat.Bold(chat.Escape(c.unitName(u))))
			lines = append(lines, c.remindLate(mine)...)
		}
		lines = append(lines, c.remindDue(mine)...)
		lines = append(lines, c.remindCheckIns(mine)...)
	}
	next, err := c.nextReminder()
	if err != nil {
		return "", err
	}
	lines = append(lines, "", c.t("remind.why", "Steps", c.stepNames(items))+next)
	return join(append(lines, c.windowOpens(items)...)...), nil
}

// remindLate has a line for each late task: by how many days, and which.
func (c *call) remindLate(items []reminded) []chat.Markup {
	var lines []chat.Markup
	for _, r := range items {
		if r.late() {
			lines = append(lines, boxSign(plan.Overdue)+" "+chat.Bold(c.n("remind.late", r.book.DaysLate(r.occ)))+": "+c.remindItem(r))
		}
	}
	return lines
}

// remindItem is "15 · Danh mục vị trí việc làm · đang thực hiện".
func (c *call) remindItem(r reminded) chat.Markup {
	line := c.numbered(r.book.Plan, r.task) + " · " + chat.Escape(r.task.ShortTitle)
	if s := r.occ.Status(); s == plan.InProgress || s == plan.Blocked {
		line += " · " + c.statusName(s)
	}
	return line
}

// numbered is a task's number, with the year if it is an older plan's.
func (c *call) numbered(p *plan.Plan, t *plan.Task) chat.Markup {
	if p.ID == c.snap.Current(c.today).ID {
		return chat.Markup(strconv.Itoa(t.Number))
	}
	return chat.Markup(strconv.Itoa(t.Number) + "/" + strconv.Itoa(p.Year))
}

// remindDue lists what is not late, by due day.
func (c *call) remindDue(items []reminded) []chat.Markup {
	var lines []chat.Markup
	var last plan.Date
	for i, r := range items {
		if r.occ.Kind != plan.OccurrenceDated || r.late() {
			continue
		}
		if due := r.occ.StatedDue(); due != last {
			last = due
			lines = append(lines, c.dueHeading(items[i:], due))
		}
		lines = append(lines, boxSign(plan.Open)+" "+c.remindItem(r))
	}
	return lines
}

// dueHeading says when the first of the items, and those that fall due with
// it, are due: the stated day, with the effective one where it differs.
func (c *call) dueHeading(items []reminded, due plan.Date) chat.Markup {
	first := items[0]
	effective := first.book.EffectiveDue(first.occ)
	phrase := chat.Line(first.task.Schedule.Phrase)
	for _, r := range items {
		same := r.occ.StatedDue() != due || chat.Line(r.task.Schedule.Phrase) == phrase
		if !same || first.occ.ExtendedDue() != 0 {
			phrase = ""
		}
	}
	var notes []string
	if phrase != "" && !strings.Contains(phrase, c.date(due)) { // it names the day itself
		notes = append(notes, phrase)
	}
	if effective != due {
		notes = append(notes, chat.Plain(c.t("remind.effective", "Weekday", c.dayName(due), "Date", c.words.DayMonth(effective))))
	}
	note := ""
	if len(notes) > 0 {
		note = " (" + strings.Join(notes, "; ") + ")"
	}
	if effective == c.today || due == c.today {
		return chat.Bold(c.t("remind.due_today", "Date", c.date(due), "Note", note))
	}
	left := max(due-c.today, 0)
	return chat.Bold(c.n("remind.due", int(left), "Date", c.date(due), "Note", note))
}

// remindCheckIns lists the check-ins that are asked for, by window.
func (c *call) remindCheckIns(items []reminded) []chat.Markup {
	var lines []chat.Markup
	for i := 0; i < len(items); i++ {
		first := items[i]
		if first.occ.Kind != plan.OccurrenceCheckIn {
			continue
		}
		var list []chat.Markup
		for ; i < len(items) && items[i].occ.Due == first.occ.Due; i++ {
			list = append(list, "▫️ "+c.remindItem(items[i]))
		}
		i--
		args := []any{"Window", c.window(first.occ.Period), "Date", c.date(first.occ.Due)}
		heading := c.n("remind.window_closed", len(list), args...)
		if first.occ.Due >= c.today {
			heading = c.n("remind.window", len(list), append(args, "Left", c.daysLeft(first.occ.Due))...)
		}
		lines = append(lines, chat.Bold(heading))
		const shown = 3 // a longer list is folded
		if len(list) > shown {
			lines = append(lines, chat.Quote(join(list...)))
		} else {
			lines = append(lines, list...)
		}
	}
	return lines
}

// windowOpens is the last line of the first reminder of a window: until when
// it is open.
func (c *call) windowOpens(items []reminded) []chat.Markup {
	for _, r := range items {
		for _, s := range r.steps {
			if s.Name == scheduler.Closing5 {
				return []chat.Markup{c.t("remind.window_opens", "Window", c.window(r.occ.Period), "Date", c.date(r.occ.Due))}
			}
		}
	}
	return nil
}

// stepNames names the rungs of the ladder that the message stands on, and why
// one is said on another day than its own.
func (c *call) stepNames(items []reminded) string {
	var steps []plan.Step
	for _, r := range items {
		steps = append(steps, r.steps...)
	}
	return c.stepList(steps)
}

// stepList names steps, each kind once.
func (c *call) stepList(steps []plan.Step) string {
	steps = slices.Clone(steps)
	slices.SortStableFunc(steps, func(x, y plan.Step) int { return scheduler.Order(x) - scheduler.Order(y) })
	var names []string
	for _, s := range steps {
		key := "step." + s.Name // keys: step.*
		if scheduler.IsWeekly(s) {
			key = "step.weekly"
		}
		name := chat.Plain(c.t(key))
		if s.Nominal != s.Day {
			name += " " + chat.Plain(c.t("step.moved", "Date", c.dayMonth(s.Nominal), "Weekday", c.dayName(s.Nominal)))
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// dayName says why a day is no working day: by its weekday, or as a day off.
func (c *call) dayName(d plan.Date) chat.Markup {
	if s, ok := c.snap.Calendar.Special(d); ok && s.Kind == plan.DayOff {
		return c.t("weekday.off")
	}
	return c.weekday(d)
}

// nextReminder says when this chat hears of its work next; nothing if never.
func (c *call) nextReminder() (chat.Markup, error) {
	byPlan := map[*plan.Book][]*plan.Occurrence{}
	err := c.openWork(func(b *plan.Book, o *plan.Occurrence) { byPlan[b] = append(byPlan[b], o) })
	var next plan.Date
	for b, occs := range byPlan {
		if d := scheduler.NextDay(b, occs); d != 0 && (next == 0 || d < next) {
			next = d
		}
	}
	if next == 0 || err != nil {
		return "", err
	}
	return " " + c.t("remind.next", "Date", c.dayMonth(next)), nil
}
