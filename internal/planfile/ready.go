package planfile

import (
	"fmt"
	"slices"

	"dondoc/internal/plan"
)

// DropEmpty leaves out the tasks that are no more than a number and returns
// their numbers: tables have such rows to be filled in.
func (d *Draft) DropEmpty() []int {
	var dropped []int
	var tasks []*plan.Task
	var lines []int
	for i, t := range d.Plan.Tasks {
		if t.Content == "" && t.LeadText == "" && t.CooperatingText == "" && t.Schedule.Phrase == "" {
			dropped = append(dropped, t.Number)
			d.Faults = slices.DeleteFunc(d.Faults, func(e *Error) bool {
				return e.Code == CodeNoContent && e.Line == d.Lines[i]
			})
			continue
		}
		tasks, lines = append(tasks, t), append(lines, d.Lines[i])
	}
	d.Plan.Tasks, d.Lines = tasks, lines
	if len(tasks) == 0 && len(dropped) > 0 {
		d.Faults = append(d.Faults, newProblem(0, CodeNoTasks))
	}
	return dropped
}

// Unread returns the tasks whose deadline phrase could not be read.
func (d *Draft) Unread() []*plan.Task {
	var unread []*plan.Task
	for _, t := range d.Plan.Tasks {
		if t.Schedule.Kind == plan.KindUnknown {
			unread = append(unread, t)
		}
	}
	return unread
}

// Complete gives the plan what its file does not say: a title, and of the plan
// before it, which may be of the same year, what an office keeps.
func (d *Draft) Complete(before *plan.Plan) {
	p := d.Plan
	switch {
	case p.Title != "" && before != nil && before.Year == p.Year && plan.Fold(before.Title) == plan.Fold(p.Title):
		p.Title = before.Title // not in capitals, as above an appendix
	case p.Title != "":
	case before != nil && before.Year == p.Year:
		p.Title = before.Title
	default:
		p.Title = fmt.Sprintf("Kế hoạch năm %d", p.Year)
	}
	if before == nil {
		return
	}
	p.Settings = before.Settings
	if len(p.Recipients) == 0 {
		p.Recipients = before.Recipients
	}
	for _, pair := range []struct {
		to   *string
		from string
	}{
		{&p.Parent, before.Parent},
		{&p.Office, before.Office},
		{&p.Place, before.Place},
		{&p.SignerTitle, before.SignerTitle},
		{&p.Signer, before.Signer},
	} {
		if *pair.to == "" {
			*pair.to = pair.from
		}
	}
}

// ReadDay reads a day as decisions write it: 11/01/2024.
func ReadDay(text string) (plan.Date, bool) { return parseDay(text) }

// ReadYear reads a year that a plan may be of.
func ReadYear(text string) (int, bool) { return parseYear(text) }
