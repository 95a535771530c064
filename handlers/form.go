package handlers

import (
	"errors"
	"slices"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// What the buttons of a form do: Arg of their actions. Key is the form.
const (
	formTap   = "tap"   // Occurrence: the check-in
	formAll   = "all"   // each ▫️ becomes ✅
	formLast  = "last"  // each ▫️ becomes what it was in the window before
	formPage  = "page"  // Page
	formSend  = "send"  // Page 1: sentences that lack were asked for
	formWords = "words" // asks for sentences
)

// formAgain is the Key of an action that opens a form to report again.
const formAgain = 1

// formPace is how often the message of a form is edited at most.
const formPace = 2 * time.Second

// A form is the check-in form of a unit and window as it stands.
type form struct {
	storage.Form
	window   plan.Window
	others   []plan.Window // that could be reported instead
	rows     []formRow     // what it shows
	all      int           // check-ins of the window
	reported int           // of all
}

// A formRow is one check-in of a form.
type formRow struct {
	task   *plan.Task
	occ    *plan.Occurrence
	choice plan.Choice
	before *plan.Report // the last word of the window before, or nil
}

// chosen lists the rows that are to be sent.
func (f *form) chosen() []*formRow {
	return f.those(func(r *formRow) bool { return r.choice.Status != plan.NotStarted })
}

// empty lists the rows for which nothing is chosen.
func (f *form) empty() []*formRow {
	return f.those(func(r *formRow) bool { return r.choice.Status == plan.NotStarted })
}

// lacking lists the chosen rows that should have a sentence and have none.
func (f *form) lacking() []*formRow {
	return f.those(func(r *formRow) bool {
		s := r.choice.Status
		return (s == plan.Done || s == plan.InProgress) && r.choice.Words() == ""
	})
}

// asBefore lists the empty rows of which the window before knows something.
func (f *form) asBefore() []*formRow {
	return f.those(func(r *formRow) bool {
		return r.choice.Status == plan.NotStarted && r.choice.Note == "" && r.before != nil
	})
}

func (f *form) those(fit func(*formRow) bool) []*formRow {
	var out []*formRow
	for i := range f.rows {
		if fit(&f.rows[i]) {
			out = append(out, &f.rows[i])
		}
	}
	return out
}

// loadForm gathers what the form shows now: the check-ins of its window that
// are not reported, or all of them, with what is chosen for each.
func (c *call) loadForm(rec storage.Form) (*form, error) {
	f := &form{Form: rec}
	checkIns, err := c.checkIns(f.Unit)
	if err != nil {
		return nil, err
	}
	choices, err := c.tx.Choices(rec)
	if err != nil {
		return nil, err
	}
	ws := c.plan.Windows()
	i := slices.IndexFunc(ws[:], func(w plan.Window) bool { return w.Period == f.Period })
	if i < 0 {
		return nil, c.dead()
	}
	f.window = ws[i]
	before := map[int]*plan.Report{}
	for _, o := range checkIns {
		switch {
		case i > 0 && o.Period == ws[i-1].Period:
			before[o.Task] = o.Latest()
		case o.Period == f.Period:
			f.add(c.plan.Task(o.Task), o, choices[o.ID])
		}
	}
	for i := range f.rows {
		f.rows[i].before = before[f.rows[i].occ.Task]
	}
	f.others = slices.DeleteFunc(c.book(c.today).FormWindows(checkIns), func(w plan.Window) bool { return w == f.window })
	return f, nil
}

// add counts a check-in of the window. It is shown while it is unreported, and
// afterwards if the form is to report again, or something was chosen for it
// since.
func (f *form) add(t *plan.Task, o *plan.Occurrence, choice plan.Choice) {
	f.all++
	if choice.Status == "" || !choice.Holds(o) {
		choice = plan.Choice{Status: plan.NotStarted}
	}
	if o.Completion() != nil {
		f.reported++
		if !f.Again && choice.Status == plan.NotStarted {
			return
		}
	}
	f.rows = append(f.rows, formRow{task: t, occ: o, choice: choice})
}

// choose records what is chosen for a row.
func (c *call) choose(f *form, r *formRow, choice plan.Choice) error {
	choice.By, choice.Since, choice.Report = c.person.ID, 0, 0
	if latest := r.occ.Latest(); latest != nil {
		choice.Since = latest.ID
	}
	r.choice, f.ChangedBy = choice, c.person.ID
	return c.tx.Choose(f.ID, r.occ.ID, choice)
}

// pressForm handles the buttons of a form.
func (c *call) pressForm() error {
	f, err := c.actionForm()
	if err != nil {
		return err
	}
	if err := c.adopt(f); err != nil {
		return err
	}
	if len(f.rows) == 0 || c.plan.Closed != 0 {
		over := func(c *call) chat.Markup { return c.formOver(f) }
		if err := c.finishForm(f, over); err != nil {
			return err
		}
		return c.answer(over(c), true)
	}
	switch c.action.Arg {
	case formTap:
		return c.tapForm(f)
	case formAll:
		return c.fillForm(f, f.empty(), func(r *formRow) plan.Choice {
			r.choice.Status = plan.Done
			return r.choice
		})
	case formLast:
		return c.fillForm(f, f.asBefore(), func(r *formRow) plan.Choice {
			return plan.Choice{Status: r.before.Status, Note: r.before.Note, Noted: r.before.Status}
		})
	case formPage:
		return c.turnPage(f)
	case formSend:
		return c.sendForm(f)
	case formWords:
		return c.askWords(f)
	}
	return c.dead()
}

// adopt makes the pressed message one of the form's, if it is not yet: where a
// chat went on under another id, what a message says now was said anew.
func (c *call) adopt(f *form) error {
	if f.message(c.pressed) != nil {
		return nil
	}
	m := storage.FormMessage{Place: c.in.Chat.Place, Outbox: c.pressed, Page: 1}
	f.Messages = slices.DeleteFunc(f.Messages, func(m storage.FormMessage) bool { return m.Place == c.in.Chat.Place })
	f.Messages = append(f.Messages, m)
	return c.tx.ShowForm(f.ID, m)
}

// message is the form's message with the outbox id, or nil.
func (f *form) message(outbox int64) *storage.FormMessage {
	for i := range f.Messages {
		if f.Messages[i].Outbox == outbox {
			return &f.Messages[i]
		}
	}
	return nil
}

func (c *call) turnPage(f *form) error {
	m := f.message(c.pressed)
	m.Page = c.action.Page
	if err := c.tx.ShowForm(f.ID, *m); err != nil {
		return err
	}
	return c.showForm(f, *m)
}

// actionForm is the form that a button or a question is about.
func (c *call) actionForm() (*form, error) {
	rec, err := c.tx.Form(c.action.Key)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return nil, c.dead()
	case err != nil:
		return nil, err
	case !c.mayReport(c.successor(rec.Unit)):
		return nil, refuse("refuse.member", "Unit", c.unitName(rec.Unit))
	}
	return c.loadForm(rec)
}

// tapForm turns a row on. A tap on what another person changed, where the
// message does not show it yet, changes nothing: it meant what was seen.
func (c *call) tapForm(f *form) error {
	i := slices.IndexFunc(f.rows, func(r formRow) bool { return r.occ.ID == c.action.Occurrence })
	if i < 0 {
		return c.tapGone(f)
	}
	r := &f.rows[i]
	unseen, err := c.notShown(r.choice.By)
	if err != nil {
		return err
	}
	if !unseen {
		if err := c.choose(f, r, r.choice.Next()); err != nil {
			return err
		}
	}
	if err := c.refreshForm(f); err != nil {
		return err
	}
	return c.answer(c.t("form.tapped", "Number", r.task.Number, "Title", plan.Cut(r.task.ShortTitle, plan.ButtonLetters),
		"Sign", statusSign(r.choice.Status), "Status", c.choiceName(r.choice.Status),
		"Count", len(f.chosen()), "Total", len(f.rows)), unseen)
}

// tapGone answers a tap on what is no longer in the form with how it stands.
func (c *call) tapGone(f *form) error {
	if err := c.refreshForm(f); err != nil {
		return err
	}
	o, err := c.tx.Occurrence(c.action.Occurrence, c.h.Location)
	switch {
	case errors.Is(err, storage.ErrNotFound): // no refusal, which would undo the refreshing
		return c.answer(c.t("refuse.dead_button", "State", c.stateLine()), true)
	case err != nil:
		return err
	}
	return c.answer(c.t("form.gone", "Number", o.Task, "State", c.stateOf(o)), true)
}

// notShown reports whether what the other person did is not shown yet by the
// message that was pressed.
func (c *call) notShown(other int64) (bool, error) {
	if other == 0 || other == c.person.ID {
		return false, nil
	}
	return c.tx.EditWaits(c.pressed)
}

// fillForm sets rows at one stroke.
func (c *call) fillForm(f *form, rows []*formRow, to func(*formRow) plan.Choice) error {
	for _, r := range rows {
		if err := c.choose(f, r, to(r)); err != nil {
			return err
		}
	}
	if err := c.refreshForm(f); err != nil {
		return err
	}
	return c.answer(c.t("form.filled", "Filled", len(rows), "Count", len(f.chosen()), "Total", len(f.rows)), false)
}
