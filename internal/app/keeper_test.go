package app_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	_ "modernc.org/sqlite" // to spoil a database behind the program's back

	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/clock"
	"dondoc/storage"
)

// A lockedBuffer is a log that can be read while it is written.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// quietHouse is a house in a bubble of virtual time, where Telegram asks the
// bot to come again tomorrow: days pass quickly.
func quietHouse(t *testing.T) (*house, *lockedBuffer) {
	t.Helper()
	s := botserver.New(botserver.Options{})
	if err := s.AddUser(botserver.User{ID: ann, FirstName: "Ann"}); err != nil {
		t.Fatal(err)
	}
	s.SetHook(func(method string, _ map[string]string) *botserver.Fault {
		if method == "getUpdates" {
			return &botserver.Fault{Kind: botserver.FaultTooMany, RetryAfter: 24 * 60 * 60}
		}
		return nil
	})
	log := &lockedBuffer{}
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	return &house{server: s, cfg: app.Config{
		Token: s.Token(), APIURL: "http://telegram.test", HTTPClient: &http.Client{Transport: wire{s}}, Data: t.TempDir(),
		Admins: []int64{ann}, Seed: shipped, Location: zone, Lang: "vi", Clock: clock.Real(),
		Log: slog.New(slog.NewTextHandler(log, nil)), Notices: io.Discard,
	}}, log
}

func backups(t *testing.T, data string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(data, "backups"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(e.Name(), "dondoc-"), ":00Z.db"))
	}
	return strings.Join(names, " ")
}

// TestBackupEachNight lives through days; a bubble begins at midnight UTC, which
// is seven o'clock in the plan's zone.
func TestBackupEachNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, log := quietHouse(t)
		a, stop := run(t, h.cfg)
		now := time.Now()
		store := func() (fresh bool) {
			err := a.DB().Write(t.Context(), func(tx *storage.Tx) (err error) {
				fresh, err = tx.StoreUpdate(storage.Update{ID: 7, At: now, Payload: []byte(`{"update_id":7}`)})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			a.Wake()
			return fresh
		}
		store()
		time.Sleep(48 * time.Hour)
		want := "20000101T000000Z.db 20000101T203000Z.db 20000102T203000Z.db"
		if got := backups(t, h.cfg.Data); got != want {
			t.Errorf("backups %s, want %s", got, want)
		}
		stop()
		time.Sleep(36 * time.Hour) // over a night
		a, stop = run(t, h.cfg)
		time.Sleep(time.Minute)
		want += " 20000104T120000Z.db"
		if got := backups(t, h.cfg.Data); got != want {
			t.Errorf("backups %s, want %s", got, want)
		}
		if store() {
			t.Error("what was handled is forgotten early")
		}
		time.Sleep(29 * 24 * time.Hour)
		if !store() {
			t.Error("what was handled a month ago is kept")
		}
		if got := strings.Fields(backups(t, h.cfg.Data)); len(got) != 14 || got[13] != "20000201T203000Z.db" {
			t.Errorf("%d backups, the last is %s", len(got), got[len(got)-1])
		}
		stop()
		if strings.Contains(log.String(), "level=ERROR") {
			t.Errorf("log: %s", log)
		}
	})
}

// TestBackupAfterAClockThatWasAhead has a machine that is off at night and once
// started with its clock years ahead.
func TestBackupAfterAClockThatWasAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := quietHouse(t)
		folder := filepath.Join(h.cfg.Data, "backups")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "dondoc-20360101T000000Z.db"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, stop := run(t, h.cfg)
		time.Sleep(time.Minute)
		if got := backups(t, h.cfg.Data); got != "20000101T000000Z.db 20360101T000000Z.db" {
			t.Errorf("backups %s", got)
		}
		stop()
	})
}

// TestBackupIsTriedAgain has something in the way of the folder of backups.
func TestBackupIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, log := quietHouse(t)
		folder := filepath.Join(h.cfg.Data, "backups")
		if err := os.WriteFile(folder, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, stop := run(t, h.cfg)
		time.Sleep(30 * time.Minute)
		if !strings.Contains(log.String(), "no backup was made") && !strings.Contains(log.String(), "backups cannot be listed") {
			t.Errorf("nothing is said: %s", log)
		}
		if err := os.Remove(folder); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if got := backups(t, h.cfg.Data); got != "20000101T010000Z.db" {
			t.Errorf("backups %s", got)
		}
		stop()
	})
}

// spoil runs a statement on the database of a house whose program is not
// running, with no regard for its constraints.
func (h *house) spoil(t *testing.T, stmt string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(h.cfg.Data, "dondoc.db")+"?_pragma=ignore_check_constraints(1)")
	if err == nil {
		_, err = db.ExecContext(t.Context(), stmt)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestDamageAfterACut ends a run as a loss of power does, with damage.
func TestDamageAfterACut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, log := quietHouse(t)
		if _, err := h.server.Say(ann, ann, "/help"); err != nil {
			t.Fatal(err)
		}
		h.server.SetHook(nil)
		_, stop := run(t, h.cfg)
		time.Sleep(time.Minute)
		stop()
		_, stop = run(t, h.cfg)
		time.Sleep(time.Minute)
		stop()
		if strings.Contains(log.String(), "cut off") {
			t.Errorf("a clean end is taken for a cut: %s", log)
		}

		h.spoil(t, `UPDATE settings SET value = '1' WHERE key = 'run.open'`)
		_, stop = run(t, h.cfg)
		time.Sleep(time.Minute)
		stop()
		if !strings.Contains(log.String(), "cut off") || !strings.Contains(log.String(), "the database is in order") {
			t.Errorf("no check after a cut: %s", log)
		}

		h.spoil(t, `UPDATE settings SET value = '1' WHERE key = 'run.open'`)
		h.spoil(t, `INSERT INTO polls (id, real_at, program_at) VALUES (2, 0, 0)`)
		_, stop = run(t, h.cfg)
		time.Sleep(time.Minute)
		if !strings.Contains(log.String(), "the database is damaged") {
			t.Errorf("the damage is not reported: %s", log)
		}
		h.told(t, "Tệp dữ liệu của bot bị lỗi")
		if _, err := h.server.Say(ann, ann, "/check"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		h.told(t, "dondoc restore TỆP")
		stop()

		h.spoil(t, `DELETE FROM polls WHERE id = 2`)
		_, stop = run(t, h.cfg)
		time.Sleep(24 * time.Hour) // a night later it is found in order
		if _, err := h.server.Say(ann, ann, "/check"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		var last botserver.Message
		h.server.View(func(w *botserver.World) { last, _ = w.Last(ann) })
		if strings.Contains(last.Text, "dondoc restore") {
			t.Errorf("the damage stays: %s", last.Text)
		}
		stop()
	})
}

// told checks the last message to Ann.
func (h *house) told(t *testing.T, words string) {
	t.Helper()
	h.server.View(func(w *botserver.World) {
		if m, _ := w.Last(ann); !strings.Contains(m.Text, words) {
			t.Errorf("the last message lacks %q: %s", words, m.Text)
		}
	})
}
