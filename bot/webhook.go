package bot

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"time"

	tg "github.com/go-telegram/bot"
)

// A Webhook has updates delivered instead of fetched.
type Webhook struct {
	URL    string // https, as Telegram is to call it
	Secret string // what Telegram shows with each call
}

// secretHeader bears the webhook's secret (Bot API, setWebhook).
const secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // a header's name

const (
	maxUpdate = 1 << 20 // bytes; an update is far smaller
	// webhookCheck is how often Telegram is asked how deliveries stand. It is
	// below ordinaryGap, as the time between two polls is.
	webhookCheck = 45 * time.Second
	// One delivery at a time: what a chat says keeps its order.
	webhookConnections = 1
)

// A webhook has Telegram deliver updates, and takes them.
//
// Silence may mean that nobody writes or that nothing gets through, so Telegram
// is asked. Its answer counts as an answered poll only if nothing waits there:
// then all that was said until that moment has arrived.
type webhook struct {
	Webhook
	api    *api
	intake *intake
	log    *slog.Logger
	online func() // called when Telegram answers again after it did not
}

func newWebhook(c Config, a *api, i *intake) *webhook {
	if c.Webhook == nil {
		return nil
	}
	return &webhook{Webhook: *c.Webhook, api: a, intake: i, log: c.Log, online: func() {}}
}

// run has deliveries begin and looks after them until ctx is done. It does not
// end them: what is said while the program stands still waits at Telegram.
func (h *webhook) run(ctx context.Context) {
	var pause backoff
	faults, undelivered := newRepeats(h.log), newRepeats(h.log)
	for set := false; ctx.Err() == nil; {
		err := h.turn(ctx, &set, undelivered)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			faults.warn("webhook out of order", err)
			sleep(ctx, pause.after(err))
			continue
		case pause.tries > 0:
			pause.reset()
			faults.over("webhook in order again")
			h.online()
		}
		sleep(ctx, webhookCheck)
	}
}

// turn sets the webhook if that has not been done, or was undone by another
// program, and finds out how deliveries stand.
func (h *webhook) turn(ctx context.Context, set *bool, undelivered *repeats) error {
	if !*set {
		if err := h.api.setWebhook(ctx, h.Webhook); err != nil {
			return err
		}
		*set = true
		h.log.Info("webhook set")
	}
	state, err := h.api.webhookState(ctx)
	switch {
	case err != nil:
		return err
	case state.url != h.URL:
		*set = false
		return errors.New("another program has changed the webhook")
	case state.pending > 0:
		if state.failure != "" {
			undelivered.warn("updates wait at telegram", errors.New(state.failure))
		}
		return nil
	}
	undelivered.over("no updates wait at telegram")
	_, err = h.intake.store(ctx, nil)
	return err
}

// ServeHTTP stores one update and says so once it is on disk. Whatever else it
// answers, Telegram sends the update again.
func (h *webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !h.knows(r.Header.Get(secretHeader)) {
		http.Error(w, "wrong secret", http.StatusUnauthorized)
		return
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		http.Error(w, "application/json is expected", http.StatusUnsupportedMediaType)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil || !json.Valid(raw) {
		http.Error(w, "no update", http.StatusBadRequest)
		return
	}
	_, err = h.intake.store(r.Context(), []json.RawMessage{raw})
	switch {
	case errors.Is(err, errNoUpdateID):
		http.Error(w, "no update", http.StatusBadRequest)
	case err != nil:
		h.log.Error("update not stored", "err", err)
		http.Error(w, "not stored", http.StatusServiceUnavailable)
	default:
		w.WriteHeader(http.StatusOK)
	}
}

// knows compares secrets in a time that tells nothing of the right one, not
// even its length.
func (h *webhook) knows(secret string) bool {
	given, right := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(h.Secret))
	return subtle.ConstantTimeCompare(given[:], right[:]) == 1
}

// setWebhook has updates delivered. Those that wait stay.
func (a *api) setWebhook(ctx context.Context, h Webhook) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, err := a.lib.SetWebhook(ctx, &tg.SetWebhookParams{
		URL: h.URL, SecretToken: h.Secret, AllowedUpdates: allowedUpdates, MaxConnections: webhookConnections,
	})
	if err != nil {
		return a.failure("setWebhook", err)
	}
	return nil
}

// A webhookState is how deliveries stand, in Telegram's eyes.
type webhookState struct {
	url     string
	pending int
	failure string // the last one, if any
}

func (a *api) webhookState(ctx context.Context) (webhookState, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	info, err := a.lib.GetWebhookInfo(ctx)
	if err != nil {
		return webhookState{}, a.failure("getWebhookInfo", err)
	}
	return webhookState{url: info.URL, pending: info.PendingUpdateCount, failure: info.LastErrorMessage}, nil
}
