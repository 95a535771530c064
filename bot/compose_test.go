package bot_test

import (
	"errors"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// composes queues a message that is made when it is sent.
func (of *office) composes(chatID int64, verb string) int64 {
	of.t.Helper()
	return of.enqueue(chat.Outgoing{
		Kind: chat.OutCompose, To: chat.Place{Chat: chatID}, Priority: chat.Reminder, Action: &chat.Action{Verb: verb},
	})[0]
}

// A message is made from what is true when it leaves, at each try anew.
func TestAMessageIsMadeWhenItIsSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{Faults: botserver.Faults{
			Seed: 5, Rate: 0.7, Kinds: []botserver.FaultKind{botserver.FaultTooMany}, Methods: []string{"sendMessage"},
		}}, bot.Limits{}, nil)
		of.say(ann, ann, "x")
		time.Sleep(time.Hour)
		of.expect(ann, "x")
		tries := map[string]int{}
		of.handler.composes(func(_ *storage.Tx, out chat.Outgoing) (chat.Composition, error) {
			verb := out.Action.Verb
			tries[verb]++
			text := mark + verb + strconv.Itoa(tries[verb])
			return chat.Composition{Out: chat.Outgoing{Kind: chat.OutSend, Text: text}}, nil
		})
		want, again := []string{"x"}, 0
		for _, verb := range []string{"a", "b", "c", "d"} {
			of.composes(ann, verb)
			time.Sleep(time.Hour)
			synctest.Wait()
			want = append(want, verb+strconv.Itoa(tries[verb]))
			if tries[verb] > 1 {
				again++
			}
		}
		of.expect(ann, want...)
		if again == 0 {
			t.Error("no try failed")
		}
	})
}

func TestWhatHasNothingToSayIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.say(ann, ann, "x")
		of.expect(ann, "x")
		of.handler.composes(func(_ *storage.Tx, out chat.Outgoing) (chat.Composition, error) {
			switch out.Action.Verb {
			case "empty":
				return chat.Composition{Empty: true}, nil
			case "broken":
				return chat.Composition{}, errors.New("no")
			}
			return chat.Composition{Out: chat.Outgoing{Kind: chat.OutSend, Text: mark + out.Action.Verb}}, nil
		})
		of.composes(ann, "empty")
		broken := of.composes(ann, "broken")
		of.composes(ann, "said")
		of.expect(ann, "x", "said")
		time.Sleep(time.Minute)
		of.write(func(tx *storage.Tx) error {
			failed, err := tx.Undelivered(time.Now().Add(-time.Hour))
			if len(failed) != 1 || failed[0].ID != broken {
				t.Errorf("undelivered: %+v", failed)
			}
			waiting, err2 := tx.WaitingAfter(0)
			if len(waiting) != 0 {
				t.Errorf("still waiting: %+v", waiting)
			}
			return errors.Join(err, err2)
		})
	})
}

// What is not to be said before an hour waits for it, and what a person asks
// meanwhile does not wait with it.
func TestAMessageWaitsForItsHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		of.say(ann, ann, "x")
		of.expect(ann, "x")
		hour := time.Now().Add(5 * time.Hour)
		of.handler.composes(func(*storage.Tx, chat.Outgoing) (chat.Composition, error) {
			if time.Now().Before(hour) {
				return chat.Composition{After: hour}, nil
			}
			return chat.Composition{Out: chat.Outgoing{Kind: chat.OutSend, Text: mark + "morning"}}, nil
		})
		of.composes(ann, "remind")
		time.Sleep(time.Hour)
		of.say(ann, ann, "y")
		of.expect(ann, "x", "y")
		time.Sleep(time.Until(hour) - time.Minute)
		of.expect(ann, "x", "y")
		time.Sleep(time.Minute + time.Second)
		of.expect(ann, "x", "y", "morning")
	})
}
