//go:build unix

package main_test

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// TestOutages lets the server be gone, ask for patience, not answer at all,
// and chats move and close, while people go on reporting.
func TestOutages(t *testing.T) {
	parallelIfLong(t)
	bin := build(t)
	t.Run("short", func(t *testing.T) { outages(newOffice(t, bin), time.Second, 2, 0) })
	t.Run("long", func(t *testing.T) {
		onlyLong(t)
		outages(newOffice(t, bin), time.Minute, 30, time.Minute)
	})
}

// outages lets the server be down for some time and ask to wait for some
// seconds; a call hangs for a while if that is not 0.
func outages(o *office, down time.Duration, retryAfter int, hang time.Duration) {
	o.manyUnits(6)
	var fault atomic.Pointer[func(method string, chat string) *botserver.Fault]
	o.srv.SetHook(func(method string, params map[string]string) *botserver.Fault {
		if f := fault.Load(); f != nil {
			return (*f)(method, params["chat_id"])
		}
		return nil
	})
	befalls := func(f func(method, chat string) *botserver.Fault) { fault.Store(&f) }
	p := o.start()
	s := &storm{
		script:  script{office: o, moved: map[int64]int64{}},
		chance:  rand.New(rand.NewPCG(5, uint64(retryAfter))),
		units:   o.furnish(p, 6, 1),
		befalls: befalls,
	}
	s.everywhere(3)
	s.serverDown(p, down)
	s.patience(p, retryAfter)
	s.move(p)
	s.block(p)
	if hang > 0 {
		s.hang(p, hang)
	}
	s.finish(p)
	o.stop(p)
	s.compare(0)
}

// A storm is a script with what goes wrong meanwhile.
type storm struct {
	script
	chance  *rand.Rand
	units   []unit
	befalls func(func(method, chat string) *botserver.Fault)
}

func allIsWell(string, string) *botserver.Fault { return nil }

// everywhere makes each head report n times in the unit's chat and in private.
func (s *storm) everywhere(n int) {
	s.Helper()
	for range n {
		for _, u := range s.units {
			s.report(s.chance, u, u.heads[0], u.place)
			s.report(s.chance, u, u.heads[0], place{chat: u.heads[0]})
		}
	}
}

// serverDown cuts every connection for some time, in which people write.
func (s *storm) serverDown(p *process, d time.Duration) {
	s.Helper()
	s.gate.down.Store(true)
	up := time.NewTimer(d)
	defer up.Stop()
	s.everywhere(5)
	select {
	case <-up.C:
	case <-p.ended.Done():
		s.Fatalf("it did not live through an outage: %v\n%s", p.err, &p.log)
	}
	s.gate.down.Store(false)
	s.finish(p)
}

// patience answers one chat "too many requests": nothing goes there for so
// long, and the other chats do not wait with it.
func (s *storm) patience(p *process, retryAfter int) {
	s.Helper()
	slow, quick := s.units[0], s.units[1]
	var told atomic.Bool
	s.befalls(func(method, chat string) *botserver.Fault {
		if method == "sendMessage" && chat == chatText(slow.place.chat) && told.CompareAndSwap(false, true) {
			return &botserver.Fault{Kind: botserver.FaultTooMany, RetryAfter: retryAfter}
		}
		return nil
	})
	late := s.report(s.chance, slow, slow.heads[0], slow.place)
	s.must(s.until(p, func(*botserver.World) bool { return told.Load() }))
	s.must(s.until(p, answered(s.report(s.chance, quick, quick.heads[0], quick.place))))
	s.srv.View(func(w *botserver.World) {
		if answered(late)(w) {
			s.Error("the chat that has to wait was answered first")
		}
	})
	s.must(s.until(p, answered(late)))
	var asked, next time.Time
	s.srv.View(func(w *botserver.World) {
		for _, c := range w.CallsOf("sendMessage") {
			switch {
			case c.Chat != slow.place.chat:
			case c.Status == http.StatusTooManyRequests:
				asked = c.At
			case !asked.IsZero() && next.IsZero():
				next = c.At
			}
		}
	})
	if wait := next.Sub(asked); wait < time.Duration(retryAfter)*time.Second {
		s.Errorf("sent again after %v, asked to wait %d s", wait, retryAfter)
	}
}

// move makes a group a supergroup while answers to it wait.
func (s *storm) move(p *process) {
	s.Helper()
	u := &s.units[0]
	old := u.place.chat
	s.befalls(func(method, chat string) *botserver.Fault {
		if chat == chatText(old) {
			return &botserver.Fault{Kind: botserver.FaultServer}
		}
		return nil
	})
	for range 3 {
		s.report(s.chance, *u, u.heads[0], u.place)
	}
	s.must(s.until(p, func(w *botserver.World) bool { return failedIn(w, old) }))
	super := old - 1_000_000_000_000
	s.must(s.srv.Upgrade(old, super))
	s.moved[old], u.place.chat = super, super
	for range 3 {
		s.report(s.chance, *u, u.heads[0], u.place)
	}
	s.befalls(allIsWell)
	s.finish(p)
}

func failedIn(w *botserver.World, chat int64) bool {
	calls := w.CallsOf("sendMessage")
	return slices.ContainsFunc(calls, func(c botserver.Call) bool {
		return c.Chat == chat && c.Status == http.StatusInternalServerError
	})
}

// block makes a head block the bot while something of it is on its way, and
// come back later.
func (s *storm) block(p *process) {
	s.Helper()
	u := s.units[2]
	head := u.heads[0]
	var held atomic.Bool
	s.befalls(func(method, chat string) *botserver.Fault {
		if held.Load() && chat == chatText(head) {
			return &botserver.Fault{Kind: botserver.FaultGateway}
		}
		return nil
	})
	held.Store(true)
	_, err := s.srv.Say(head, head, "/viec") // its answer meets a closed door
	s.must(err)
	s.must(s.srv.Block(head))
	held.Store(false)
	s.must(s.until(p, func(w *botserver.World) bool {
		return slices.ContainsFunc(w.Calls(), func(c botserver.Call) bool {
			return c.Chat == head && c.Status == http.StatusForbidden
		})
	}))
	s.must(s.until(p, answered(s.report(s.chance, u, head, u.place)))) // the unit's chat goes on
	s.must(s.srv.Unblock(head))
	s.must(s.until(p, func(w *botserver.World) bool { // what met the closed door comes now
		m, _ := w.Last(head)
		return strings.HasPrefix(m.Text, "Nhiệm vụ năm 2024")
	}))
	for range 3 {
		s.report(s.chance, u, head, place{chat: head})
	}
	s.finish(p)
}

// hang lets a call have its effect and never answers it.
func (s *storm) hang(p *process, d time.Duration) {
	s.Helper()
	u := s.units[3]
	var once atomic.Bool
	s.befalls(func(method, chat string) *botserver.Fault {
		if strings.HasPrefix(method, "send") && chat == chatText(u.place.chat) && once.CompareAndSwap(false, true) {
			return &botserver.Fault{Kind: botserver.FaultSlow, Delay: d, After: true}
		}
		return nil
	})
	s.everywhere(2)
	s.finish(p)
}
