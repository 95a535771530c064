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
		in, err := decode(a)
		done, err := b.one(tx, arrival{Arrival: a, in: in, err: err})
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

// take stores updates and handles each at once, in the order of arrival and
// while nothing else waits. They are stored as handled: what people said need
// not go to the disk for that. What a batch has no time for is left.
func (b *batch) take(tx *storage.Tx, updates []update) (added int, err error) {
	start := time.Now()
	waits := map[int64]bool{} // chats of which one failed just now
	for i, u := range updates {
		b.more = b.more || i > 0 && time.Since(start) > batchTime
		if b.more || waits[u.Chat] {
			n, _, err := b.leave(tx, updates[i:i+1])
			if err != nil {
				return 0, err
			}
			added += n
			continue
		}
		seq, fresh, err := tx.StoreHandled(u.Update)
		if err != nil {
			return 0, err
		}
		if !fresh {
			continue
		}
		added++
		done, err := b.one(tx, arrival{
			Arrival: storage.Arrival{Seq: seq, UpdateID: u.ID, Chat: u.Chat, At: u.At, Payload: u.Payload},
			in:      u.in, err: u.err, marked: true,
		})
		if err != nil {
			return 0, err
		}
		waits[u.Chat] = done.result == resultRetry
	}
	return added, nil
}

// An arrival is an update that is to be handled, and what it says, or why that
// cannot be read.
type arrival struct {
	storage.Arrival
	in     chat.Incoming
	err    error
	marked bool // as handled, when it was stored
}

// one handles an update and takes note of how that went. An error is the
// database's.
func (b *batch) one(tx *storage.Tx, a arrival) (done try, err error) {
	begun := time.Now()
	done, err = b.try(tx, a)
	if err != nil {
		return done, err
	}
	done.took = time.Since(begun)
	b.tries = append(b.tries, done)
	b.handled++
	return done, nil
}

// try handles an update. Its mark as handled comes first, in the same
// savepoint or before: a handler that fails takes the mark back, and one that
// succeeds has overwritten what the person said.
func (b *batch) try(tx *storage.Tx, a arrival) (done try, err error) {
	in := a.in
	if a.err == nil {
		err = tx.Savepoint(func() error { return b.effect(tx, a) })
		done = try{kind: in.Kind, result: resultDone}
		if err == nil || storage.IsFault(err) {
			return done, err
		}
	}
	if a.marked {
		if err := tx.TakeBack(a.Seq, a.Payload); err != nil {
			return done, err
		}
	}
	if a.err != nil {
		b.failures = append(b.failures, failure{arrival: a.Arrival, err: a.err, setAside: true})
		return try{kind: chat.InOther, result: resultSetAside}, tx.SetAside(a.Seq, a.err.Error())
	}
	f := failure{arrival: a.Arrival, kind: string(in.Kind), err: err, setAside: a.Tries >= len(retryPauses)}
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
func (b *batch) effect(tx *storage.Tx, a arrival) error {
	if !a.marked {
		if err := tx.MarkHandled(a.Seq); err != nil {
			return err
		}
	}
	if a.in.Kind == chat.InMigrated {
		if err := tx.MoveMessages(a.in.Chat.Chat, a.in.MovedTo); err != nil {
			return err
		}
	}
	return b.handler.Handle(tx, a.in)
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
