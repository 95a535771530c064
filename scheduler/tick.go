package scheduler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// chatsAtOnce is how many chats are reminded in one transaction: few enough for
// nobody to wait long for his own, and enough for commits not to count.
const chatsAtOnce = 100

// A look is one working out of what is due.
type look struct {
	*Scheduler
	now    time.Time
	next   time.Time
	looked Looked
	owed   bool
	snap   *storage.Snapshot // what places were read from
	places []chat.Place      // that may have something to hear
	queued int
}

// Tick queues what is due at the instant and returns how much that is.
//
// The reminders of a large office are many transactions, each of some chats, so
// that others are answered meanwhile. Up to when all was said is stored by the
// last one: if the look is cut short, the next begins anew, and the keys of
// what was said keep everybody from hearing it twice.
func (s *Scheduler) Tick(ctx context.Context, now time.Time) (queued int, err error) {
	l := &look{Scheduler: s, now: now}
	if err := l.begin(ctx); err != nil {
		return 0, fmt.Errorf("tick: %w", err)
	}
	if err := l.remind(ctx); err != nil {
		return 0, fmt.Errorf("tick: %w", err)
	}
	if l.owed {
		if err := l.end(ctx); err != nil {
			return 0, fmt.Errorf("tick: %w", err)
		}
	}
	s.next = l.next
	return l.queued, nil
}

// begin finds out whether anything can have fallen due since the last look. If
// not, that is all.
func (l *look) begin(ctx context.Context) error {
	// Plans and units, of which a large office has many, are read beside those
	// who write; the transaction finds them read.
	if err := l.DB.Read(ctx, func(tx *storage.Tx) error { _, err := tx.Snapshot(); return err }); err != nil {
		return err
	}
	return l.DB.Write(ctx, func(tx *storage.Tx) error {
		f, err := outline(tx, plan.DateOf(l.now, l.Location), l.Location)
		if err != nil || f == nil {
			l.next = l.now.Add(longestSleep)
			return err
		}
		l.next = f.nextMoment(l.now)
		if f.Hours().Allowed(l.now) {
			if l.queued, err = tx.ReleaseDeferred(l.now); err != nil {
				return err
			}
		}
		if l.looked, err = LookedAt(tx, l.now); err != nil {
			return err
		}
		if l.owed = f.owes(l.looked, l.now); !l.owed {
			return l.finish(tx, f)
		}
		l.snap = f.snap
		if f.reminds(l.looked.Reminders, l.now) {
			l.places = f.places()
		}
		return nil
	})
}

// A part is what some chats are to hear.
type part struct {
	office *Office
	msgs   []Message
}

// remind queues the reminders. What the next chats hear is worked out, without
// keeping anybody from writing, while that of those before is stored.
func (l *look) remind(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	parts, failed := make(chan part), make(chan error, 1)
	go func() {
		defer close(parts)
		failed <- l.workOut(ctx, parts)
	}()
	var stored error
	for p := range parts {
		if stored == nil {
			if stored = l.store(ctx, p); stored != nil {
				stop()
			}
		}
	}
	if failed := <-failed; stored == nil {
		return failed
	}
	return stored
}

// workOut hands on what the chats are to hear, some of them at a time.
func (l *look) workOut(ctx context.Context, parts chan<- part) error {
	for places := range slices.Chunk(l.places, chatsAtOnce) {
		var p part
		err := l.DB.Read(ctx, func(tx *storage.Tx) (err error) {
			if p.office, err = outline(tx, plan.DateOf(l.now, l.Location), l.Location); err != nil || p.office == nil {
				return err
			}
			p.msgs, err = p.office.hear(tx, places, l.looked, l.now)
			return err
		})
		if err != nil {
			return err
		}
		select {
		case parts <- p:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// hear works out what is to be said in the chats. Whether it was said before is
// left to its key, once it is stored.
func (f *Office) hear(tx *storage.Tx, places []chat.Place, looked Looked, now time.Time) ([]Message, error) {
	f.asks(tx)
	f.Said = func(plan.Step) bool { return false }
	from, to := f.span(f.Current.Settings.ReminderAt, looked.Reminders, now)
	if err := f.fill(tx, places, f.reach(from, to)); err != nil {
		return nil, err
	}
	msgs := f.Catch(looked, now)
	return msgs, f.Err()
}

// store queues the messages of a part, unless units, chats or plans changed
// since the look began: then another is due at once.
func (l *look) store(ctx context.Context, p part) error {
	return l.write(ctx, func(tx *storage.Tx, f *Office) ([]Message, error) {
		if p.office == nil || !p.office.snap.Same(l.snap) {
			return nil, nil
		}
		return f.queue(tx, p.msgs, l.now)
	})
}

// end queues what is not for the units, and stores that all was said.
func (l *look) end(ctx context.Context) error {
	return l.write(ctx, func(tx *storage.Tx, f *Office) ([]Message, error) {
		f.asks(tx)
		if err := f.meet(tx); err != nil {
			return nil, err
		}
		f.Occurrences = nil
		if err := f.fillForNotices(tx, l.looked.Reminders, l.now); err != nil {
			return nil, err
		}
		msgs := f.Catch(l.looked, l.now)
		if err := f.Err(); err != nil {
			return nil, err
		}
		msgs = slices.DeleteFunc(msgs, func(m Message) bool { return m.Kind == Reminder }) // they are queued already
		msgs, err := f.queue(tx, msgs, l.now)
		if err != nil {
			return nil, err
		}
		return msgs, l.finish(tx, f)
	})
}

// write queues what say does, in one transaction, and counts it. If units,
// chats or plans changed since the look began, a chat may be passed over: then
// nothing more is said and another look is due at once.
func (l *look) write(ctx context.Context, say func(*storage.Tx, *Office) ([]Message, error)) error {
	var msgs []Message
	err := l.DB.Write(ctx, func(tx *storage.Tx) error {
		msgs = nil
		f, err := outline(tx, plan.DateOf(l.now, l.Location), l.Location)
		switch {
		case err != nil:
			return err
		case f == nil || !f.snap.Same(l.snap):
			l.next = l.now
			return nil
		}
		msgs, err = say(tx, f)
		return err
	})
	if err != nil {
		return err
	}
	l.queued += len(msgs)
	l.count(msgs)
	return nil
}

// finish stores that all up to now was said, and does what else is due.
func (l *look) finish(tx *storage.Tx, f *Office) error {
	if err := f.remember(tx, l.looked, l.now); err != nil {
		return err
	}
	return l.Chores(tx, l.now)
}
