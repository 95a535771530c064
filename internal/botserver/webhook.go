package botserver

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// secretHeader bears the webhook's secret_token (Bot API, setWebhook).
const secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // a header's name

const maxSecret = 256

// usualConnections is the number of deliveries at a time if none is asked for.
const usualConnections = 40

type webhook struct {
	url         string
	secret      string
	connections int64
}

type wireWebhookInfo struct {
	URL                  string   `json:"url"`
	HasCustomCertificate bool     `json:"has_custom_certificate"`
	PendingUpdateCount   int      `json:"pending_update_count"`
	MaxConnections       int64    `json:"max_connections,omitempty"`
	AllowedUpdates       []string `json:"allowed_updates,omitempty"`
}

func (w *World) setWebhook(q *request) (any, error) {
	link, secret := q.params["url"], q.params["secret_token"]
	switch {
	case link == "":
		return w.deleteWebhook(q)
	case !strings.HasPrefix(link, "https://"):
		return nil, badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	case len(secret) > maxSecret:
		return nil, badRequest("secret token is too long")
	case strings.ContainsFunc(secret, func(r rune) bool { return r >= utf8.RuneSelf || !isWord(r) && r != '-' }):
		return nil, badRequest("secret token contains unallowed characters")
	}
	allowed, given, err := allowedUpdates(q)
	if err != nil {
		return nil, err
	}
	if given {
		w.updates.allowed = allowed
	}
	w.webhook = webhook{url: link, secret: secret, connections: usualConnections}
	if q.has("max_connections") {
		w.webhook.connections = q.integer("max_connections")
	}
	w.dropPending(q)
	if w.updates.poll != nil {
		close(w.updates.poll)
		w.updates.poll = nil
	}
	return true, nil
}

func (w *World) deleteWebhook(q *request) (any, error) {
	w.webhook = webhook{}
	w.dropPending(q)
	return true, nil
}

func (w *World) dropPending(q *request) {
	if q.boolean("drop_pending_updates") {
		w.updates.waiting = nil
	}
	w.touch(nil)
}

func (w *World) getWebhookInfo(*request) (any, error) {
	return wireWebhookInfo{
		URL:                w.webhook.url,
		PendingUpdateCount: len(w.updates.waiting),
		MaxConnections:     w.webhook.connections,
		AllowedUpdates:     slices.Clone(w.updates.allowed),
	}, nil
}

// Webhook returns the address that setWebhook set, "" without one.
func (w *World) Webhook() string { return w.webhook.url }

// PushUpdates posts what waits to the webhook, one update after another, until
// nothing waits. Nothing is posted by itself: a test pushes when it wants to.
// An update that is answered other than with 2xx stays first in the queue, and
// the error says what came back; the next push repeats it, as Telegram does.
func (s *Server) PushUpdates(ctx context.Context, client *http.Client) error {
	for {
		var hook webhook
		var next []update
		s.View(func(w *World) {
			hook = w.webhook
			next = slices.Clone(w.updates.waiting[:min(1, len(w.updates.waiting))])
		})
		if hook.url == "" || len(next) == 0 {
			return nil
		}
		if err := hook.push(ctx, client, next[0]); err != nil {
			return err
		}
		_ = s.act(func(w *World) error {
			w.updates.waiting = slices.DeleteFunc(slices.Clone(w.updates.waiting),
				func(u update) bool { return u.id == next[0].id })
			w.touch(nil)
			return nil
		})
	}
}

func (h webhook) push(ctx context.Context, client *http.Client, u update) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(u.raw))
	if err != nil {
		return fmt.Errorf("push update %d: %w", u.id, err)
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set(secretHeader, h.secret)
	}
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("push update %d: %w", u.id, err)
	}
	defer func() { _ = resp.Body.Close() }()
	// Only what has been read to its end can be followed on the connection.
	_, _ = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("push update %d: answered with %s", u.id, resp.Status)
	}
	return nil
}
