package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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

// A Reminder is one message to a chat of what its steps are about.
type Reminder struct {
	To    chat.Place
	Steps []plan.Step
}

// Remind queues the reminders, records their steps as said and returns what of
// them was not said before. A message is made by the action's composer, whose
// Key is the reminder's id.
func (tx *Tx) Remind(list []Reminder, at time.Time, compose chat.Action) ([]Reminder, error) {
	var all []plan.Step
	for _, r := range list {
		all = append(all, r.Steps...)
	}
	fresh, err := tx.say(all)
	if err != nil {
		return nil, err
	}
	var queued []Reminder
	for _, r := range list {
		r.Steps = slices.DeleteFunc(slices.Clone(r.Steps), func(s plan.Step) bool { return !fresh[s] })
		if len(r.Steps) == 0 {
			continue
		}
		queued = append(queued, r)
		if err := tx.remind(r, at, compose); err != nil {
			return nil, fmt.Errorf("remind: %w", err)
		}
	}
	return queued, nil
}

func (tx *Tx) remind(r Reminder, at time.Time, compose chat.Action) error {
	text, err := json.Marshal(alike(r.Steps))
	if err != nil {
		return fmt.Errorf("its steps: %w", err)
	}
	compose.Key, err = tx.insert(`INSERT INTO reminders (chat, topic, at, outbox, steps) VALUES (?, ?, ?, 0, ?)`,
		r.To.Chat, r.To.Topic, millis(at), string(text))
	if err != nil {
		return err
	}
	outbox, err := tx.Enqueue(chat.Outgoing{
		Kind: chat.OutCompose, To: r.To, Priority: chat.Reminder, Action: &compose,
	})
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE reminders SET outbox = ? WHERE id = ?`, outbox, compose.Key)
	return err
}

// say records the steps as said and returns those that had not been.
func (tx *Tx) say(steps []plan.Step) (fresh map[plan.Step]bool, err error) {
	fresh = make(map[plan.Step]bool, len(steps))
	for s, ids := range together(steps) {
		slices.Sort(ids) // neighbours in the table
		text, err := json.Marshal(ids)
		if err != nil {
			return nil, fmt.Errorf("say: %w", err)
		}
		said, err := list[int64](tx, `INSERT INTO said (occurrence, due, step)
			SELECT value, ?2, ?3 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING RETURNING occurrence`,
			string(text), s.Due.String(), s.Name)
		if err != nil {
			return nil, fmt.Errorf("say: %w", err)
		}
		for _, s.Occurrence = range said {
			fresh[s] = true
		}
	}
	return fresh, nil
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
		err = tx.giveSteps(reminder, later)
	}
	if err != nil {
		return false, fmt.Errorf("pass on reminder: %w", err)
	}
	return true, nil
}

func (tx *Tx) giveSteps(from, to int64) error {
	given, err := tx.saidSteps(from)
	if err != nil {
		return err
	}
	own, err := tx.saidSteps(to)
	if err != nil {
		return err
	}
	text, err := json.Marshal(append(own, given...))
	if err != nil {
		return fmt.Errorf("its steps: %w", err)
	}
	if _, err := tx.exec(`UPDATE reminders SET steps = ? WHERE id = ?`, string(text), to); err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE reminders SET steps = '[]' WHERE id = ?`, from)
	return err
}

// StepsOf returns what a reminder is about, by occurrence and day.
func (tx *Tx) StepsOf(reminder int64) ([]plan.Step, error) {
	stored, err := tx.saidSteps(reminder)
	if err != nil {
		return nil, fmt.Errorf("steps of a reminder: %w", err)
	}
	return unfold(stored)
}

func (tx *Tx) saidSteps(reminder int64) (steps []saidStep, err error) {
	var text string
	err = tx.row(dest(&text), `SELECT steps FROM reminders WHERE id = ?`, reminder)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(text), &steps); err != nil {
		return nil, fmt.Errorf("its steps: %w", err)
	}
	return steps, nil
}

// RetireReminders ends the buttons of the reminders that the chat had before
// the given one.
func (tx *Tx) RetireReminders(to chat.Place, before int64) error {
	old, err := list[int64](tx, `SELECT r.outbox FROM reminders r
		JOIN outbox o ON o.id = r.outbox
		WHERE r.chat = ? AND r.topic = ? AND r.id < ? AND o.buttons IS NOT NULL`,
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
