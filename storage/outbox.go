package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dondoc/internal/chat"
)

// Enqueue puts an act on the way out and returns its outbox id. Buttons get
// ids that cannot be guessed and live from now on.
//
// An edit goes where its message stands, whatever out.To says, takes the place
// of edits of that message which still wait, and ends the buttons that the
// message had; those with a pace end them only when they bear none. ErrNotFound
// comes back if out.Edits names no known message.
func (tx *Tx) Enqueue(out chat.Outgoing) (int64, error) {
	var err error
	if out.Edits != 0 {
		err = tx.prepareEdit(&out)
	} else {
		err = tx.prepareNew(&out)
	}
	if err != nil {
		return 0, fmt.Errorf("queue %s: %w", out.Kind, err)
	}
	works, err := tx.nameButtons(&out)
	if err == nil && out.Kind == chat.OutEdit {
		err, works = tx.setButtons(out.Edits, works), nil
	}
	if err != nil {
		return 0, fmt.Errorf("queue %s: %w", out.Kind, err)
	}
	id, err := tx.insertOutbox(out, works)
	if err != nil {
		return 0, fmt.Errorf("queue %s: %w", out.Kind, err)
	}
	return id, nil
}

// insertOutbox stores the row. What a reply and the buttons mean stands beside
// the payload: it outlives it.
func (tx *Tx) insertOutbox(out chat.Outgoing, works live) (int64, error) {
	onReply, err := actionText(out.OnReply)
	if err != nil {
		return 0, err
	}
	out.OnReply = nil
	payload, err := json.Marshal(out)
	if err != nil {
		return 0, fmt.Errorf("encode: %w", err)
	}
	buttons, err := works.value()
	if err != nil {
		return 0, err
	}
	now := time.Now()
	id, err := tx.insert(`INSERT INTO outbox (chat, priority, kind, edits, payload, on_reply, buttons, queued_at)
		VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?, ?)`,
		out.To.Chat, out.Priority, out.Kind, out.Edits, string(payload), onReply, buttons, millis(now))
	if err == nil {
		tx.hold(Waiting{ID: id, Chat: out.To.Chat, Kind: out.Kind, Priority: out.Priority, QueuedAt: now}, out)
	}
	return id, err
}

func (tx *Tx) prepareNew(out *chat.Outgoing) error {
	if out.Kind == chat.OutEdit {
		return errors.New("an edit without a message to edit")
	}
	to, err := tx.currentChat(out.To.Chat)
	out.To.Chat = to
	return err
}

// prepareEdit addresses the edit and makes way for it.
func (tx *Tx) prepareEdit(out *chat.Outgoing) error {
	var priority chat.Priority
	var edits *int64
	var waits bool
	err := tx.row(dest(&out.To.Chat, &priority, &edits, &waits),
		`SELECT chat, priority, edits, done_at IS NULL FROM outbox WHERE id = ?`, out.Edits)
	if err != nil {
		return err
	}
	if edits != nil { // an edit of an edit changes the same message
		out.Edits = *edits
		return tx.prepareEdit(out)
	}
	if out.To.Chat, err = tx.currentChat(out.To.Chat); err != nil {
		return err
	}
	if waits { // behind its message, however urgent it is
		out.Priority = max(out.Priority, priority)
	}
	if out.Kind != chat.OutEdit {
		return nil
	}
	tx.altered = true
	if _, err := tx.exec(`UPDATE outbox SET outcome = 'dropped', done_at = ?, payload = ''
		WHERE edits = ? AND done_at IS NULL`, millis(time.Now()), out.Edits); err != nil {
		return err
	}
	if out.OnReply == nil {
		return nil
	}
	// A reply is always to the message, so what it means belongs there.
	onReply, err := actionText(out.OnReply)
	if err != nil {
		return err
	}
	out.OnReply = nil
	_, err = tx.exec(`UPDATE outbox SET on_reply = ? WHERE id = ?`, onReply, out.Edits)
	return err
}

// actionText returns the JSON of an action, or nil without one.
func actionText(a *chat.Action) (any, error) {
	if a == nil {
		return nil, nil
	}
	text, err := json.Marshal(a)
	return string(text), err
}

// currentChat returns the id under which a chat goes on now. The chat with a
// person has the person's id and never moves; groups have negative ones.
func (tx *Tx) currentChat(id int64) (int64, error) {
	if id > 0 {
		return id, nil
	}
	for range maxMoves {
		var next int64
		err := tx.row(dest(&next), `SELECT new_chat FROM moves WHERE old_chat = ?`, id)
		if errors.Is(err, ErrNotFound) {
			return id, nil
		}
		if err != nil {
			return 0, fmt.Errorf("look up chat: %w", err)
		}
		id = next
	}
	return id, nil
}

// maxMoves bounds the following of moves. A group becomes a supergroup once;
// more would be a circle.
const maxMoves = 4
