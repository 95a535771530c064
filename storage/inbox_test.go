package storage_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// A messageStore is a database in a folder of the test's own.
type messageStore struct {
	t    testing.TB
	path string
	*storage.DB
}

func openMessages(t testing.TB) *messageStore {
	t.Helper()
	m := &messageStore{t: t, path: filepath.Join(t.TempDir(), "dondoc.db")}
	m.open()
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

func (m *messageStore) open() {
	m.t.Helper()
	db, err := storage.Open(m.t.Context(), m.path)
	if err != nil {
		m.t.Fatal(err)
	}
	m.DB = db
}

func (m *messageStore) reopen() {
	m.t.Helper()
	if err := m.Close(); err != nil {
		m.t.Fatal(err)
	}
	m.open()
}

// do runs fn in a transaction that must succeed.
func (m *messageStore) do(fn func(tx *storage.Tx) error) {
	m.t.Helper()
	if err := m.Write(m.t.Context(), fn); err != nil {
		m.t.Fatal(err)
	}
}

func (m *messageStore) store(updates ...storage.Update) (added int) {
	m.t.Helper()
	m.do(func(tx *storage.Tx) error {
		for _, u := range updates {
			fresh, err := tx.StoreUpdate(u)
			if err != nil {
				return err
			}
			if fresh {
				added++
			}
		}
		return nil
	})
	return added
}

func (m *messageStore) pending(now time.Time) []storage.Arrival {
	m.t.Helper()
	var list []storage.Arrival
	m.do(func(tx *storage.Tx) (err error) {
		list, err = tx.Pending(now, 100)
		return err
	})
	return list
}

func update(id, chatID int64) storage.Update {
	return storage.Update{ID: id, Chat: chatID, At: time.UnixMilli(1000 * id), Payload: fmt.Appendf(nil, "u%d", id)}
}

func payloads(list []storage.Arrival) string {
	var out []string
	for _, a := range list {
		out = append(out, string(a.Payload))
	}
	return strings.Join(out, " ")
}

func TestUpdatesAreKnownAsASet(t *testing.T) {
	db := openMessages(t)
	steps := []struct {
		batch []int64
		added int
	}{
		{[]int64{900, 901}, 2},
		{[]int64{900, 901, 902}, 1}, // delivered again
		{[]int64{12, 13}, 2},        // Telegram started lower
		{[]int64{12, 902, 14}, 1},
		{nil, 0},
	}
	for _, s := range steps {
		var batch []storage.Update
		for _, id := range s.batch {
			batch = append(batch, update(id, 1))
		}
		if added := db.store(batch...); added != s.added {
			t.Errorf("batch %v: %d added, want %d", s.batch, added, s.added)
		}
	}
	if got, want := payloads(db.pending(time.Now())), "u900 u901 u902 u12 u13 u14"; got != want {
		t.Errorf("pending %q, want %q", got, want)
	}
}

func TestHandledUpdatesStayKnown(t *testing.T) {
	db := openMessages(t)
	db.store(update(1, 7), update(2, 7))
	first := db.pending(time.Now())[0]
	db.do(func(tx *storage.Tx) error { return tx.MarkHandled(first.Seq) })
	err := db.Write(t.Context(), func(tx *storage.Tx) error { return tx.MarkHandled(first.Seq) })
	if !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("handled twice: %v", err)
	}
	db.reopen()
	if added := db.store(update(1, 7)); added != 0 {
		t.Error("a handled update was taken for new")
	}
	if got := payloads(db.pending(time.Now())); got != "u2" {
		t.Errorf("pending %q", got)
	}
}

func TestAFailedUpdateHoldsItsChatAlone(t *testing.T) {
	db := openMessages(t)
	db.store(update(1, 7), update(2, 8), update(3, 7), update(4, 8))
	now := time.Now()
	retry := now.Add(time.Minute).Truncate(time.Millisecond)
	first := db.pending(now)[0]
	db.do(func(tx *storage.Tx) error { return tx.RetryLater(first.Seq, retry, "because") })

	if got := payloads(db.pending(now)); got != "u2 u4" {
		t.Errorf("while it waits: %q", got)
	}
	db.do(func(tx *storage.Tx) error {
		next, err := tx.NextRetry(now)
		if !next.Equal(retry) {
			t.Errorf("next retry %v, want %v", next, retry)
		}
		return err
	})
	due := db.pending(retry)
	if got := payloads(due); got != "u1 u2 u3 u4" {
		t.Errorf("when it is due: %q", got)
	}
	if due[0].Tries != 1 {
		t.Errorf("%d tries", due[0].Tries)
	}
	db.do(func(tx *storage.Tx) error { return tx.SetAside(first.Seq, "for good") })
	if got := payloads(db.pending(now)); got != "u2 u3 u4" {
		t.Errorf("set aside: %q", got)
	}
	db.do(func(tx *storage.Tx) error {
		list, err := tx.SetAsides(now.Add(-time.Minute))
		if len(list) != 1 || list[0].ID != first.Seq || list[0].Chat != 7 || list[0].Error != "for good" {
			t.Errorf("set aside: %+v", list)
		}
		if _, err := tx.NextRetry(now); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("next retry: %v", err)
		}
		return err
	})
}

func TestEventsQueueBehindUpdates(t *testing.T) {
	db := openMessages(t)
	db.store(update(1, -5))
	db.do(func(tx *storage.Tx) error {
		return tx.StoreEvent(chat.Incoming{
			Kind: chat.InMigrated, Chat: chat.Chat{Place: chat.Place{Chat: -5}}, MovedTo: -100, At: time.Now(),
		})
	})
	db.do(func(tx *storage.Tx) error { return tx.StoreEvent(chat.Incoming{Kind: chat.InOther}) }) // no update id twice
	list := db.pending(time.Now())
	if len(list) != 3 || list[0].Own || !list[1].Own || list[1].Chat != -5 {
		t.Fatalf("pending: %+v", list)
	}
}

// TestHandledTextIsOverwritten looks into the files themselves.
func TestHandledTextIsOverwritten(t *testing.T) {
	const secret = "TOI-MAT-7c1f"
	db := openMessages(t)
	u := update(1, 7)
	u.Payload = []byte(strings.Repeat("x", 9000) + secret) // longer than a page
	db.store(u)
	if !db.filesHold(secret) {
		t.Fatal("the test looks in the wrong place")
	}
	seq := db.pending(time.Now())[0].Seq
	db.do(func(tx *storage.Tx) error { return tx.MarkHandled(seq) })
	if err := db.ScrubLog(t.Context()); err != nil {
		t.Fatal(err)
	}
	if db.filesHold(secret) {
		t.Error("a file still holds the text")
	}
}

func (m *messageStore) filesHold(text string) bool {
	m.t.Helper()
	files, err := filepath.Glob(m.path + "*")
	if err != nil {
		m.t.Fatal(err)
	}
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			m.t.Fatal(err)
		}
		if strings.Contains(string(content), text) {
			return true
		}
	}
	return false
}

func TestPollsAndOutages(t *testing.T) {
	db := openMessages(t)
	start := time.UnixMilli(1_700_000_000_000)
	polls := []time.Duration{0, time.Minute, 23 * time.Hour, 48 * time.Hour, 47 * time.Hour, 80 * time.Hour}
	for _, d := range polls {
		at := storage.Poll{Real: start.Add(d), Program: start.Add(2 * d)}
		db.do(func(tx *storage.Tx) error { return tx.StorePoll(at) })
		db.do(func(tx *storage.Tx) error {
			last, err := tx.LastPoll()
			if !last.Real.Equal(at.Real) || !last.Program.Equal(at.Program) {
				t.Errorf("last poll %v, want %v", last, at)
			}
			return err
		})
	}
	db.do(func(tx *storage.Tx) error {
		list, err := tx.Outages(start)
		var got []string
		for _, o := range list {
			got = append(got, fmt.Sprintf("%v-%v", o.From.Sub(start).Hours(), o.To.Sub(start).Hours()))
		}
		if want := []string{"23-48", "47-80"}; !slices.Equal(got, want) {
			t.Errorf("outages %v, want %v", got, want)
		}
		return err
	})
}

func TestNoPollYet(t *testing.T) {
	db := openMessages(t)
	db.do(func(tx *storage.Tx) error {
		if _, err := tx.LastPoll(); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("last poll: %v", err)
		}
		return nil
	})
}

func TestFaultsOfTheDatabase(t *testing.T) {
	db := openMessages(t)
	full := db.Write(t.Context(), storage.LimitPages)
	if full != nil {
		t.Fatal(full)
	}
	now := time.Now()
	u := update(1, 7)
	u.Payload = make([]byte, 1<<20)
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		_, err := tx.StoreUpdate(u)
		return err
	})
	if !storage.IsFault(err) || !storage.IsFull(err) {
		t.Errorf("a full disk: %v", err)
	}
	for _, err := range []error{nil, storage.ErrNotFound, context.Canceled, errors.New("no")} {
		if storage.IsFault(err) || storage.IsFull(err) {
			t.Errorf("%v taken for a fault", err)
		}
	}
	if got := db.pending(now); len(got) != 0 {
		t.Errorf("half a batch was stored: %v", got)
	}
	db.store(update(2, 7)) // and there is room for a small one
}

// TestATransactionThatEndsByItself is what a COMMIT on a full disk leaves: the
// fault is told, not that there was nothing left to undo.
func TestATransactionThatEndsByItself(t *testing.T) {
	db := openMessages(t)
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		if err := storage.Exec(tx, `INSERT INTO settings (key, value) VALUES ('twice', '1')`); err != nil {
			return err
		}
		return storage.Exec(tx, `INSERT OR ROLLBACK INTO settings (key, value) VALUES ('twice', '2')`)
	})
	if err == nil || strings.Contains(err.Error(), "ROLLBACK") {
		t.Errorf("it failed with %v, want the fault alone", err)
	}
	db.store(update(1, 7)) // and the next one works
}
