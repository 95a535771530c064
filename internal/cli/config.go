package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"dondoc/internal/clock"
	"dondoc/internal/logging"
)

// Config is what the bot is built from.
type Config struct {
	Token    string // "" in the try-out, whose server makes one
	APIURL   string
	Data     string // the data folder, which this process has to itself
	Admins   []int64
	Seed     func() (Seed, error) // for a data folder without a plan
	Location *time.Location       // the plan's time zone
	Lang     string               // of chats that chose none
	Limits   Limits
	Clock    clock.Clock
	Health   net.Listener // for HTTP requests about the program's health
	Log      *slog.Logger
}

// configure takes the data folder and the health address and returns what the
// bot is built from, with what gives both free again. Every error is an
// unusable setting; nothing has been logged by then.
func (p *program) configure(ctx context.Context, token string, health listenFunc) (cfg Config, release func() error, err error) {
	s := &p.settings
	unlock, err := claimFolder(s.Data)
	if err != nil {
		return Config{}, nil, err
	}
	listener, err := health(ctx, string(s.Listen))
	if err != nil {
		return Config{}, nil, errors.Join(err, unlock())
	}
	return Config{
		Token:    token,
		APIURL:   string(s.APIURL),
		Data:     s.Data,
		Admins:   s.Admins,
		Seed:     s.seed,
		Location: s.Timezone.Location,
		Lang:     s.Lang,
		Limits:   s.Limits,
		Clock:    s.clock(),
		Health:   listener,
		Log:      logging.New(p.Err, p.secrets),
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
