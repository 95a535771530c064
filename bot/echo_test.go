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
	mu     sync.Mutex // a bot at work hears of people before a test has set what it does
	before func(tx *storage.Tx, in chat.Incoming) error
	digest func(data []byte) []byte
	made   func(tx *storage.Tx, out chat.Outgoing) (chat.Composition, error)
	seen   []chat.Incoming
}

// on has the handler do something more, which may fail.
func (e *echo) on(before func(tx *storage.Tx, in chat.Incoming) error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.before = before
}

// composes sets how messages are made.
func (e *echo) composes(made func(tx *storage.Tx, out chat.Outgoing) (chat.Composition, error)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.made = made
}

// digests sets how files are read.
func (e *echo) digests(digest func(data []byte) []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.digest = digest
}

func (e *echo) Handle(tx *storage.Tx, in chat.Incoming) error {
	e.mu.Lock()
	e.seen = append(e.seen, in)
	before := e.before
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
	if before != nil {
		return before(tx, in)
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
	e.mu.Lock()
	made := e.made
	e.mu.Unlock()
	return made(tx, out)
}

func (e *echo) Digest(_ chat.Outgoing, data []byte) []byte {
	e.mu.Lock()
	digest := e.digest
	e.mu.Unlock()
	if digest == nil {
		return data
	}
	return digest(data)
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
