package bot

import (
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// TestWindowsAsSeenByTheServer makes calls as fast as the limiter lets them,
// over a network that delays each at will, and counts what a server sees.
func TestWindowsAsSeenByTheServer(t *testing.T) {
	limits := Limits{PerSecond: 5, PerChatSecond: 1, PerGroupMinute: 4}
	for seed := range uint64(20) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 0))
			l := newLimiter(limits)
			chats := []int64{1, 2, 3, -4, -5, -6, -7}
			seen := map[int64][]time.Time{} // by chat; 0 is all
			type answer struct {
				chat  int64
				there time.Time
			}
			answers := make(chan answer, 1000)
			open := 0
			for range 200 {
				id := chats[r.IntN(len(chats))]
				for {
					ok, next := l.free(id, time.Now())
					if ok {
						break
					}
					var timer <-chan time.Time
					if !next.IsZero() {
						timer = time.After(time.Until(next))
					}
					select {
					case a := <-answers:
						open--
						l.finish(a.chat, time.Now())
						seen[a.chat], seen[0] = append(seen[a.chat], a.there), append(seen[0], a.there)
					case <-timer:
					}
				}
				l.start(id)
				open++
				there, back := time.Duration(r.Int64N(int64(2*time.Second))), time.Duration(r.Int64N(int64(time.Second)))
				go func() {
					time.Sleep(there)
					at := time.Now()
					time.Sleep(back)
					answers <- answer{id, at}
				}()
			}
			for ; open > 0; open-- {
				a := <-answers
				seen[a.chat], seen[0] = append(seen[a.chat], a.there), append(seen[0], a.there)
			}
			for id, at := range seen {
				check := func(span time.Duration, most int) {
					if n := densest(at, span); n > most {
						t.Errorf("seed %d, chat %d: %d calls within %v", seed, id, n, span)
					}
				}
				switch {
				case id == 0:
					check(time.Second, limits.PerSecond)
				case id < 0:
					check(time.Minute, limits.PerGroupMinute)
					check(time.Second, limits.PerChatSecond)
				default:
					check(time.Second, limits.PerChatSecond)
				}
			}
		})
	}
}

// densest returns the greatest number of instants within a span.
func densest(at []time.Time, span time.Duration) (most int) {
	slices.SortFunc(at, time.Time.Compare)
	first := 0
	for i := range at {
		for at[i].Sub(at[first]) > span {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

func TestNoLimitsNoWaiting(t *testing.T) {
	l := newLimiter(Limits{})
	now := time.Now()
	for range 1000 {
		if ok, _ := l.free(-1, now); !ok {
			t.Fatal("waits without a limit")
		}
		l.start(-1)
	}
	if l.on() {
		t.Error("on without a limit")
	}
}

// TestWaitsForTheRightPlace counts back from more calls than are allowed, as
// after a restart.
func TestWaitsForTheRightPlace(t *testing.T) {
	now := time.Now()
	w := &window{max: 2, span: time.Second}
	for i := range 4 {
		w.start()
		w.finish(now.Add(time.Duration(i) * 100 * time.Millisecond))
	}
	ok, next := w.free(now.Add(400 * time.Millisecond))
	if want := now.Add(1200*time.Millisecond + spanMargin); ok || !next.Equal(want) {
		t.Errorf("free %v, next %v, want %v", ok, next.Sub(now), want.Sub(now))
	}
	w.start()
	w.start()
	if ok, next := w.free(now); ok || !next.IsZero() {
		t.Errorf("with two calls open: free %v, next %v", ok, next)
	}
}

func TestTheLimiterForgets(t *testing.T) {
	now := time.Now()
	l := newLimiter(Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20})
	for id := int64(-3); id < 3; id++ {
		l.start(id)
		l.finish(id, now)
	}
	l.start(7)
	l.forget(now.Add(2 * time.Second))
	if len(l.chats) != 4 { // three groups and the one that is under way
		t.Errorf("%d chats", len(l.chats))
	}
	l.forget(now.Add(time.Hour))
	if len(l.chats) != 1 {
		t.Errorf("%d chats after an hour", len(l.chats))
	}
}
