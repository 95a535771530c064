package storage

import (
	"fmt"
	"time"

	"dondoc/internal/chat"
)

// MoveMessages follows a chat that goes on under another id: what waits goes
// to the new one, also what is still queued for the old one later, and buttons
// count as standing there. To do it again changes nothing.
func (tx *Tx) MoveMessages(from, to int64) error {
	if from == to {
		return nil
	}
	tx.requeued, tx.altered = true, true
	// Messages have other ids in the new chat: what points at one by its id
	// would hit a stranger's.
	steps := []struct {
		query string
		args  []any
	}{
		{`INSERT INTO moves (old_chat, new_chat) VALUES (?, ?)
			ON CONFLICT (old_chat) DO UPDATE SET new_chat = excluded.new_chat`, []any{from, to}},
		{`DELETE FROM moves WHERE old_chat = ? AND new_chat = ?`, []any{to, from}},
		{
			`UPDATE outbox SET outcome = 'dropped', done_at = ?, payload = '' WHERE chat = ? AND done_at IS NULL
			AND (kind = ? OR kind = ? AND edits IS NULL)`,
			[]any{millis(time.Now()), from, chat.OutReact, chat.OutUnbutton},
		},
		{`UPDATE outbox SET chat = ?1, not_before = 0, payload = json_remove(
				json_set(payload, '$.to.chat', ?1), '$.to.topic', '$.reply_to')
			WHERE chat = ?2 AND done_at IS NULL`, []any{to, from}},
		{`DELETE FROM menus WHERE chat = ?`, []any{from}},
		{`UPDATE OR REPLACE form_messages SET chat = ? WHERE chat = ?`, []any{to, from}},
	}
	for _, s := range steps {
		if _, err := tx.exec(s.query, s.args...); err != nil {
			return fmt.Errorf("move messages: %w", err)
		}
	}
	return nil
}
