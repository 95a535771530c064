package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dondoc/internal/chat"
)

// A Waiting is a row of the outbox that is not done, without what it says.
type Waiting struct {
	ID        int64
	Chat      int64
	Kind      chat.OutgoingKind
	Priority  chat.Priority
	QueuedAt  time.Time // real, as NotBefore
	NotBefore time.Time
	Tries     int // how often it failed

	said    *chat.Outgoing // see DB.Said; nil if it is to be read
	altered int64          // DB.altered when it was queued
}

// WaitingAfter returns what waits with a greater outbox id, in the order of
// queueing. Ids only grow, so that a sender that remembers the last one asks
// for what is new.
func (tx *Tx) WaitingAfter(id int64) ([]Waiting, error) {
	var list []Waiting
	err := tx.each(func(rows *sql.Rows) error {
		var w Waiting
		err := rows.Scan(&w.ID, &w.Chat, &w.Kind, &w.Priority, instant{&w.QueuedAt}, instant{&w.NotBefore}, &w.Tries)
		list = append(list, w)
		return err
	}, `SELECT id, chat, kind, priority, queued_at, not_before, tries FROM outbox INDEXED BY outbox_waiting
		WHERE done_at IS NULL AND id > ? ORDER BY id`, id)
	if err != nil {
		return nil, fmt.Errorf("waiting messages: %w", err)
	}
	return list, nil
}

// outboxRow is what TakeMessage decides by.
type outboxRow struct {
	id      int64
	chat    int64
	payload string
	edits   sql.NullInt64
	// of the message that it edits
	bearerWaits   sql.NullBool // NULL if that row is cleared
	bearerChat    sql.NullInt64
	bearerMessage sql.NullInt64
}

// ErrNotYet says that the message which an edit changes is not sent yet.
var ErrNotYet = errors.New("its message is not sent yet")

// A PacedError says that an edit waits because of the one before it.
type PacedError struct{ Until time.Time } // real

func (e *PacedError) Error() string { return "its message was edited a moment ago" }

// TakeMessage returns what the waiting row says, addressed to where its chat
// goes on now; Message is the message that it changes, if it does. It returns
// ErrNotFound for a row that waits no longer, among them an edit whose message
// never came to be, which it drops; ErrNotYet and a *PacedError.
func (tx *Tx) TakeMessage(id int64) (chat.Outgoing, error) {
	r := outboxRow{id: id}
	err := tx.row(dest(&r.chat, &r.payload, &r.edits, &r.bearerWaits, &r.bearerChat, &r.bearerMessage),
		`SELECT o.chat, o.payload, o.edits, b.done_at IS NULL AND b.id IS NOT NULL, b.chat, b.message
		FROM outbox o LEFT JOIN outbox b ON b.id = o.edits WHERE o.id = ? AND o.done_at IS NULL`, id)
	if err != nil {
		return chat.Outgoing{}, fmt.Errorf("message %d: %w", id, err)
	}
	var out chat.Outgoing
	if err := json.Unmarshal([]byte(r.payload), &out); err != nil {
		return chat.Outgoing{}, fmt.Errorf("message %d: %w", id, err)
	}
	out.To.Chat = r.chat
	if r.edits.Valid {
		err = tx.takeEdit(&out, r)
	}
	if err != nil {
		return chat.Outgoing{}, fmt.Errorf("message %d: %w", id, err)
	}
	return out, nil
}

func (tx *Tx) takeEdit(out *chat.Outgoing, r outboxRow) error {
	switch {
	case r.bearerWaits.Bool:
		return ErrNotYet
	case !r.bearerMessage.Valid:
		return errors.Join(tx.DropMessage(r.id), ErrNotFound)
	case r.bearerChat.Int64 == r.chat:
		out.Message = int(r.bearerMessage.Int64)
		return tx.checkPace(out)
	case out.Kind != chat.OutEdit:
		return errors.Join(tx.DropMessage(r.id), ErrNotFound)
	}
	// The message stayed behind in a chat that goes on under another id. What
	// it would say now is said anew.
	tx.altered = true
	if _, err := tx.exec(`UPDATE outbox SET kind = ?1, edits = NULL, payload = json_set(payload, '$.kind', ?1),
		(on_reply, buttons) = (SELECT on_reply, buttons FROM outbox WHERE id = ?2) WHERE id = ?3`,
		chat.OutSend, r.edits.Int64, r.id); err != nil {
		return err
	}
	if err := tx.setButtons(r.edits.Int64, nil); err != nil {
		return err
	}
	out.Kind, out.Edits = chat.OutSend, 0
	return nil
}

// A group takes so many messages a minute, whatever they are. A message there
// that was edited often within one is edited less often, so that there is room
// for others: the pace doubles after the first so many edits, and so on.
const (
	paceSpan  = time.Minute
	paceEdits = 6
)

// checkPace returns a *PacedError if the edit comes too soon.
func (tx *Tx) checkPace(out *chat.Outgoing) error {
	if out.Pace == 0 {
		return nil
	}
	var edits int
	var last int64
	err := tx.row(dest(&edits, &last), `SELECT count(*), coalesce(max(done_at), 0) FROM outbox
		WHERE edits = ? AND kind = ? AND outcome = 'sent' AND done_at > ?`,
		out.Edits, chat.OutEdit, millis(time.Now().Add(-paceSpan)))
	if err != nil {
		return err
	}
	pace := out.Pace
	if out.To.Chat < 0 { // groups have negative ids
		pace *= time.Duration(1 + edits/paceEdits)
	}
	if until := time.UnixMilli(last).Add(pace); until.After(time.Now()) {
		return &PacedError{until}
	}
	return nil
}

// MarkSent records that the chat service took the row; message is the id of
// the message that it became in the chat, 0 if it became none. The row may have
// been given to another chat while it was on its way: the message stands where
// it was sent.
func (tx *Tx) MarkSent(id, chatID int64, message int) error {
	_, err := tx.exec(`UPDATE outbox SET outcome = 'sent', done_at = ?, chat = ?, message = nullif(?, 0),
		error = NULL, payload = '' WHERE id = ?`, millis(time.Now()), chatID, message, id)
	if err != nil {
		return fmt.Errorf("message %d: mark sent: %w", id, err)
	}
	return nil
}

// MarkFailed records that the chat service refused the row for good.
func (tx *Tx) MarkFailed(id int64, cause string) error {
	return tx.finish(id, "failed", cause)
}

// DropMessage records that the row is not worth sending any more.
func (tx *Tx) DropMessage(id int64) error {
	return tx.finish(id, "dropped", "")
}

// finish ends a row that was not sent. What it said is overwritten. A row that
// a newer edit dropped while it was on its way stays so.
func (tx *Tx) finish(id int64, outcome, cause string) error {
	tx.altered = true
	_, err := tx.exec(`UPDATE outbox SET outcome = ?, done_at = ?, message = NULL,
		error = nullif(?, ''), payload = '', buttons = NULL WHERE id = ? AND done_at IS NULL`,
		outcome, millis(time.Now()), cause, id)
	if err != nil {
		return fmt.Errorf("message %d: mark %s: %w", id, outcome, err)
	}
	return nil
}

// Postpone records that a try failed and when the next one is due, real.
func (tx *Tx) Postpone(id int64, notBefore time.Time, cause string) error {
	_, err := tx.exec(`UPDATE outbox SET tries = tries + 1, not_before = ?, error = ?
		WHERE id = ? AND done_at IS NULL`, millis(notBefore), cause, id)
	if err != nil {
		return fmt.Errorf("message %d: postpone: %w", id, err)
	}
	return nil
}

// Undelivered returns what the chat service refused since the instant, latest
// first.
func (tx *Tx) Undelivered(since time.Time) ([]Failure, error) {
	return tx.failures(`SELECT id, chat, kind, done_at, coalesce(error, '') FROM outbox
		WHERE outcome = 'failed' AND done_at >= ? ORDER BY done_at DESC, id DESC LIMIT 100`, since)
}

// A Backlog is what waits to be sent.
type Backlog struct {
	Count  int
	Oldest time.Time // when the oldest was queued, real; zero if nothing waits
	Error  string    // of its last try, if it was tried
}

// Unsent returns what waits to be sent, but for what is composed in the moment
// of sending: that may wait for its hour.
func (tx *Tx) Unsent() (Backlog, error) {
	var b Backlog
	err := tx.row(dest(&b.Count, instant{&b.Oldest}, &b.Error), `SELECT count(*), min(queued_at),
		coalesce((SELECT error FROM outbox INDEXED BY outbox_waiting WHERE done_at IS NULL AND kind <> ?1
			ORDER BY id LIMIT 1), '')
		FROM outbox INDEXED BY outbox_waiting WHERE done_at IS NULL AND kind <> ?1`, chat.OutCompose)
	if err != nil {
		return b, fmt.Errorf("unsent messages: %w", err)
	}
	return b, nil
}
