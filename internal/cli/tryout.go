package cli

import (
	"context"
	"errors"
	"net"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/clock"
	"dondoc/internal/plan"
	"dondoc/internal/tryout"
)

type demoCmd struct{}

// Run opens the try-out.
func (demoCmd) Run(ctx context.Context, p *program) error { return p.tryout(ctx) }

// Addresses that the try-out prefers, and where it goes if they are taken. Only
// this machine reaches its page: whoever opens it writes as anybody.
const (
	pageAddress   = "127.0.0.1:8080"
	healthAddress = "127.0.0.1:9874" // the setting's default
	anyAddress    = "127.0.0.1:0"
)

func (p *program) tryout(ctx context.Context) error {
	cfg, release, err := p.configure(ctx, "", func(ctx context.Context, addr string) (net.Listener, error) {
		if addr == healthAddress {
			return listenNear(ctx, addr)
		}
		return listen(ctx, addr)
	})
	if err != nil {
		return err
	}
	return errors.Join(p.openTryout(ctx, cfg), release())
}

func (p *program) openTryout(ctx context.Context, cfg app.Config) error {
	seed, err := cfg.Seed()
	if err != nil {
		return err
	}
	page, err := listenNear(ctx, pageAddress)
	if err != nil {
		return err
	}
	err = tryout.Run(ctx, tryout.Config{
		Page:     page,
		Health:   cfg.Listener,
		Clock:    func() *clock.Rehearsal { return p.settings.tryoutClock(seed.Plan) },
		Speed:    float64(p.settings.ClockSpeed),
		Pace:     dayPace,
		Seed:     cfg.Seed,
		Location: cfg.Location,
		Lang:     cfg.Lang,
		Template: cfg.Template,
		Log:      cfg.Log,
		Notices:  cfg.Notices,
	})
	return errors.Join(err, ignoreClosed(page.Close()))
}

// dayPace makes the year that the try-out plays pass in some two minutes.
const dayPace = 250 * time.Millisecond

// listenNear listens on the address, or on a free port if it is taken.
func listenNear(ctx context.Context, addr string) (net.Listener, error) {
	if l, err := listen(ctx, addr); err == nil {
		return l, nil
	}
	return listen(ctx, anyAddress)
}

// tryoutHour is when the try-out's first day begins.
const tryoutHour = 8 * time.Hour

// tryoutClock returns the clock of the try-out: it starts when the settings
// say, else in the morning of the day on which the plan was decided.
func (s *Settings) tryoutClock(p *plan.Plan) *clock.Rehearsal {
	start := s.Clock.Time
	if start.IsZero() {
		day := p.Date
		if day.IsZero() {
			day = plan.NewDate(p.Year, time.January, 1)
		}
		start = day.In(s.Timezone.Location, tryoutHour)
	}
	return clock.NewRehearsal(start.In(s.Timezone.Location), float64(s.ClockSpeed))
}
