package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// Said reports whether the step's key was said before.
func (tx *Tx) Said(s plan.Step) (bool, error) {
	var n int
	err := tx.row(dest(&n), `SELECT 1 FROM said WHERE occurrence = ? AND due = ? AND step = ?`,
		s.Occurrence, s.Due.String(), s.Name)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("said: %w", err)
	}
	return true, nil
}

// Remind queues a reminder to the chat and records its steps as said. The
// message is made by the action's composer, whose Key is the reminder's id.
func (tx *Tx) Remind(to chat.Place, steps []plan.Step, at time.Time, compose chat.Action) error {
	id, err := tx.insert(`INSERT INTO reminders (chat, topic, at, outbox) VALUES (?, ?, ?, 0)`,
		to.Chat, to.Topic, millis(at))
	if err != nil {
		return fmt.Errorf("remind: %w", err)
	}
	compose.Key = id
	outbox, err := tx.Enqueue(chat.Outgoing{
		Kind: chat.OutCompose, To: to, Priority: chat.Reminder, Action: &compose,
	})
	if err != nil {
		return fmt.Errorf("remind: %w", err)
	}
	if _, err = tx.exec(`UPDATE reminders SET outbox = ? WHERE id = ?`, outbox, id); err != nil {
		return fmt.Errorf("remind: %w", err)
	}
	for _, s := range steps {
		if _, err := tx.exec(`INSERT INTO said (occurrence, due, step, day, nominal, reminder) VALUES (?, ?, ?, ?, ?, ?)`,
			s.Occurrence, s.Due.String(), s.Name, s.Day.String(), s.Nominal.String(), id); err != nil {
			return fmt.Errorf("remind: %w", err)
		}
	}
	return nil
}

// PassOn gives the steps of a reminder that could not be sent to a later one
// which waits for the same chat, so that nobody hears two at a time. It reports
// whether there is one.
func (tx *Tx) PassOn(reminder int64, to chat.Place) (bool, error) {
	var later int64
	err := tx.row(dest(&later), `SELECT r.id FROM reminders r JOIN outbox o ON o.id = r.outbox
		WHERE r.chat = ? AND r.topic = ? AND r.id > ? AND o.done_at IS NULL ORDER BY r.id LIMIT 1`,
		to.Chat, to.Topic, reminder)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err == nil {
		_, err = tx.exec(`UPDATE said SET reminder = ? WHERE reminder = ?`, later, reminder)
	}
	if err != nil {
		return false, fmt.Errorf("pass on reminder: %w", err)
	}
	return true, nil
}

// StepsOf returns what a reminder is about, by occurrence and day.
func (tx *Tx) StepsOf(reminder int64) ([]plan.Step, error) {
	var out []plan.Step
	err := tx.each(func(rows *sql.Rows) error {
		var s plan.Step
		err := rows.Scan(&s.Occurrence, day{&s.Due}, &s.Name, day{&s.Day}, day{&s.Nominal})
		out = append(out, s)
		return err
	}, `SELECT occurrence, due, step, day, nominal FROM said WHERE reminder = ? ORDER BY occurrence, day, step`, reminder)
	if err != nil {
		return nil, fmt.Errorf("steps of a reminder: %w", err)
	}
	return out, nil
}

// RetireReminders ends the buttons of the reminders that the chat had before
// the given one.
func (tx *Tx) RetireReminders(to chat.Place, before int64) error {
	old, err := list[int64](tx, `SELECT r.outbox FROM reminders r
		WHERE r.chat = ? AND r.topic = ? AND r.id < ? AND EXISTS (SELECT 1 FROM buttons b WHERE b.outbox = r.outbox)`,
		to.Chat, to.Topic, before)
	if err != nil {
		return fmt.Errorf("retire reminders: %w", err)
	}
	for _, outbox := range old {
		if err := tx.DropButtons(outbox); err != nil {
			return err
		}
	}
	return nil
}

// Posted reports whether the day's post was queued before.
func (tx *Tx) Posted(day plan.Date) (bool, error) {
	var n int
	err := tx.row(dest(&n), `SELECT 1 FROM posts WHERE day = ?`, day.String())
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("posted: %w", err)
	}
	return true, nil
}

// SetPosted records that the day's post is queued.
func (tx *Tx) SetPosted(day plan.Date, at time.Time) error {
	if _, err := tx.exec(`INSERT OR IGNORE INTO posts (day, at) VALUES (?, ?)`, day.String(), millis(at)); err != nil {
		return fmt.Errorf("set posted: %w", err)
	}
	return nil
}

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
