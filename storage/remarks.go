package storage

import (
	"database/sql"
	"fmt"
	"time"
)

// AddRemark adds a direction of the director to the history of a task.
func (tx *Tx) AddRemark(task, person int64, at time.Time, text string) error {
	if _, err := tx.exec(`INSERT INTO remarks (task, person, at, text) VALUES (?, ?, ?, ?)`,
		task, person, millis(at), text); err != nil {
		return fmt.Errorf("add remark: %w", err)
	}
	return nil
}

// A Remark is a direction of the director on a task.
type Remark struct {
	Person int64
	At     time.Time
	Text   string
}

// Remarks returns the directions on a task, oldest first.
func (tx *Tx) Remarks(task int64) ([]Remark, error) {
	var out []Remark
	err := tx.each(func(rows *sql.Rows) error {
		var r Remark
		err := rows.Scan(&r.Person, instant{&r.At}, &r.Text)
		out = append(out, r)
		return err
	}, `SELECT person, at, text FROM remarks WHERE task = ? ORDER BY id`, task)
	return out, err
}
