package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// A Call is a request that counts against the chat service's limits.
type Call struct {
	Chat     int64
	Started  time.Time // real, as Answered
	Answered time.Time // zero if the program ended first
}

// StartCall records that a call is about to be made and returns its id.
func (tx *Tx) StartCall(chat int64, at time.Time) (int64, error) {
	id, err := tx.insert(`INSERT INTO calls (chat, started_at) VALUES (?, ?)`, chat, millis(at))
	if err != nil {
		return 0, fmt.Errorf("record call: %w", err)
	}
	return id, nil
}

// EndCall records that the call was answered, or given up, by then.
func (tx *Tx) EndCall(id int64, at time.Time) error {
	if _, err := tx.exec(`UPDATE calls SET answered_at = ? WHERE id = ?`, millis(at), id); err != nil {
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
		err := rows.Scan(&c.Chat, instant{&c.Started}, instant{&c.Answered})
		list = append(list, c)
		return err
	}, `SELECT chat, started_at, answered_at FROM calls ORDER BY started_at`)
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
			{`DELETE FROM buttons WHERE outbox IN (
				SELECT id FROM outbox WHERE done_at IS NOT NULL AND done_at < ?)`, old},
			{`DELETE FROM outbox WHERE done_at IS NOT NULL AND done_at < ?
				AND NOT EXISTS (SELECT 1 FROM buttons WHERE outbox = outbox.id)
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
