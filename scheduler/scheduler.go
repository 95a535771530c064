// Package scheduler decides what is due to be said unasked, when and why. Due
// is the pure function that decides; a Scheduler asks it at the hours at which
// something may fall due, and puts what it answers on the way out.
package scheduler

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"dondoc/internal/logging"
	"dondoc/storage"
)

// A Clock is the program's time.
type Clock interface {
	Now() time.Time
	Real(d time.Duration) time.Duration // how long a time of its own takes in reality
}

// Config is what a Scheduler is made of.
type Config struct {
	DB       *storage.DB
	Clock    Clock
	Location *time.Location
	Queued   func() // called when something may have been queued
	// Chores is what else the office does by itself as time goes on, such as
	// freezing figures that nobody froze. It is called at every look, and must
	// find out for itself whether there is anything to do.
	Chores func(tx *storage.Tx, now time.Time) error
	Meter  Meter // nil for none
	Log    *slog.Logger
}

// A Scheduler says in time what falls due.
type Scheduler struct {
	Config
	wake chan struct{}

	mu   sync.Mutex // one look at a time
	next time.Time  // when something may fall due next, in the program's time
}

// New returns a scheduler that has not looked yet.
func New(c Config) *Scheduler { return &Scheduler{Config: c, wake: make(chan struct{}, 1)} }

// Wake has the scheduler look at once: the clock was set, or what it decides by
// has changed.
func (s *Scheduler) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run looks now, and then whenever something may fall due, until the context
// is done.
func (s *Scheduler) Run(ctx context.Context) error {
	// The library neither recovers a panic by itself nor waits for a run that
	// takes long, and takes the machine's zone unless told otherwise.
	log := logging.Cron{Log: s.Log}
	c := cron.New(cron.WithLocation(s.Location), cron.WithLogger(log),
		cron.WithChain(cron.Recover(log), cron.SkipIfStillRunning(log)))
	look := cron.FuncJob(func() { s.look(ctx) })
	c.Start()
	defer func() { <-c.Stop().Done() }()
	for {
		s.look(ctx)
		entry := c.Schedule(s, look)
		select {
		case <-ctx.Done():
			return nil
		case <-s.wake:
			// It reckoned its next look by the clock as it was.
			c.Remove(entry)
		}
	}
}

// longestSleep bounds the real time between two looks, so that a jump of the
// clock, a sleep of the machine or another hour in the settings is noticed.
const longestSleep = time.Minute

// Next returns when to look next, in real time; the program's decides. It is
// cron's Schedule.
func (s *Scheduler) Next(now time.Time) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	wait := s.Clock.Real(s.next.Sub(s.Clock.Now())) + time.Millisecond
	return now.Add(min(max(wait, time.Millisecond), longestSleep))
}

// look says what is due. What could not be worked out is tried again after the
// longest sleep, whatever the program's time is then.
func (s *Scheduler) look(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Clock.Now()
	if err := s.tell(context.WithoutCancel(ctx), now); err != nil {
		s.Log.Error("reminders not worked out", "err", err)
		s.next = now.AddDate(1, 0, 0)
	}
}

// Look says what is due now and returns when something may fall due next, in
// the program's time: a rehearsal goes from one such moment to the next.
func (s *Scheduler) Look(ctx context.Context) (next time.Time, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err = s.tell(ctx, s.Clock.Now())
	return s.next, err
}

// tell says what is due. The caller holds mu.
func (s *Scheduler) tell(ctx context.Context, now time.Time) error {
	queued, err := s.Tick(ctx, now)
	if err != nil {
		return err
	}
	if queued > 0 {
		s.Log.Info("reminders queued", "count", queued)
	}
	s.Queued() // a chore may have said something, too
	return nil
}
