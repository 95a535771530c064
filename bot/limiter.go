package bot

import "time"

// A window bounds how many calls reach Telegram in any stretch of time of its
// span, as counted there.
//
// Nobody here knows when a call reaches Telegram, only that it does so between
// its start and its answer. So a call holds its place from its start until its
// answer came plus the span. Of two calls that Telegram sees less than a span
// apart the later one was started while the first one held its place; so all
// that it sees within a span held their places at one time.
type window struct {
	max  int // 0: no bound
	span time.Duration
	open int         // calls that are not answered
	ends []time.Time // when the places of those that are fall free, ascending
}

// free reports whether a call may start. If not, next is when a place falls
// free; zero if that depends on an answer.
func (w *window) free(now time.Time) (ok bool, next time.Time) {
	if w == nil || w.max == 0 {
		return true, time.Time{}
	}
	w.expire(now)
	if w.open+len(w.ends) < w.max {
		return true, time.Time{}
	}
	// Places beyond the bound, of a start before this one, fall free first.
	if i := w.open + len(w.ends) - w.max; i < len(w.ends) {
		next = w.ends[i]
	}
	return false, next
}

func (w *window) expire(now time.Time) {
	n := 0
	for n < len(w.ends) && !w.ends[n].After(now) {
		n++
	}
	w.ends = w.ends[n:]
}

func (w *window) start() {
	if w != nil {
		w.open++
	}
}

func (w *window) finish(now time.Time) {
	if w == nil {
		return
	}
	w.open--
	if w.max > 0 {
		w.ends = append(w.ends, now.Add(w.span+spanMargin))
	}
}

func (w *window) idle(now time.Time) bool {
	if w == nil {
		return true
	}
	w.expire(now)
	return w.open == 0 && len(w.ends) == 0
}

// spanMargin makes up for clocks that do not run alike.
const spanMargin = 20 * time.Millisecond

// A limiter keeps all limits at once. It is not for use by several goroutines.
type limiter struct {
	limits  Limits
	overall *window
	chats   map[int64]*chatWindows
}

type chatWindows struct{ second, minute *window }

func newLimiter(l Limits) *limiter {
	return &limiter{
		limits:  l,
		overall: &window{max: l.PerSecond, span: time.Second},
		chats:   map[int64]*chatWindows{},
	}
}

// on reports whether there is any limit.
func (l *limiter) on() bool { return l.limits != Limits{} }

func (l *limiter) of(chat int64) *chatWindows {
	w := l.chats[chat]
	if w == nil {
		w = &chatWindows{second: &window{max: l.limits.PerChatSecond, span: time.Second}}
		if chat < 0 { // groups, supergroups and channels have negative ids
			w.minute = &window{max: l.limits.PerGroupMinute, span: time.Minute}
		}
		l.chats[chat] = w
	}
	return w
}

// free reports whether a call to the chat may start. If not, next is when to
// ask again; zero for after the next answer.
func (l *limiter) free(chat int64, now time.Time) (ok bool, next time.Time) {
	of := l.of(chat)
	ok = true
	for _, w := range []*window{l.overall, of.second, of.minute} {
		free, at := w.free(now)
		if free {
			continue
		}
		if at.IsZero() {
			return false, time.Time{}
		}
		ok = false
		if at.After(next) {
			next = at
		}
	}
	return ok, next
}

func (l *limiter) start(chat int64) {
	of := l.of(chat)
	for _, w := range []*window{l.overall, of.second, of.minute} {
		w.start()
	}
}

func (l *limiter) finish(chat int64, now time.Time) {
	of := l.of(chat)
	for _, w := range []*window{l.overall, of.second, of.minute} {
		w.finish(now)
	}
}

// forget lets go of chats to which nothing was sent lately.
func (l *limiter) forget(now time.Time) {
	for id, of := range l.chats {
		if of.second.idle(now) && of.minute.idle(now) {
			delete(l.chats, id)
		}
	}
}

// cancel takes back a start of a call that was never made.
func (l *limiter) cancel(chat int64) {
	of := l.of(chat)
	for _, w := range []*window{l.overall, of.second, of.minute} {
		if w != nil {
			w.open--
		}
	}
}
