package storage

import (
	"fmt"
	"time"

	"dondoc/internal/chat"
)

// A Request is a member's wish to report for his unit.
type Request struct {
	ID      int64
	Person  int64
	Name    string
	Unit    string
	Place   chat.Place
	Decided bool
}

// requestSpan is for how long a request is not made again: after it those who
// were told may not be those who decide now.
const requestSpan = 24 * time.Hour

// AddRequest stores a request, unless the person has an open one for the same
// unit: then it returns that one, and fresh is whether it is to be told again.
func (tx *Tx) AddRequest(r Request, at time.Time) (id int64, fresh bool, err error) {
	open, err := list[int64](tx, `SELECT id FROM requests WHERE person = ? AND unit = ? AND decided_at IS NULL`, r.Person, r.Unit)
	if err != nil {
		return 0, false, fmt.Errorf("request: %w", err)
	}
	if len(open) > 0 {
		n, err := tx.changed(`UPDATE requests SET at = ?, chat = ?, topic = ? WHERE id = ? AND at <= ?`,
			millis(at), r.Place.Chat, r.Place.Topic, open[0], millis(at.Add(-requestSpan)))
		if err != nil {
			return 0, false, fmt.Errorf("request: %w", err)
		}
		return open[0], n > 0, nil
	}
	id, err = tx.insert(`INSERT INTO requests (person, name, unit, chat, topic, at) VALUES (?, ?, ?, ?, ?, ?)`,
		r.Person, r.Name, r.Unit, r.Place.Chat, r.Place.Topic, millis(at))
	if err != nil {
		return 0, false, fmt.Errorf("request: %w", err)
	}
	return id, true, nil
}

// Request returns a request, or ErrNotFound.
func (tx *Tx) Request(id int64) (Request, error) {
	r := Request{ID: id}
	err := tx.row(dest(&r.Person, &r.Name, &r.Unit, &r.Place.Chat, &r.Place.Topic, &r.Decided),
		`SELECT person, name, unit, chat, topic, decided_at IS NOT NULL FROM requests WHERE id = ?`, id)
	if err != nil {
		return r, fmt.Errorf("request: %w", err)
	}
	return r, nil
}

// DecideRequest records the answer to a request.
func (tx *Tx) DecideRequest(id, by int64, granted bool, at time.Time) error {
	if _, err := tx.exec(`UPDATE requests SET decided_at = ?, decided_by = ?, granted = ? WHERE id = ?`,
		millis(at), by, granted, id); err != nil {
		return fmt.Errorf("decide request: %w", err)
	}
	return nil
}
