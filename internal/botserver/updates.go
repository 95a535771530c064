package botserver

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// The kinds of updates that this server makes, in the Bot API's words.
const (
	kindMessage       = "message"
	kindEdited        = "edited_message"
	kindChannelPost   = "channel_post"
	kindEditedPost    = "edited_channel_post"
	kindCallbackQuery = "callback_query"
	kindMyChatMember  = "my_chat_member"
	kindChatMember    = "chat_member"
)

const (
	firstUpdateID = 500_000_001
	maxBatch      = 100
	maxPoll       = 50 * time.Second
	updateLife    = 24 * time.Hour // by network time (Bot API, getting updates)
)

type update struct {
	id  int64
	at  time.Time // network time
	raw json.RawMessage
}

// queue holds the updates that the bot has not confirmed.
type queue struct {
	next    int64
	waiting []update
	last    []update // the batch delivered last
	allowed []string // nil means the default
	poll    chan struct{}
	polls   int
}

func newQueue() queue { return queue{next: firstUpdateID} }

// PendingUpdates returns how many updates the bot has not confirmed.
func (w *World) PendingUpdates() int { return len(w.updates.waiting) }

// Polls returns how many getUpdates have been asked.
func (w *World) Polls() int { return w.updates.polls }

// SetNextUpdateID makes the next update bear the id; Telegram chooses it at
// random, smaller ones included, after a week without updates.
func (s *Server) SetNextUpdateID(id int64) {
	_ = s.act(func(w *World) error {
		w.updates.next = id
		return nil
	})
}

// emit queues an update of the kind if the bot asked for such.
func (w *World) emit(kind string, u wireUpdate) {
	if !w.wants(kind) {
		return
	}
	u.UpdateID = w.updates.next
	w.updates.next++
	raw, err := json.Marshal(u)
	if err != nil {
		panic(err) // the wire types always encode
	}
	w.updates.waiting = append(w.updates.waiting, update{id: u.UpdateID, raw: raw, at: w.network()})
	w.touch(nil)
}

func (w *World) wants(kind string) bool {
	if w.updates.allowed == nil {
		return kind != kindChatMember
	}
	return slices.Contains(w.updates.allowed, kind)
}

// getUpdates answers a long poll. A second one ends the first with 409.
func (s *Server) getUpdates(ctx context.Context, q *request, f *Fault) (any, error) {
	deadline := time.NewTimer(min(max(time.Duration(q.integer("timeout"))*time.Second, 0), maxPoll))
	defer deadline.Stop()
	mine, err := s.startPoll(q)
	if err != nil {
		return nil, err
	}
	for {
		s.mu.Lock()
		if err := s.world.ousted(mine); err != nil {
			s.mu.Unlock()
			return nil, err
		}
		batch, changed := s.world.take(q, f), s.world.changed
		if len(batch) > 0 {
			s.endPoll(mine)
			s.mu.Unlock()
			return batch, nil
		}
		s.mu.Unlock()
		select {
		case <-changed:
			continue
		case <-mine:
			continue
		case <-deadline.C:
		case <-ctx.Done():
		case <-s.closed:
		}
		s.mu.Lock()
		s.endPoll(mine)
		s.mu.Unlock()
		return []json.RawMessage{}, nil
	}
}

// ousted tells a poll that another one, or a webhook, has taken its place.
func (w *World) ousted(mine chan struct{}) error {
	switch {
	case w.updates.poll == mine:
		return nil
	case w.webhook.url != "":
		return conflict("terminated by setWebhook request")
	}
	return conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
}

// startPoll confirms what the offset says, remembers allowed_updates and takes
// the place of a poll under way.
func (s *Server) startPoll(q *request) (chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.world
	if w.webhook.url != "" {
		return nil, conflict("can't use getUpdates method while webhook is active; " +
			"use deleteWebhook to delete the webhook first")
	}
	allowed, given, err := allowedUpdates(q)
	if err != nil {
		return nil, err
	}
	if given {
		w.updates.allowed = allowed
	}
	w.updates.polls++
	w.confirm(q.integer("offset"))
	w.touch(nil)
	w.wake()
	if w.updates.poll != nil {
		close(w.updates.poll)
	}
	w.updates.poll = make(chan struct{})
	return w.updates.poll, nil
}

// endPoll must be called with the lock held.
func (s *Server) endPoll(mine chan struct{}) {
	if s.world.updates.poll == mine {
		s.world.updates.poll = nil
	}
}

// confirm forgets updates below a positive offset, all but the last ones for a
// negative offset, and those that are a day old.
func (w *World) confirm(offset int64) {
	now := w.network()
	waiting := w.updates.waiting
	if offset < 0 {
		waiting = waiting[max(len(waiting)+int(offset), 0):]
	}
	w.updates.waiting = slices.DeleteFunc(slices.Clone(waiting), func(u update) bool {
		return offset > 0 && u.id < offset || now.Sub(u.at) > updateLife
	})
}

// take returns the next batch, which stays in the queue until it is confirmed.
func (w *World) take(q *request, f *Fault) []json.RawMessage {
	limit := int(q.integer("limit"))
	if limit < 1 || limit > maxBatch {
		limit = maxBatch
	}
	batch := w.updates.waiting[:min(limit, len(w.updates.waiting))]
	if f != nil && f.Kind == FaultRedeliver && len(w.updates.last) > 0 {
		batch = w.updates.last
	}
	if len(batch) > 0 {
		w.updates.last = slices.Clone(batch)
	}
	out := make([]json.RawMessage, len(batch))
	for i, u := range batch {
		out[i] = u.raw
	}
	return out
}

func allowedUpdates(q *request) (kinds []string, given bool, err error) {
	if !q.has("allowed_updates") {
		return nil, false, nil
	}
	if err := json.Unmarshal([]byte(q.params["allowed_updates"]), &kinds); err != nil {
		return nil, false, badRequest("can't parse allowed updates")
	}
	if len(kinds) == 0 {
		return nil, true, nil
	}
	for i, k := range kinds {
		kinds[i] = strings.ToLower(k)
	}
	return kinds, true, nil
}
