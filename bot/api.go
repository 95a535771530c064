package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
)

const telegramURL = "https://api.telegram.org"

// How long Telegram is waited for.
const (
	callTimeout   = 30 * time.Second
	fileTimeout   = 2 * time.Minute  // for a file to go either way
	pollTimeout   = 50 * time.Second // how long getUpdates may wait for an update
	pollSlack     = 15 * time.Second // on top, for the way there and back
	maxPollAnswer = 64 << 20         // bytes; a hundred updates are far smaller
)

// An api calls Telegram. Its errors are *callError, without the token.
type api struct {
	lib    *tg.Bot
	client *http.Client
	url    string
	token  string
	meter  Meter
}

func newAPI(c Config) (*api, error) {
	token, client := c.Token, c.HTTPClient
	if client == nil {
		client = newClient()
	}
	url := strings.TrimRight(c.APIURL, "/")
	if url == "" {
		url = telegramURL
	}
	a := &api{client: client, url: url, token: token, meter: c.Meter}
	lib, err := tg.New(token,
		tg.WithSkipGetMe(), // Connect asks, and goes on asking
		tg.WithServerURL(url),
		tg.WithHTTPClient(pollTimeout, client),
		tg.WithErrorsHandler(func(error) {}), // of no request that matters here
		tg.WithDebugHandler(func(string, ...any) {}),
	)
	if err != nil {
		return nil, fmt.Errorf("telegram client: %s", a.mask(err.Error()))
	}
	a.lib = lib
	return a, nil
}

// newClient returns a client that keeps a connection for every call that can
// be in flight; the default of two a host makes most calls dial anew. Being a
// clone of the default transport it honours HTTPS_PROXY.
func newClient() *http.Client {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return &http.Client{}
	}
	t = t.Clone()
	t.MaxIdleConns = 2 * maxInFlight
	t.MaxIdleConnsPerHost = 2 * maxInFlight
	return &http.Client{Transport: t}
}

func (a *api) mask(text string) string {
	if a.token == "" {
		return text
	}
	return strings.ReplaceAll(text, a.token, "***")
}

func (a *api) getMe(ctx context.Context) (username string, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, err := a.lib.GetMe(ctx)
	switch {
	case err == nil:
		return me.Username, nil
	case errors.Is(err, tg.ErrorUnauthorized), errors.Is(err, tg.ErrorNotFound):
		return "", ErrTokenRefused
	}
	return "", a.failure("getMe", err)
}

// deleteWebhook makes polling possible. Updates that wait stay.
func (a *api) deleteWebhook(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if _, err := a.lib.DeleteWebhook(ctx, &tg.DeleteWebhookParams{}); err != nil {
		return a.failure("deleteWebhook", err)
	}
	return nil
}

// pollRequest is the body of getUpdates.
type pollRequest struct {
	Offset         int64    `json:"offset,omitempty"`
	Timeout        int      `json:"timeout"` // seconds
	AllowedUpdates []string `json:"allowed_updates"`
}

// getUpdates asks for what is new, for which Telegram may wait, and returns
// each update as it was sent.
//
// It goes past the library, whose poller decodes updates into a channel and
// confirms them by its next request, before anything has stored them: what was
// in the channel is lost when the process ends.
func (a *api) getUpdates(ctx context.Context, offset int64, wait time.Duration) (updates []json.RawMessage, err error) {
	ctx, cancel := context.WithTimeout(ctx, wait+pollSlack)
	defer cancel()
	err = a.post(ctx, "getUpdates", pollRequest{
		Offset: offset, Timeout: int(wait / time.Second), AllowedUpdates: allowedUpdates,
	}, &updates)
	if f, ok := errors.AsType[*callError](err); ok && f.code == http.StatusNotFound {
		f.verdict = unauthorized // the method exists, so that it is the token that does not
	}
	return updates, err
}

// sendMessage sends a message and returns its id.
//
// It goes past the library, which packs each request as a form and unpacks all
// of the message that comes back, of which the id alone is of use: that took half
// of what a call takes, and nearly all calls are this one.
func (a *api) sendMessage(ctx context.Context, p *tg.SendMessageParams) (outcome, error) {
	var m struct {
		ID int `json:"message_id"`
	}
	err := a.post(ctx, "sendMessage", p, &m)
	return outcome{message: m.ID}, err
}

// allowedUpdates are the kinds that the program has a use for.
var allowedUpdates = []string{"message", "edited_message", "callback_query", "my_chat_member"}
