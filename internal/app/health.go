package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Bounds of requests from those who watch, and of deliveries, which are small.
const (
	healthTimeout = 10 * time.Second
	healthIdle    = time.Minute
	maxHeader     = 16 << 10 // bytes
)

// The paths on which the program answers itself.
const (
	healthPath  = "/healthz"
	readyPath   = "/readyz"
	metricsPath = "/metrics"
)

// IsOwnPath reports whether the program answers on the path itself, so that a
// webhook cannot be there.
func IsOwnPath(path string) bool {
	return path == healthPath || path == readyPath || path == metricsPath
}

// Handler answers those who watch over the program, and takes what Telegram
// delivers if there is a webhook.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+healthPath, a.serveHealth)
	mux.HandleFunc("GET "+readyPath, a.serveReady)
	mux.Handle("GET "+metricsPath, a.metrics.Handler())
	if hook := a.bot.Webhook(); hook != nil {
		if u, err := url.Parse(a.cfg.Webhook.URL); err == nil { // the setting was checked
			mux.Handle("POST "+u.EscapedPath(), hook)
		}
	}
	return mux
}

// serveHealth tells how the program is: 200 if all is well, else 503.
func (a *App) serveHealth(w http.ResponseWriter, r *http.Request) {
	s := a.status(r.Context())
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if len(s.Problems) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	_ = out.Encode(s) // who asked may be gone
}

// serveReady tells whether the program does its work: 200, or 503 while it has
// not reached Telegram yet and once it is told to end. The schema is up to date
// before there is an App.
func (a *App) serveReady(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	answer := "ready\n"
	switch {
	case a.stopping.Load():
		answer = "stopping\n"
		w.WriteHeader(http.StatusServiceUnavailable)
	case a.Username() == "":
		answer = "telegram has not answered yet\n"
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = io.WriteString(w, answer) // who asked may be gone
}

// ServeHealth answers with the handler until ctx is done, then closes l.
func ServeHealth(ctx context.Context, l net.Listener, h http.Handler) error {
	return Serve(ctx, &http.Server{
		Handler:           h,
		ReadHeaderTimeout: healthTimeout,
		ReadTimeout:       healthTimeout,
		WriteTimeout:      healthTimeout,
		IdleTimeout:       healthIdle,
		MaxHeaderBytes:    maxHeader,
	}, l)
}

// AskHealth asks a running program's address whether all is well. The answer is
// written to out, whatever it is.
func AskHealth(ctx context.Context, address string, out io.Writer) (err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+healthPath, http.NoBody)
	if err != nil {
		return fmt.Errorf("ask %s: %w", address, err)
	}
	client := &http.Client{Transport: &http.Transport{}, Timeout: healthTimeout} // past any proxy
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("ask %s: %w", address, err)
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	if _, err := io.Copy(out, resp.Body); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return errors.New("the program is not well")
	}
	return nil
}
