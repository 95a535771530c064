package reportfile

import (
	"slices"
	"strings"

	"dondoc/internal/plan"
)

// shortcomings lists late work, what is blocked and who has not reported.
func (s *speaker) shortcomings(d *document) {
	for _, o := range s.Figures.Late {
		i := s.item(o)
		i.Days = s.period.DaysLate(o)
		d.Late = append(d.Late, i)
	}
	for _, o := range s.Figures.Blocked {
		i := s.item(o)
		i.Text = Text(strings.TrimRight(strings.TrimSpace(o.Latest().Note), ".; "))
		same := func(b item) bool { return b.Number == i.Number && b.Unit == i.Unit && b.Text == i.Text }
		if !slices.ContainsFunc(d.Blocked, same) { // in one window as in another
			d.Blocked = append(d.Blocked, i)
		}
	}
	for _, u := range s.Units {
		if n := u.Shown.Missing(); n > 0 {
			d.Missing = append(d.Missing, item{Unit: Text(u.Name), Count: n})
		}
	}
}

func (s *speaker) item(o *plan.Occurrence) item {
	return item{
		Number: o.Task, Title: title(s.taskOf(o)), Unit: Text(s.names.Unit(o.Unit).Name),
		Due: Text(paperDate(o.StatedDue())),
	}
}

// next lists the dated work that is open and due by the end of the next period,
// what is late first; what was done since the closing day is not ahead any more.
func (s *speaker) next(d *document) {
	until := s.Span.Ends
	if i := s.Span.Period.Index(); i+1 < len(plan.Periods()) {
		until = s.Plan.Span(plan.Periods()[i+1]).Ends
	}
	leads := map[int]string{}
	for _, t := range s.Tasks() {
		leads[t.Number] = t.Leads
	}
	listed := map[int]bool{}
	for _, o := range slices.Concat(s.Figures.Late, s.Figures.ByDue) {
		since := s.period.Since(o)
		switch {
		case listed[o.Task], since != nil && since.Status == plan.Done:
			continue
		case o.StatedDue() > until && s.Span.Period != plan.WholeYear:
			continue
		}
		listed[o.Task] = true
		i := s.item(o)
		i.Unit = Text(leads[o.Task])
		d.Next = append(d.Next, i)
	}
}

// later lists what came after the chốt, with the day on which it did.
func (s *speaker) later(d *document) {
	for _, e := range s.Entries {
		if e.Later == "" {
			continue
		}
		at := e.At
		switch e.Later {
		case plan.SupplementWithdrawn:
			at = e.WithdrawnAt
		case plan.SupplementReturned:
			at = e.ReturnedAt
		case plan.SupplementAdded, plan.SupplementEvidence:
		}
		i := s.item(e.Work)
		i.Due, i.Kind = Text(paperDate(plan.DateOf(at, s.Location))), Text(s.words.T("later."+string(e.Later))) // keys: later.*
		i.Text = Text(strings.TrimRight(strings.TrimSpace(e.Note), ".; "))
		d.Later = append(d.Later, i)
	}
}
