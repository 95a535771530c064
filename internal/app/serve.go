package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// closeTimeout is how long requests under way may take when a server stops.
const closeTimeout = 2 * time.Second

// Serve serves on l, which it closes, until ctx is done; then it returns nil.
func Serve(ctx context.Context, server *http.Server, l net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve HTTP: %w", err)
	case <-ctx.Done():
	}
	// ctx is over; what is being answered gets its time nevertheless. A
	// connection on which nobody ever asked anything would hold up Shutdown for
	// longer than that.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	err := server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	<-ended //nolint:errcheck // http.ErrServerClosed: it was asked to end
	if err != nil {
		return fmt.Errorf("stop serving HTTP: %w", err)
	}
	return nil
}
