// Package echo is the yardstick of the benchmark: the least that a bot can do on
// the library that dondoc stands on. It says what it hears, keeps nothing, and
// confirms updates before they are answered.
package echo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// pollTimeout is the library's own default.
const pollTimeout = time.Minute

// Run echoes until the context is done. With no idle connections to keep, the
// client is the library's default, which keeps two.
func Run(ctx context.Context, url, token string, idle int) error {
	options := []tg.Option{tg.WithServerURL(url), tg.WithDefaultHandler(say)}
	if idle > 0 {
		client, err := keeping(idle)
		if err != nil {
			return err
		}
		options = append(options, tg.WithHTTPClient(pollTimeout, client))
	}
	b, err := tg.New(token, options...)
	if err != nil {
		return fmt.Errorf("echo bot: %w", err)
	}
	b.Start(ctx)
	return nil
}

// keeping returns the library's client but for the number of idle connections.
func keeping(idle int) (*http.Client, error) {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return nil, errors.New("echo bot: the default transport is another one")
	}
	t = t.Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = idle, idle
	return &http.Client{Timeout: pollTimeout, Transport: t}, nil
}

func say(ctx context.Context, b *tg.Bot, u *models.Update) {
	if u.Message == nil {
		return
	}
	// A failed call is told of by the missing answer.
	_, _ = b.SendMessage(ctx, &tg.SendMessageParams{ChatID: u.Message.Chat.ID, Text: u.Message.Text})
}
