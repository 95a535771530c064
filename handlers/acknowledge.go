package handlers

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// acknowledge says what was recorded, and tells those who must hear of it.
func (c *call) acknowledge(w word, batch int64, reports []filed) error {
	if err := c.react("👍"); err != nil {
		return err
	}
	text := c.receipt(w, reports)
	remaining, err := c.remaining(w.unit)
	if err != nil {
		return err
	}
	if remaining != "" {
		text += "\n" + remaining
	}
	buttons := []chat.Button{c.button("button.undo", chat.Action{Verb: verbUndo, Key: batch})}
	if w.via != plan.ViaBehalf {
		buttons = append(buttons, c.button("button.unit_tasks", chat.Action{Verb: verbTasks, Unit: w.unit}))
	}
	rows := [][]chat.Button{buttons}
	if other := reports[0].target.Other; other != nil && !slices.ContainsFunc(reports, staysPut) {
		rows = append(rows, []chat.Button{c.button("button.move_report", chat.Action{
			Verb: "move_report", Key: batch, Occurrence: other.ID,
		}, "Window", c.window(other.Period))})
	}
	out := chat.Outgoing{
		To: c.in.Chat.Place, Priority: chat.Answer, Buttons: rows,
		OnReply: &chat.Action{Verb: verbEvidence, Key: batch},
	}
	if c.in.Kind == chat.InMessage && c.in.Chat.Kind != chat.Private {
		out.ReplyTo = c.in.Message
	}
	if _, err := c.send(out, text); err != nil {
		return err
	}
	if err := c.settlePress(text); err != nil {
		return err
	}
	return c.spread(w, reports, func(c *call) chat.Markup { return c.receipt(w, reports) })
}

// staysPut reports whether there is no other check-in that the report could be
// about.
func staysPut(f filed) bool { return f.target.Other == nil }

// settlePress answers the press that led here with the first line. The message
// that bore the button is shown anew, if the button says how, and else loses
// its buttons: they have done their work.
func (c *call) settlePress(text chat.Markup) error {
	if c.in.Kind != chat.InPress {
		return nil
	}
	first, _, _ := strings.Cut(string(text), "\n")
	if err := c.answer(chat.Markup(first), false); err != nil {
		return err
	}
	then := c.action.Then
	if then == nil {
		return c.tx.DropButtons(c.pressed)
	}
	again := *c
	again.action, again.row = *then, c.h.byVerb[then.Verb]
	return again.row.press(&again)
}

// receipt says what was recorded: of one task in full, of several a line each.
func (c *call) receipt(w word, reports []filed) chat.Markup {
	if len(reports) == 1 {
		return c.receiptOfOne(w, reports[0])
	}
	lines := []chat.Markup{chat.Bold(c.t("report.several", "Count", len(reports), "Unit", c.unitName(w.unit)))}
	for _, f := range reports {
		lines = append(lines, c.headline(f)+" · "+chat.Escape(f.task.ShortTitle))
	}
	if w.note != "" {
		lines = append(lines, c.quoted(w.note, 200))
	}
	return join(lines...)
}

func (c *call) receiptOfOne(w word, f filed) chat.Markup {
	o := f.target.Occurrence
	due := c.t("report.recorded", "At", c.moment(f.report.At))
	if d := o.StatedDue(); d != 0 && o.Kind == plan.OccurrenceDated {
		day := chat.Markup(c.date(d))
		if f.report.Day > d {
			day += c.effective(o)
		}
		due = c.t("report.due_recorded", "Due", day, "At", c.moment(f.report.At))
	}
	lines := []chat.Markup{
		chat.Bold(c.headline(f)),
		chat.Escape(f.task.ShortTitle),
		chat.Escape(c.unitName(w.unit)) + " · " + due,
	}
	if w.via == plan.ViaBehalf {
		lines = append(lines, c.t("report.behalf", "Office", c.office()))
	}
	if ev := c.evidence(f.report.Evidence); ev != "" {
		lines = append(lines, c.t("report.evidence", "Evidence", ev))
	}
	if w.note != "" && !plan.IsCitation(w.note) {
		lines = append(lines, c.quoted(w.note, 200))
	}
	return join(lines...)
}

// headline is the one line that stands alone in a notification.
func (c *call) headline(f filed) chat.Markup {
	o := f.target.Occurrence
	args := []any{"Number", c.number(c.plan, f.task), "Window", c.window(o.Period)}
	if o.Kind == plan.OccurrenceDated {
		switch {
		case f.target.Adds:
			return c.t("report.added", append(args, "Date", c.date(o.Completion().Day))...)
		case f.report.Status == plan.Done:
			return boxSign(c.book(f.report.Day).Box(o)) + " " +
				c.t("report.dated_done", append(args, "Box", c.boxName(c.book(f.report.Day).Box(o)))...)
		}
		return statusSign(f.report.Status) + " " + c.t("report.dated", append(args, "Status", c.statusName(f.report.Status))...)
	}
	key := "report.check_in"
	if o.Kind == plan.OccurrenceCheckIn && o.Completion() != nil && o.Completion().Day > o.Due {
		key = "report.check_in_late"
		if c.frozen(o.Period) {
			key = "report.check_in_frozen"
		}
	}
	return statusSign(f.report.Status) + " " + c.t(key, append(args, "Status", c.checkInStatus(f.report.Status))...)
}

// spread tells the admins of what is blocked, and a unit of what was recorded
// in its name.
func (c *call) spread(w word, reports []filed, receipt func(*call) chat.Markup) error {
	for _, f := range reports {
		if f.report.Status != plan.Blocked {
			continue
		}
		err := c.tellAdmins(func(c *call) (chat.Markup, [][]chat.Button) {
			return join(
				chat.Bold(c.t("blocked.told", "Number", c.number(c.plan, f.task), "Title", f.task.ShortTitle)),
				chat.Escape(c.unitName(w.unit))+" · "+c.moment(f.report.At),
				c.quoted(f.report.Note, 600),
			), [][]chat.Button{{c.button("button.task", chat.Action{Verb: verbTask, Plan: c.plan.ID, Tasks: []int{f.task.Number}})}}
		})
		if err != nil {
			return err
		}
	}
	if w.via != plan.ViaBehalf {
		return nil
	}
	return c.tellUnit(w.unit, func(c *call) chat.Markup {
		return c.t("behalf.told", "Office", c.office()) + "\n" + receipt(c)
	})
}

// remaining is the line that says what the unit still has to do; empty if
// that is nothing.
func (c *call) remaining(unit string) (chat.Markup, error) {
	dated, checkIns, err := c.openOf(unit)
	if err != nil {
		return "", err
	}
	var parts []string
	if dated > 0 {
		parts = append(parts, string(c.n("remaining.dated", dated)))
	}
	for _, w := range c.book(c.today).ShownWindows() {
		if n := checkIns[w.Period]; n > 0 {
			parts = append(parts, string(c.n("remaining.check_ins", n, "Window", c.window(w.Period))))
			break // the window after it can wait
		}
	}
	if len(parts) == 0 {
		return "", nil
	}
	return c.t("remaining.line", "What", chat.Markup(capital(strings.Join(parts, "; ")))), nil
}

// openOf counts what the unit has not completed: all dated work of the plan, and
// the check-ins by window of the windows that people are told of.
func (c *call) openOf(unit string) (dated int, checkIns map[string]int, err error) {
	book := c.book(c.today)
	ws := book.ShownWindows()
	// A closing day that was moved may have left check-ins behind.
	const moved = 31
	open, err := c.tx.OpenTasksOf(unit, storage.Reach{
		Dated: plan.Forever, CheckInsFrom: ws[0].Opens, CheckInsTo: ws[len(ws)-1].Closes + moved,
	})
	checkIns = map[string]int{}
	for _, o := range open {
		n := 0
		for _, id := range o.Tasks {
			if p, t := c.snap.TaskByID(id); p == c.plan && t.Ended == 0 && t.LeadBy(unit) {
				n++
			}
		}
		switch {
		case o.Kind == plan.OccurrenceDated:
			dated += n
		case book.AskedWindow(plan.Window{Closes: o.Due}):
			checkIns[o.Period] += n
		}
	}
	return dated, checkIns, err
}

// capital makes the first letter a capital one.
func capital(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// dead refuses a button or a reply to a question that no longer works.
func (c *call) dead() error { return refuse("refuse.dead_button", "State", c.stateLine()) }

// stateLine is the present state in one line, for the answer to a button that
// no longer works; strangers learn nothing from it.
func (c *call) stateLine() chat.Markup {
	if c.seesAll() { // the button may be that of a request which another decided
		if r, err := c.tx.ExtensionRequestShown(c.in.Chat.Place, c.in.Message); err == nil {
			return c.requestState(r) + "."
		}
	}
	for _, u := range c.reads {
		if line, err := c.remaining(u); err == nil && line != "" {
			return line
		}
	}
	return ""
}
