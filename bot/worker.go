package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"dondoc/internal/chat"
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
		b := batch{worker: w, stop: ctx}
		// The batch in hand is finished even when the bot stops.
		err := w.db.Write(context.WithoutCancel(ctx), b.handle)
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

// soil notes since when something handled stands in the log.
func (w *worker) soil(since time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.soiled.IsZero() || since.IsZero() {
		w.soiled = since
	}
}

// join handles what waits, as much as shares a commit, within the transaction
// that stores it. It returns what is to be done once that is committed. Before
// the worker runs nothing is handled: it is not known yet who the bot is.
func (w *worker) join(tx *storage.Tx) (committed func(), err error) {
	if !w.running.Load() {
		return w.leave(tx)
	}
	b := batch{worker: w, stop: context.Background()}
	if err := b.handle(tx); err != nil {
		return nil, err
	}
	return func() {
		b.finish()
		w.wake.ring() // for what is left, or waits to be tried again
	}, nil
}

// leave leaves all that waits to the worker's own goroutine.
func (w *worker) leave(*storage.Tx) (committed func(), err error) { return w.wake.ring, nil }

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

// A batch is the updates that share one commit.
type batch struct {
	*worker
	stop     context.Context
	handled  int
	more     bool      // there is more to do at once
	next     time.Time // when the next retry is due
	failures []failure
	tries    []try
}

// A try is what the meter is told of.
type try struct {
	kind   chat.IncomingKind
	result string
	took   time.Duration
}

// A failure is one update that could not be handled.
type failure struct {
	arrival  storage.Arrival
	kind     string
	err      error
	setAside bool
}

func (b *batch) handle(tx *storage.Tx) error {
	start := time.Now()
	list, err := tx.Pending(start, batchSize)
	if err != nil {
		return err
	}
	b.more = len(list) == batchSize
	waits := map[int64]bool{} // chats of which one failed just now
	for i, a := range list {
		if i > 0 && (b.stop.Err() != nil || time.Since(start) > batchTime) {
			b.more = true
			break
		}
		if waits[a.Chat] {
			continue
		}
		begun := time.Now()
		done, err := b.one(tx, a)
		if err != nil {
			return err
		}
		done.took = time.Since(begun)
		b.tries = append(b.tries, done)
		b.handled++
		waits[a.Chat] = done.result == resultRetry
	}
	b.next, err = tx.NextRetry(start)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	return err
}

// one handles an update. Its mark as handled comes first, in the same
// savepoint: a handler that fails takes the mark back, and one that succeeds
// has overwritten what the person said. An error is the database's.
func (b *batch) one(tx *storage.Tx, a storage.Arrival) (done try, err error) {
	in, err := decode(a)
	if err != nil {
		done = try{kind: chat.InOther, result: resultSetAside}
		b.failures = append(b.failures, failure{arrival: a, err: err, setAside: true})
		return done, tx.SetAside(a.Seq, err.Error())
	}
	done = try{kind: in.Kind, result: resultDone}
	err = tx.Savepoint(func() error {
		if err := tx.MarkHandled(a.Seq); err != nil {
			return err
		}
		if in.Kind == chat.InMigrated {
			if err := tx.MoveMessages(in.Chat.Chat, in.MovedTo); err != nil {
				return err
			}
		}
		return b.handler.Handle(tx, in)
	})
	if err == nil || storage.IsFault(err) {
		return done, err
	}
	f := failure{arrival: a, kind: string(in.Kind), err: err, setAside: a.Tries >= len(retryPauses)}
	b.failures = append(b.failures, f)
	if !f.setAside {
		done.result = resultRetry
		return done, tx.RetryLater(a.Seq, time.Now().Add(retryPauses[a.Tries]), cause(err))
	}
	done.result = resultSetAside
	if err := tx.SetAside(a.Seq, cause(err)); err != nil {
		return done, err
	}
	err = tx.Savepoint(func() error { return b.handler.GiveUp(tx, in) })
	if err != nil && !storage.IsFault(err) {
		f.err = fmt.Errorf("tell of the failure: %w", err)
		b.failures = append(b.failures, f)
		err = nil
	}
	return done, err
}

// cause returns the text of an error. Of a panic it gives the runtime's own
// words, or the kind of the value: what else it says may be anybody's.
func cause(err error) string {
	var p *storage.PanicError
	if !errors.As(err, &p) {
		return err.Error()
	}
	var re runtime.Error
	if e, ok := p.Value.(error); ok && errors.As(e, &re) {
		return "panic: " + re.Error()
	}
	return fmt.Sprintf("panic: %T", p.Value)
}

// finish follows on the commit.
func (b *batch) finish() {
	b.report()
	if b.handled > 0 {
		b.soil(time.Now())
		b.committed()
	}
}

// report tells what was done and logs what failed, once the batch is committed.
func (b *batch) report() {
	for _, t := range b.tries {
		b.meter.Handled(t.kind, t.result, t.took)
	}
	for _, f := range b.failures {
		args := []any{
			"seq", f.arrival.Seq, "update_id", f.arrival.UpdateID, "chat_id", f.arrival.Chat,
			"kind", f.kind, "tries", f.arrival.Tries + 1, "err", cause(f.err),
		}
		if p, ok := errors.AsType[*storage.PanicError](f.err); ok {
			args = append(args, "stack", string(p.Stack))
		}
		if f.setAside {
			b.log.Error("update set aside", args...)
		} else {
			b.log.Error("update failed, to be tried again", args...)
		}
	}
}
