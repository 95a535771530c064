package export

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"dondoc/internal/plan"
	"dondoc/storage"
)

// Write prints the document to w: one consistent state of the database, of
// which no more than one task is in memory at a time. now is the program's
// time; its location is the plan's time zone, in which all instants are
// written.
//
// "plan" and "tasks" are those of the plan that commands mean, null and [] if
// there is none; "plans" has the others, newest first. Units stand in the
// order of the roster, people by id, tasks by number, occurrences by unit code
// and then due day. After an error what w has is no complete document.
func Write(ctx context.Context, w io.Writer, db *storage.DB, now time.Time) error {
	p := newPrinter(w)
	err := db.Read(ctx, func(tx *storage.Tx) error {
		s, err := tx.Snapshot()
		if err != nil {
			return err
		}
		e := &exporter{printer: p, tx: tx, snapshot: s, now: now}
		return e.document()
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := p.finish(); err != nil {
		return fmt.Errorf("export: write: %w", err)
	}
	return nil
}

// An exporter prints what one transaction sees.
type exporter struct {
	*printer
	tx       *storage.Tx
	snapshot *storage.Snapshot
	now      time.Time
}

func (e *exporter) document() error {
	merged, err := e.tx.MergedUnits()
	if err != nil {
		return err
	}
	everybody, err := e.tx.Everybody()
	if err != nil {
		return err
	}
	units, people := unitsOf(e.snapshot, merged), peopleOf(everybody)
	current := e.snapshot.Current(plan.DateOf(e.now, e.now.Location()))
	err = e.object(
		field{"plan", func() error { return e.planOrNull(current) }},
		field{"units", func() error {
			return e.list(len(units), func(i int) error { return e.value(units[i]) })
		}},
		field{"people", func() error {
			return e.list(len(people), func(i int) error { return e.value(people[i]) })
		}},
		field{"tasks", func() error { return e.tasks(current) }},
		field{"plans", func() error { return e.otherPlans(current) }},
	)
	e.text("\n")
	return err
}

func (e *exporter) planOrNull(p *plan.Plan) error {
	if p == nil {
		return e.value(nil)
	}
	return e.value(PlanOf(p))
}

// otherPlans prints every plan but the current one, with its tasks.
func (e *exporter) otherPlans(current *plan.Plan) error {
	var others []*plan.Plan
	for _, p := range e.snapshot.Plans {
		if p != current {
			others = append(others, p)
		}
	}
	return e.list(len(others), func(i int) error {
		return e.object(
			field{"plan", func() error { return e.value(PlanOf(others[i])) }},
			field{"tasks", func() error { return e.tasks(others[i]) }},
		)
	})
}

// tasks prints the tasks of p, none if it is nil.
func (e *exporter) tasks(p *plan.Plan) error {
	if p == nil {
		return e.list(0, nil)
	}
	loc := e.now.Location()
	book := &plan.Book{Plan: p, Calendar: e.snapshot.Calendar, Today: plan.DateOf(e.now, loc)}
	all := slices.Concat(p.Tasks, p.Ended)
	slices.SortFunc(all, func(a, b *plan.Task) int { return cmp.Compare(a.Number, b.Number) })
	return e.list(len(all), func(i int) error {
		t := all[i]
		occs, err := e.tx.Occurrences(storage.Filter{Task: t.ID, Dropped: true}, loc)
		if err != nil {
			return fmt.Errorf("task %d: %w", t.Number, err)
		}
		occs = slices.DeleteFunc(occs, func(o *plan.Occurrence) bool { return o.Dropped && len(o.Reports) == 0 })
		out := struct {
			Task
			Occurrences []occurrence `json:"occurrences"`
		}{TaskOf(p, t), make([]occurrence, len(occs))}
		for i, o := range occs {
			out.Occurrences[i] = occurrenceOf(book, o, loc)
		}
		return e.value(out)
	})
}
