package bot_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// shutOffice marks chats as the program does.
func shutOffice(t *testing.T) *office {
	t.Helper()
	of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
	of.handler.on(func(tx *storage.Tx, in chat.Incoming) error {
		switch in.Kind {
		case chat.InMessage:
			return tx.KeepChat(in.Chat)
		case chat.InStanding:
			return tx.SetGone(in.Chat.Chat, !in.Present, in.At)
		default:
			return nil
		}
	})
	of.say(ann, ann, "hi")
	time.Sleep(time.Second)
	return of
}

func (of *office) gone(chatID int64) (gone bool) {
	of.t.Helper()
	of.must(of.config.DB.Read(of.t.Context(), func(tx *storage.Tx) error {
		rec, err := tx.Chat(chatID)
		gone = rec.Gone
		return err
	}))
	return gone
}

// calls counts the messages that were tried in the chat.
func (of *office) calls(chatID int64) (n int) {
	of.srv.View(func(w *botserver.World) {
		for _, c := range w.CallsOf("sendMessage") {
			if c.Chat == chatID {
				n++
			}
		}
	})
	return n
}

func TestAnswersWaitForAChatToOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := shutOffice(t)
		of.must(of.srv.Block(ann))
		pressed := send(ann, "b")
		pressed.Buttons = [][]chat.Button{{{Label: "ok", Action: chat.Action{Verb: "done"}}}}
		reminder := send(ann, "reminder")
		reminder.Priority = chat.Reminder
		of.enqueue(send(ann, "a"), pressed, reminder)
		time.Sleep(2 * time.Hour)
		if got := of.calls(ann); got != 4 || !of.gone(ann) {
			t.Errorf("%d calls, marked %v", got, of.gone(ann))
		}
		of.halt()
		time.Sleep(18 * time.Hour)
		of.start()
		of.must(of.srv.Unblock(ann))
		time.Sleep(time.Minute)
		of.say(ann, ann, "c")
		time.Sleep(time.Minute)
		of.expect(ann, "hi", "a", "b", "c")
		if of.gone(ann) {
			t.Error("the mark stays")
		}
		var m botserver.Message
		of.srv.View(func(w *botserver.World) { m = w.FromBot(ann)[2] })
		of.must(of.config.DB.Read(t.Context(), func(tx *storage.Tx) error {
			action, _, err := tx.ButtonAction(chat.Place{Chat: ann}, m.ID, m.Buttons[0][0].CallbackData)
			if action.Verb != "done" {
				t.Errorf("the button means %+v", action)
			}
			return err
		}))
		of.must(of.srv.Block(ann)) // what has arrived does not arrive again
		of.must(of.srv.Unblock(ann))
		time.Sleep(time.Minute)
		of.expect(ann, "hi", "a", "b", "c")
	})
}

func TestOldAnswersAreGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := shutOffice(t)
		of.must(of.srv.Block(ann))
		id := of.enqueue(send(ann, "a"))[0]
		time.Sleep(time.Minute)
		of.halt()
		time.Sleep(25 * time.Hour)
		of.start()
		of.must(of.config.DB.ClearFinished(t.Context(), time.Now()))
		of.must(of.srv.Unblock(ann))
		time.Sleep(time.Minute)
		of.expect(ann, "hi")
		of.undelivered(true, "sendMessage", "Forbidden: bot was blocked by the user")
		err := of.config.DB.Write(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.TakeMessage(id)
			return err
		})
		if !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("it is kept: %v", err)
		}
	})
}

// TestAMutedBotDoesNotInsist is in a group where it hears and may not write.
func TestAMutedBotDoesNotInsist(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := shutOffice(t)
		of.srv.SetHook(func(method string, p map[string]string) *botserver.Fault {
			if method != "sendMessage" {
				return nil
			}
			return &botserver.Fault{
				Kind: botserver.FaultRefuse, Code: 400, Description: "Bad Request: not enough rights to send text messages to the chat",
			}
		})
		const said = 20
		for range said {
			of.say(ann, group, "x")
			time.Sleep(time.Minute)
		}
		if got := of.calls(group); got > 2*said {
			t.Errorf("%d messages were tried for %d commands", got, said)
		}
		of.srv.SetHook(nil)
		of.say(ann, group, "now")
		time.Sleep(time.Minute)
		of.srv.View(func(w *botserver.World) {
			if got := texts(w, group); len(got) == 0 || got[len(got)-1] != "now" {
				t.Errorf("answers: %q", got)
			}
		})
	})
}

func TestStandingOfTheBot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.srv.SetPrivacy(true)
		of.must(of.srv.SetAdmin(forum, of.srv.Bot().ID, true, false))
		of.must(of.srv.AddGroup(botserver.Group{ID: -5000, Title: mark, Owner: binh}))
		time.Sleep(time.Second)
		for _, id := range []int64{group, forum, -5000} {
			of.enqueue(chat.Outgoing{
				Kind: chat.OutAskStanding, To: chat.Place{Chat: id}, Action: &chat.Action{Verb: "check", Key: 3},
			})
		}
		time.Sleep(time.Second)
		want := map[int64]chat.Incoming{
			group: {Present: true, Standing: &chat.Standing{}},
			forum: {Present: true, Standing: &chat.Standing{Admin: true, HearsAll: true}},
			-5000: {Standing: &chat.Standing{}},
		}
		for _, in := range of.handler.heard(chat.InStanding) {
			w, asked := want[in.Chat.Chat]
			if in.Standing == nil || !asked {
				continue
			}
			delete(want, in.Chat.Chat)
			s := *in.Standing
			if in.Present != w.Present || s.Admin != w.Standing.Admin || s.HearsAll != w.Standing.HearsAll ||
				s.Action.Verb != "check" || s.Action.Key != 3 {
				t.Errorf("chat %d: present %v, %+v", in.Chat.Chat, in.Present, s)
			}
		}
		if len(want) > 0 {
			t.Errorf("no answer about %v", want)
		}
	})
}
