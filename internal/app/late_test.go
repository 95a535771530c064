package app_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// health asks the program itself how it is.
func health(t *testing.T, a *app.App) (status int, body string) {
	t.Helper()
	rec := httptest.NewRecorder()
	a.Handler().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", http.NoBody))
	return rec.Code, rec.Body.String()
}

// TestAMessageThatWaitsIsToldOf has Telegram out of order for whatever is sent
// to Bob.
func TestAMessageThatWaitsIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := quietHouse(t)
		h.server.SetHook(func(method string, p map[string]string) *botserver.Fault {
			if method == "sendMessage" && p["chat_id"] == "12" {
				return &botserver.Fault{Kind: botserver.FaultServer}
			}
			return nil
		})
		a, stop := run(t, h.cfg)
		defer stop()
		err := a.DB().Write(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.Enqueue(chat.Outgoing{
				Kind: chat.OutSend, To: chat.Place{Chat: bob}, Priority: chat.Answer, Text: "x",
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, late := range []bool{false, true} {
			time.Sleep(14 * time.Minute)
			status, body := health(t, a)
			if got := strings.Contains(body, "a message has waited"); got != late || late == (status == http.StatusOK) {
				t.Errorf("late %v: %d %s", late, status, body)
			}
			if _, err := h.server.Say(ann, ann, "/check"); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Second)
			var said botserver.Message
			h.server.View(func(w *botserver.World) { said, _ = w.Last(ann) })
			if got := strings.Contains(said.Text, "1 tin chưa gửi được, lâu nhất từ 01/01/2000 07:00"); got != late {
				t.Errorf("late %v: /check says\n%s", late, said.Text)
			}
		}
	})
}

// TestALateBackupIsToldOf has something in the folder of backups that keeps the
// second one from being made.
func TestALateBackupIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := quietHouse(t)
		h.server.SetHook(nil) // it answers, so that backups alone are late
		a, stop := run(t, h.cfg)
		defer stop()
		time.Sleep(time.Minute)
		if got := backups(t, h.cfg.Data); got != "20000101T000000Z.db" {
			t.Fatalf("backups %s", got)
		}
		hindrance := filepath.Join(h.cfg.Data, "backups", "dondoc-x.partial-1")
		if err := os.MkdirAll(filepath.Join(hindrance, "x"), 0o700); err != nil {
			t.Fatal(err)
		}
		for _, look := range []struct {
			after time.Duration
			late  bool
		}{{26*time.Hour - 2*time.Minute, false}, {2 * time.Minute, true}} {
			time.Sleep(look.after)
			status, body := health(t, a)
			if got := strings.Contains(body, "no backup for 26h"); got != look.late || look.late == (status == http.StatusOK) {
				t.Errorf("late %v: %d %s", look.late, status, body)
			}
		}
		if err := os.RemoveAll(hindrance); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour) // it is tried again each hour
		if status, body := health(t, a); status != http.StatusOK {
			t.Errorf("%d %s", status, body)
		}
	})
}
