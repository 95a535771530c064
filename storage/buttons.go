package storage

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"

	"dondoc/internal/chat"
)

// nameButtons gives every button of out an id, but for those that open an
// address: a fresh one, or under an edit that may wait the one that the live
// button of the same meaning has. The buttons of the caller are not changed.
func (tx *Tx) nameButtons(out *chat.Outgoing) error {
	live, err := tx.liveButtons(out)
	if err != nil {
		return err
	}
	var named [][]chat.Button
	for _, row := range out.Buttons {
		var line []chat.Button
		for _, b := range row {
			if b.URL == "" {
				action, err := json.Marshal(b.Action)
				if err != nil {
					return fmt.Errorf("name button: %w", err)
				}
				b.ID = cmp.Or(live[string(action)], newButtonID())
			}
			line = append(line, b)
		}
		named = append(named, line)
	}
	out.Buttons = named
	return nil
}

// liveButtons returns by their meaning the ids of the buttons that live on
// under the edit.
func (tx *Tx) liveButtons(out *chat.Outgoing) (map[string]string, error) {
	live := map[string]string{}
	if out.Pace == 0 {
		return live, nil
	}
	err := tx.each(func(rows *sql.Rows) error {
		var id, action string
		err := rows.Scan(&id, &action)
		live[action] = id
		return err
	}, `SELECT id, action FROM buttons WHERE outbox = ?`, out.Edits)
	if err != nil {
		return nil, fmt.Errorf("live buttons: %w", err)
	}
	return live, nil
}

// storeButtons makes the named buttons live under the message of the row.
func (tx *Tx) storeButtons(outbox int64, rows [][]chat.Button) error {
	for _, row := range rows {
		for _, b := range row {
			if b.ID == "" {
				continue
			}
			action, err := json.Marshal(b.Action)
			if err != nil {
				return fmt.Errorf("store button: %w", err)
			}
			if _, err := tx.exec(`INSERT INTO buttons (id, outbox, action) VALUES (?, ?, ?)
				ON CONFLICT (id) DO NOTHING`,
				b.ID, outbox, string(action)); err != nil {
				return fmt.Errorf("store button: %w", err)
			}
		}
	}
	return nil
}

// Bear makes a composed message's buttons and the meaning of a reply to it
// those of the waiting row, in place of any that an earlier try had. It returns
// the message with its buttons named.
func (tx *Tx) Bear(outbox int64, out chat.Outgoing) (chat.Outgoing, error) {
	if _, err := tx.killButtons(outbox); err != nil {
		return out, err
	}
	onReply, err := actionText(out.OnReply)
	if err != nil {
		return out, err
	}
	if _, err := tx.exec(`UPDATE outbox SET on_reply = ? WHERE id = ?`, onReply, outbox); err != nil {
		return out, fmt.Errorf("compose message %d: %w", outbox, err)
	}
	if err := tx.nameButtons(&out); err != nil {
		return out, err
	}
	return out, tx.storeButtons(outbox, out.Buttons)
}

func (tx *Tx) killButtons(outbox int64) (int64, error) {
	n, err := tx.changed(`DELETE FROM buttons WHERE outbox = ?`, outbox)
	if err != nil {
		return 0, fmt.Errorf("remove buttons: %w", err)
	}
	return n, nil
}

// ButtonAction returns what a press means and the outbox id of the message
// that bears the button. A button that is unknown or dead, or was pressed
// under another message or in another chat than its own, is ErrNotFound.
//
// A press can overtake the record of the message's id; then the chat alone
// must be right.
func (tx *Tx) ButtonAction(place chat.Place, message int, button string) (chat.Action, int64, error) {
	at, err := tx.currentChat(place.Chat)
	if err != nil {
		return chat.Action{}, 0, err
	}
	var text string
	var id int64
	err = tx.row(dest(&text, &id), `SELECT b.action, o.id FROM buttons b JOIN outbox o ON o.id = b.outbox
		WHERE b.id = ? AND o.chat = ? AND (o.message IS NULL OR o.message = ?)`, button, at, message)
	if err != nil {
		return chat.Action{}, 0, fmt.Errorf("button: %w", err)
	}
	action, err := decodeAction(text)
	return action, id, err
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
			AND ?2 > (SELECT coalesce(max(message), 0) FROM outbox WHERE chat = ?1 AND message IS NOT NULL)
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
	n, err := tx.killButtons(outbox)
	if err != nil || n == 0 {
		return err
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
