package bot

import (
	"context"
	"slices"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// holds are what Telegram told the bot to wait for.
type holds struct {
	all   time.Time
	chats map[int64]time.Time
}

// until returns when the item may be sent.
func (h *holds) until(it *item) time.Time {
	at := it.NotBefore
	if h.all.After(at) {
		at = h.all
	}
	if t := h.chats[it.Chat]; t.After(at) && it.Kind != chat.OutAnswer {
		at = t
	}
	return at
}

// flood makes a chat wait after Telegram said "too many requests". It does not
// say for what; if two chats hear it at a time, it is for all.
func (h *holds) flood(it *item, until, now time.Time) {
	if it.Kind == chat.OutAnswer { // it waits alone
		return
	}
	for id, t := range h.chats {
		if id != it.Chat && t.After(now) && until.After(h.all) {
			h.all = until
		}
	}
	h.chats[it.Chat] = until
}

func (h *holds) forget(now time.Time) {
	for id, t := range h.chats {
		if !t.After(now) {
			delete(h.chats, id)
		}
	}
}

// seedOnce fills the limits with the calls of the processes before this one.
func (s *sender) seedOnce(ctx context.Context) error {
	if s.seeded || !s.limits.on() {
		return nil
	}
	now := time.Now()
	var calls []storage.Call
	err := s.db.Write(ctx, func(tx *storage.Tx) (err error) {
		if calls, err = tx.RecentCalls(now.Add(-callMemory)); err != nil {
			return err
		}
		unknown, err := s.unrecorded(tx, now)
		calls = append(calls, unknown...)
		return err
	})
	if err != nil {
		return err
	}
	for i, c := range calls {
		if c.Answered.After(now) { // by another clock
			calls[i].Answered = now
		}
	}
	slices.SortFunc(calls, func(a, b storage.Call) int { return a.Answered.Compare(b.Answered) })
	for _, c := range calls {
		s.limits.start(c.Chat)
		s.limits.finish(c.Chat, c.Answered)
	}
	s.seeded = true
	return nil
}

// unrecorded are the calls that may have reached Telegram, up to now, and of
// which nothing was written down: one of each chat, whose message waits still.
// Those that count for longer than a second are kept for the process after this
// one, which may begin within the minute.
func (s *sender) unrecorded(tx *storage.Tx, now time.Time) (calls []storage.Call, err error) {
	waiting, err := tx.WaitingAfter(0)
	seen := map[int64]bool{}
	for _, w := range waiting {
		if !counts(w.Kind) || seen[w.Chat] {
			continue
		}
		seen[w.Chat] = true
		c := storage.Call{Chat: w.Chat, Answered: now}
		calls = append(calls, c)
		if s.limits.of(w.Chat).minute == nil {
			continue
		}
		if err := tx.KeepCall(c); err != nil {
			return nil, err
		}
	}
	return calls, err
}

// drain waits for the calls that are under way and writes down how they
// ended. Those that take too long are cut and tried again at the next start.
func (s *sender) drain(cut context.CancelFunc) {
	last := time.Now().Add(lastTimeout)
	deadline := time.NewTimer(drainTimeout)
	defer deadline.Stop()
	for s.flying > 0 {
		select {
		case r := <-s.results:
			s.receive(r)
		case <-deadline.C:
			cut()
			s.stopping = true
		}
	}
	ctx, cancel := context.WithDeadline(context.Background(), last)
	defer cancel()
	if err := s.settle(ctx); err != nil {
		s.log.Error("results of the last calls not recorded", "count", len(s.done), "err", err)
	}
}
