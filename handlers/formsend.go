package handlers

import (
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// sendForm files what is chosen. If sentences lack, it asks for them first,
// once.
func (c *call) sendForm(f *form) error {
	unseen, err := c.notShown(f.ChangedBy)
	chosen := f.chosen()
	switch {
	case err != nil:
		return err
	case len(chosen) == 0 || unseen:
		if err := c.refreshForm(f); err != nil {
			return err
		}
		return c.answer(c.t("form.changed", "Count", len(chosen), "Total", len(f.rows)), true)
	case len(f.lacking()) > 0 && c.action.Page == 0:
		return c.askBeforeSending(f)
	}
	return c.fileForm(f)
}

// askBeforeSending asks whether to send what lacks sentences as it is.
func (c *call) askBeforeSending(f *form) error {
	if err := c.tx.MarkFormAsked(f.ID); err != nil {
		return err
	}
	f.Asked = true
	for _, m := range f.Messages {
		if m.Outbox == c.pressed {
			continue
		}
		if err := c.showForm(f, m); err != nil { // its button is not to ask again
			return err
		}
	}
	lacking := f.lacking()
	question := c.n("form.lacking", len(lacking), "List", rowNumbers(lacking))
	text := join(chat.Bold(c.formTitle(f)), question, c.t("form.send_or_add"))
	err := c.editForm(*f.message(c.pressed), text, [][]chat.Button{{
		c.button("button.form_send_now", chat.Action{Verb: verbForm, Key: f.ID, Arg: formSend, Page: 1}, "Count", len(f.chosen())),
		c.button("button.form_words", chat.Action{Verb: verbForm, Key: f.ID, Arg: formWords}),
	}})
	if err != nil {
		return err
	}
	return c.answer(question, false)
}

func rowNumbers(rows []*formRow) string {
	numbers := make([]string, len(rows))
	for i, r := range rows {
		numbers[i] = strconv.Itoa(r.task.Number)
	}
	return strings.Join(numbers, ", ")
}

// askWords asks for the sentences that lack, in a reply.
func (c *call) askWords(f *form) error {
	if err := c.showForm(f, *f.message(c.pressed)); err != nil {
		return err
	}
	lacking := f.lacking()
	if len(lacking) == 0 {
		return nil
	}
	var list []chat.Markup
	for _, r := range lacking {
		list = append(list, chat.Markup(strconv.Itoa(r.task.Number))+" · "+chat.Escape(r.task.ShortTitle))
	}
	first := lacking[0].task.Number
	return c.ask(join(c.t("form.words", "Number", first), chat.Quote(join(list...))),
		c.t("form.words_placeholder", "Number", first), chat.Action{Verb: verbForm, Plan: c.plan.ID, Key: f.ID})
}

// fileForm files one report for each chosen check-in, all of them together.
func (c *call) fileForm(f *form) error {
	w := word{unit: f.Unit, via: plan.ViaForm, at: c.in.At}
	if !slices.Contains(c.reports, f.Unit) {
		w.via = plan.ViaBehalf
	}
	day := plan.DateOf(w.at, c.h.Location)
	chosen := f.chosen()
	reports := make([]filed, len(chosen))
	for i, r := range chosen {
		note := r.choice.Words()
		evidence, err := plan.ReadEvidence(note, day.Year())
		if err != nil {
			return refuse("refuse.no_date", "Text", chat.Cut(chat.Line(note), 60))
		}
		reports[i] = filed{task: r.task, target: plan.Target{Occurrence: r.occ}, report: plan.Report{
			By: c.person.ID, Via: w.via, Status: r.choice.Status, Note: note, Evidence: evidence, At: w.at, Day: day,
		}}
	}
	batch, err := c.record(reports)
	if err != nil {
		return err
	}
	for i, r := range chosen {
		r.choice.Report = reports[i].report.ID
		if err := c.tx.Choose(f.ID, r.occ.ID, r.choice); err != nil {
			return err
		}
	}
	return c.acknowledgeForm(f, w, batch, reports)
}

// acknowledgeForm says what was recorded, ends the form's messages, and tells
// those who must hear of it.
func (c *call) acknowledgeForm(f *form, w word, batch int64, reports []filed) error {
	remaining, err := c.remaining(f.Unit)
	if err != nil {
		return err
	}
	text := c.formReceipt(f, w, reports)
	if remaining != "" {
		text += "\n" + remaining
	}
	buttons := []chat.Button{c.button("button.undo", chat.Action{Verb: verbUndo, Key: batch})}
	if len(reports) < len(f.rows) {
		buttons = append(buttons, c.button("button.form_rest", chat.Action{
			Verb: verbCheckIn, Unit: f.Unit, Arg: f.Period,
		}, "Count", len(f.rows)-len(reports)))
	}
	_, err = c.send(chat.Outgoing{
		To: c.in.Chat.Place, Priority: chat.Answer, Buttons: [][]chat.Button{buttons},
		OnReply: &chat.Action{Verb: verbEvidence, Key: batch},
	}, text)
	if err != nil {
		return err
	}
	if err := c.answer(c.formFiled(f, reports), false); err != nil {
		return err
	}
	err = c.finishForm(f, func(c *call) chat.Markup {
		return join(chat.Bold(c.formTitle(f)), c.t("form.sent", "Count", len(reports), "Total", len(f.rows),
			"At", c.moment(w.at), "Person", c.person.Name))
	})
	if err != nil {
		return err
	}
	return c.spread(w, reports, func(c *call) chat.Markup { return c.formReceipt(f, w, reports) })
}

// formFiled is the one line that stands alone.
func (c *call) formFiled(f *form, reports []filed) chat.Markup {
	window, unit := c.window(f.Period), c.unitName(f.Unit)
	switch {
	case c.frozen(f.Period):
		return c.n("form.filed_frozen", len(reports), "Window", window, "Unit", unit)
	case reports[0].target.Occurrence.Completion().Day > f.window.Closes:
		return c.n("form.filed_late", len(reports), "Window", window, "Unit", unit)
	}
	return c.n("form.filed", len(reports), "Window", window, "Unit", unit)
}

// formReceipt says what was recorded: the counts, and the list folded.
func (c *call) formReceipt(f *form, w word, reports []filed) chat.Markup {
	count := map[plan.Status]int{}
	var list []chat.Markup
	for _, r := range reports {
		count[r.report.Status]++
		line := statusSign(r.report.Status) + " " + chat.Markup(strconv.Itoa(r.task.Number)) + " · " + chat.Escape(r.task.ShortTitle)
		if r.report.Note != "" {
			line += ": " + c.quoted(r.report.Note, 200)
		}
		list = append(list, line)
	}
	var counts []string
	for _, s := range []plan.Status{plan.Done, plan.InProgress, plan.Blocked, plan.NotArisen} {
		if count[s] > 0 {
			counts = append(counts, string(statusSign(s)+" "+c.checkInStatus(s))+" "+strconv.Itoa(count[s]))
		}
	}
	lines := []chat.Markup{chat.Bold(c.formFiled(f, reports)), chat.Markup(strings.Join(counts, " · "))}
	if w.via == plan.ViaBehalf {
		lines = append(lines, c.t("report.behalf", "Office", c.office()))
	}
	return join(append(lines, chat.Quote(join(list...)))...)
}
