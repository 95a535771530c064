package plan

import (
	"cmp"
	"slices"
)

// A Revision is what becomes of a task's occurrences when its deadline or its
// units change.
type Revision struct {
	Add  []Occurrence
	Move []Occurrence // with other days than before; taken up again if they were dropped
	Drop []int64      // no longer to be done; what was reported stays
}

// Revise returns the revision for a task that was old, nil if there was none,
// and is t from the day on, given all that it ever asked for. What is done stays
// done and stands for the day that takes the place of its own; what is not moves
// to the new days in order. Of check-ins those are not made that closed before a
// plan in force was changed. What somebody set beside the phrase, such as the
// days of trigger tasks, stays.
func (p *Plan) Revise(old, t *Task, occs []*Occurrence, today Date) Revision {
	var r Revision
	if old != nil && !old.Schedule.Kind.asks() && !t.Schedule.Kind.asks() {
		return r
	}
	for _, unit := range t.Leads {
		var wanted []Occurrence
		for _, o := range p.Occurrences(t) {
			past := o.Kind == OccurrenceCheckIn && o.Due < today && p.Published != 0
			if o.Unit == unit && (!past || period(occs, unit, o.Period) != nil) {
				wanted = append(wanted, o)
			}
		}
		r.revise(wanted, ofPhrase(occs, unit))
	}
	return r
}

// asks reports whether the phrase itself asks for something.
func (k Kind) asks() bool { return k.Dated() || k == KindOngoing }

func period(occs []*Occurrence, unit, period string) *Occurrence {
	i := slices.IndexFunc(occs, func(o *Occurrence) bool { return o.Unit == unit && o.Period == period })
	if i < 0 {
		return nil
	}
	return occs[i]
}

// ofPhrase returns the unit's occurrences that a phrase or /deadline made, by
// due day, and those that say of a window that nothing arose, for a check-in of
// the window can take their place. Those of a trigger bear no day as their
// period.
func ofPhrase(occs []*Occurrence, unit string) []*Occurrence {
	var mine []*Occurrence
	for _, o := range occs {
		_, err := ParseDate(o.Period)
		if o.Unit == unit && (o.Kind != OccurrenceDated || err == nil) {
			mine = append(mine, o)
		}
	}
	slices.SortStableFunc(mine, func(a, b *Occurrence) int { return cmp.Compare(a.Due, b.Due) })
	return mine
}

// revise fits what one unit has to what is wanted of it.
func (r *Revision) revise(wanted []Occurrence, have []*Occurrence) {
	var rest []Occurrence
	for _, w := range wanted {
		i := slices.IndexFunc(have, func(o *Occurrence) bool { return o.Period == w.Period })
		if i < 0 {
			rest = append(rest, w)
			continue
		}
		if have[i].Dropped || have[i].Kind != w.Kind {
			r.move(have[i], w)
		}
		have = slices.Delete(slices.Clone(have), i, i+1)
	}
	have = slices.DeleteFunc(slices.Clone(have), func(o *Occurrence) bool { return o.Dropped })
	for _, w := range rest {
		i := slices.IndexFunc(have, func(o *Occurrence) bool { return o.Kind == OccurrenceDated })
		if w.Kind != OccurrenceDated || i < 0 {
			r.Add = append(r.Add, w)
			continue
		}
		if have[i].Completion() == nil {
			r.move(have[i], w)
		}
		have = slices.Delete(have, i, i+1)
	}
	for _, o := range have {
		if o.Kind != OccurrenceUndated && o.Completion() == nil {
			r.Drop = append(r.Drop, o.ID)
		}
	}
}

// move gives an occurrence the days that are wanted.
func (r *Revision) move(o *Occurrence, w Occurrence) {
	w.ID, w.TaskID = o.ID, o.TaskID
	r.Move = append(r.Move, w)
}
