package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
)

// TestAMessageIsEditedAtItsPace: people tap for half a minute. The message
// shows the first tap at once and the last one soon, is edited at most once in
// two seconds, and holds up nothing else.
func TestAMessageIsEditedAtItsPace(t *testing.T) {
	for name, chatID := range map[string]int64{"private": ann, "group": group} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				of := virtualOffice(t, botserver.Options{
					Limits: botserver.Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20},
				}, bot.Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20},
					func() time.Duration { return 40 * time.Millisecond })
				of.must(of.srv.AddUser(botserver.User{ID: 9, FirstName: mark}))
				of.say(ann, ann, "hi")
				time.Sleep(5 * time.Second)
				id := of.enqueue(send(chatID, "form"))[0]
				time.Sleep(5 * time.Second)
				tap := func(n int) {
					of.enqueue(chat.Outgoing{
						Kind: chat.OutEdit, Edits: id, Priority: chat.Answer, Pace: 2 * time.Second,
						Text: mark + fmt.Sprintf("tap %d", n),
					})
				}
				shown := func() (text string) {
					of.srv.View(func(w *botserver.World) {
						for _, m := range w.FromBot(chatID) {
							if strings.Contains(m.Text, "tap") || strings.Contains(m.Text, "form") {
								text = strings.TrimPrefix(m.Text, mark)
							}
						}
					})
					return text
				}
				tap(1)
				time.Sleep(200 * time.Millisecond)
				if got := shown(); got != "tap 1" {
					t.Errorf("the first tap shows %q", got)
				}
				for n := 2; n <= 100; n++ {
					tap(n)
					time.Sleep(300 * time.Millisecond)
				}
				of.enqueue(send(chatID, "receipt"))
				begin := time.Now()
				of.until("the receipt", func(w *botserver.World) bool {
					m, _ := w.Last(chatID)
					return m.Text == mark+"receipt"
				})
				if d := time.Since(begin); d > 1500*time.Millisecond {
					t.Errorf("the receipt waited %v for the edits", d)
				}
				time.Sleep(6 * time.Second)
				if got := shown(); got != "tap 100" {
					t.Errorf("the end shows %q", got)
				}
				of.srv.View(func(w *botserver.World) {
					calls := w.CallsOf("editMessageText")
					for i := 1; i < len(calls); i++ {
						if d := calls[i].At.Sub(calls[i-1].At); d < 2*time.Second {
							t.Errorf("edited again after %v", d)
						}
					}
					if n := len(calls); n < 8 || n > 17 {
						t.Errorf("%d edits in half a minute", n)
					}
					if p := w.Peaks(); p.PerGroupMinute > 20 || p.PerChatSecond > 1 {
						t.Errorf("peaks %+v", p)
					}
				})
			})
		})
	}
}
