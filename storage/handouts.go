package storage

import (
	"database/sql"
	"fmt"
	"time"
)

// Handouts returns what the unit was told of each task of the plan when it was
// given out: fingerprints by task id.
func (tx *Tx) Handouts(planID int64, unit string) (map[int64]string, error) {
	out := map[int64]string{}
	err := tx.each(func(rows *sql.Rows) error {
		var task int64
		var said string
		err := rows.Scan(&task, &said)
		out[task] = said
		return err
	}, `SELECT h.task, h.said FROM handouts h JOIN tasks t ON t.id = h.task WHERE t.plan = ? AND h.unit = ?`, planID, unit)
	if err != nil {
		return nil, fmt.Errorf("hand-outs: %w", err)
	}
	return out, nil
}

// SetHandout records what the unit was told of a task.
func (tx *Tx) SetHandout(task int64, unit, said string, at time.Time) error {
	if _, err := tx.exec(`INSERT INTO handouts (task, unit, said, at) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (task, unit) DO UPDATE SET said = ?3, at = ?4`, task, unit, said, millis(at)); err != nil {
		return fmt.Errorf("hand-out: %w", err)
	}
	return nil
}

// AddReceipt opens a receipt that the unit is asked to sign, and returns it.
func (tx *Tx) AddReceipt(planID int64, unit string, at time.Time) (int64, error) {
	id, err := tx.insert(`INSERT INTO receipts (plan, unit, sent_at) VALUES (?, ?, ?)`, planID, unit, millis(at))
	if err != nil {
		return 0, fmt.Errorf("receipt: %w", err)
	}
	return id, nil
}

// SignReceipt records who took note; false if somebody had before.
func (tx *Tx) SignReceipt(id, person int64, at time.Time) (bool, error) {
	n, err := tx.changed(`UPDATE receipts SET noted_at = ?, noted_by = ? WHERE id = ? AND noted_at IS NULL`,
		millis(at), person, id)
	if err != nil {
		return false, fmt.Errorf("receipt: %w", err)
	}
	return n > 0, nil
}

// A Receipt says whether a unit took note of what it was last given.
type Receipt struct {
	ID     int64
	SentAt time.Time
	At     time.Time // zero while nobody took note
	By     int64
}

// Receipts returns the latest receipt of each unit for the plan.
func (tx *Tx) Receipts(planID int64) (map[string]Receipt, error) {
	out := map[string]Receipt{}
	err := tx.each(func(rows *sql.Rows) error {
		var unit string
		var r Receipt
		var by sql.NullInt64
		if err := rows.Scan(&r.ID, &unit, instant{&r.SentAt}, instant{&r.At}, &by); err != nil {
			return err
		}
		r.By = by.Int64
		out[unit] = r
		return nil
	}, `SELECT id, unit, sent_at, noted_at, noted_by FROM receipts WHERE plan = ? ORDER BY id`, planID)
	if err != nil {
		return nil, fmt.Errorf("receipts: %w", err)
	}
	return out, nil
}
