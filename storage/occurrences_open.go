package storage

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"dondoc/internal/plan"
)

// A Reach bounds what OpenOccurrences returns by its own due day, before any
// extension.
type Reach struct {
	Dated                    plan.Date // the last day of dated work
	CheckInsFrom, CheckInsTo plan.Date
}

// OpenOccurrences returns what the units have not completed, whatever the plan,
// by unit: without what was reported, and of extensions the last one's day.
func (tx *Tx) OpenOccurrences(units []string, r Reach) ([]*plan.Occurrence, error) {
	codes, err := json.Marshal(units)
	if err != nil {
		return nil, fmt.Errorf("open occurrences: %w", err)
	}
	snap, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	const open = `SELECT u.key, o.id, o.task, o.kind, o.period, o.due, o.firm,
			(SELECT e.due FROM extensions e WHERE e.occurrence = o.id ORDER BY e.id DESC LIMIT 1)
		FROM json_each(?1) u CROSS JOIN occurrences o ON o.unit = u.value
		WHERE o.completed_at IS NULL AND o.dropped = 0 AND `
	var out []*plan.Occurrence
	err = tx.each(func(rows *sql.Rows) error {
		o := &plan.Occurrence{}
		var unit int
		var extended lastDue
		err := rows.Scan(&unit, &o.ID, &o.TaskID, &o.Kind, &o.Period, day{&o.Due}, &o.Firm, &extended)
		o.Unit = units[unit]
		o.Extensions = extended
		snap.place(o)
		out = append(out, o)
		return err
	}, open+`o.kind = 'dated' AND o.due <= ?2 UNION ALL `+open+`o.kind = 'check_in' AND o.due BETWEEN ?3 AND ?4`,
		string(codes), r.Dated.String(), r.CheckInsFrom.String(), r.CheckInsTo.String())
	if err != nil {
		return nil, fmt.Errorf("open occurrences: %w", err)
	}
	return out, nil
}

// lastDue scans the day of the last extension, NULL for none.
type lastDue []plan.Extension

func (l *lastDue) Scan(src any) error {
	if src == nil {
		*l = nil
		return nil
	}
	var due plan.Date
	err := day{&due}.Scan(src)
	*l = lastDue{{Due: due}}
	return err
}

// place completes an occurrence by its task.
func (s *Snapshot) place(o *plan.Occurrence) {
	_, t := s.TaskByID(o.TaskID)
	if t != nil {
		o.Task = t.Number
	}
	o.Passed = o.Dropped || t == nil || t.Ended != 0 || !t.LeadBy(o.Unit)
}
