package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"dondoc/bot"
	"dondoc/internal/chat"
	"dondoc/internal/clock"
	"dondoc/storage"
)

// echoDurably says what it hears, as the echo bot does, but by dondoc's own way
// in and out: each update is on disk with its answer before it is confirmed,
// once and in order, and so is what became of the answer. It shows what these
// promises cost, and thereby what a report costs.
func echoDurably(ctx context.Context, url, token, data string) error {
	db, err := storage.Open(ctx, filepath.Join(data, "dondoc.db"))
	if err != nil {
		return fmt.Errorf("durable echo: %w", err)
	}
	b, err := bot.New(bot.Config{
		Token: token, APIURL: url, DB: db, Handler: echoing{}, Clock: clock.Real(), Log: slog.New(slog.DiscardHandler),
	})
	if err == nil {
		err = b.Run(ctx)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("durable echo: %w", err)
	}
	return nil
}

// echoing is a Handler.
type echoing struct{}

func (echoing) Handle(tx *storage.Tx, in chat.Incoming) error {
	_, err := tx.Enqueue(chat.Outgoing{
		Kind: chat.OutSend, To: in.Chat.Place, Priority: chat.Answer, Text: string(chat.Escape(in.Text)),
	})
	return err
}

func (echoing) GiveUp(*storage.Tx, chat.Incoming) error { return nil }

func (echoing) Compose(*storage.Tx, chat.Outgoing) (chat.Composition, error) {
	return chat.Composition{Empty: true}, nil
}

func (echoing) Digest(chat.Outgoing, []byte) []byte { return nil }
