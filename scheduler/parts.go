package scheduler

import (
	"iter"
	"slices"
	"time"

	"dondoc/internal/plan"
	"dondoc/storage"
)

// Load gathers who hears of the office, and what was said, as it is now; nil
// without a plan. The work comes with Parts.
func Load(tx *storage.Tx, now time.Time, loc *time.Location) (*Office, error) {
	f, err := outline(tx, plan.DateOf(now, loc), loc)
	if f == nil || err != nil {
		return nil, err
	}
	f.asks(tx)
	return f, f.meet(tx)
}

// Parts has the office hold the open work of some chats after the other, so that
// what a large office has to do is never there at once. There is one part at
// least, and the last one stays.
func (f *Office) Parts(tx *storage.Tx, from plan.Date) iter.Seq[error] {
	return func(yield func(error) bool) {
		places := f.places()
		for {
			some := places[:min(len(places), chatsAtOnce)]
			places = places[len(some):]
			err := f.fill(tx, some, all(from))
			if !yield(err) || err != nil || len(places) == 0 {
				return
			}
		}
	}
}

// Occurrence returns one of those that the office holds, or nil.
func (f *Office) Occurrence(id int64) *plan.Occurrence {
	if f.byID == nil {
		f.byID = map[int64]*plan.Occurrence{}
		for _, occs := range f.Occurrences {
			for _, o := range occs {
				f.byID[o.ID] = o
			}
		}
	}
	return f.byID[id]
}

// Ahead hands over what will be said from now until an instant if nobody reports
// meanwhile, in no order. What it is about is among the office's occurrences
// then.
func (f *Office) Ahead(tx *storage.Tx, now, until time.Time, see func(Message)) error {
	looked, err := LookedAt(tx, now)
	if err != nil {
		return err
	}
	var others []Message // what is not for the units comes with each part
	// What was missed meanwhile, for however long, is said with the next reminder.
	for err := range f.Parts(tx, plan.DateOf(looked.Reminders, f.Location)) {
		if err != nil {
			return err
		}
		for _, m := range f.Forecast(looked, now, until) {
			same := func(o Message) bool { return o.Kind == m.Kind && o.At.Equal(m.At) && o.To == m.To }
			switch {
			case m.Kind == Reminder:
				see(m)
			case !slices.ContainsFunc(others, same):
				others = append(others, m)
			}
		}
	}
	for _, m := range others {
		see(m)
	}
	return f.Err()
}

// Uncharted is UnknownYears of all parts.
func (f *Office) Uncharted(tx *storage.Tx, now time.Time) ([]int, error) {
	var reached []int
	for err := range f.Parts(tx, plan.DateOf(now, f.Location)) {
		if err != nil {
			return nil, err
		}
		for _, y := range f.UnknownYears(now) {
			if !slices.Contains(reached, y) {
				reached = append(reached, y)
			}
		}
		if len(reached) == len(f.uncharted()) {
			break
		}
	}
	slices.Sort(reached)
	return reached, f.Err()
}
