package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"dondoc/internal/chat"
)

// Defer keeps an event until the instant, in the program's time.
func (tx *Tx) Defer(at time.Time, in chat.Incoming) error {
	event, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("defer: %w", err)
	}
	if _, err := tx.exec(`INSERT INTO deferred (at, event) VALUES (?, ?)`, millis(at), string(event)); err != nil {
		return fmt.Errorf("defer: %w", err)
	}
	return nil
}

// ReleaseDeferred puts what was deferred up to now into the inbox, as if it
// happened now, and returns how much that is.
func (tx *Tx) ReleaseDeferred(now time.Time) (int, error) {
	events, err := list[string](tx, `SELECT event FROM deferred WHERE at <= ? ORDER BY at, id`, millis(now))
	if err != nil {
		return 0, fmt.Errorf("release deferred: %w", err)
	}
	for _, text := range events {
		var in chat.Incoming
		if err := json.Unmarshal([]byte(text), &in); err != nil {
			return 0, fmt.Errorf("release deferred: %w", err)
		}
		in.At = now
		if err := tx.StoreEvent(in); err != nil {
			return 0, err
		}
	}
	if _, err := tx.exec(`DELETE FROM deferred WHERE at <= ?`, millis(now)); err != nil {
		return 0, fmt.Errorf("release deferred: %w", err)
	}
	return len(events), nil
}
