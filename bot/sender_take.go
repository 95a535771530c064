package bot

import (
	"context"
	"errors"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// A job is a call that is about to be made.
type job struct {
	item *item
	out  chat.Outgoing
}

// take finds out what the picks say, of those that were queued a moment ago
// without asking the disk. What cannot be sent now is left out.
func (s *sender) take(ctx context.Context, picks []*item, now time.Time) ([]job, error) {
	var jobs []job
	var unread []*item
	for _, it := range picks {
		out, known := s.db.Said(it.Waiting)
		if !known || tooLate(it, now) {
			unread = append(unread, it)
			continue
		}
		jobs = append(jobs, job{item: it, out: out})
	}
	if len(unread) == 0 {
		return jobs, nil
	}
	read, err := s.readPicks(ctx, unread, now)
	return append(jobs, read...), err
}

// readPicks reads what the picks say.
func (s *sender) readPicks(ctx context.Context, picks []*item, now time.Time) ([]job, error) {
	var jobs []job
	var left map[*item]error
	err := s.db.Write(ctx, func(tx *storage.Tx) error {
		jobs, left = nil, map[*item]error{}
		for _, it := range picks {
			j, err := s.takeOne(tx, it, now)
			switch {
			case err == nil:
				jobs = append(jobs, j)
				continue
			case !isLeft(err) && storage.IsFault(err):
				return err
			case !isLeft(err): // it cannot be read, now or later
				s.log.Error("message not understood", "outbox", it.ID, "chat_id", it.Chat, "err", err)
				if err := tx.MarkFailed(it.ID, err.Error()); err != nil {
					return err
				}
			}
			left[it] = err
		}
		return nil
	})
	if err != nil {
		s.release(picks)
		return nil, err
	}
	for it, err := range left {
		s.release([]*item{it})
		s.leave(it, err, now)
	}
	return jobs, nil
}

// isLeft reports whether the error says that a message is not to be sent now,
// rather than that something went wrong.
func isLeft(err error) bool {
	_, paced := errors.AsType[*storage.PacedError](err)
	_, early := errors.AsType[*earlyError](err)
	return paced || early || errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrNotYet)
}

// leave does with an item what follows from the reason why it was not taken.
func (s *sender) leave(it *item, err error, now time.Time) {
	paced, isPaced := errors.AsType[*storage.PacedError](err)
	early, isEarly := errors.AsType[*earlyError](err)
	switch {
	case isPaced:
		s.lanes.rest(it.ID, paced.Until)
	case isEarly:
		s.lanes.postpone(it.ID, now.Add(early.wait), true)
	case errors.Is(err, storage.ErrNotYet):
		s.lanes.postpone(it.ID, now.Add(firstPause), true)
	default:
		s.lanes.remove(it.ID)
	}
}

// release gives back the places that picks hold.
func (s *sender) release(picks []*item) {
	for _, it := range picks {
		if counts(it.Kind) {
			s.limits.cancel(it.Chat)
		}
	}
}

// tooLate reports whether the item is the answer to a press that nobody waits
// for any more.
func tooLate(it *item, now time.Time) bool {
	return it.Kind == chat.OutAnswer && now.Sub(it.QueuedAt) > answerLife
}

func (s *sender) takeOne(tx *storage.Tx, it *item, now time.Time) (job, error) {
	if tooLate(it, now) {
		return job{}, errors.Join(tx.DropMessage(it.ID), storage.ErrNotFound)
	}
	out, err := tx.TakeMessage(it.ID)
	if err != nil {
		return job{}, err
	}
	if out.To.Chat != it.Chat { // its chat has moved since
		s.reload = true
		return job{}, storage.ErrNotFound
	}
	if out.Kind == chat.OutCompose {
		if out, err = s.compose(tx, it, out); err != nil {
			return job{}, err
		}
	}
	return job{item: it, out: out}, nil
}
