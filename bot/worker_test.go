package bot_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/internal/clock"
	"dondoc/storage"
)

var errHandler = errors.New("handler fails")

// TestAFailureCostsOneUpdate lets the handler fail, for good and for a while,
// by an error and by a panic, after it has changed and queued something.
func TestAFailureCostsOneUpdate(t *testing.T) {
	tests := []struct {
		name  string
		fail  func(try int) error
		fails int // how often
		want  []string
	}{
		{"one error", func(int) error { return errHandler }, 1, []string{"a", "bad", "b"}},
		{"errors", func(int) error { return errHandler }, 100, []string{"a", "gave up bad", "b"}},
		{"panics", func(int) error { panic(mark + "what somebody said") }, 100, []string{"a", "gave up bad", "b"}},
		{"a runtime panic", func(try int) error { return []error{}[try] }, 2, []string{"a", "bad", "b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
				tries := 0
				of.handler.on(func(_ *storage.Tx, in chat.Incoming) error {
					if !strings.HasSuffix(in.Text, "bad") || tries == tt.fails {
						return nil
					}
					tries++
					return tt.fail(tries)
				})
				of.say(ann, ann, "a")
				bad := of.say(ann, ann, "bad")
				of.say(ann, ann, "b")
				of.say(binh, group, "other chat")
				time.Sleep(time.Second)
				of.expect(group, "other chat") // does not wait for the one that failed
				time.Sleep(time.Minute)
				got := []string{}
				of.srv.View(func(w *botserver.World) { got = texts(w, ann) })
				if strings.Join(got, "|") != strings.Join(tt.want, "|") {
					t.Errorf("got %q, want %q", got, tt.want)
				}
				effects := 1
				if tt.fails == 100 {
					effects = 0
				}
				if n := of.effects(ann, bad); n != effects {
					t.Errorf("%d effects, want %d", n, effects)
				}
				of.setAsides(1 - effects)
			})
		})
	}
}

func (of *office) setAsides(want int) {
	of.t.Helper()
	of.must(of.config.DB.Read(of.t.Context(), func(tx *storage.Tx) error {
		list, err := tx.SetAsides(time.Time{})
		if len(list) != want {
			of.t.Errorf("set aside: %+v, want %d", list, want)
		}
		return err
	}))
}

func TestGivingUpCanFailToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.close()
		h := &sulker{}
		of.config.Handler = h
		of.start()
		of.say(ann, ann, "a")
		of.say(ann, ann, "b")
		time.Sleep(time.Minute)
		of.setAsides(2 + 2*2) // and for each group that the bot is in it and that it joined
		of.close()
	})
}

type sulker struct{}

func (*sulker) Handle(*storage.Tx, chat.Incoming) error { return errHandler }
func (*sulker) GiveUp(*storage.Tx, chat.Incoming) error { panic("no") }
func (*sulker) Digest(chat.Outgoing, []byte) []byte     { panic("no") }
func (*sulker) Compose(*storage.Tx, chat.Outgoing) (chat.Composition, error) {
	panic("no")
}

func TestBatchesAreDeliveredAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{
			Faults: botserver.Faults{Seed: 7, Rate: 0.5, Methods: []string{"getUpdates"}},
		}, bot.Limits{}, nil)
		said := []int{}
		for range 40 {
			said = append(said, of.say(ann, ann, "x"))
			time.Sleep(3 * time.Second)
		}
		time.Sleep(time.Minute)
		for _, id := range said {
			if n := of.effects(ann, id); n != 1 {
				t.Errorf("message %d took effect %d times", id, n)
			}
		}
	})
}

// TestIDsStartLower acts as Telegram does after a week without updates.
func TestIDsStartLower(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.say(ann, ann, "before")
		of.expect(ann, "before")
		time.Sleep(10 * time.Minute)
		of.srv.SetNextUpdateID(77)
		of.say(ann, ann, "after")
		of.say(ann, ann, "after that")
		of.expect(ann, "before", "after", "after that")
		time.Sleep(time.Second)
		of.srv.View(func(w *botserver.World) {
			if n := w.PendingUpdates(); n != 0 {
				t.Errorf("%d updates are not confirmed", n)
			}
		})
	})
}

// TestPressesAfterAnOutage stops the bot, presses, and starts it again: the
// press counts as of the last poll before, if the stop was long enough.
func TestPressesAfterAnOutage(t *testing.T) {
	tests := []struct {
		name    string
		outage  time.Duration // real
		restart time.Duration // the rehearsal's start, from the first one's
		want    time.Duration // from the first start
	}{
		{"short", 5 * time.Second, 48 * time.Hour, 48 * time.Hour},
		{"long", 10 * time.Minute, 48 * time.Hour, time.Minute + time.Second},
		{"long, and the clock went back", 10 * time.Minute, -48 * time.Hour, -48 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
				of.close()
				begin := time.Date(2024, 3, 31, 23, 0, 0, 0, time.UTC)
				of.config.Clock = clock.NewRehearsal(begin, 1)
				of.start()
				out := send(ann, "?")
				out.Buttons = [][]chat.Button{{{Label: "ok", Action: chat.Action{Verb: "ok"}}}}
				of.say(ann, ann, "hi")
				time.Sleep(time.Second)
				of.enqueue(out)
				time.Sleep(time.Minute)
				of.say(ann, ann, "at the end of the minute")
				time.Sleep(time.Second)
				of.halt()
				time.Sleep(tt.outage)
				var last botserver.Message
				of.srv.View(func(w *botserver.World) {
					for _, m := range w.FromBot(ann) {
						if len(m.Buttons) > 0 {
							last = m
						}
					}
				})
				_, err := of.srv.PressLabel(ann, ann, last.ID, "ok")
				of.must(err)
				of.say(ann, ann, "a message counts when it is stored")
				of.config.Clock = clock.NewRehearsal(begin.Add(tt.restart), 1)
				of.start()
				time.Sleep(time.Second)
				time.Sleep(time.Second)
				press := of.handler.heard(chat.InPress)[0]
				if got := press.At.Sub(begin).Round(time.Second); got != tt.want {
					t.Errorf("the press counts at %v, want %v", got, tt.want)
				}
				said := of.handler.heard(chat.InMessage)
				if got := said[len(said)-1].At.Sub(begin).Round(time.Second); got != tt.restart {
					t.Errorf("the message counts at %v, want %v", got, tt.restart)
				}
				of.close()
			})
		})
	}
}

// TestOthersPoll lets a second program take the updates: it is reported once,
// and the bot goes on trying.
func TestOthersPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.srv.SetHook(func(method string, _ map[string]string) *botserver.Fault {
			if method != "getUpdates" {
				return nil
			}
			return &botserver.Fault{
				Kind: botserver.FaultRefuse, Code: 409, Description: "Conflict: terminated by other getUpdates request",
			}
		})
		of.say(ann, ann, "a")
		time.Sleep(5 * time.Minute)
		if n := strings.Count(of.log.String(), "Conflict"); n != 1 {
			t.Errorf("reported %d times", n)
		}
		of.srv.SetHook(nil)
		of.expect(ann, "a")
		of.say(ann, ann, "b")
		of.expect(ann, "a", "b")
	})
}

// TestAWebhookComesBetween has somebody set a webhook while the bot polls: it
// takes over again, as it does at its start.
func TestAWebhookComesBetween(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.say(ann, ann, "a")
		of.expect(ann, "a")
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/bot"+of.srv.Token()+"/setWebhook",
			strings.NewReader(`{"url":"https://bot.example.vn/telegram"}`))
		req.Header.Set("Content-Type", "application/json")
		of.srv.ServeHTTP(httptest.NewRecorder(), req)
		of.say(ann, ann, "b")
		time.Sleep(2 * time.Minute)
		of.expect(ann, "a", "b")
	})
}
