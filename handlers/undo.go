package handlers

import (
	"errors"
	"slices"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// undoSpan is how long a person may withdraw his own last word.
const undoSpan = 24 * time.Hour

// undoLines is how many withdrawn tasks are named before the list is folded.
const undoLines = 5

// undo withdraws the person's own last message or form.
func (c *call) undo() error {
	switch r, err := c.tx.LastExtensionRequestOf(c.person.ID); {
	case err == nil && c.now.Sub(r.At) > undoSpan:
		return refuse("refuse.undo_old", "At", c.moment(r.At), "Office", c.office())
	case err == nil:
		return c.withdrawExtension(r)
	case !errors.Is(err, storage.ErrNotFound):
		return err
	}
	w, err := c.lastWord()
	if err != nil {
		return err
	}
	return c.withdraw(w)
}

// pressUndo withdraws the very message that the button stands under, if it is
// the person's own last one.
func (c *call) pressUndo() error {
	if c.action.Arg == verbExtend {
		return c.pressUndoExtension()
	}
	w, err := c.lastWord()
	if err != nil {
		return err
	}
	if w.Batch != c.action.Key {
		return refuse("refuse.undo_not_last")
	}
	if err := c.withdraw(w); err != nil {
		return err
	}
	return c.tx.DropButtons(c.pressed)
}

func (c *call) lastWord() (storage.LastWord, error) {
	w, err := c.tx.LastWordOf(c.person.ID)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return w, refuse("refuse.undo_nothing")
	case err != nil:
		return w, err
	case c.now.Sub(w.At) > undoSpan:
		return w, refuse("refuse.undo_old", "At", c.moment(w.At), "Office", c.office())
	case w.Overtaken:
		return w, refuse("refuse.undo_overtaken", "At", c.moment(w.At), "History", c.cmd(verbHistory))
	}
	return w, nil
}

// withdraw takes back the word and says how its tasks stand now. Rights are
// those of the present and of this place: who was relieved of a unit no longer
// speaks for it, and the chat of another unit does not hear of it. What was
// done before the task went to another unit stays done: it would be nobody's to
// do again.
func (c *call) withdraw(w storage.LastWord) error {
	var lines []chat.Markup
	var reopen []chat.Button
	if err := c.tx.Withdraw(w.Batch, c.now); err != nil {
		return err
	}
	for _, id := range w.Occurrences {
		o, err := c.tx.Occurrence(id, c.h.Location)
		if err != nil {
			return err
		}
		if !c.mayReport(c.successor(o.Unit)) {
			return refuse("refuse.undo_nothing")
		}
		t := c.taskOf(o)
		c.plan = c.planOf(t)
		if t.Ended == 0 && !t.LeadBy(o.Unit) {
			return refuse("refuse.undo_moved", "Number", c.number(c.plan, t), "Title", t.ShortTitle,
				"At", c.moment(w.At), "Office", c.office())
		}
		lines = append(lines, c.t("undo.task", "Number", c.number(c.plan, t), "Title", t.ShortTitle, "State", c.stateOf(o)))
		if n := len(o.Reports); n > 0 && o.Reports[n-1].Via == plan.ViaForm {
			reopen = []chat.Button{c.button("button.form_reopen", chat.Action{
				Verb: verbCheckIn, Unit: o.Unit, Arg: o.Period,
			})}
		}
	}
	text := chat.Bold(c.n("undo.done", len(lines))) + "\n"
	if len(lines) > undoLines {
		text += chat.Quote(join(lines...))
	} else {
		text += join(lines...)
	}
	_, err := c.say(text, reopen)
	return err
}

// moveReport gives the reports of a batch to the check-ins of the window that
// the button names by one of them: the words are withdrawn there and said here.
func (c *call) moveReport() error {
	w, err := c.lastWord()
	if err != nil {
		return err
	}
	if w.Batch != c.action.Key {
		return refuse("refuse.undo_not_last")
	}
	to, err := c.tx.Occurrence(c.action.Occurrence, c.h.Location)
	if err != nil {
		return err
	}
	reports := make([]filed, len(w.Occurrences))
	for i, id := range w.Occurrences {
		if reports[i], err = c.moved(id, to.Period); err != nil {
			return err
		}
	}
	if err := c.tx.Withdraw(w.Batch, c.now); err != nil {
		return err
	}
	batch, err := c.record(reports)
	if err != nil {
		return err
	}
	if err := c.tx.DropButtons(c.pressed); err != nil {
		return err
	}
	said := reports[0].report
	return c.acknowledge(word{status: said.Status, unit: to.Unit, note: said.Note, via: said.Via, at: said.At}, batch, reports)
}

// moved is what was last said of the check-in, as it is said of that of the
// other window.
func (c *call) moved(id int64, window string) (filed, error) {
	from, err := c.tx.Occurrence(id, c.h.Location)
	if err != nil {
		return filed{}, err
	}
	occs, err := c.tx.Occurrences(storage.Filter{Task: from.TaskID, Unit: from.Unit}, c.h.Location)
	if err != nil {
		return filed{}, err
	}
	t := c.taskOf(from)
	i := slices.IndexFunc(occs, func(o *plan.Occurrence) bool { return o.Period == window })
	if t == nil || i < 0 || !c.mayReport(from.Unit) {
		return filed{}, c.dead()
	}
	return filed{task: t, target: plan.Target{Occurrence: occs[i], Other: from}, report: *from.Latest()}, nil
}
