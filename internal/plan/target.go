package plan

import "errors"

// Why a report cannot be taken.
var (
	ErrNoOccurrence = errors.New("the task has nothing to report on yet")
	ErrAlreadyDone  = errors.New("the work is done already")
	ErrNotApplying  = errors.New("only check-ins and trigger tasks can be said not to have arisen")
)

// A Target is the occurrence that a report goes to.
type Target struct {
	Occurrence *Occurrence
	Other      *Occurrence // the check-in that it could go to instead
	Adds       bool        // the work is done already: the report only adds to it
}

// Target chooses among a unit's occurrences of one task the one that a report
// given on day goes to. Of dated work the oldest that is not done comes first.
// Of check-ins it is the one whose window holds the day, unless the one before
// was asked for and is still unreported; after the last closing day it is the
// last. A task that had other words for its
// deadline before may have some of both that are reported: those go on that its
// words ask for now.
//
// It returns ErrNoOccurrence, ErrAlreadyDone or ErrNotApplying.
func (b *Book) Target(occs []*Occurrence, status Status, day Date) (Target, error) {
	var dated, checkIns []*Occurrence
	for _, o := range occs {
		switch o.Kind {
		case OccurrenceCheckIn:
			checkIns = append(checkIns, o)
		case OccurrenceDated:
			dated = append(dated, o)
		case OccurrenceUndated:
		}
	}
	switch {
	case len(checkIns) > 0 && (len(dated) == 0 || b.ongoing(dated[0])):
		return b.checkInTarget(checkIns, day)
	case len(dated) == 0:
		return Target{}, ErrNoOccurrence
	case status == NotArisen:
		return Target{}, ErrNotApplying
	}
	return datedTarget(dated, status)
}

// ongoing reports whether the occurrence's task is an ongoing one now.
func (b *Book) ongoing(o *Occurrence) bool {
	t := b.Plan.Task(o.Task)
	return t != nil && t.Schedule.Kind == KindOngoing
}

func (b *Book) checkInTarget(checkIns []*Occurrence, day Date) (Target, error) {
	i := b.Plan.WindowIndex(day)
	ws := b.Plan.Windows()
	current := byPeriod(checkIns, ws[i].Period)
	if current == nil {
		return Target{}, ErrNoOccurrence
	}
	if i > 0 && day <= ws[i].Closes {
		before := byPeriod(checkIns, ws[i-1].Period)
		asked := b.Plan.Published != 0 && b.Plan.Published <= ws[i-1].Closes
		if before != nil && asked && before.Completion() == nil {
			return Target{Occurrence: before, Other: current}, nil
		}
	}
	return Target{Occurrence: current}, nil
}

func datedTarget(dated []*Occurrence, status Status) (Target, error) {
	var open, last *Occurrence
	for _, o := range dated {
		switch {
		case o.Status() != Done:
			if open == nil || o.Due < open.Due {
				open = o
			}
		case last == nil || o.Completion().ID > last.Completion().ID:
			last = o
		}
	}
	switch {
	case open != nil:
		return Target{Occurrence: open}, nil
	case status == Done:
		return Target{Occurrence: last, Adds: true}, nil
	}
	return Target{Occurrence: last}, ErrAlreadyDone
}

// CheckReport says whether a report may go to the very occurrence, as a button
// that bears one asks: ErrAlreadyDone, ErrNotApplying or nil.
func CheckReport(o *Occurrence, status Status) error {
	if o.Kind != OccurrenceDated {
		return nil
	}
	switch {
	case status == NotArisen:
		return ErrNotApplying
	case status != Done && o.Status() == Done:
		return ErrAlreadyDone
	}
	return nil
}

func byPeriod(occs []*Occurrence, period string) *Occurrence {
	for _, o := range occs {
		if o.Period == period {
			return o
		}
	}
	return nil
}
