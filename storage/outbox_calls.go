package storage

import (
	"context"
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

// RecentCalls removes the calls that were over before the instant and returns
// the rest.
func (tx *Tx) RecentCalls(since time.Time) ([]Call, error) {
	if err := tx.ForgetCalls(since); err != nil {
		return nil, err
	}
	var list []Call
	err := tx.each(func(rows *sql.Rows) error {
		var c Call
		err := rows.Scan(&c.Chat, instant{&c.Answered})
		list = append(list, c)
		return err
	}, `SELECT chat, coalesce(answered_at, started_at) AS at FROM calls ORDER BY at`)
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

// buttonsLive is how long the buttons of a message are kept that nobody took
// away: a plan's year and some months.
const buttonsLive = 500 * 24 * time.Hour

// finishedKept is how long what was handled and sent is kept.
const finishedKept = 30 * 24 * time.Hour

// ClearFinished removes what was handled and sent long before the instant,
// real. Messages with live buttons stay longer, or their buttons would be dead.
func (db *DB) ClearFinished(ctx context.Context, now time.Time) error {
	return db.Write(ctx, func(tx *Tx) error {
		before := now.Add(-finishedKept)
		at, old := millis(before), millis(before.Add(-buttonsLive))
		for _, step := range []struct {
			query string
			at    int64
		}{
			{`DELETE FROM inbox WHERE handled_at IS NOT NULL AND handled_at < ?`, at},
			{`UPDATE outbox SET buttons = NULL WHERE done_at IS NOT NULL AND done_at < ? AND buttons IS NOT NULL`, old},
			{`DELETE FROM outbox WHERE done_at IS NOT NULL AND done_at < ? AND buttons IS NULL
				AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.edits = outbox.id AND e.done_at IS NULL)`, at},
			{`DELETE FROM outages WHERE to_at < ?`, at},
		} {
			if _, err := tx.exec(step.query, step.at); err != nil {
				return fmt.Errorf("clear finished messages: %w", err)
			}
		}
		return tx.dropShut(now)
	})
}
