package bot_test

import (
	"strconv"
	"sync"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// An echo is a Handler that says what it hears and keeps count of it in the
// same transaction.
type echo struct {
	before func(tx *storage.Tx, in chat.Incoming) error // may fail or say more
	made   func(tx *storage.Tx, out chat.Outgoing) (chat.Composition, error)

	mu   sync.Mutex
	seen []chat.Incoming
}

func (e *echo) Handle(tx *storage.Tx, in chat.Incoming) error {
	e.mu.Lock()
	e.seen = append(e.seen, in)
	e.mu.Unlock()
	if in.Kind == chat.InMessage {
		n, err := count(tx, effectKey(in.Chat.Chat, in.Message))
		if err != nil {
			return err
		}
		if err := tx.SetSetting(effectKey(in.Chat.Chat, in.Message), strconv.Itoa(n+1)); err != nil {
			return err
		}
		if _, err := tx.Enqueue(chat.Outgoing{
			Kind: chat.OutSend, To: in.Chat.Place, Priority: chat.Answer, Text: in.Text,
		}); err != nil {
			return err
		}
	}
	if e.before != nil {
		return e.before(tx, in)
	}
	return nil
}

func (e *echo) GiveUp(tx *storage.Tx, in chat.Incoming) error {
	out := send(in.Chat.Chat, "gave up ")
	out.Text += in.Text
	_, err := tx.Enqueue(out)
	return err
}

func (e *echo) Compose(tx *storage.Tx, out chat.Outgoing) (chat.Composition, error) {
	return e.made(tx, out)
}

// heard returns what came in, of the kind.
func (e *echo) heard(kind chat.IncomingKind) []chat.Incoming {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []chat.Incoming
	for _, in := range e.seen {
		if in.Kind == kind {
			out = append(out, in)
		}
	}
	return out
}
