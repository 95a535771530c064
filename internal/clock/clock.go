// Package clock holds the program's time: the real one, or a rehearsal that
// starts at any instant, runs faster and can be set forward. It drives what
// concerns plans and people; the network keeps real time.
package clock

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// MaxFactor bounds how much faster than real time a rehearsal may run: a day
// in one and a half seconds.
const MaxFactor = 60_000

// ErrBackwards is returned when a clock is to be set to an earlier instant.
var ErrBackwards = errors.New("the clock only goes forward")

// A Clock tells the program's time.
type Clock interface {
	// Now returns the program's time.
	Now() time.Time
	// Rehearsed reports whether that time is not the real one, so that times
	// stamped by others cannot be compared with it.
	Rehearsed() bool
	// Real returns how long a time of the program's takes in reality.
	Real(d time.Duration) time.Duration
}

// Real returns the clock of the machine.
func Real() Clock { return realClock{} }

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) Rehearsed() bool { return false }

func (realClock) Real(d time.Duration) time.Duration { return d }

// A Rehearsal is a clock that shows start + (real time since then) × factor.
// It may be used by several goroutines.
type Rehearsal struct {
	factor float64

	mu    sync.Mutex
	start time.Time // what it showed at began
	began time.Time // bears a monotonic reading: the machine's clock may be set meanwhile
}

// NewRehearsal returns a clock that shows start now and runs factor times as
// fast as real time; factor is above 0 and at most MaxFactor.
func NewRehearsal(start time.Time, factor float64) *Rehearsal {
	return &Rehearsal{
		factor: factor,
		start:  start.Round(0),
		began:  time.Now(),
	}
}

// Now returns the rehearsed time, in the location of the start.
func (r *Rehearsal) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now()
}

// now reckons in seconds and the rest apart: a Duration alone would overflow
// after two days of real time at MaxFactor.
func (r *Rehearsal) now() time.Time {
	elapsed := time.Since(r.began).Seconds() * r.factor
	whole := int64(elapsed)
	rest := time.Duration((elapsed - float64(whole)) * float64(time.Second))
	return time.Unix(r.start.Unix()+whole, int64(r.start.Nanosecond())).Add(rest).In(r.start.Location())
}

// Rehearsed returns true.
func (r *Rehearsal) Rehearsed() bool { return true }

// Real returns the part of d that passes in reality.
func (r *Rehearsal) Real(d time.Duration) time.Duration {
	return time.Duration(float64(d) / r.factor)
}

// Set moves the clock forward to t, from where it runs on. It returns
// ErrBackwards for an instant that has passed.
func (r *Rehearsal) Set(t time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := r.now(); t.Before(now) {
		return fmt.Errorf("%w: %s comes before %s", ErrBackwards,
			t.Format(time.RFC3339), now.Format(time.RFC3339))
	}
	r.start, r.began = t.Round(0).In(r.start.Location()), time.Now()
	return nil
}
