package storage

import (
	"errors"
	"fmt"
	"time"

	"dondoc/internal/plan"
)

// Posted reports whether the day's post was queued before.
func (tx *Tx) Posted(day plan.Date) (bool, error) {
	var n int
	err := tx.row(dest(&n), `SELECT 1 FROM posts WHERE day = ?`, day.String())
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("posted: %w", err)
	}
	return true, nil
}

// SetPosted records that the day's post is queued.
func (tx *Tx) SetPosted(day plan.Date, at time.Time) error {
	if _, err := tx.exec(`INSERT OR IGNORE INTO posts (day, at) VALUES (?, ?)`, day.String(), millis(at)); err != nil {
		return fmt.Errorf("set posted: %w", err)
	}
	return nil
}
