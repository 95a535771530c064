package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

func TestEachMessageIsAnsweredInOrder(t *testing.T) {
	of := newOffice(t, botserver.Options{})
	var want []string
	for i := range 30 {
		text := fmt.Sprintf("m%02d", i)
		want = append(want, text)
		of.say(ann, ann, text)
		of.say(binh, group, text)
	}
	of.expect(ann, want...)
	of.expect(group, want...)
	if name := of.bot.Username(); name != "dondoc_bot" {
		t.Errorf("username %q", name)
	}
}

func TestRestartInTheMiddle(t *testing.T) {
	of := newOffice(t, botserver.Options{})
	said := map[int64][]int{}
	var want []string
	for i := range 60 {
		text := fmt.Sprintf("m%02d", i)
		want = append(want, text)
		said[ann] = append(said[ann], of.say(ann, ann, text))
		said[group] = append(said[group], of.say(binh, group, text))
		if i%20 == 10 {
			of.halt()
			of.start()
		}
	}
	of.expect(ann, want...)
	of.expect(group, want...)
	for chatID, ids := range said {
		for _, id := range ids {
			if n := of.effects(chatID, id); n != 1 {
				t.Errorf("message %d of chat %d took effect %d times", id, chatID, n)
			}
		}
	}
}

// TestFaultsByChance breaks one call in four, some of them after their effect.
func TestFaultsByChance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{
			Faults: botserver.Faults{Seed: 1, Rate: 0.25},
		}, bot.Limits{}, nil)
		said := map[int]string{}
		for i := range 100 {
			text := fmt.Sprintf("m%02d", i)
			said[of.say(ann, ann, text)] = text
			time.Sleep(time.Second)
		}
		time.Sleep(10 * time.Minute)
		for id, text := range said {
			if n := of.effects(ann, id); n != 1 {
				t.Errorf("%s took effect %d times", text, n)
			}
		}
		of.srv.View(func(w *botserver.World) {
			got := texts(w, ann)
			unique := slices.Compact(slices.Clone(got)) // a lost answer sends one twice in a row
			if len(unique) != len(said) || !slices.IsSorted(unique) {
				t.Errorf("%d of %d answers, in order %v: %v", len(unique), len(said), slices.IsSorted(unique), unique)
			}
			lost := 0
			for _, c := range w.CallsOf("sendMessage") {
				if c.Fault != nil && c.Fault.After {
					lost++
				}
			}
			if twice := len(got) - len(unique); twice != lost {
				t.Errorf("%d messages twice, %d lost answers", twice, lost)
			}
		})
	})
}

// TestLimits asks the server itself, in virtual time and over a slow network.
func TestLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limits := bot.Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20}
		r := rand.New(rand.NewPCG(1, 2))
		delay := func() time.Duration { return time.Duration(r.ExpFloat64() * float64(150*time.Millisecond)) }
		of := virtualOffice(t, botserver.Options{
			Limits: botserver.Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20},
		}, limits, delay)
		var all []chat.Outgoing
		for i := range 120 {
			id := int64(1000 + i)
			of.must(of.srv.AddUser(botserver.User{ID: id, FirstName: mark}))
			_, err := of.srv.Say(id, id, mark+"hello")
			of.must(err)
			all = append(all, send(id, "a"), send(id, "b"))
		}
		for i := range 70 {
			all = append(all, send(group, fmt.Sprintf("g%02d", i)))
		}
		of.enqueue(all...)
		for range 3 { // the windows outlive the process
			time.Sleep(20 * time.Second)
			of.halt()
			of.start()
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		of.wait(ctx, "all messages", func(w *botserver.World) bool {
			return len(texts(w, group)) == 70 && len(texts(w, 1119)) == 3 && len(texts(w, 1000)) == 3
		})
		of.srv.View(func(w *botserver.World) {
			p := w.Peaks()
			if p.PerSecond > 30 || p.PerChatSecond > 1 || p.PerGroupMinute > 20 {
				t.Errorf("peaks %+v", p)
			}
			if p.PerSecond < 20 || p.PerGroupMinute < 19 {
				t.Errorf("slower than it may be: peaks %+v", p)
			}
			if got := texts(w, group); !slices.IsSorted(got) {
				t.Errorf("order: %v", got)
			}
		})
	})
}

func TestAnswersGoBeforeReminders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{PerSecond: 1, PerChatSecond: 1, PerGroupMinute: 20}, nil)
		of.say(ann, ann, "hi")
		of.say(binh, binh, "hi")
		time.Sleep(5 * time.Second)
		out := func(to int64, p chat.Priority, text string) chat.Outgoing {
			o := send(to, text)
			o.Priority = p
			return o
		}
		of.enqueue(
			out(ann, chat.CleanUp, "last"), out(ann, chat.Reminder, "reminder 1"), out(binh, chat.Reminder, "reminder 2"),
			out(ann, chat.Answer, "answer 1"), out(binh, chat.Answer, "answer 2"),
		)
		time.Sleep(20 * time.Second)
		var got []string
		of.srv.View(func(w *botserver.World) {
			for _, c := range w.CallsOf("sendMessage")[2:] {
				got = append(got, strings.TrimPrefix(c.Params["text"], mark))
			}
		})
		want := []string{"answer 1", "answer 2", "reminder 1", "reminder 2", "last"}
		if !slices.Equal(got, want) {
			t.Errorf("order %q, want %q", got, want)
		}
	})
}

func TestTheTokenIsRefused(t *testing.T) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusNotFound} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"ok":false,"error_code":%d,"description":"no"}`, status)
		}))
		defer srv.Close()
		of := &office{t: t, srv: botserver.New(botserver.Options{})}
		of.set(srv.URL, nil)
		db, err := storage.Open(t.Context(), of.path)
		of.must(err)
		defer func() { of.must(db.Close()) }()
		of.config.DB = db
		b, err := bot.New(of.config)
		of.must(err)
		if err := b.Run(t.Context()); !errors.Is(err, bot.ErrTokenRefused) {
			t.Errorf("status %d: %v", status, err)
		}
		if of.log.String() != "" {
			t.Errorf("status %d: logged before it was clear: %s", status, of.log)
		}
	}
}

// TestErrorsHideTheToken fails every call on the way, where the standard
// library's errors quote the address and with it the token.
func TestErrorsHideTheToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := &office{t: t, srv: botserver.New(botserver.Options{})}
		var down atomic.Bool
		down.Store(true)
		of.set("http://telegram.test", &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			if down.Load() {
				return nil, fmt.Errorf("cannot reach %s", r.URL)
			}
			return wire{srv: of.srv}.RoundTrip(r)
		})})
		of.people()
		of.start()
		time.Sleep(time.Minute)
		down.Store(false)
		time.Sleep(time.Second)
		of.say(ann, ann, "hi")
		time.Sleep(2 * time.Minute)
		of.expect(ann, "hi")
		down.Store(true)
		of.enqueue(send(ann, "later"))
		time.Sleep(3 * time.Minute)
		if log := of.log.String(); !strings.Contains(log, "cannot reach") {
			t.Errorf("the faults are not logged: %s", log)
		}
		down.Store(false)
		time.Sleep(2 * time.Minute)
		of.expect(ann, "hi", "later")
		of.close()
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
