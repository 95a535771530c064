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

// Parts returns what is asked for in the plan as Occurrences does, in the same
// order, but some of it after the other, so that all that was said in a large
// office is never there at once.
func (tx *Tx) Parts(planID int64, loc *time.Location) iter.Seq2[[]*plan.Occurrence, error] {
	return func(yield func([]*plan.Occurrence, error) bool) {
		parts, err := tx.parts(planID)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, p := range parts {
			occs, err := tx.Occurrences(Filter{Plan: planID, part: &p}, loc)
			if !yield(occs, err) || err != nil {
				return
			}
		}
	}
}

// parts divides a plan: by tasks and, where one task has many units, by these.
func (tx *Tx) parts(planID int64) ([]part, error) {
	snap, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	units, err := list[string](tx, `SELECT code FROM units ORDER BY code`)
	if err != nil {
		return nil, err
	}
	var parts []part
	for tasks := range slices.Chunk(snap.Plan(planID).Tasks, max(1, partSize/max(1, len(units)))) {
		for some := range slices.Chunk(units, partSize) {
			parts = append(parts, part{
				first: tasks[0].Number, last: tasks[len(tasks)-1].Number, from: some[0], to: some[len(some)-1],
			})
		}
	}
	return parts, nil
}
