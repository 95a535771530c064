package bot

import (
	"errors"
	"fmt"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// An earlyError says that a message is not to go out yet.
type earlyError struct{ wait time.Duration } // real

func (e *earlyError) Error() string { return "not to be said before " + e.wait.String() }

// longestWait bounds how long a message that is not to go out yet is left
// alone: the machine may sleep, and its clock be set, meanwhile.
const longestWait = time.Minute

// compose makes the message of a row that says only what it is about. It
// returns storage.ErrNotFound for one that has nothing left to say, which it
// drops, and an *earlyError for one that has to wait.
func (s *sender) compose(tx *storage.Tx, it *item, out chat.Outgoing) (chat.Outgoing, error) {
	var made chat.Composition
	err := tx.Savepoint(func() (err error) {
		made, err = s.made(tx, out)
		return err
	})
	switch {
	case err != nil:
		return out, fmt.Errorf("compose: %w", err)
	case made.Empty:
		return out, errors.Join(tx.DropMessage(it.ID), storage.ErrNotFound)
	case !made.After.IsZero():
		wait := s.clock.Real(made.After.Sub(s.clock.Now()))
		return out, &earlyError{wait: min(max(wait, time.Millisecond), longestWait)}
	}
	s.stale = true // it may have queued more, such as the removal of old buttons
	made.Out.To = out.To
	return tx.Bear(it.ID, made.Out)
}
