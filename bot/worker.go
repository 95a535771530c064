package bot

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"dondoc/storage"
)

// A worker hands what arrived to the Handler, in the order of arrival.
type worker struct {
	db        *storage.DB
	handler   Handler
	log       *slog.Logger
	meter     Meter
	wake      bell   // something was stored
	committed func() // called when something was handled
	running   atomic.Bool
	scrubbed  time.Time

	mu     sync.Mutex
	soiled time.Time // since when something handled stands in the log; zero for nothing
}

func newWorker(c Config) *worker {
	return &worker{db: c.DB, handler: c.Handler, log: c.Log, meter: c.Meter, wake: newBell(), committed: func() {}}
}

const (
	// Updates share a commit, which is what costs, as many as a poll brings; but
	// no longer than a person notices, or the answer to the first one would wait
	// for the last one.
	batchSize = 100
	batchTime = 50 * time.Millisecond
	// scrubPause is the least time between two scrubbings of the log, and
	// scrubDelay how long one waits after what makes it necessary: it locks the
	// database, and the answer is to go out first.
	scrubPause = 30 * time.Second
	scrubDelay = time.Second
)

// retryPauses are the waits before an update that failed is tried again;
// after the last of them it is set aside. Its chat waits with it.
var retryPauses = [...]time.Duration{250 * time.Millisecond, time.Second, 4 * time.Second, 10 * time.Second}

func (w *worker) run(ctx context.Context) {
	w.running.Store(true)
	defer w.running.Store(false)
	var pause backoff
	faults := newRepeats(w.log)
	for ctx.Err() == nil {
		b := batch{worker: w}
		// The batch in hand is finished even when the bot stops.
		err := w.db.Write(context.WithoutCancel(ctx), func(tx *storage.Tx) error { return b.handle(ctx, tx) })
		if err != nil {
			faults.warn("inbox out of reach", err)
			sleep(ctx, pause.next())
			continue
		}
		pause.reset()
		faults.over("inbox within reach again")
		b.finish()
		if !b.more {
			w.wait(ctx, w.scrub(ctx, b.next))
		}
	}
}

// scrub takes what people said out of the database's log, some time after it
// was handled and not in the midst of work. It returns when the worker is to
// wake for that or for its next retry.
func (w *worker) scrub(ctx context.Context, next time.Time) time.Time {
	w.mu.Lock()
	soiled := w.soiled
	w.mu.Unlock()
	if soiled.IsZero() {
		return next
	}
	due := w.scrubbed.Add(scrubPause)
	if first := soiled.Add(scrubDelay); first.After(due) {
		due = first
	}
	if now := time.Now(); !due.After(now) {
		w.soil(time.Time{}) // what is handled meanwhile makes it necessary again
		if err := w.db.ScrubLog(context.WithoutCancel(ctx)); err != nil {
			w.log.Debug("log not scrubbed", "err", err)
		}
		w.scrubbed = now
		return next
	}
	if next.IsZero() || due.Before(next) {
		return due
	}
	return next
}

// soil notes since when something handled stands in the log: what it overwrote
// or removed, such as a person's name, stands there still. Of the first such thing
// the worker must know.
func (w *worker) soil(since time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.soiled.IsZero() && !since.IsZero() {
		return
	}
	w.soiled = since
	if !since.IsZero() {
		w.wake.ring()
	}
}

// join stores updates and handles them, as many as share a commit. What waits
// from before goes first. Before the worker runs nothing is handled: it is not
// known yet who the bot is.
func (w *worker) join(tx *storage.Tx, updates []update) (added int, committed func(), err error) {
	if !w.running.Load() {
		return w.leave(tx, updates)
	}
	b := batch{worker: w}
	waits, err := tx.AnyPending()
	if err != nil {
		return 0, nil, err
	}
	if waits {
		if added, _, err = w.leave(tx, updates); err == nil {
			err = b.handle(context.Background(), tx)
		}
	} else {
		added, err = b.take(tx, updates)
	}
	return added, func() {
		b.finish()
		if b.more || !b.next.IsZero() { // for what is left, or is to be tried again
			w.wake.ring()
		}
	}, err
}

// leave stores updates and leaves them to the worker's own goroutine.
func (w *worker) leave(tx *storage.Tx, updates []update) (added int, committed func(), err error) {
	for _, u := range updates {
		fresh, err := tx.StoreUpdate(u.Update)
		if err != nil {
			return 0, nil, err
		}
		if fresh {
			added++
		}
	}
	return added, w.wake.ring, nil
}

// wait sleeps until something is stored or a retry is due.
func (w *worker) wait(ctx context.Context, next time.Time) {
	d := never
	if !next.IsZero() {
		d = max(0, time.Until(next))
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-w.wake:
	case <-t.C:
	}
}
