package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// A batch is the updates that share one commit.
type batch struct {
	*worker
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

// handle handles what waits, in the order of arrival, until it has had its time
// or stop is done.
func (b *batch) handle(stop context.Context, tx *storage.Tx) error {
	start := time.Now()
	list, err := tx.Pending(start, batchSize)
	if err != nil {
		return err
	}
	b.more = len(list) == batchSize
	waits := map[int64]bool{} // chats of which one failed just now
	for i, a := range list {
		if i > 0 && (stop.Err() != nil || time.Since(start) > batchTime) {
			b.more = true
			break
		}
		if waits[a.Chat] {
			continue
		}
		done, err := b.one(tx, a)
		if err != nil {
			return err
		}
		waits[a.Chat] = done.result == resultRetry
	}
	b.next, err = tx.NextRetry(start)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	return err
}

// take stores updates as handled and handles each at once, in the order of
// arrival and while nothing else waits: what people said need not go to the disk
// for that. What cannot be read, or a batch has no time for, is left with all
// that came after it. An error is a handler's, too: then all of this is undone,
// and the worker finds out by itself which update it was.
func (b *batch) take(tx *storage.Tx, updates []update) (added int, err error) {
	start := time.Now()
	for i, u := range updates {
		if b.more = u.err != nil || i > 0 && time.Since(start) > batchTime; b.more {
			n, _, err := b.leave(tx, updates[i:])
			return added + n, err
		}
		fresh, err := tx.StoreHandled(u.Update)
		if err != nil {
			return 0, err
		}
		if !fresh {
			continue
		}
		begun := time.Now()
		if err := b.effect(tx, u.in); err != nil {
			return 0, err
		}
		b.note(try{kind: u.in.Kind, result: resultDone, took: time.Since(begun)})
		added++
	}
	return added, nil
}

// one handles an update and takes note of how that went. An error is the
// database's.
func (b *batch) one(tx *storage.Tx, a storage.Arrival) (done try, err error) {
	begun := time.Now()
	done, err = b.try(tx, a)
	if err != nil {
		return done, err
	}
	done.took = time.Since(begun)
	b.note(done)
	return done, nil
}

func (b *batch) note(t try) {
	b.tries = append(b.tries, t)
	b.handled++
}

// try handles an update. Its mark as handled comes first, in the same
// savepoint: a handler that fails takes the mark back, and one that succeeds has
// overwritten what the person said.
func (b *batch) try(tx *storage.Tx, a storage.Arrival) (done try, err error) {
	in, err := decode(a)
	if err != nil {
		b.failures = append(b.failures, failure{arrival: a, err: err, setAside: true})
		return try{kind: chat.InOther, result: resultSetAside}, tx.SetAside(a.Seq, err.Error())
	}
	err = tx.Savepoint(func() error {
		if err := tx.MarkHandled(a.Seq); err != nil {
			return err
		}
		return b.effect(tx, in)
	})
	done = try{kind: in.Kind, result: resultDone}
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

// effect does what the update asks for.
func (b *batch) effect(tx *storage.Tx, in chat.Incoming) error {
	if in.Kind == chat.InMigrated {
		if err := tx.MoveMessages(in.Chat.Chat, in.MovedTo); err != nil {
			return err
		}
	}
	return b.handler.Handle(tx, in)
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
