package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"

	"dondoc/bot"
	"dondoc/internal/app"
	"dondoc/internal/logging"
)

// configure takes the data folder and the address to listen on and returns what the
// bot is built from, with what gives both free again. Every error is an
// unusable setting; nothing has been logged by then.
func (p *program) configure(
	ctx context.Context, token string, listen listenFunc,
) (cfg app.Config, release func() error, err error) {
	s := &p.settings
	paper, err := s.reportTemplate()
	if err != nil {
		return app.Config{}, nil, err
	}
	unlock, err := claimFolder(s.Data)
	if err != nil {
		return app.Config{}, nil, err
	}
	listener, err := listen(ctx, string(s.Listen))
	if err != nil {
		return app.Config{}, nil, errors.Join(err, unlock())
	}
	notices := &sharedWriter{w: p.Err}
	return app.Config{
		Token:    token,
		APIURL:   string(s.APIURL),
		Data:     s.Data,
		Admins:   s.Admins,
		Seed:     s.seed,
		Location: s.Timezone.Location,
		Lang:     s.Lang,
		Template: paper,
		Limits:   bot.Limits(s.Limits),
		Clock:    s.clock(),
		Listener: listener,
		Log:      logging.New(notices, s.LogFormat, p.secrets),
		Notices:  notices,
	}, func() error { return errors.Join(ignoreClosed(listener.Close()), unlock()) }, nil
}

type listenFunc func(ctx context.Context, addr string) (net.Listener, error)

func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, unusable("cannot listen: %w; choose another address with --listen (DONDOC_LISTEN)", err)
	}
	return l, nil
}

// ignoreClosed forgives the second closing of a listener: a server closes its
// own.
func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("close listener: %w", err)
	}
	return nil
}

// A sharedWriter takes one line after another from the log and from the App's
// notices.
type sharedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

// Write passes p on whole.
func (s *sharedWriter) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.w.Write(p)
}
