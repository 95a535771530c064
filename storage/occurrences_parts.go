package storage

import (
	"iter"
	"slices"
	"time"

	"dondoc/internal/plan"
)

// partSize is of how many tasks, each with how many units, a part of a plan's
// occurrences is: their product. All that was said of so many takes a few
// megabytes.
const partSize = 500

// A part bounds what Occurrences returns.
type part struct {
	first, last int    // numbers of tasks
	from, to    string // codes of units
}

// Parts returns what fits, of a plan or of a task, as Occurrences does, in the
// same order, but some of it after the other, so that all that was said in a
// large office is never there at once.
func (tx *Tx) Parts(f Filter, loc *time.Location) iter.Seq2[[]*plan.Occurrence, error] {
	return func(yield func([]*plan.Occurrence, error) bool) {
		parts, err := tx.parts(f)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, p := range parts {
			f.part = &p
			occs, err := tx.Occurrences(f, loc)
			if !yield(occs, err) || err != nil {
				return
			}
		}
	}
}

// parts divides what fits: by tasks and, where one task has many units, by
// these.
func (tx *Tx) parts(f Filter) ([]part, error) {
	snap, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	units, err := list[string](tx, `SELECT code FROM units ORDER BY code`)
	if err != nil {
		return nil, err
	}
	tasks := []*plan.Task{}
	if _, t := snap.TaskByID(f.Task); t != nil {
		tasks = append(tasks, t)
	} else if p := snap.Plan(f.Plan); p != nil {
		tasks = p.Tasks
	}
	var parts []part
	for these := range slices.Chunk(tasks, max(1, partSize/max(1, len(units)))) {
		for some := range slices.Chunk(units, partSize) {
			parts = append(parts, part{
				first: these[0].Number, last: these[len(these)-1].Number, from: some[0], to: some[len(some)-1],
			})
		}
	}
	return parts, nil
}
