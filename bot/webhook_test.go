package bot_test

import (
	"context"
	"fmt"
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
)

const hookURL = "https://bot.example.vn/telegram"

// hooked starts a bot to which updates are delivered, within a bubble.
func hooked(t *testing.T) *office {
	t.Helper()
	of := &office{t: t, srv: botserver.New(botserver.Options{})}
	of.set("http://telegram.test", &http.Client{Transport: wire{srv: of.srv}})
	of.config.Webhook = &bot.Webhook{URL: hookURL, Secret: "geheim-1"}
	of.people()
	of.start()
	t.Cleanup(of.close)
	return of
}

// push lets Telegram deliver what waits.
func (of *office) push() error {
	return of.srv.PushUpdates(context.Background(), &http.Client{Transport: wire{srv: of.bot.Webhook()}})
}

// request posts to the webhook as anybody may.
func (of *office) request(secret, kind, body string) int {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, hookURL, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	if secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	w := httptest.NewRecorder()
	of.bot.Webhook().ServeHTTP(w, r)
	return w.Code
}

func TestUpdatesAreDelivered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := hooked(t)
		synctest.Wait()
		of.srv.View(func(w *botserver.World) {
			calls := w.CallsOf("setWebhook")
			if len(calls) != 1 || w.Webhook() != hookURL {
				t.Fatalf("webhook %q after %d calls", w.Webhook(), len(calls))
			}
			p := calls[0].Params
			if p["secret_token"] != "geheim-1" || p["max_connections"] != "1" ||
				!strings.Contains(p["allowed_updates"], "callback_query") {
				t.Errorf("set with %v", p)
			}
		})
		var want []string
		for i := range 20 {
			want = append(want, fmt.Sprintf("m%02d", i))
			of.say(ann, ann, want[i])
			if i == 10 {
				of.must(of.push())
				of.halt()
				of.start()
			}
		}
		of.must(of.push())
		time.Sleep(time.Minute)
		of.expect(ann, want...)

		of.halt()
		of.config.Webhook = nil // back to polling
		of.say(ann, ann, "polled")
		of.start()
		time.Sleep(time.Minute)
		of.expect(ann, append(want, "polled")...)
	})
}

func TestAWebhookIsSetOnceTelegramAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := &office{t: t, srv: botserver.New(botserver.Options{})}
		var down atomic.Bool
		down.Store(true)
		of.srv.SetHook(func(method string, _ map[string]string) *botserver.Fault {
			if method == "setWebhook" && down.Load() {
				return &botserver.Fault{Kind: botserver.FaultGateway}
			}
			return nil
		})
		of.set("http://telegram.test", &http.Client{Transport: wire{srv: of.srv}})
		of.config.Webhook = &bot.Webhook{URL: hookURL, Secret: "geheim-1"}
		of.people()
		of.start()
		t.Cleanup(of.close)
		time.Sleep(5 * time.Minute)
		down.Store(false)
		time.Sleep(time.Minute)
		of.srv.View(func(w *botserver.World) {
			if w.Webhook() != hookURL {
				t.Errorf("webhook %q", w.Webhook())
			}
		})
		of.say(ann, ann, "hi")
		of.must(of.push())
		time.Sleep(time.Minute)
		of.expect(ann, "hi")
	})
}

func TestAWebhookThatAnotherProgramChangedIsSetAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := hooked(t)
		time.Sleep(time.Second)
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/bot"+of.srv.Token()+"/deleteWebhook", http.NoBody)
		of.srv.ServeHTTP(httptest.NewRecorder(), req)
		time.Sleep(2 * time.Minute)
		of.srv.View(func(w *botserver.World) {
			if w.Webhook() != hookURL {
				t.Errorf("webhook %q", w.Webhook())
			}
		})
	})
}

func TestWhoMayDeliver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := hooked(t)
		time.Sleep(time.Second)
		const good = `{"update_id":77,"message":{"message_id":5,` + inPrivate + `,"text":"§"}}`
		const kind = "application/json"
		for _, tt := range []struct {
			name               string
			secret, kind, body string
			want               int
		}{
			{"no secret", "", kind, good, http.StatusUnauthorized},
			{"another secret", "geheim-2", kind, good, http.StatusUnauthorized},
			{"the beginning of the secret", "geheim", kind, good, http.StatusUnauthorized},
			{"a form", "geheim-1", "application/x-www-form-urlencoded", good, http.StatusUnsupportedMediaType},
			{"no type", "geheim-1", "", good, http.StatusUnsupportedMediaType},
			{"no JSON", "geheim-1", kind, good[:30], http.StatusBadRequest},
			{"two at once", "geheim-1", kind, good + good, http.StatusBadRequest},
			{"no id", "geheim-1", kind, `{"message":{}}`, http.StatusBadRequest},
			{"too large", "geheim-1", kind, good + strings.Repeat(" ", 1<<20), http.StatusRequestEntityTooLarge},
		} {
			if got := of.request(tt.secret, tt.kind, tt.body); got != tt.want {
				t.Errorf("%s: status %d, want %d", tt.name, got, tt.want)
			}
		}
		time.Sleep(time.Minute)
		if got := of.handler.heard(chat.InMessage); len(got) != 0 {
			t.Fatalf("%d messages were stored", len(got))
		}
		for range 3 { // Telegram did not hear the answer
			if got := of.request("geheim-1", kind+"; charset=utf-8", good); got != http.StatusOK {
				t.Errorf("status %d", got)
			}
		}
		time.Sleep(time.Minute)
		if got := of.handler.heard(chat.InMessage); len(got) != 1 {
			t.Errorf("%d messages", len(got))
		}
	})
}

// TestNothingIsAcceptedThatIsNotStored lets storing fail, as on a full disk.
func TestNothingIsAcceptedThatIsNotStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := hooked(t)
		time.Sleep(time.Second)
		of.sql(`CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END`)
		of.say(ann, ann, "hi")
		if err := of.push(); err == nil || !strings.Contains(err.Error(), "503") {
			t.Errorf("accepted: %v", err)
		}
		of.sql(`DROP TRIGGER full`)
		of.must(of.push())
		time.Sleep(time.Minute)
		of.expect(ann, "hi")
	})
}

// TestSilenceOfAWebhook tells a quiet week from deliveries that do not get
// through.
func TestSilenceOfAWebhook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := hooked(t)
		time.Sleep(time.Second)
		of.must(of.push())
		time.Sleep(7 * 24 * time.Hour)
		if got := of.handler.heard(chat.InOutage); len(got) != 0 {
			t.Fatalf("a quiet week was an outage: %+v", got)
		}
		begin := time.Now()
		of.say(ann, ann, "lost") // and no proxy passes it on
		time.Sleep(23 * time.Hour)
		of.say(ann, ann, "late")
		time.Sleep(3 * time.Hour)
		of.must(of.push())
		time.Sleep(time.Minute)
		got := of.handler.heard(chat.InOutage)
		if len(got) != 1 || got[0].Outage.From.Sub(begin).Abs() > time.Minute {
			t.Fatalf("outages %+v, want one from %v", got, begin)
		}
		if c := of.bot.Contact(); time.Since(c) > time.Minute {
			t.Errorf("last contact %v ago", time.Since(c))
		}
		texts := of.handler.heard(chat.InMessage)
		if !slices.ContainsFunc(texts, func(in chat.Incoming) bool { return in.Text == mark+"late" }) {
			t.Errorf("heard %+v", texts)
		}
	})
}
