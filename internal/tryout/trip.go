package tryout

import (
	"context"
	"errors"
	"net/http"
	"time"

	"dondoc/internal/clock"
)

// What makes time run.
const (
	tripClock = "clock" // somebody set the clock
	tripYear  = "year"  // the year is played
)

// A trip is time running forward in steps, so that what the bot says on the way
// bears its own date and hour.
type trip struct {
	kind string
	stop context.CancelFunc
	done chan struct{}
	err  error // to be read once done is closed
}

// errRunning is returned while time is running already.
var errRunning = &apiError{http.StatusConflict, "running"}

// depart lets a trip begin, one at a time.
func (t *tryout) depart(r *round, kind string, to time.Time, pace time.Duration, acts []beat) (*trip, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.trip != nil {
		return nil, errRunning
	}
	ctx, stop := context.WithCancel(r.ctx)
	p := &trip{kind: kind, stop: stop, done: make(chan struct{})}
	r.trip, r.played = p, r.played || kind == tripYear
	r.parts.Go(func() {
		err := t.travel(ctx, r, to, pace, acts)
		r.mu.Lock()
		r.trip = nil
		r.mu.Unlock()
		if err != nil && ctx.Err() == nil {
			p.err = err
			t.Log.Error("time does not run on", "err", err)
		}
		stop()
		close(p.done)
		r.news.tell()
	})
	r.news.tell()
	return p, nil
}

// running returns what makes time run, "" for nothing.
func (r *round) running() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.trip == nil {
		return ""
	}
	return r.trip.kind
}

// year says how far playing the year has come, in the words of the page.
func (r *round) year() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case !r.clock.Now().Before(r.story.end):
		return "over"
	case r.played:
		return "paused"
	}
	return ""
}

// travel moves the clock to the instant from one moment to the next at which
// the bot may have something to say or somebody acts, a day in the real time of
// pace, and waits each time until all is said.
func (t *tryout) travel(ctx context.Context, r *round, to time.Time, pace time.Duration, acts []beat) error {
	for {
		next, err := r.app.Settle(ctx)
		if err != nil {
			return err
		}
		now := r.clock.Now()
		for len(acts) > 0 && !acts[0].at.After(now) {
			if err := acts[0].perform(ctx, r.server); err != nil {
				return err
			}
			acts, next = acts[1:], now // nobody acts before what came of it is said
		}
		r.news.tell()
		if next.Equal(now) {
			continue
		}
		if !now.Before(to) {
			return nil
		}
		stop := earliest(next, to)
		if len(acts) > 0 {
			stop = earliest(stop, acts[0].at)
		}
		if err := linger(ctx, time.Duration(float64(pace)*stop.Sub(now).Hours()/24)); err != nil {
			return err
		}
		// The clock runs by itself too, and may be there already.
		if err := r.clock.Set(stop); err != nil && !errors.Is(err, clock.ErrBackwards) {
			return err
		}
	}
}

func earliest(x, y time.Time) time.Time {
	if x.Before(y) {
		return x
	}
	return y
}

// linger waits in real time.
func linger(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
