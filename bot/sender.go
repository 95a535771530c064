package bot

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

const (
	maxInFlight  = 64               // calls at a time
	makeRoom     = 16               // of them are chosen together when many wait
	answerLife   = 10 * time.Second // after that a press needs no answer
	drainTimeout = 6 * time.Second  // what is left to calls when the bot stops
	lastTimeout  = 8 * time.Second  // and until their ends must be written down
	callMemory   = time.Minute + 2*time.Second
)

// A sender takes messages from the outbox to Telegram. One goroutine decides
// and writes down; the calls run beside it.
type sender struct {
	api    *api
	db     *storage.DB
	made   func(*storage.Tx, chat.Outgoing) (chat.Composition, error)
	read   func(chat.Outgoing, []byte) []byte // of fetched files
	clock  Clock
	log    *slog.Logger
	meter  Meter
	limits *limiter
	wake   bell   // something was queued
	online bell   // Telegram can be reached again
	stored func() // called when events were put into the inbox

	lanes    *lanes
	flying   int            // calls under way
	taken    map[int64]bool // by outbox id: what is being sent, or was and is not written down yet
	busy     map[laneKey]bool
	results  chan result
	done     []result // not written down yet
	holds    holds
	faults   *repeats
	stale    bool // the outbox has rows that the lanes have not
	reload   bool // rows changed lanes
	requeued int64
	pruned   time.Time
	seeded   bool // the limits know of the calls of the process before
	stopping bool
}

// A result is how a call ended.
type result struct {
	item *item
	out  chat.Outgoing
	outcome
	err *callError // nil if Telegram took it
	at  time.Time
}

func newSender(c Config, a *api) *sender {
	return &sender{
		api: a, db: c.DB, made: c.Handler.Compose, read: c.Handler.Digest, clock: c.Clock, log: c.Log, meter: c.Meter,
		limits: newLimiter(c.Limits),
		wake:   newBell(), online: newBell(), stored: func() {},
		lanes: newLanes(), taken: map[int64]bool{}, busy: map[laneKey]bool{},
		results: make(chan result, maxInFlight), faults: newRepeats(c.Log), reload: true,
		holds: holds{chats: map[int64]time.Time{}},
	}
}

func (s *sender) run(ctx context.Context) {
	// Calls outlive the context, so that what is under way is finished.
	calls, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	var pause backoff
	faults := newRepeats(s.log)
	for ctx.Err() == nil {
		var wait time.Duration
		err := s.seedOnce(calls)
		if err == nil {
			wait, err = s.turn(calls)
		}
		if err != nil {
			faults.warn("outbox out of reach", err)
			wait = pause.next()
		} else {
			pause.reset()
			faults.over("outbox within reach again")
		}
		s.wait(ctx, wait)
	}
	s.drain(cancel)
}

// never is a wait that only a signal ends.
const never = time.Duration(1<<63 - 1)

func (s *sender) wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-s.wake:
		s.stale = true
	case <-s.online:
		s.lanes.retryFaults()
	case r := <-s.results:
		s.receive(r)
	}
}

// receive takes note that a call has ended. Its lane stays busy until that is
// written down, or the message might go out twice.
func (s *sender) receive(r result) {
	s.flying--
	if counts(r.item.Kind) {
		s.limits.finish(r.item.Chat, r.at)
	}
	s.done = append(s.done, r)
}

// turn writes down what has ended, starts what can be started, and returns how
// long nothing else is to be done.
func (s *sender) turn(calls context.Context) (time.Duration, error) {
	for len(s.results) > 0 {
		s.receive(<-s.results)
	}
	ctx := context.WithoutCancel(calls)
	if s.unsettled(time.Now()) == 0 {
		if err := s.settle(ctx); err != nil {
			return 0, err
		}
	}
	if err := s.load(ctx); err != nil {
		return 0, err
	}
	now := time.Now()
	picks, wait := s.pick(now)
	wait = min(wait, s.unsettled(now))
	if len(picks) == 0 {
		return wait, nil
	}
	jobs, err := s.take(ctx, picks, now)
	for _, j := range jobs {
		s.start(calls, j)
	}
	if err != nil {
		return 0, err
	}
	if len(jobs) < len(picks) || s.stale { // some waited no longer, or more came: others come up
		return 0, nil
	}
	return wait, nil
}

// load brings the lanes up to date with the outbox.
func (s *sender) load(ctx context.Context) error {
	requeued := s.db.Requeued()
	s.reload = s.reload || requeued != s.requeued
	if !s.stale && !s.reload {
		return nil
	}
	rows, all := s.db.TakeQueued()
	if s.reload = s.reload || !all; s.reload {
		err := s.db.Read(ctx, func(tx *storage.Tx) (err error) {
			rows, err = tx.WaitingAfter(0)
			return err
		})
		if err != nil {
			return err
		}
		s.lanes = newLanes() // what waits for a chat that moved waits in its new lane
	}
	s.lanes.add(rows)
	s.stale, s.reload, s.requeued = false, false, requeued
	return nil
}

// pick chooses what is to be sent now, the most urgent first, and returns when
// there may be more. It holds a place within the limits for each pick.
func (s *sender) pick(now time.Time) (picks []*item, wait time.Duration) {
	wait = never
	if s.flying > maxInFlight-makeRoom {
		return nil, wait // an answer makes room
	}
	until := func(t time.Time) { wait = min(wait, max(0, t.Sub(now))) }
	heads, rested := s.lanes.heads(now, s.busy)
	if !rested.IsZero() {
		until(rested)
	}
	for _, it := range heads {
		if s.taken[it.ID] {
			continue
		}
		if s.flying+len(picks) >= maxInFlight {
			return picks, wait
		}
		if at := s.holds.until(it); at.After(now) {
			until(at)
			continue
		}
		if counts(it.Kind) {
			ok, next := s.limits.free(it.Chat, now)
			if !ok {
				if !next.IsZero() {
					until(next)
				}
				continue
			}
			s.limits.start(it.Chat)
		}
		picks = append(picks, it)
	}
	return picks, wait
}

// digest returns nothing of a file over which the Handler panics.
func (s *sender) digest(out chat.Outgoing, data []byte) (digest []byte) {
	defer func() {
		if v := recover(); v != nil {
			s.log.Error("file not digested", "err", cause(&storage.PanicError{Value: v}), "stack", string(debug.Stack()))
			digest = nil
		}
	}()
	return s.read(out, data)
}

// start makes the call beside the sender's own goroutine.
func (s *sender) start(calls context.Context, j job) {
	s.taken[j.item.ID], s.busy[keyOf(j.item.Waiting)] = true, true
	s.flying++
	go func() {
		r := result{item: j.item, out: j.out}
		var err error
		r.outcome, err = s.api.perform(calls, j.out)
		errors.As(err, &r.err)
		if err == nil && j.out.Kind == chat.OutFetch {
			r.data = s.digest(j.out, r.data)
		}
		r.at = time.Now()
		s.results <- r
	}()
}
