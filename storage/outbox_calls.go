package storage

import (
	"database/sql"
	"fmt"
	"time"
)

// A Call is a request that counted against the chat service's limits.
type Call struct {
	Chat     int64
	Answered time.Time // real
}

// KeepCall records a call that was answered, or given up, by then.
func (tx *Tx) KeepCall(c Call) error {
	at := millis(c.Answered)
	if _, err := tx.exec(`INSERT INTO calls (chat, started_at, answered_at) VALUES (?, ?, ?)`, c.Chat, at, at); err != nil {
		return fmt.Errorf("record call: %w", err)
	}
	return nil
}

// RecentCalls returns the calls that were not over before the instant, in the
// order in which they ended.
func (tx *Tx) RecentCalls(since time.Time) ([]Call, error) {
	var list []Call
	err := tx.each(func(rows *sql.Rows) error {
		var c Call
		err := rows.Scan(&c.Chat, instant{&c.Answered})
		list = append(list, c)
		return err
	}, `SELECT chat, coalesce(answered_at, started_at) AS at FROM calls WHERE at >= ? ORDER BY at`, millis(since))
	if err != nil {
		return nil, fmt.Errorf("recent calls: %w", err)
	}
	return list, nil
}

// ForgetCalls removes the calls that were over before the instant.
func (tx *Tx) ForgetCalls(before time.Time) error {
	_, err := tx.exec(`DELETE FROM calls WHERE started_at < ?1 AND coalesce(answered_at, started_at) < ?1`,
		millis(before))
	if err != nil {
		return fmt.Errorf("forget calls: %w", err)
	}
	return nil
}
