package storage

import (
	"context"
	"fmt"
	"time"
)

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
