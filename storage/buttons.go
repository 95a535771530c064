package storage

import (
	"cmp"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"

	"dondoc/internal/chat"
)

// live is the buttons that work under a message: what each means, by its id. As
// JSON it stands with the message in the outbox, NULL for none.
type live map[string]chat.Action

// value returns what the column holds.
func (l live) value() (any, error) {
	if len(l) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("buttons: %w", err)
	}
	return string(text), nil
}

// Scan reads what the column holds.
func (l *live) Scan(src any) error {
	*l = live{}
	text, ok := src.(string)
	if !ok {
		return nil
	}
	if err := json.Unmarshal([]byte(text), l); err != nil {
		return fmt.Errorf("buttons: %w", err)
	}
	return nil
}

// nameButtons gives every button of out an id, but for those that open an
// address: a fresh one, or under an edit that may wait the one that the live
// button of the same meaning has. It returns all that work from now on. What
// they mean is no part of the message; the buttons of the caller are not changed.
func (tx *Tx) nameButtons(out *chat.Outgoing) (live, error) {
	works, ids, err := tx.lasting(*out)
	if err != nil {
		return nil, err
	}
	var named [][]chat.Button
	for _, row := range out.Buttons {
		var line []chat.Button
		for _, b := range row {
			if b.URL == "" {
				if b.ID, err = idOf(b.Action, ids); err != nil {
					return nil, err
				}
				works[b.ID] = b.Action
			}
			b.Action = chat.Action{}
			line = append(line, b)
		}
		named = append(named, line)
	}
	out.Buttons = named
	return works, nil
}

// idOf returns the id of the button with that meaning, or a fresh one, which
// nobody guesses and which is shorter than the 64 bytes that the Bot API allows
// (InlineKeyboardButton, callback_data).
func idOf(a chat.Action, ids map[string]string) (string, error) {
	if len(ids) == 0 {
		return rand.Text(), nil
	}
	text, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("name button: %w", err)
	}
	return cmp.Or(ids[string(text)], rand.Text()), nil
}

// lasting returns the buttons that live on under the edit, and their ids by
// what they mean.
func (tx *Tx) lasting(out chat.Outgoing) (works live, ids map[string]string, err error) {
	if out.Pace == 0 || len(out.Buttons) == 0 {
		return live{}, nil, nil
	}
	if err := tx.row(dest(&works), `SELECT buttons FROM outbox WHERE id = ?`, out.Edits); err != nil {
		return nil, nil, fmt.Errorf("live buttons: %w", err)
	}
	ids = map[string]string{}
	for id, a := range works {
		text, err := json.Marshal(a)
		if err != nil {
			return nil, nil, fmt.Errorf("live buttons: %w", err)
		}
		ids[string(text)] = id
	}
	return works, ids, nil
}

// setButtons makes these the live buttons of the message.
func (tx *Tx) setButtons(outbox int64, works live) error {
	text, err := works.value()
	if err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE outbox SET buttons = ? WHERE id = ?`, text, outbox); err != nil {
		return fmt.Errorf("store buttons: %w", err)
	}
	return nil
}

// Bear makes a composed message's buttons and the meaning of a reply to it
// those of the waiting row, in place of any that an earlier try had. It returns
// the message with its buttons named.
func (tx *Tx) Bear(outbox int64, out chat.Outgoing) (chat.Outgoing, error) {
	onReply, err := actionText(out.OnReply)
	if err != nil {
		return out, err
	}
	if _, err := tx.exec(`UPDATE outbox SET on_reply = ? WHERE id = ?`, onReply, outbox); err != nil {
		return out, fmt.Errorf("compose message %d: %w", outbox, err)
	}
	works, err := tx.nameButtons(&out)
	if err != nil {
		return out, err
	}
	return out, tx.setButtons(outbox, works)
}

// ButtonAction returns what a press means and the outbox id of the message
// that bears the button. A button that is unknown or dead, or was pressed
// under another message or in another chat than its own, is ErrNotFound.
//
// A press can overtake the record of the message's id; then the chat alone
// must be right.
func (tx *Tx) ButtonAction(place chat.Place, message int, button string) (action chat.Action, outbox int64, err error) {
	at, err := tx.currentChat(place.Chat)
	if err != nil {
		return chat.Action{}, 0, err
	}
	err = tx.each(func(rows *sql.Rows) error {
		var row int64
		var works live
		if err := rows.Scan(&row, &works); err != nil {
			return err
		}
		if a, ok := works[button]; ok {
			action, outbox = a, row
		}
		return nil
	}, `SELECT id, buttons FROM outbox WHERE chat = ?1 AND message = ?2 AND buttons IS NOT NULL
		UNION ALL
		SELECT id, buttons FROM outbox WHERE chat = ?1 AND done_at IS NULL AND message IS NULL AND buttons IS NOT NULL`,
		at, message)
	if err == nil && outbox == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return chat.Action{}, 0, fmt.Errorf("button: %w", err)
	}
	return action, outbox, nil
}

// ReplyAction returns what a reply to the message means, or ErrNotFound if
// the message asked for none.
//
// A reply can overtake the record of the message's id. Then it must answer
// something newer than all that is recorded, and one question alone may be on
// its way.
func (tx *Tx) ReplyAction(place chat.Place, message int) (*chat.Action, error) {
	var text string
	err := tx.row(dest(&text), `SELECT on_reply FROM outbox
		WHERE chat = ?1 AND on_reply IS NOT NULL AND (message = ?2 OR (
			done_at IS NULL AND message IS NULL
			AND NOT EXISTS (SELECT 1 FROM outbox WHERE chat = ?1 AND message >= ?2)
			AND 1 = (SELECT count(*) FROM outbox WHERE chat = ?1 AND done_at IS NULL AND on_reply IS NOT NULL)))`,
		place.Chat, message)
	if err != nil {
		return nil, fmt.Errorf("reply: %w", err)
	}
	action, err := decodeAction(text)
	return &action, err
}

// DropButtons ends the buttons of a message: they are dead at once, and the
// message loses them when nothing more urgent waits. A message without live
// buttons is left as it is.
func (tx *Tx) DropButtons(outbox int64) error {
	n, err := tx.changed(`UPDATE outbox SET buttons = NULL WHERE id = ? AND buttons IS NOT NULL`, outbox)
	if err != nil {
		return fmt.Errorf("drop buttons: %w", err)
	}
	if n == 0 {
		return nil
	}
	// What still waits goes out without them. What is on its way at this moment
	// bears them, so the removal is queued all the same.
	tx.altered = true
	if _, err := tx.exec(`UPDATE outbox SET payload = json_remove(payload, '$.buttons')
		WHERE done_at IS NULL AND (id = ?1 OR edits = ?1)`, outbox); err != nil {
		return fmt.Errorf("drop buttons: %w", err)
	}
	_, err = tx.Enqueue(chat.Outgoing{Kind: chat.OutUnbutton, Priority: chat.CleanUp, Edits: outbox})
	return err
}

func decodeAction(text string) (chat.Action, error) {
	var a chat.Action
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return chat.Action{}, fmt.Errorf("read action: %w", err)
	}
	return a, nil
}
