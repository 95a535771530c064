package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dondoc/bot"
	"dondoc/internal/app"
	"dondoc/internal/botserver"
)

// ask sends a request to the address and returns what came back.
func ask(t *testing.T, l net.Listener, method, path string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "http://"+l.Addr().String()+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// connected waits until Telegram has been asked for updates.
func (h *house) connected(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := h.server.WaitFor(ctx, func(w *botserver.World) bool { return w.Polls() > 0 }); err != nil {
		t.Fatal(err)
	}
}

func TestHealth(t *testing.T) {
	h := newHouse(t)
	l := listen(t)
	h.cfg.Listener = l
	a, stop := run(t, h.cfg)
	if _, err := h.server.Say(ann, ann, "/help"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := h.server.WaitFor(ctx, func(w *botserver.World) bool { return len(w.FromBot(ann)) > 0 }); err != nil {
		t.Fatal(err)
	}
	status, body := ask(t, l, http.MethodGet, "/healthz")
	var got struct {
		Status      string
		Problems    []string
		LastContact time.Time `json:"last_contact"`
		Writable    bool      `json:"database_writable"`
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if status != http.StatusOK || got.Status != "ok" || len(got.Problems) > 0 || !got.Writable {
		t.Errorf("%d %s", status, body)
	}
	if time.Since(got.LastContact) > time.Minute {
		t.Errorf("last contact %v", got.LastContact)
	}
	if status, body := ask(t, l, http.MethodGet, "/readyz"); status != http.StatusOK || body != "ready\n" {
		t.Errorf("ready: %d %q", status, body)
	}
	if status, _ := ask(t, l, http.MethodGet, "/"); status != http.StatusNotFound {
		t.Errorf("nothing: %d", status)
	}
	if _, body := ask(t, l, http.MethodGet, "/metrics"); !strings.Contains(body, "dondoc_database_bytes") {
		t.Errorf("metrics: %s", body)
	}
	if err := a.DB().Close(); err != nil { // as if the disk were gone
		t.Fatal(err)
	}
	if status, body := ask(t, l, http.MethodGet, "/healthz"); status != http.StatusServiceUnavailable ||
		!strings.Contains(body, "cannot be written") {
		t.Errorf("without a database: %d %s", status, body)
	}
	stop()
	if _, err := (&net.Dialer{Timeout: time.Second}).DialContext(t.Context(), "tcp", l.Addr().String()); err == nil {
		t.Error("the address is still taken after the end")
	}
}

func TestNotReadyBeforeTelegramAnswers(t *testing.T) {
	h := newHouse(t)
	var down atomic.Bool
	down.Store(true)
	h.server.SetHook(func(string, map[string]string) *botserver.Fault {
		if down.Load() {
			return &botserver.Fault{Kind: botserver.FaultGateway}
		}
		return nil
	})
	l := listen(t)
	h.cfg.Listener = l
	_, stop := run(t, h.cfg)
	if status, body := ask(t, l, http.MethodGet, "/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("%d %q", status, body)
	}
	down.Store(false)
	h.connected(t)
	if status, body := ask(t, l, http.MethodGet, "/readyz"); status != http.StatusOK {
		t.Errorf("%d %q", status, body)
	}
	stop()
}

// TestDelivery has an update come by the webhook, on the address of health.
func TestDelivery(t *testing.T) {
	h := newHouse(t)
	l := listen(t)
	h.cfg.Listener, h.cfg.Admins = l, []int64{ann}
	h.cfg.Webhook = &bot.Webhook{URL: "https://bot.example.vn/tele/gram", Secret: "geheim"}
	_, stop := run(t, h.cfg)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := h.server.WaitFor(ctx, func(w *botserver.World) bool { return w.Webhook() != "" }); err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{http.MethodGet, http.MethodPut} {
		if status, _ := ask(t, l, method, "/tele/gram"); status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, status)
		}
	}
	if status, _ := ask(t, l, http.MethodPost, "/tele/gram"); status != http.StatusUnauthorized {
		t.Errorf("without a secret: %d", status)
	}
	if _, err := h.server.Say(ann, ann, "/help"); err != nil {
		t.Fatal(err)
	}
	proxy := &http.Client{Transport: &proxy{to: l.Addr().String()}}
	if err := h.server.PushUpdates(ctx, proxy); err != nil {
		t.Fatal(err)
	}
	if err := h.server.WaitFor(ctx, func(w *botserver.World) bool { return len(w.FromBot(ann)) > 0 }); err != nil {
		t.Fatal(err)
	}
	stop()
}

// A proxy stands before the program, as one that ends TLS does.
type proxy struct{ to string }

func (p *proxy) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", p.to
	return http.DefaultTransport.RoundTrip(r)
}

func TestAskHealth(t *testing.T) {
	h := newHouse(t)
	l := listen(t)
	h.cfg.Listener = l
	_, stop := run(t, h.cfg)
	h.connected(t)
	var out strings.Builder
	if err := app.AskHealth(t.Context(), l.Addr().String(), &out); err != nil || !strings.Contains(out.String(), `"ok"`) {
		t.Errorf("%v: %s", err, &out)
	}
	stop()
	if err := app.AskHealth(t.Context(), l.Addr().String(), &out); err == nil {
		t.Error("nobody is there, and all is well")
	}
}
