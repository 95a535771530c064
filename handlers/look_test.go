package handlers_test

import (
	"dondoc/internal/plan"
	"dondoc/storage"
)

// occurrences reads a unit's occurrences of a task from the database.
func (o *office) occurrences(task int, unit string) (occs []*plan.Occurrence) {
	o.Helper()
	o.must(o.app.DB().Read(o.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		occs, err = tx.Occurrences(storage.Filter{Task: snap.Year(2024).Task(task).ID, Unit: unit}, zone)
		return err
	}))
	return occs
}

// occurrence is the one of the period, or the first.
func (o *office) occurrence(task int, unit, period string) *plan.Occurrence {
	o.Helper()
	for _, occ := range o.occurrences(task, unit) {
		if period == "" || occ.Period == period {
			return occ
		}
	}
	o.Fatalf("no occurrence %d %s %s", task, unit, period)
	return nil
}
