package storage

import (
	"fmt"
	"time"

	"dondoc/internal/chat"
)

// answerKept is how long an answer is worth sending to a chat that opens again.
const answerKept = 24 * time.Hour

// MarkShut records that the chat service refused the row because the chat is
// shut to the bot. An answer is kept, to go out once more if the chat opens.
func (tx *Tx) MarkShut(id int64, cause string) error {
	n, err := tx.changed(`UPDATE outbox SET outcome = 'failed', done_at = ?, error = ?, shut = 1
		WHERE id = ? AND done_at IS NULL AND shut = 0 AND priority <= ?`,
		millis(time.Now()), cause, id, chat.Answer)
	if err != nil {
		return fmt.Errorf("message %d: mark shut: %w", id, err)
	}
	if n == 0 {
		return tx.MarkFailed(id, cause)
	}
	return nil
}

// reopen lets the answers wait again that a chat which is open now could not be
// given, in their order and once.
func (tx *Tx) reopen(chatID int64) error {
	n, err := tx.changed(`UPDATE outbox SET outcome = NULL, done_at = NULL, error = NULL, tries = 0, not_before = 0, shut = 2
		WHERE chat = ? AND shut = 1 AND outcome = 'failed' AND queued_at >= ?`,
		chatID, millis(time.Now().Add(-answerKept)))
	if err != nil {
		return fmt.Errorf("reopen chat: %w", err)
	}
	tx.requeued = tx.requeued || n > 0
	return nil
}

// dropShut overwrites the answers that chats were shut to for too long.
func (tx *Tx) dropShut(now time.Time) error {
	if _, err := tx.exec(`UPDATE outbox SET payload = '', buttons = NULL, shut = 2 WHERE shut = 1 AND queued_at < ?`,
		millis(now.Add(-answerKept))); err != nil {
		return fmt.Errorf("drop old answers: %w", err)
	}
	return nil
}

// Requeued counts how often rows of the outbox were made to wait again, or to
// wait for another chat. Who asks for what is new alone misses them.
func (db *DB) Requeued() int64 { return db.requeued.Load() }
