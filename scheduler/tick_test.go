package scheduler_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/scheduler"
	"dondoc/storage"
)

// still is a clock that stands.
type still struct{ now time.Time }

func (c still) Now() time.Time                     { return c.now }
func (c still) Real(d time.Duration) time.Duration { return d }

// each is called with the reason of everything that is queued.
type each func(step string)

func (f each) Said(step string) { f(step) }

// checkIns is how many check-ins of a window each unit has in a filled
// database: what it hears of on the closing day.
const checkIns = 19

// large is an office of as many units, at nine on the day before the closing
// day of the first window, when all that was due is said.
func large(tb testing.TB, units int) (db *storage.DB, path string) {
	tb.Helper()
	path = filepath.Join(tb.TempDir(), "dondoc.db")
	if err := fill.File(tb.Context(), path, fill.Size{Units: units}, zone); err != nil {
		tb.Fatal(err)
	}
	db = open(tb, path)
	tick(tb, scheduling(db, nil), plan.At(9, 0).On(plan.NewDate(2024, time.March, 13), zone))
	return db, path
}

func open(tb testing.TB, path string) *storage.DB {
	tb.Helper()
	db, err := storage.Open(tb.Context(), path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

// closing is the hour of the reminders on the closing day.
var closing = plan.At(8, 0).On(plan.NewDate(2024, time.March, 14), zone)

func scheduling(db *storage.DB, m scheduler.Meter) *scheduler.Scheduler {
	return scheduler.New(scheduler.Config{
		DB: db, Clock: still{closing}, Location: zone, Queued: func() {}, Meter: m,
		Chores: func(*storage.Tx, time.Time) error { return nil }, Log: slog.New(slog.DiscardHandler),
	})
}

func tick(tb testing.TB, s *scheduler.Scheduler, now time.Time) int {
	tb.Helper()
	n, err := s.Tick(context.WithoutCancel(tb.Context()), now)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// heard lists how many messages wait for each chat, and holds that no step is in
// two of them.
func heard(t *testing.T, db *storage.DB) map[int64]int {
	t.Helper()
	chats := map[int64]int{}
	steps := map[plan.Step]bool{}
	err := db.Read(t.Context(), func(tx *storage.Tx) error {
		rows, err := tx.WaitingAfter(0)
		if err != nil {
			return err
		}
		for i, row := range rows {
			chats[row.Chat]++
			list, err := tx.StepsOf(int64(i + 1))
			if err != nil {
				return err
			}
			if len(list) != checkIns {
				t.Errorf("a reminder of %d steps", len(list))
			}
			for _, s := range list {
				if steps[s] {
					t.Errorf("said twice: %+v", s)
				}
				steps[s] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return chats
}

func onceEach(units int) map[int64]int {
	chats := map[int64]int{}
	for i := range units {
		chats[fill.Person(i)] = 1
	}
	return chats
}

// A program that is killed between the parts of a look says the rest when it
// starts again, and nothing twice. Meanwhile others can write.
func TestALookThatIsCutShort(t *testing.T) {
	const units = 210
	db, path := large(t, units)
	var killed []string
	said := 0
	s := scheduling(db, each(func(string) {
		if said++; said%(100*checkIns) != 1 {
			return
		}
		err := db.Write(t.Context(), func(tx *storage.Tx) error { return tx.SetSetting("between", strconv.Itoa(said)) })
		if err != nil {
			t.Error(err)
		}
		killed = append(killed, leftBehind(t, path))
	}))
	if n := tick(t, s, closing); n != units {
		t.Errorf("%d messages", n)
	}
	if got := heard(t, db); !maps.Equal(got, onceEach(units)) {
		t.Errorf("heard: %v", got)
	}
	if len(killed) != 3 {
		t.Fatalf("%d parts", len(killed))
	}
	for i, path := range killed {
		db := open(t, path)
		before := len(heard(t, db))
		if want := min((i+1)*100, units); before != want {
			t.Errorf("killed when %d had heard, want %d", before, want)
		}
		if n := tick(t, scheduling(db, nil), closing); n != units-before {
			t.Errorf("%d messages after %d", n, before)
		}
		if got := heard(t, db); !maps.Equal(got, onceEach(units)) {
			t.Errorf("heard in the end: %v", got)
		}
		if n := tick(t, scheduling(db, nil), closing); n != 0 {
			t.Errorf("%d messages when all was said", n)
		}
	}
}

// leftBehind copies the files as a killed program leaves them.
func leftBehind(tb testing.TB, path string) string {
	tb.Helper()
	copied := filepath.Join(tb.TempDir(), "dondoc.db")
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + end)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the log, after a normal stop
		}
		if err == nil {
			err = os.WriteFile(copied+end, content, 0o600)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	return copied
}

// A unit that gets another chat while a look goes on is passed over by it, and
// heard at once by the next.
func TestALookWhileAUnitMoves(t *testing.T) {
	const units, moved = 110, 109
	db, _ := large(t, units)
	once := false
	s := scheduling(db, each(func(string) {
		if once {
			return
		}
		once = true
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			return tx.LinkUnit(fill.Unit(moved), chat.Place{Chat: fill.Person(0)})
		})
		if err != nil {
			t.Error(err)
		}
	}))
	next, err := s.Look(t.Context())
	if err != nil || !next.Equal(closing) {
		t.Fatalf("next look at %v: %v", next, err)
	}
	if next, err = s.Look(t.Context()); err != nil || !next.After(closing) {
		t.Fatalf("next look at %v: %v", next, err)
	}
	want := onceEach(units)
	want[fill.Person(0)] = 2 // the unit that moved comes to a chat that was told
	delete(want, fill.Person(moved))
	if got := heard(t, db); !maps.Equal(got, want) {
		t.Errorf("heard: %v", got)
	}
}

// What a look takes grows with the chats that have something to hear, and no
// faster.
func TestWhatALookAllocates(t *testing.T) {
	perChat := func(units int) uint64 {
		db, _ := large(t, units)
		s := scheduling(db, nil)
		before, after := new(runtime.MemStats), new(runtime.MemStats)
		runtime.ReadMemStats(before)
		if n := tick(t, s, closing); n != units {
			t.Errorf("%d messages", n)
		}
		runtime.ReadMemStats(after)
		return (after.Mallocs - before.Mallocs) / uint64(units)
	}
	if few, many := perChat(100), perChat(400); many > few+few/10 {
		t.Errorf("%d allocations a chat of 100, %d of 400", few, many)
	}
}

// The post has an hour of its own, at which nothing else may be owed.
func TestThePostIsQueuedAtItsHour(t *testing.T) {
	db, _ := large(t, 3)
	s := scheduling(db, nil)
	tick(t, s, plan.At(9, 0).On(plan.NewDate(2024, time.March, 14), zone))
	friday := plan.NewDate(2024, time.March, 15) // after the closing day
	tick(t, s, plan.At(8, 0).On(friday, zone))
	for _, c := range []struct {
		at   plan.Clock
		want int
	}{{plan.At(8, 29), 0}, {plan.At(8, 30), 1}, {plan.At(8, 31), 0}} {
		if got := tick(t, s, c.at.On(friday, zone)); got != c.want {
			t.Errorf("at %d:%02d: %d messages, want %d", c.at.Hour(), c.at.Minute(), got, c.want)
		}
	}
}
