package bot_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

func TestAGroupMoves(t *testing.T) {
	const super int64 = -1_000_000_004_009
	for _, byError := range []bool{false, true} {
		t.Run(fmt.Sprintf("by error %v", byError), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
				first := send(group, "page 1")
				first.Buttons = [][]chat.Button{{{Label: "next", Action: chat.Action{Verb: "next"}}}}
				id := of.enqueue(first)[0]
				of.expect(group, "page 1")
				synctest.Wait() // until its id is written down
				if byError {    // the service message has not come yet
					of.srv.SetHook(func(method string, _ map[string]string) *botserver.Fault {
						if method == "getUpdates" {
							return &botserver.Fault{Kind: botserver.FaultServer}
						}
						return nil
					})
				}
				of.must(of.srv.Upgrade(group, super))
				if !byError {
					time.Sleep(time.Second)
				}
				second := chat.Outgoing{Kind: chat.OutEdit, Edits: id, Text: "page 2", Priority: chat.Answer}
				second.Buttons = [][]chat.Button{{{Label: "back", Action: chat.Action{Verb: "back"}}}}
				of.enqueue(second, send(group, "waits"))
				time.Sleep(time.Minute)
				of.srv.SetHook(nil)
				of.enqueue(send(group, "late"))
				time.Sleep(time.Minute)
				of.expect(super, "page 2", "waits", "late")
				moves := of.handler.heard(chat.InMigrated)
				if len(moves) == 0 || moves[0].Chat.Chat != group || moves[0].MovedTo != super {
					t.Errorf("moves: %+v", moves)
				}
				var page botserver.Message
				of.srv.View(func(w *botserver.World) { page = w.FromBot(super)[0] })
				_, err := of.srv.PressLabel(ann, super, page.ID, "back")
				of.must(err)
				time.Sleep(time.Second)
				press := of.handler.heard(chat.InPress)[0]
				of.write(func(tx *storage.Tx) error {
					a, _, err := tx.ButtonAction(press.Chat.Place, press.Message, press.Press.Button)
					if a.Verb != "back" {
						t.Errorf("pressed %+v", a)
					}
					return err
				})
			})
		})
	}
}

func TestEditsAndButtons(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{PerChatSecond: 1}, nil)
		of.say(ann, ann, "hi")
		time.Sleep(time.Second)
		first := send(ann, "page 1")
		first.Buttons = [][]chat.Button{{{Label: "2", Action: chat.Action{Verb: "2"}}}}
		id := of.enqueue(first)[0]
		for i := 2; i <= 9; i++ { // before the first is sent, and faster than allowed
			of.enqueue(chat.Outgoing{
				Kind: chat.OutEdit, Edits: id, Text: mark + fmt.Sprintf("page %d", i), Priority: chat.Answer,
				Buttons: [][]chat.Button{{{Label: fmt.Sprint(i + 1)}, {Label: "site", URL: "https://example.org/"}}},
			})
		}
		time.Sleep(10 * time.Second)
		of.expect(ann, "hi", "page 9")
		of.srv.View(func(w *botserver.World) {
			if n := len(w.CallsOf("editMessageText")); n != 1 {
				t.Errorf("%d edits, of which the last one says it all", n)
			}
			if m := w.FromBot(ann)[1]; m.Buttons[0][0].Text != "10" || m.Buttons[0][1].URL != "https://example.org/" {
				t.Errorf("buttons: %+v", m.Buttons)
			}
		})
		of.write(func(tx *storage.Tx) error { return tx.DropButtons(id) })
		time.Sleep(10 * time.Second)
		of.enqueue(chat.Outgoing{Kind: chat.OutEdit, Edits: id, Text: mark + "page 9", Priority: chat.Answer}) // no change
		time.Sleep(10 * time.Second)
		of.srv.View(func(w *botserver.World) {
			if m := w.FromBot(ann)[1]; len(m.Buttons) != 0 {
				t.Errorf("buttons remain: %+v", m.Buttons)
			}
		})
		of.undelivered(false, "", "")
	})
}
