package storage

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

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

// OpenTasks are the tasks of which a unit has open work of one kind and day, by
// id, one for each occurrence.
type OpenTasks struct {
	Kind   plan.OccurrenceKind
	Period string    // of check-ins
	Due    plan.Date // the closing day of check-ins
	Tasks  []int64
}

// OpenTasksOf returns what OpenOccurrences does of one unit, dated work
// without its days: no more than is needed to count it, which every report
// does.
func (tx *Tx) OpenTasksOf(unit string, r Reach) ([]OpenTasks, error) {
	const ofUnit = ` FROM occurrences o WHERE o.unit = ?1 AND o.completed_at IS NULL AND o.dropped = 0 AND `
	var out []OpenTasks
	err := tx.each(func(rows *sql.Rows) error {
		var t OpenTasks
		var ids sql.NullString // NULL for none
		if err := rows.Scan(&t.Kind, &t.Period, day{&t.Due}, &ids); err != nil || !ids.Valid {
			return err
		}
		for id := range strings.SplitSeq(ids.String, ",") {
			n, err := strconv.ParseInt(id, 10, 64)
			if err != nil {
				return fmt.Errorf("task of open work: %w", err)
			}
			t.Tasks = append(t.Tasks, n)
		}
		out = append(out, t)
		return nil
	}, `SELECT 'dated', '', '', group_concat(o.task)`+ofUnit+`o.kind = 'dated' AND o.due <= ?2
		UNION ALL SELECT 'check_in', o.period, o.due, group_concat(o.task)`+ofUnit+`o.kind = 'check_in'
		AND o.due BETWEEN ?3 AND ?4 GROUP BY o.due, o.period`,
		unit, r.Dated.String(), r.CheckInsFrom.String(), r.CheckInsTo.String())
	if err != nil {
		return nil, fmt.Errorf("open tasks: %w", err)
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
