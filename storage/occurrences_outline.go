package storage

import (
	"database/sql"
	"fmt"
	"time"

	"dondoc/internal/plan"
)

// Outlines hands the occurrences that fit to see, one by one, by task number,
// unit and period, without what was said: its reports are one that bears the
// latest word and, if the occurrence is completed, the instant by which it
// counts; its extensions are the last one's day. However many there are, none is
// kept here: so a whole office is counted in the room of one occurrence.
func (tx *Tx) Outlines(f Filter, loc *time.Location, see func(*plan.Occurrence)) error {
	snap, err := tx.Snapshot()
	if err != nil {
		return err
	}
	cond, args := f.where()
	err = tx.each(func(rows *sql.Rows) error {
		o := &plan.Occurrence{}
		var status plan.Status
		var at time.Time
		var extended lastDue
		if err := rows.Scan(&o.ID, &o.TaskID, &o.Unit, &o.Kind, &o.Period, day{&o.Opens}, day{&o.Due}, &o.Firm, &o.Dropped,
			&status, instant{&at}, &extended); err != nil {
			return err
		}
		o.Extensions = extended
		snap.place(o)
		o.Reports = told(o, status, at, loc)
		see(o)
		return nil
	}, `SELECT o.id, o.task, o.unit, o.kind, o.period, o.opens, o.due, o.firm, o.dropped, o.status, o.completed_at,
			(SELECT e.due FROM extensions e WHERE e.occurrence = o.id ORDER BY e.id DESC LIMIT 1)
		FROM tasks t JOIN occurrences o ON o.task = t.id
		WHERE `+cond+` ORDER BY t.number, o.unit, o.period`, args...)
	if err != nil {
		return fmt.Errorf("outlines: %w", err)
	}
	return nil
}

// told is the one report that stands for all of an outlined occurrence.
func told(o *plan.Occurrence, status plan.Status, at time.Time, loc *time.Location) []plan.Report {
	if status == plan.NotStarted {
		return nil
	}
	r := plan.Report{Status: status, At: at, Day: plan.DateOf(at, loc)}
	if o.Kind == plan.OccurrenceCheckIn && at.IsZero() { // if one stood, it would be completed
		r.ReturnedAt = time.UnixMilli(0)
	}
	return []plan.Report{r}
}
