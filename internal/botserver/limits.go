package botserver

import (
	"strings"
	"time"
)

// Limits are how many counted calls Telegram takes: sends, copies and edits.
// Answers to presses, reactions, files and menus do not count. A limit of 0
// does not limit. Telegram's own are 30, 1 and 20 (Bots FAQ).
type Limits struct {
	PerSecond      int // in all, in any sliding second
	PerChatSecond  int // to one chat, in any sliding second
	PerGroupMinute int // to one group, in any sliding minute
}

// Peaks are the largest numbers of counted calls that arrived, refused ones
// included. Calls exactly one window apart do not share it.
type Peaks struct {
	PerSecond      int
	PerChatSecond  int
	PerGroupMinute int
	Calls          int // counted calls in all
}

// Peaks returns what the bot has asked for at most.
func (w *World) Peaks() Peaks { return w.meter.peaks }

// meter measures counted calls as they arrive, and apart from that those that
// were let in.
type meter struct {
	peaks   Peaks
	arrived tally
	allowed tally
}

// tally holds the times of calls that still weigh in a window.
type tally struct {
	all    []time.Time
	chats  map[int64][]time.Time
	groups map[int64][]time.Time
}

func counted(method string) bool {
	m := strings.ToLower(method)
	return strings.HasPrefix(m, "send") && m != "sendchataction" ||
		strings.HasPrefix(m, "copy") || strings.HasPrefix(m, "edit")
}

func (m *meter) arrive(q *request, at time.Time) {
	if !counted(q.method) {
		return
	}
	chat := q.integer("chat_id")
	m.arrived.add(chat, at)
	m.peaks.Calls++
	m.peaks.PerSecond = max(m.peaks.PerSecond, len(m.arrived.all))
	m.peaks.PerChatSecond = max(m.peaks.PerChatSecond, len(m.arrived.chats[chat]))
	m.peaks.PerGroupMinute = max(m.peaks.PerGroupMinute, len(m.arrived.groups[chat]))
}

// exceeded returns how many seconds the call must wait, or 0 and counts it.
func (m *meter) exceeded(l Limits, q *request, at time.Time) int {
	if !counted(q.method) {
		return 0
	}
	chat := q.integer("chat_id")
	t := &m.allowed
	t.trim(chat, at)
	wait := max(
		over(t.all, l.PerSecond, at, time.Second),
		over(t.chats[chat], l.PerChatSecond, at, time.Second),
		over(t.groups[chat], l.PerGroupMinute, at, time.Minute),
	)
	if wait == 0 {
		t.add(chat, at)
		return 0
	}
	return int((wait + time.Second - 1) / time.Second)
}

// over returns how long until the window has room.
func over(times []time.Time, limit int, at time.Time, window time.Duration) time.Duration {
	if limit <= 0 || len(times) < limit {
		return 0
	}
	return max(times[len(times)-limit].Add(window).Sub(at), 1)
}

func (t *tally) add(chat int64, at time.Time) {
	if t.chats == nil {
		t.chats, t.groups = map[int64][]time.Time{}, map[int64][]time.Time{}
	}
	t.trim(chat, at)
	t.all = append(t.all, at)
	t.chats[chat] = append(t.chats[chat], at)
	if chat < 0 {
		t.groups[chat] = append(t.groups[chat], at)
	}
}

func (t *tally) trim(chat int64, at time.Time) {
	t.all = since(t.all, at.Add(-time.Second))
	if t.chats != nil {
		t.chats[chat] = since(t.chats[chat], at.Add(-time.Second))
		t.groups[chat] = since(t.groups[chat], at.Add(-time.Minute))
	}
}

// since drops times that are not after begin.
func since(times []time.Time, begin time.Time) []time.Time {
	i := 0
	for i < len(times) && !times[i].After(begin) {
		i++
	}
	return times[i:]
}
