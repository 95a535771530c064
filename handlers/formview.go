package handlers

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// formNotes bounds, in UTF-16 units, what a form repeats of the sentences, so
// that it is one message whatever was written.
const formNotes = 2400

// placeForm puts the form into its place: a new message below what was said
// before, or the very message whose button opens it. head is said above it.
func (c *call) placeForm(f *form, head chat.Markup) error {
	if len(f.rows) == 0 {
		return c.offerAgain(f)
	}
	m := storage.FormMessage{Place: c.in.Chat.Place, Page: 1}
	inPlace := c.in.Kind == chat.InPress && c.row.verb == verbFormOpen
	for _, old := range f.Messages {
		if old.Place != m.Place || inPlace && old.Outbox == c.pressed {
			continue
		}
		m.Page = old.Page
		if err := c.editForm(old, c.t("form.below"), nil); err != nil {
			return err
		}
	}
	text, buttons := c.formText(f, head), c.formButtons(f, m.Page)
	onReply := chat.Action{Verb: verbForm, Plan: c.plan.ID, Key: f.ID}
	c.onReply = &onReply
	var err error
	if inPlace {
		// What the message was before is no longer pressed.
		m.Outbox = c.pressed
		err = errors.Join(c.tx.DropButtons(m.Outbox), c.editForm(m, text, buttons))
	} else {
		m.Outbox, err = c.say(text, buttons...)
	}
	if err != nil {
		return err
	}
	return c.tx.ShowForm(f.ID, m)
}

// offerAgain says that all is reported, and offers to report again.
func (c *call) offerAgain(f *form) error {
	again := c.button("button.form_again", chat.Action{
		Verb: verbFormOpen, Unit: f.Unit, Arg: f.Period, Key: formAgain,
	})
	return c.show(c.formOver(f), []chat.Button{again}, c.otherWindows(f))
}

// formOver says how the window of a form stands of which there is nothing to
// choose any more.
func (c *call) formOver(f *form) chat.Markup {
	lines := []chat.Markup{chat.Bold(c.formTitle(f))}
	switch {
	case c.plan.Closed != 0:
		lines = append(lines, c.t("form.closed", "Year", c.plan.Year, "Date", c.date(c.plan.Closed)))
	case f.all == 0:
		lines = append(lines, c.t("form.none", "CheckIn", c.cmd(verbCheckIn)))
	default:
		lines = append(lines, c.t("form.reported", "Reported", f.reported, "Total", f.all))
	}
	return join(lines...)
}

// showForm shows the form's present state in one of its messages. In the
// private chat of somebody who was relieved of the unit the message ends: what
// others enter is no longer for his eyes.
func (c *call) showForm(f *form, m storage.FormMessage) error {
	if m.Place.Chat > 0 {
		p, err := c.tx.Person(m.Place.Chat)
		switch {
		case err != nil && !errors.Is(err, storage.ErrNotFound):
			return err
		case err != nil || p.Role != plan.Admin && !p.Heads(f.Unit):
			return errors.Join(c.tx.DropButtons(m.Outbox), c.tx.ForgetFormMessage(m.Outbox))
		}
	}
	there := c.to(m.Place.Chat)
	return c.editForm(m, there.formText(f, ""), there.formButtons(f, m.Page))
}

// refreshForm keeps all messages of the form in step.
func (c *call) refreshForm(f *form) error {
	for _, m := range f.Messages {
		if err := c.showForm(f, m); err != nil {
			return err
		}
	}
	return nil
}

// finishForm ends all messages of the form with a text; it has nothing to be
// pressed any more.
func (c *call) finishForm(f *form, text func(*call) chat.Markup) error {
	for _, m := range f.Messages {
		if err := c.editForm(m, text(c.to(m.Place.Chat)), nil); err != nil {
			return err
		}
	}
	return c.tx.CloseForm(f.ID)
}

// editForm changes a message of a form, at its pace. A message that is long
// gone is forgotten.
func (c *call) editForm(m storage.FormMessage, text chat.Markup, buttons [][]chat.Button) error {
	_, err := c.tx.Enqueue(chat.Outgoing{
		Kind: chat.OutEdit, To: m.Place, Priority: chat.Answer, Edits: m.Outbox, Pace: formPace,
		Text: string(text), Buttons: rows(buttons), OnReply: c.onReply,
	})
	if errors.Is(err, storage.ErrNotFound) {
		return c.tx.ForgetFormMessage(m.Outbox)
	}
	return err
}

func (c *call) formTitle(f *form) chat.Markup {
	key := "form.title"
	switch {
	case f.Again && f.reported == f.all:
		key = "form.title_again"
	case f.window.Closes < c.today:
		key = "form.title_late"
	}
	// keys: form.title form.title_again form.title_late
	return c.t(key, "Window", c.window(f.Period), "Date", c.date(f.window.Closes), "Unit", c.unitName(c.successor(f.Unit)))
}

// formText says what the form is for and what is written in it. Under the head,
// which answers a reply, there is no need to say how to reply.
func (c *call) formText(f *form, head chat.Markup) chat.Markup {
	title, chosen := chat.Bold(c.formTitle(f)), c.t("form.chosen", "Count", len(f.chosen()), "Total", len(f.rows))
	lines := []chat.Markup{title, chosen, c.t("form.how", "Mark", blockedMark)}
	if head != "" {
		lines = []chat.Markup{head, title, chosen}
	}
	if notes := c.formNotes(f); notes != "" {
		return join(append(lines, chat.Quote(notes))...)
	}
	return join(append(lines, c.formExample(f))...)
}

// formExample shows how one replies: a line for each of the first tasks, for
// whoever copies it names none of them twice.
func (c *call) formExample(f *form) chat.Markup {
	number := func(i int) int { return f.rows[min(i, len(f.rows)-1)].task.Number }
	lines := strings.Split(string(c.t("form.example",
		"First", number(0), "Second", number(1), "Third", number(2), "Mark", blockedMark)), "\n")
	return chat.Markup(strings.Join(lines[:min(len(lines), len(f.rows))], "\n"))
}

// formNotes lists the sentences as one would type them.
func (c *call) formNotes(f *form) chat.Markup {
	var lines []chat.Markup
	left := formNotes
	for _, r := range f.chosen() {
		words := r.choice.Words()
		if words == "" {
			continue
		}
		line := statusSign(r.choice.Status) + " " + chat.Markup(strconv.Itoa(r.task.Number)) + " " +
			chat.Escape(chat.Cut(chat.Line(words), 100))
		if left -= chat.Length(chat.Plain(line)) + 1; left < 0 {
			lines = append(lines, "…")
			break
		}
		lines = append(lines, line)
	}
	return join(lines...)
}

func (c *call) formButtons(f *form, named int) [][]chat.Button {
	act := func(what string) chat.Action {
		return chat.Action{Verb: verbForm, Plan: c.plan.ID, Key: f.ID, Arg: what}
	}
	shown, page, pages := pageOf(f.rows, named, offerPage)
	var buttons [][]chat.Button
	for _, r := range shown {
		a := act(formTap)
		a.Occurrence = r.occ.ID
		buttons = append(buttons, []chat.Button{{Label: string(statusSign(r.choice.Status)) + " " +
			strconv.Itoa(r.task.Number) + " · " + plan.Cut(r.task.ShortTitle, plan.ButtonLetters), Action: a}})
	}
	var line []chat.Button
	if len(f.empty()) > 0 {
		line = append(line, c.button("button.form_all", act(formAll)))
	}
	if len(f.asBefore()) > 0 {
		line = append(line, c.button("button.form_last", act(formLast)))
	}
	if pager := c.pager(page, pages, act(formPage)); len(pager) > 0 {
		line = append(line, pager[len(pager)-1])
	}
	buttons = append(buttons, line)
	if n := len(f.chosen()); n > 0 {
		a := act(formSend)
		if f.Asked {
			a.Page = 1
		}
		buttons = append(buttons, []chat.Button{c.button("button.form_send", a, "Count", n)})
	}
	return append(buttons, c.otherWindows(f))
}

// otherWindows are the buttons to the other windows that could be reported.
func (c *call) otherWindows(f *form) []chat.Button {
	var buttons []chat.Button
	for _, w := range slices.Backward(f.others) {
		buttons = append(buttons, c.button("button.form_window",
			chat.Action{Verb: verbFormOpen, Unit: f.Unit, Arg: w.Period}, "Window", c.window(w.Period)))
	}
	return buttons
}

// choiceName names a choice; nothing chosen is not "not reported".
func (c *call) choiceName(s plan.Status) chat.Markup {
	if s == plan.NotStarted {
		return c.t("form.not_chosen")
	}
	return c.checkInStatus(s)
}
