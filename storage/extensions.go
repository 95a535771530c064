package storage

import (
	"database/sql"
	"fmt"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// A RequestOutcome is what became of a request for a later day.
type RequestOutcome string

// The outcomes.
const (
	RequestWaiting   RequestOutcome = ""
	RequestGranted   RequestOutcome = "granted"
	RequestRefused   RequestOutcome = "refused"
	RequestWithdrawn RequestOutcome = "withdrawn" // by who asked
	RequestVoid      RequestOutcome = "void"      // there was nothing left to extend
)

// An ExtensionRequest is a head's wish for a later day of one occurrence.
type ExtensionRequest struct {
	ID        int64
	Task      int64 // the task's id
	Unit      string
	Period    string
	Due       plan.Date
	Reason    string
	Person    int64
	Place     chat.Place // where it was asked
	At        time.Time
	Outcome   RequestOutcome
	SettledAt time.Time
	SettledBy int64
	Refusal   string // why it was refused, if that was said
}

// AddExtensionRequest stores a request and sets its id.
func (tx *Tx) AddExtensionRequest(r *ExtensionRequest) error {
	var err error
	r.ID, err = tx.insert(`INSERT INTO extension_requests
		(task, unit, period, due, reason, person, chat, topic, at, after_report)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM reports))`,
		r.Task, r.Unit, r.Period, r.Due.String(), r.Reason, r.Person, r.Place.Chat, r.Place.Topic, millis(r.At))
	if err != nil {
		return fmt.Errorf("extension request: %w", err)
	}
	return nil
}

// ExtensionRequest returns a request, or ErrNotFound.
func (tx *Tx) ExtensionRequest(id int64) (ExtensionRequest, error) {
	return tx.extensionRequest(`WHERE id = ?`, id)
}

// LastExtensionRequestOf returns the person's waiting request if nothing that
// he reported since stands, or ErrNotFound.
func (tx *Tx) LastExtensionRequestOf(person int64) (ExtensionRequest, error) {
	return tx.extensionRequest(`WHERE person = ?1 AND outcome = '' AND after_report >= (
		SELECT coalesce(max(id), 0) FROM reports WHERE person = ?1 AND withdrawn_at IS NULL)
		ORDER BY id DESC LIMIT 1`, person)
}

// ExtensionRequestShown returns the request that the message puts before those
// who decide, or ErrNotFound.
func (tx *Tx) ExtensionRequestShown(place chat.Place, message int) (ExtensionRequest, error) {
	return tx.extensionRequest(`WHERE id = (SELECT m.request FROM extension_messages m
		JOIN outbox o ON o.id = m.outbox WHERE o.chat = ? AND o.message = ?)`, place.Chat, message)
}

func (tx *Tx) extensionRequest(where string, args ...any) (ExtensionRequest, error) {
	list, err := tx.extensionRequests(where, args...)
	switch {
	case err != nil:
		return ExtensionRequest{}, err
	case len(list) == 0:
		return ExtensionRequest{}, fmt.Errorf("extension request: %w", ErrNotFound)
	}
	return list[0], nil
}

// ExtensionRequests returns the requests on a task, oldest first.
func (tx *Tx) ExtensionRequests(task int64) ([]ExtensionRequest, error) {
	return tx.extensionRequests(`WHERE task = ? ORDER BY id`, task)
}

func (tx *Tx) extensionRequests(where string, args ...any) ([]ExtensionRequest, error) {
	var out []ExtensionRequest
	err := tx.each(func(rows *sql.Rows) error {
		var r ExtensionRequest
		var by sql.NullInt64
		err := rows.Scan(&r.ID, &r.Task, &r.Unit, &r.Period, day{&r.Due}, &r.Reason, &r.Person,
			&r.Place.Chat, &r.Place.Topic, instant{&r.At}, &r.Outcome, instant{&r.SettledAt}, &by, &r.Refusal)
		r.SettledBy = by.Int64
		out = append(out, r)
		return err
	}, `SELECT id, task, unit, period, due, reason, person, chat, topic, at, outcome, settled_at, settled_by, refusal
		FROM extension_requests `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("extension requests: %w", err)
	}
	return out, nil
}

// SettleExtensionRequest records what became of a waiting request.
func (tx *Tx) SettleExtensionRequest(r *ExtensionRequest, outcome RequestOutcome, by int64, at time.Time) error {
	if _, err := tx.exec(`UPDATE extension_requests SET outcome = ?, settled_by = ?, settled_at = ?
		WHERE id = ? AND outcome = ''`, outcome, by, millis(at), r.ID); err != nil {
		return fmt.Errorf("settle extension request: %w", err)
	}
	r.Outcome, r.SettledBy, r.SettledAt = outcome, by, at
	return nil
}

// ExplainRefusal keeps why a request was refused.
func (tx *Tx) ExplainRefusal(request int64, why string) error {
	if _, err := tx.exec(`UPDATE extension_requests SET refusal = ? WHERE id = ?`, why, request); err != nil {
		return fmt.Errorf("explain refusal: %w", err)
	}
	return nil
}

// An ExtensionMessage puts a request before somebody who decides.
type ExtensionMessage struct {
	Outbox int64
	Chat   int64
}

// AddExtensionMessage remembers the message, so that it can show the decision.
func (tx *Tx) AddExtensionMessage(request int64, m ExtensionMessage) error {
	if _, err := tx.exec(`INSERT INTO extension_messages (outbox, request, chat) VALUES (?, ?, ?)`,
		m.Outbox, request, m.Chat); err != nil {
		return fmt.Errorf("extension message: %w", err)
	}
	return nil
}

// ExtensionMessages returns the messages of a request that can still be
// changed.
func (tx *Tx) ExtensionMessages(request int64) ([]ExtensionMessage, error) {
	var out []ExtensionMessage
	err := tx.each(func(rows *sql.Rows) error {
		var m ExtensionMessage
		err := rows.Scan(&m.Outbox, &m.Chat)
		out = append(out, m)
		return err
	}, `SELECT m.outbox, m.chat FROM extension_messages m JOIN outbox o ON o.id = m.outbox
		WHERE m.request = ? ORDER BY m.outbox`, request)
	if err != nil {
		return nil, fmt.Errorf("extension messages: %w", err)
	}
	return out, nil
}
