package bot_test

import (
	"fmt"
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

// sends returns the times, from the first one on, at which the server let a
// message of the chat through.
func sends(w *botserver.World, chatID int64) []time.Duration {
	var at []time.Duration
	calls := w.CallsOf("sendMessage")
	for _, c := range calls {
		if c.Chat == chatID && c.Status == 200 {
			at = append(at, c.At.Sub(calls[0].At))
		}
	}
	return at
}

func TestTooManyRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.say(ann, ann, "hi")
		of.say(binh, binh, "hi")
		time.Sleep(time.Minute)
		told := 0
		of.srv.SetHook(func(method string, p map[string]string) *botserver.Fault {
			if method == "sendMessage" && p["chat_id"] == fmt.Sprint(ann) && told == 0 {
				told++
				return &botserver.Fault{Kind: botserver.FaultTooMany, RetryAfter: 30}
			}
			return nil
		})
		of.enqueue(send(ann, "a"), send(ann, "b"), send(binh, "c"))
		time.Sleep(10 * time.Second)
		of.halt()
		of.start() // which does not shorten the wait
		time.Sleep(time.Minute)
		of.expect(ann, "hi", "a", "b")
		of.srv.View(func(w *botserver.World) {
			if at := sends(w, ann)[1]; at < 90*time.Second || at > 95*time.Second {
				t.Errorf("tried again after %v", at)
			}
			if at := sends(w, binh)[1]; at > 61*time.Second {
				t.Errorf("the other chat waited until %v", at)
			}
		})
	})
}

// TestTwoChatsAreTooMany takes two refusals at a time for one that is for all.
func TestTwoChatsAreTooMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.say(ann, ann, "hi")
		of.say(binh, binh, "hi")
		time.Sleep(time.Minute)
		told := map[string]bool{}
		of.srv.SetHook(func(method string, p map[string]string) *botserver.Fault {
			if to := p["chat_id"]; method == "sendMessage" && !told[to] && to != fmt.Sprint(group) {
				told[to] = true
				return &botserver.Fault{Kind: botserver.FaultTooMany, RetryAfter: 30}
			}
			return nil
		})
		of.enqueue(send(ann, "a"))
		time.Sleep(time.Second)
		of.enqueue(send(binh, "b"))
		time.Sleep(time.Second)
		of.enqueue(send(group, "c"))
		time.Sleep(time.Minute)
		of.srv.View(func(w *botserver.World) {
			if at := sends(w, group); len(at) != 1 || at[0] < 91*time.Second {
				t.Errorf("a third chat was not spared: %v", at)
			}
		})
	})
}

func TestRefusalsAreFinal(t *testing.T) {
	react := chat.Outgoing{
		Kind: chat.OutReact, To: chat.Place{Chat: ann}, Priority: chat.CleanUp, Message: 1, Sign: "👍",
	}
	file := chat.Outgoing{
		Kind: chat.OutDocument, To: chat.Place{Chat: ann}, Priority: chat.Answer, Name: "a.docx", Data: []byte("x"),
	}
	menu := chat.Outgoing{
		Kind: chat.OutMenu, To: chat.Place{Chat: ann}, Priority: chat.CleanUp,
		Menu: []chat.MenuItem{{Command: "help", Description: "?"}},
	}
	answer := chat.Outgoing{Kind: chat.OutAnswer, To: chat.Place{Chat: ann}, Press: "1"}
	tests := []struct {
		name    string
		method  string
		code    int
		words   string
		out     chat.Outgoing
		shown   bool // to the admins
		gone    bool // the chat is marked
		logged  bool
		queries int32
	}{
		{"bad request", "sendMessage", 400, "Bad Request: can't parse entities", send(ann, "x"), true, false, true, 1},
		{"blocked", "sendMessage", 403, "Forbidden: bot was blocked by the user", send(ann, "x"), true, true, true, 1},
		{"deleted", "sendMessage", 400, "Bad Request: chat not found", send(ann, "x"), true, true, true, 1},
		{"not found", "sendMessage", 404, "Not Found", send(ann, "x"), true, false, true, 1},
		{"too large", "sendDocument", 413, "Request Entity Too Large", file, true, false, true, 1},
		{"reaction", "setMessageReaction", 400, "Bad Request: REACTION_INVALID", react, false, false, false, 1},
		{"answer", "answerCallbackQuery", 400, "Bad Request: query is too old", answer, false, false, false, 1},
		{"menu", "setMyCommands", 400, "Bad Request: chat not found", menu, false, false, true, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
				of.say(ann, ann, "hi")
				time.Sleep(time.Second)
				var calls atomic.Int32
				of.srv.SetHook(func(method string, _ map[string]string) *botserver.Fault {
					if method != tt.method {
						return nil
					}
					calls.Add(1)
					return &botserver.Fault{Kind: botserver.FaultRefuse, Code: tt.code, Description: tt.words}
				})
				of.enqueue(tt.out)
				time.Sleep(10 * time.Minute)
				if n := calls.Load(); n != tt.queries {
					t.Errorf("tried %d times", n)
				}
				of.undelivered(tt.shown, tt.method, tt.words)
				if got := len(of.handler.heard(chat.InStanding)) > 2; got != tt.gone { // two are of joining groups
					t.Errorf("the chat is marked: %v", got)
				}
				if got := strings.Contains(of.log.String(), tt.words); got != tt.logged {
					t.Errorf("logged: %v", got)
				}
				of.srv.SetHook(nil)
				of.enqueue(send(ann, "next"))
				of.expect(ann, "hi", "next")
			})
		})
	}
}

func (of *office) undelivered(shown bool, method, words string) {
	of.t.Helper()
	of.must(of.config.DB.Read(of.t.Context(), func(tx *storage.Tx) error {
		list, err := tx.Undelivered(time.Time{})
		if (len(list) == 1) != shown {
			of.t.Errorf("undelivered: %+v", list)
		}
		_, reason, _ := strings.Cut(words, ": ")
		if shown && (!strings.Contains(list[0].Error, method) || !strings.Contains(list[0].Error, reason)) {
			of.t.Errorf("error %q names not the method and Telegram's words", list[0].Error)
		}
		return err
	}))
}

func TestTelegramIsDown(t *testing.T) {
	kinds := []botserver.FaultKind{botserver.FaultServer, botserver.FaultGateway, botserver.FaultCut}
	for _, kind := range kinds {
		t.Run(string(kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
				of.say(ann, ann, "hi")
				time.Sleep(time.Second)
				var calls atomic.Int32
				of.srv.SetHook(func(string, map[string]string) *botserver.Fault {
					calls.Add(1)
					return &botserver.Fault{Kind: kind}
				})
				of.enqueue(send(ann, "a"), send(ann, "b"))
				of.say(ann, ann, "c")
				time.Sleep(3 * time.Hour)
				if n := calls.Load(); n < 300 || n > 3000 {
					t.Errorf("%d calls in three hours", n)
				}
				of.srv.SetHook(nil)
				time.Sleep(slowest)
				of.expect(ann, "hi", "a", "b", "c")
			})
		})
	}
}

// slowest is how soon everything must be back once Telegram is.
const slowest = 20 * time.Second

// TestOneOfAChatAtATime queues something more urgent while a message of the
// chat is on its way.
func TestOneOfAChatAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.say(ann, ann, "hi")
		time.Sleep(time.Second)
		of.srv.SetHook(func(string, map[string]string) *botserver.Fault {
			return &botserver.Fault{Kind: botserver.FaultSlow, Delay: 5 * time.Second}
		})
		reminder := send(ann, "reminder")
		reminder.Priority = chat.Reminder
		of.enqueue(reminder)
		time.Sleep(time.Second)
		of.enqueue(send(ann, "answer"), send(ann, "answer 2"))
		time.Sleep(time.Minute)
		of.expect(ann, "hi", "reminder", "answer", "answer 2")
		of.srv.View(func(w *botserver.World) {
			at := sends(w, ann)
			for i := 2; i < len(at); i++ {
				if at[i]-at[i-1] < 5*time.Second {
					t.Errorf("two at a time: sent at %v", at)
				}
			}
		})
	})
}

// TestStopWithCallsUnderWay cuts what does not end and sends it again later.
func TestStopWithCallsUnderWay(t *testing.T) {
	tests := []struct {
		name  string
		delay time.Duration
		calls int32 // after the restart as well
	}{
		{"finished", 5 * time.Second, 1},
		{"cut", 25 * time.Second, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
				of.say(ann, ann, "hi")
				time.Sleep(time.Second)
				var calls atomic.Int32
				of.srv.SetHook(func(method string, _ map[string]string) *botserver.Fault {
					if method != "sendMessage" || calls.Add(1) > 1 {
						return nil
					}
					return &botserver.Fault{Kind: botserver.FaultSlow, Delay: tt.delay}
				})
				of.enqueue(send(ann, "slow"))
				time.Sleep(time.Second)
				of.halt()
				of.start()
				time.Sleep(time.Minute)
				if n := calls.Load(); n != tt.calls {
					t.Errorf("%d calls, want %d", n, tt.calls)
				}
				of.srv.View(func(w *botserver.World) {
					if got := texts(w, ann); !slices.Contains(got, "slow") {
						t.Errorf("not sent: %q", got)
					}
				})
			})
		})
	}
}
