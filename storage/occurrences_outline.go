package storage

import (
	"database/sql"
	"fmt"
	"time"

	"dondoc/internal/plan"
)

// Outlines hands the occurrences of a plan to see, one by one and in no order,
// without what was said: its reports are one that bears the latest word and, if
// the occurrence is completed, the instant by which it counts; its extensions
// are the last one's day. So as much can be counted as there is.
func (tx *Tx) Outlines(planID int64, loc *time.Location, see func(*plan.Occurrence)) error {
	snap, err := tx.Snapshot()
	if err != nil {
		return err
	}
	err = tx.each(func(rows *sql.Rows) error {
		o := &plan.Occurrence{}
		var r plan.Report
		var extended lastDue
		if err := rows.Scan(&o.ID, &o.TaskID, &o.Unit, &o.Kind, &o.Period, day{&o.Opens}, day{&o.Due}, &o.Firm,
			&r.Status, instant{&r.At}, &extended); err != nil {
			return err
		}
		o.Extensions = extended
		snap.place(o)
		if r.Status != plan.NotStarted {
			r.Day = plan.DateOf(r.At, loc)
			if o.Kind == plan.OccurrenceCheckIn && r.At.IsZero() { // if one stood, it would be completed
				r.ReturnedAt = time.UnixMilli(0)
			}
			o.Reports = []plan.Report{r}
		}
		see(o)
		return nil
	}, `SELECT o.id, o.task, o.unit, o.kind, o.period, o.opens, o.due, o.firm, o.status, o.completed_at,
			(SELECT e.due FROM extensions e WHERE e.occurrence = o.id ORDER BY e.id DESC LIMIT 1)
		FROM tasks t JOIN occurrences o ON o.task = t.id
		WHERE t.plan = ? AND t.ended = '' AND o.dropped = 0`, planID)
	if err != nil {
		return fmt.Errorf("outlines: %w", err)
	}
	return nil
}
