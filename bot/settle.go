package bot

import (
	"context"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// A ruling is what follows from the result of a call.
type ruling struct {
	end    end
	until  time.Time      // of endLater
	fault  bool           // of endLater: because of the network
	event  *chat.Incoming // what the program learns by it
	silent bool           // not worth a line in the log
}

// An end is what becomes of a row of the outbox.
type end int

const (
	endSent end = iota
	endFailed
	endShut // failed, because the chat is shut to the bot
	endDropped
	endLater
	endMoved
)

// rule decides by the result alone.
func (s *sender) rule(r result, now time.Time) ruling {
	if r.err == nil {
		return ruling{end: endSent, event: s.learned(r)}
	}
	switch r.err.verdict {
	case flooded:
		wait := r.err.retryAfter + floodMargin
		if r.err.retryAfter == 0 { // not told for how long
			wait = pauseAfter(r.item.Tries)
		}
		return ruling{end: endLater, until: now.Add(wait)}
	case moved:
		return ruling{end: endMoved, event: &chat.Incoming{
			Kind: chat.InMigrated, Chat: s.chatOf(r), At: s.clock.Now(), MovedTo: r.err.movedTo,
		}}
	case forbidden, refused:
		return s.ruleRefused(r)
	case unauthorized:
		return ruling{end: endLater, until: now.Add(slowPause), fault: true}
	case faulty, conflict, taken:
	}
	return ruling{end: endLater, until: now.Add(pauseAfter(r.item.Tries)), fault: true}
}

// ruleRefused decides on what Telegram will not do, now or later.
func (s *sender) ruleRefused(r result) ruling {
	closed := r.err.verdict == forbidden || r.err.says(noWritingWords)
	switch r.item.Kind {
	case chat.OutAskRank:
		return ruling{end: endDropped, event: s.rankEvent(r, &chat.Rank{})}
	case chat.OutFetch:
		failure := chat.FetchRefused
		if r.err.says(tooLargeWords) {
			failure = chat.FetchTooLarge
		}
		return ruling{end: endDropped, event: s.fileEvent(r, failure)}
	case chat.OutAskStanding:
		return ruling{end: endDropped, event: s.standingEvent(r, nil), silent: true}
	case chat.OutAnswer, chat.OutReact, chat.OutUnbutton:
		return ruling{end: endDropped, silent: true}
	case chat.OutMenu:
		return ruling{end: endDropped}
	case chat.OutEdit:
		if r.err.says(unchangedWords) {
			return ruling{end: endSent, silent: true}
		}
		if r.err.says(goneWords) {
			return ruling{end: endDropped, silent: true}
		}
	case chat.OutSend, chat.OutDocument, chat.OutPhoto, chat.OutCompose:
	}
	if !closed {
		return ruling{end: endFailed}
	}
	return ruling{end: endShut, event: &chat.Incoming{
		Kind: chat.InStanding, Chat: s.chatOf(r), At: s.clock.Now(), Present: false,
	}}
}

// learned is what the program asked for and was told.
func (s *sender) learned(r result) *chat.Incoming {
	switch r.item.Kind {
	case chat.OutFetch:
		return s.fileEvent(r, "")
	case chat.OutAskRank:
		return s.rankEvent(r, r.rank)
	case chat.OutAskStanding:
		return s.standingEvent(r, r.standing)
	default:
		return nil
	}
}

// standingEvent brings the bot's standing in a group; nil means that it can
// write there no more.
func (s *sender) standingEvent(r result, standing *chat.Standing) *chat.Incoming {
	in := &chat.Incoming{
		Kind: chat.InStanding, Chat: s.chatOf(r), At: s.clock.Now(), Present: standing != nil, Standing: &chat.Standing{},
	}
	if standing != nil {
		*in.Standing = *standing
	}
	if r.out.Action != nil {
		in.Standing.Action = *r.out.Action
	}
	return in
}

func (s *sender) rankEvent(r result, rank *chat.Rank) *chat.Incoming {
	if rank == nil {
		return nil
	}
	answer := *rank
	if r.out.Action != nil {
		answer.Action = *r.out.Action
	}
	c := s.chatOf(r)
	c.Topic = r.out.To.Topic
	return &chat.Incoming{
		Kind: chat.InRank, Chat: c, From: chat.Person{ID: r.out.Person}, At: s.clock.Now(), Rank: &answer,
	}
}

// fileEvent brings a file's content, or why there is none, to whoever asked.
func (s *sender) fileEvent(r result, failure chat.FetchFailure) *chat.Incoming {
	c := s.chatOf(r)
	c.Topic = r.out.To.Topic
	return &chat.Incoming{
		Kind: chat.InFile, Chat: c, From: chat.Person{ID: r.out.Person}, At: s.clock.Now(),
		File: r.out.File, Action: r.out.Action, Data: r.data, Failure: failure,
	}
}

// chatOf describes the chat as far as its id tells.
func (s *sender) chatOf(r result) chat.Chat {
	c := chat.Chat{Place: chat.Place{Chat: r.item.Chat}, Kind: chat.Private}
	if r.item.Chat < 0 {
		c.Kind = chat.Group
	}
	return c
}

// That a message was taken is written down with others, soon, rather than at
// once: a commit holds up what arrives meanwhile. Sooner if another message waits
// for its lane; and what failed, or brought something to learn, at once.
const (
	settleSoon  = 10 * time.Millisecond
	settleNext  = 2 * time.Millisecond
	settleLimit = 128 // results
)

// unsettled returns how long what has ended need not be written down yet:
// never if nothing has ended.
func (s *sender) unsettled(now time.Time) time.Duration {
	if len(s.done) >= settleLimit {
		return 0
	}
	wait := never
	for _, r := range s.done {
		delay := settleSoon
		switch {
		case r.err != nil || s.learned(r) != nil:
			delay = 0
		case s.lanes.follows(r.item):
			delay = settleNext
		}
		wait = min(wait, max(0, r.at.Add(delay).Sub(now)))
	}
	return wait
}

// settle writes down how calls ended, in one transaction.
func (s *sender) settle(ctx context.Context) error {
	if len(s.done) == 0 {
		return nil
	}
	now := time.Now()
	rulings := make([]ruling, len(s.done))
	for i, r := range s.done {
		rulings[i] = s.rule(r, now)
	}
	err := s.db.Write(ctx, func(tx *storage.Tx) error {
		for i, r := range s.done {
			if err := s.record(tx, r, rulings[i]); err != nil {
				return err
			}
		}
		if now.Sub(s.pruned) > callMemory {
			return tx.ForgetCalls(now.Add(-callMemory))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if now.Sub(s.pruned) > callMemory {
		s.pruned = now
		s.limits.forget(now)
		s.holds.forget(now)
	}
	for i, r := range s.done {
		s.conclude(r, rulings[i], now)
	}
	s.done = nil
	return nil
}

// record writes down one result.
func (s *sender) record(tx *storage.Tx, r result, d ruling) error {
	if counts(r.item.Kind) && s.limits.on() {
		if err := tx.KeepCall(storage.Call{Chat: r.item.Chat, Answered: r.at}); err != nil {
			return err
		}
	}
	if d.event != nil {
		if err := tx.StoreEvent(*d.event); err != nil {
			return err
		}
	}
	id := r.item.ID
	switch d.end {
	case endSent:
		return tx.MarkSent(id, r.out.To.Chat, r.message)
	case endFailed:
		return tx.MarkFailed(id, r.err.Error())
	case endShut:
		return tx.MarkShut(id, r.err.Error())
	case endDropped:
		if r.item.Kind == chat.OutMenu {
			if err := tx.ForgetMenu(r.out.To, r.out.Person); err != nil {
				return err
			}
		}
		return tx.DropMessage(id)
	case endMoved:
		return tx.MoveMessages(r.item.Chat, r.err.movedTo)
	case endLater:
		if s.stopping { // cut short by the stop, which is no failure
			return nil
		}
		return tx.Postpone(id, d.until, r.err.Error())
	}
	return nil
}

// conclude does in memory what record did on disk.
func (s *sender) conclude(r result, d ruling, now time.Time) {
	delete(s.busy, keyOf(r.item.Waiting))
	delete(s.taken, r.item.ID)
	if d.event != nil {
		s.stored()
	}
	switch d.end {
	case endLater:
		s.lanes.postpone(r.item.ID, d.until, d.fault)
		if r.err.verdict == flooded {
			s.holds.flood(r.item, d.until, now)
		}
	case endMoved:
		s.reload = true
	case endSent, endFailed, endShut, endDropped:
		s.lanes.remove(r.item.ID)
	}
	s.report(r, d)
}

func (s *sender) report(r result, d ruling) {
	s.meter.Sent(r.item.Kind, d.result(r))
	args := []any{"method", "", "chat_id", r.item.Chat, "outbox", r.item.ID, "kind", string(r.item.Kind)}
	switch {
	case r.err == nil:
		if r.item.Tries > 0 {
			s.faults.over("telegram answers again")
		}
		s.log.Debug("sent", args[2:]...)
	case d.silent || s.stopping:
	case d.end == endLater && d.fault:
		s.faults.warn("telegram does not answer", r.err, "chat_id", r.item.Chat)
	default:
		args[1] = r.err.method
		s.log.Warn("telegram refused", append(args, "err", r.err.words)...)
	}
}
