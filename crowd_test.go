//go:build unix

package main_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// Telegram's limits (Bots FAQ).
const (
	perSecond      = 30
	perChatSecond  = 1
	perGroupMinute = 20
)

// TestCrowd lets many chats write at one moment, with Telegram's limits: they
// are kept in every window, so that Telegram never has to say so, and everybody
// is answered.
func TestCrowd(t *testing.T) {
	parallelIfLong(t)
	bin := build(t)
	t.Run("short", func(t *testing.T) { crowd(newOffice(t, bin), 2, 20, 3) })
	t.Run("a thousand chats", func(t *testing.T) {
		onlyLong(t)
		crowd(newOffice(t, bin), 25, 40, 25)
	})
}

// crowd lets all heads of all units report at once in private, the first of
// them as often as said in the unit's group too, and every fifth ask for the
// figures and turn a page of them, which is an edit.
func crowd(o *office, units, heads, inGroup int) {
	o.manyUnits(units)
	p := o.start()
	s := script{office: o}
	all := o.furnish(p, units, heads)
	o.stop(p)
	o.setEnv(fmt.Sprintf("DONDOC_LIMITS=%d,%d,%d", perSecond, perChatSecond, perGroupMinute))
	before := 0
	o.srv.View(func(w *botserver.World) { before = len(w.Calls()) })
	p = o.start()
	o.polled(p)
	chance := rand.New(rand.NewPCG(6, 0))
	var readers []int64
	for _, u := range all {
		for i, head := range u.heads {
			if i%5 == 0 {
				readers = append(readers, head)
				_, err := o.srv.Say(head, head, "/tonghop")
				o.must(err)
			}
			s.report(chance, u, head, place{chat: head})
		}
		for range inGroup {
			s.report(chance, u, u.heads[0], u.place)
		}
	}
	for _, head := range readers {
		s.turnPage(p, head)
	}
	s.finish(p)
	for _, head := range readers {
		o.must(o.until(p, func(w *botserver.World) bool { return !figures(w, head).EditDate.IsZero() }))
	}
	o.stop(p)
	s.compare(0)
	o.srv.View(func(w *botserver.World) { o.withinLimits(w.Calls()[before:]) })
}

// turnPage presses the first button under the figures once they are there.
func (s *script) turnPage(p *process, head int64) {
	s.Helper()
	var m botserver.Message
	s.must(s.until(p, func(w *botserver.World) bool {
		m = figures(w, head)
		return m.ID != 0
	}))
	_, err := s.srv.Press(head, head, m.ID, m.Buttons[0][0].CallbackData)
	s.must(err)
}

// figures is the last summary in the chat.
func figures(w *botserver.World, chat int64) (last botserver.Message) {
	for _, m := range w.FromBot(chat) {
		if strings.HasPrefix(m.Text, "📊") {
			last = m
		}
	}
	return last
}

// withinLimits measures what arrived, in every window that ends with a call,
// and counts for itself what Telegram counts.
func (o *office) withinLimits(calls []botserver.Call) {
	o.Helper()
	overall := window{span: time.Second}
	chats, groups := map[int64]*window{}, map[int64]*window{}
	of := func(all map[int64]*window, id int64, span time.Duration) *window {
		if all[id] == nil {
			all[id] = &window{span: span}
		}
		return all[id]
	}
	edits := 0
	for _, c := range calls {
		if c.Status == http.StatusTooManyRequests {
			o.Errorf("too many requests: %+v", c)
		}
		switch c.Method {
		case "editMessageText", "editMessageReplyMarkup":
			edits++
		case "sendMessage", "sendDocument", "sendPhoto", "copyMessage", "editMessageCaption":
		default:
			continue
		}
		overall.add(c.At)
		of(chats, c.Chat, time.Second).add(c.At)
		if c.Chat < 0 {
			of(groups, c.Chat, time.Minute).add(c.At)
		}
	}
	if edits == 0 {
		o.Error("nothing was edited")
	}
	if overall.peak > perSecond {
		o.Errorf("%d calls in a second", overall.peak)
	}
	for id, w := range chats {
		if w.peak > perChatSecond {
			o.Errorf("%d calls to chat %d in a second", w.peak, id)
		}
	}
	for id, w := range groups {
		if w.peak > perGroupMinute {
			o.Errorf("%d calls to group %d in a minute", w.peak, id)
		}
	}
	o.Logf("at most %d calls in a second", overall.peak)
}

// A window counts instants in a sliding stretch of time.
type window struct {
	span time.Duration
	in   []time.Time
	peak int
}

func (w *window) add(at time.Time) {
	w.in = append(w.in, at)
	for at.Sub(w.in[0]) >= w.span {
		w.in = w.in[1:]
	}
	w.peak = max(w.peak, len(w.in))
}
