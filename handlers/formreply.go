package handlers

import (
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// replyForm takes the sentences of a reply to the form, all or none of them,
// and shows the form below.
func (c *call) replyForm() error {
	f, err := c.actionForm()
	switch {
	case err != nil:
		return err
	case c.plan.Closed != 0:
		return c.refuseClosed()
	case c.in.File != nil:
		return refuse("refuse.form_file", "Done", c.cmd(verbDone))
	}
	lines, err := readFormLines(c.args)
	if err != nil {
		return err
	}
	var numbers []string
	for _, l := range lines {
		if _, err := plan.ReadEvidence(l.words, plan.DateOf(c.in.At, c.h.Location).Year()); err != nil {
			return refuse("refuse.no_date", "Text", chat.Cut(l.text, 60))
		}
		for _, n := range l.numbers {
			r, err := c.rowOf(f, l, n)
			if err != nil {
				return err
			}
			if err := c.choose(f, r, plan.Choice{Status: l.status, Note: l.words, Noted: l.status}); err != nil {
				return err
			}
			numbers = append(numbers, strconv.Itoa(n))
		}
	}
	if err := c.react("👍"); err != nil {
		return err
	}
	for _, m := range f.Messages {
		if m.Place == c.in.Chat.Place {
			continue
		}
		if err := c.showForm(f, m); err != nil {
			return err
		}
	}
	return c.placeForm(f, c.t("form.noted", "List", strings.Join(numbers, ", ")))
}

// rowOf finds the row of the form that a line means. What is reported already
// comes back into the form: a later report stands.
func (c *call) rowOf(f *form, l formLine, number int) (*formRow, error) {
	for i := range f.rows {
		if f.rows[i].task.Number == number {
			return &f.rows[i], nil
		}
	}
	checkIns, err := c.checkIns(f.Unit)
	if err != nil {
		return nil, err
	}
	var have []string
	for _, o := range checkIns {
		switch {
		case o.Period != f.Period:
		case o.Task == number:
			f.rows = append(f.rows, formRow{task: c.plan.Task(number), occ: o})
			slices.SortFunc(f.rows, func(x, y formRow) int { return x.task.Number - y.task.Number })
			return c.rowOf(f, l, number)
		default:
			have = append(have, strconv.Itoa(o.Task))
		}
	}
	said := strconv.Itoa(number)
	if t := c.plan.Task(number); t != nil {
		said = c.number(c.plan, t)
	}
	return nil, refuse("refuse.form_not_here", "Line", l.line, "Number", said,
		"Have", strings.Join(have, ", "), "Done", c.cmd(verbDone))
}

// hasFormLines reports whether a reply says anything to a form: people also
// just talk below it.
func (c *call) hasFormLines() bool {
	_, err := readFormLines(c.args)
	return err == nil
}
