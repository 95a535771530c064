package app

import (
	"context"
	"io"
	"net"
	"net/http"
	"time"
)

// Bounds of requests about health, which are small.
const (
	healthTimeout = 5 * time.Second
	healthIdle    = time.Minute
	maxHeader     = 16 << 10 // bytes
)

// ServeHealth answers GET /healthz with "ok" until ctx is done, then closes l.
func ServeHealth(ctx context.Context, l net.Listener) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "ok") // who asked may be gone
	})
	return Serve(ctx, &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: healthTimeout,
		ReadTimeout:       healthTimeout,
		WriteTimeout:      healthTimeout,
		IdleTimeout:       healthIdle,
		MaxHeaderBytes:    maxHeader,
	}, l)
}
