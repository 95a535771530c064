package app_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// TestAMessageThatWaitsIsToldOf has Telegram out of order for whatever is sent.
func TestAMessageThatWaitsIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := quietHouse(t)
		h.server.SetHook(func(method string, _ map[string]string) *botserver.Fault {
			if method == "sendMessage" {
				return &botserver.Fault{Kind: botserver.FaultServer}
			}
			return nil
		})
		a, stop := run(t, h.cfg)
		defer stop()
		err := a.DB().Write(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.Enqueue(chat.Outgoing{
				Kind: chat.OutSend, To: chat.Place{Chat: ann}, Priority: chat.Answer, Text: "x",
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, late := range []bool{false, true} {
			time.Sleep(14 * time.Minute)
			rec := httptest.NewRecorder()
			a.Handler().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", http.NoBody))
			if got := strings.Contains(rec.Body.String(), "a message has waited"); got != late || late == (rec.Code == http.StatusOK) {
				t.Errorf("late %v: %d %s", late, rec.Code, rec.Body)
			}
		}
	})
}
