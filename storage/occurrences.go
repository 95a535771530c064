package storage

import (
	"database/sql"
	"fmt"
	"time"

	"dondoc/internal/plan"
)

// A Filter chooses occurrences; fields that are set must all fit.
type Filter struct {
	Plan int64 // without tasks that have ended
	Task int64 // the task's id
	Unit string
	ID   int64

	Dropped bool // also what a later version of the plan does not ask for

	part *part // of the plan; nil for all of it
}

// where returns the condition on the tables o (occurrences) and t (tasks).
func (f Filter) where() (string, []any) {
	cond, args := "1", []any(nil)
	for _, c := range []struct {
		set  bool
		cond string
		arg  any
	}{
		{f.Plan != 0, "t.ended = '' AND t.plan = ?", f.Plan},
		{f.Task != 0, "o.task = ?", f.Task},
		{f.Unit != "", "o.unit = ?", f.Unit},
		{f.ID != 0, "o.id = ?", f.ID},
	} {
		if c.set {
			cond += " AND " + c.cond
			args = append(args, c.arg)
		}
	}
	if p := f.part; p != nil {
		cond += " AND t.number BETWEEN ? AND ? AND o.unit BETWEEN ? AND ?"
		args = append(args, p.first, p.last, p.from, p.to)
	}
	if !f.Dropped && f.ID == 0 {
		cond += " AND o.dropped = 0"
	}
	return cond, args
}

// Occurrences returns the occurrences that fit, with their extensions,
// reports and evidence, by task number, unit and due day. loc is the zone in
// which a report's day is reckoned.
func (tx *Tx) Occurrences(f Filter, loc *time.Location) ([]*plan.Occurrence, error) {
	cond, args := f.where()
	var out []*plan.Occurrence
	byID := map[int64]*plan.Occurrence{}
	err := tx.each(func(rows *sql.Rows) error {
		o := &plan.Occurrence{}
		if err := rows.Scan(&o.ID, &o.TaskID, &o.Task, &o.Unit, &o.Kind, &o.Period,
			day{&o.Opens}, day{&o.Due}, &o.Firm, &o.Dropped, &o.Passed); err != nil {
			return err
		}
		out = append(out, o)
		byID[o.ID] = o
		return nil
	}, `SELECT o.id, o.task, t.number, o.unit, o.kind, o.period, o.opens, o.due, o.firm, o.dropped,
		o.dropped OR t.ended <> '' OR NOT EXISTS (
			SELECT 1 FROM assignments a WHERE a.task = o.task AND a.unit = o.unit AND a.role = 'lead')
		FROM occurrences o JOIN tasks t ON t.id = o.task
		WHERE `+cond+` ORDER BY t.number, o.unit, o.due, o.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("read occurrences: %w", err)
	}
	if err := tx.loadExtensions(byID, cond, args, loc); err != nil {
		return nil, fmt.Errorf("read extensions: %w", err)
	}
	if err := tx.loadReports(byID, cond, args, loc); err != nil {
		return nil, fmt.Errorf("read reports: %w", err)
	}
	return out, nil
}

// Occurrence returns one occurrence, or ErrNotFound.
func (tx *Tx) Occurrence(id int64, loc *time.Location) (*plan.Occurrence, error) {
	occs, err := tx.Occurrences(Filter{ID: id}, loc)
	switch {
	case err != nil:
		return nil, err
	case len(occs) == 0:
		return nil, fmt.Errorf("occurrence %d: %w", id, ErrNotFound)
	}
	return occs[0], nil
}

func (tx *Tx) loadExtensions(byID map[int64]*plan.Occurrence, cond string, args []any, loc *time.Location) error {
	return tx.each(func(rows *sql.Rows) error {
		var id int64
		var e plan.Extension
		if err := rows.Scan(&id, day{&e.Was}, day{&e.Due}, &e.By, instant{&e.At}, &e.Reason); err != nil {
			return err
		}
		e.Day = plan.DateOf(e.At, loc)
		byID[id].Extensions = append(byID[id].Extensions, e)
		return nil
	}, `SELECT e.occurrence, e.was, e.due, e.decided_by, e.at, e.reason
		FROM occurrences o JOIN tasks t ON t.id = o.task JOIN extensions e ON e.occurrence = o.id
		WHERE `+cond+` ORDER BY e.id`, args...)
}

func (tx *Tx) loadReports(byID map[int64]*plan.Occurrence, cond string, args []any, loc *time.Location) error {
	return tx.each(func(rows *sql.Rows) error {
		var id int64
		var r plan.Report
		if err := rows.Scan(&r.ID, &id, &r.By, &r.Via, &r.Status, &r.Note, evidence{&r.Evidence}, instant{&r.At},
			instant{&r.WithdrawnAt}, instant{&r.ReturnedAt}, &r.ReturnReason); err != nil {
			return err
		}
		r.Day = plan.DateOf(r.At, loc)
		byID[id].Reports = append(byID[id].Reports, r)
		return nil
	}, `SELECT r.id, r.occurrence, r.person, r.via, r.status, r.note, r.evidence,
		r.at, r.withdrawn_at, r.returned_at, r.return_reason
		FROM occurrences o JOIN tasks t ON t.id = o.task JOIN reports r ON r.occurrence = o.id
		WHERE `+cond+` ORDER BY r.id`, args...)
}

// AddOccurrence stores an occurrence and returns its id. document says what
// set off a trigger task, and may be empty.
func (tx *Tx) AddOccurrence(o *plan.Occurrence, document string) (int64, error) {
	id, err := tx.insert(`INSERT INTO occurrences (task, unit, kind, period, opens, due, firm, document)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		o.TaskID, o.Unit, o.Kind, o.Period, o.Opens.String(), o.Due.String(), o.Firm, document)
	if err != nil {
		return 0, fmt.Errorf("add occurrence: %w", err)
	}
	o.ID = id
	return id, nil
}

// Extend records a decided later due day.
func (tx *Tx) Extend(occurrence int64, e plan.Extension) error {
	if _, err := tx.exec(`INSERT INTO extensions (occurrence, was, due, decided_by, at, reason) VALUES (?, ?, ?, ?, ?, ?)`,
		occurrence, e.Was.String(), e.Due.String(), e.By, millis(e.At), e.Reason); err != nil {
		return fmt.Errorf("extend: %w", err)
	}
	return nil
}
