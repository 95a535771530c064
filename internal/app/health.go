package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// Bounds of requests about health, which are small; and of the end.
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
	server := &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: healthTimeout,
		ReadTimeout:       healthTimeout,
		WriteTimeout:      healthTimeout,
		IdleTimeout:       healthIdle,
		MaxHeaderBytes:    maxHeader,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve health: %w", err)
	case <-ctx.Done():
	}
	// ctx is over; what is being answered gets its time nevertheless.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), healthTimeout)
	defer cancel()
	err := server.Shutdown(last)
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	if err != nil {
		return fmt.Errorf("stop serving health: %w", err)
	}
	return nil
}
