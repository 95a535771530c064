package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dondoc/internal/chat"
)

// An Update is one event as the chat service sent it.
type Update struct {
	ID      int64     // the service's; known as a set, since ids may start lower after an idle week
	Chat    int64     // updates of one chat are handled in order; 0 if it concerns none
	At      time.Time // when it counts, in the program's time
	Payload []byte
}

// A Poll is an instant at which the chat service answered, in real time and in
// the program's.
type Poll struct{ Real, Program time.Time }

// An Arrival is a pending row of the inbox.
type Arrival struct {
	Seq      int64
	UpdateID int64
	Own      bool // an event of the program's own: Payload is the JSON of chat.Incoming
	Chat     int64
	At       time.Time // when it counts, in the program's time
	Tries    int       // how often it failed
	Payload  []byte
}

// longOutage is how long the chat service keeps updates that nobody fetches
// (Bot API, getUpdates).
const longOutage = 24 * time.Hour

// StoreUpdate puts an update on disk, to be handled; false for one that is
// known.
func (tx *Tx) StoreUpdate(u Update) (fresh bool, err error) {
	return tx.storeUpdate(`INSERT OR IGNORE INTO inbox (update_id, chat, at, payload, received_at)
		VALUES (?, ?, ?, ?, ?)`, u, u.Payload)
}

// StoreHandled is StoreUpdate of what the same transaction handles: there is
// nothing to keep of it but its id.
func (tx *Tx) StoreHandled(u Update) (fresh bool, err error) {
	return tx.storeUpdate(`INSERT OR IGNORE INTO inbox (update_id, chat, at, payload, received_at, handled_at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?5)`, u, []byte{})
}

func (tx *Tx) storeUpdate(query string, u Update, payload []byte) (fresh bool, err error) {
	n, err := tx.changed(query, u.ID, u.Chat, millis(u.At), payload, millis(time.Now()))
	if err != nil {
		return false, fmt.Errorf("store update %d: %w", u.ID, err)
	}
	return n > 0, nil
}

// AnyPending reports whether something waits to be handled, or to be tried
// again.
func (tx *Tx) AnyPending() (bool, error) {
	var pending bool
	if err := tx.row(dest(&pending), `SELECT EXISTS (SELECT 1 FROM inbox WHERE handled_at IS NULL)`); err != nil {
		return false, fmt.Errorf("pending updates: %w", err)
	}
	return pending, nil
}

// StorePoll remembers the poll, and the outage that it ended, if that was long
// enough for updates to be gone. It comes before what the poll brought: of what
// is lost people hear before all else.
func (tx *Tx) StorePoll(poll Poll) error {
	last, err := tx.LastPoll()
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err == nil && poll.Real.Sub(last.Real) > longOutage {
		if err := tx.storeOutage(poll, chat.Outage{
			From: last.Real, To: poll.Real, Lost: poll.Real.Add(-longOutage),
		}); err != nil {
			return err
		}
	}
	return tx.setPoll(poll)
}

// storeOutage remembers the outage and passes it on to the handlers.
func (tx *Tx) storeOutage(ended Poll, o chat.Outage) error {
	if _, err := tx.exec(`INSERT OR REPLACE INTO outages (from_at, to_at, lost_at, restored) VALUES (?, ?, ?, ?)`,
		millis(o.From), millis(o.To), millis(o.Lost), o.Restored); err != nil {
		return fmt.Errorf("store outage: %w", err)
	}
	return tx.StoreEvent(chat.Incoming{Kind: chat.InOutage, At: ended.Program, Outage: &o})
}

func (tx *Tx) setPoll(poll Poll) error {
	if _, err := tx.exec(`INSERT INTO polls (id, real_at, program_at) VALUES (1, ?, ?)
		ON CONFLICT (id) DO UPDATE SET real_at = excluded.real_at, program_at = excluded.program_at`,
		millis(poll.Real), millis(poll.Program)); err != nil {
		return fmt.Errorf("store poll: %w", err)
	}
	return nil
}

// LastPoll returns when the chat service last answered, or ErrNotFound. It may
// be a few seconds behind while polls follow each other quickly.
func (tx *Tx) LastPoll() (Poll, error) {
	var p Poll
	err := tx.row(dest(instant{&p.Real}, instant{&p.Program}), `SELECT real_at, program_at FROM polls`)
	if err != nil {
		return Poll{}, fmt.Errorf("last poll: %w", err)
	}
	return p, nil
}

// Outages returns those that ended since the given instant, oldest first.
func (tx *Tx) Outages(since time.Time) ([]chat.Outage, error) {
	var list []chat.Outage
	err := tx.each(func(rows *sql.Rows) error {
		var o chat.Outage
		err := rows.Scan(instant{&o.From}, instant{&o.To}, instant{&o.Lost}, &o.Restored)
		list = append(list, o)
		return err
	}, `SELECT from_at, to_at, lost_at, restored FROM outages WHERE to_at >= ? ORDER BY from_at`, millis(since))
	if err != nil {
		return nil, fmt.Errorf("outages: %w", err)
	}
	return list, nil
}

// StoreEvent puts an event of the program's own into the inbox, behind what
// the chat has waiting there.
func (tx *Tx) StoreEvent(in chat.Incoming) error {
	payload, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("store event: %w", err)
	}
	_, err = tx.exec(`INSERT INTO inbox (chat, at, payload, received_at) VALUES (?, ?, ?, ?)`,
		in.Chat.Chat, millis(in.At), payload, millis(time.Now()))
	if err != nil {
		return fmt.Errorf("store event: %w", err)
	}
	return nil
}

// Pending returns up to limit rows that are to be handled, in order of
// arrival, without the chats of which one waits to be tried again.
func (tx *Tx) Pending(now time.Time, limit int) ([]Arrival, error) {
	var list []Arrival
	err := tx.each(func(rows *sql.Rows) error {
		var a Arrival
		var update sql.NullInt64
		err := rows.Scan(&a.Seq, &update, &a.Chat, instant{&a.At}, &a.Tries, &a.Payload)
		a.UpdateID, a.Own = update.Int64, !update.Valid
		list = append(list, a)
		return err
	}, `SELECT seq, update_id, chat, at, tries, payload FROM inbox
		WHERE handled_at IS NULL AND chat NOT IN (
			SELECT chat FROM inbox WHERE handled_at IS NULL AND retry_at IS NOT NULL AND retry_at > ?)
		ORDER BY seq LIMIT ?`, millis(now), limit)
	if err != nil {
		return nil, fmt.Errorf("pending updates: %w", err)
	}
	return list, nil
}

// NextRetry returns when the next chat that waits is to be tried again, or
// ErrNotFound.
func (tx *Tx) NextRetry(now time.Time) (time.Time, error) {
	var at time.Time
	err := tx.row(dest(instant{&at}), `SELECT min(retry_at) FROM inbox
		WHERE handled_at IS NULL AND retry_at IS NOT NULL AND retry_at > ?`, millis(now))
	if err == nil && at.IsZero() {
		err = ErrNotFound
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("next retry: %w", err)
	}
	return at, nil
}

// MarkHandled takes a row off the pending ones. What the person said is
// overwritten in the same transaction: its effect stands elsewhere, and a text
// that was refused as a state secret must stand nowhere. Only the id stays,
// to know the update by.
func (tx *Tx) MarkHandled(seq int64) error {
	return tx.changeInbox(seq, `UPDATE inbox SET handled_at = ?, retry_at = NULL, payload = x''
		WHERE seq = ? AND handled_at IS NULL`, millis(time.Now()), seq)
}

// RetryLater records that handling failed and when it is tried again.
func (tx *Tx) RetryLater(seq int64, at time.Time, cause string) error {
	return tx.changeInbox(seq, `UPDATE inbox SET tries = tries + 1, retry_at = ?, error = ?
		WHERE seq = ? AND handled_at IS NULL`, millis(at), cause, seq)
}

// SetAside gives a row up. Its payload is kept until the row is cleared.
func (tx *Tx) SetAside(seq int64, cause string) error {
	return tx.changeInbox(seq, `UPDATE inbox SET handled_at = ?, retry_at = NULL, tries = tries + 1,
		set_aside = 1, error = ? WHERE seq = ? AND handled_at IS NULL`, millis(time.Now()), cause, seq)
}

func (tx *Tx) changeInbox(seq int64, query string, args ...any) error {
	n, err := tx.changed(query, args...)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("inbox row %d: %w", seq, err)
	}
	return nil
}

// A Failure is what could not be handled or delivered.
type Failure struct {
	ID    int64 // of the inbox row or of the outbox row
	Chat  int64
	Kind  chat.OutgoingKind // of what could not be delivered
	At    time.Time         // real
	Error string
}

// SetAsides returns what was given up since the instant, latest first.
func (tx *Tx) SetAsides(since time.Time) ([]Failure, error) {
	return tx.failures(`SELECT seq, chat, '', handled_at, coalesce(error, '') FROM inbox
		WHERE set_aside = 1 AND handled_at >= ? ORDER BY handled_at DESC, seq DESC LIMIT 100`, since)
}

func (tx *Tx) failures(query string, since time.Time) ([]Failure, error) {
	var list []Failure
	err := tx.each(func(rows *sql.Rows) error {
		var f Failure
		err := rows.Scan(&f.ID, &f.Chat, &f.Kind, instant{&f.At}, &f.Error)
		list = append(list, f)
		return err
	}, query, millis(since))
	if err != nil {
		return nil, fmt.Errorf("failures: %w", err)
	}
	return list, nil
}
