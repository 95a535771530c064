package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// TestEverythingAtOnce lets calls fail, the network be slow, the process
// restart and a group move, all at one time and by chance, while people write
// and press. Each seed is another run that can be had again.
func TestEverythingAtOnce(t *testing.T) {
	seeds := uint64(2)
	if os.Getenv("DONDOC_TORTURE") != "" {
		seeds = 30
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStorm(t, seed)
				for i := range 30 {
					s.hour(i)
				}
				time.Sleep(3 * time.Hour) // all that is left goes out
				s.srv.SetFaults(botserver.Faults{})
				time.Sleep(3 * time.Minute)
				s.check()
			})
		})
	}
}

// A storm is an office in which everything goes wrong.
type storm struct {
	*office
	chance  *rand.Rand
	meeting int64 // the group, under the id that it has now
	said    map[int64][]int
}

func newStorm(t *testing.T, seed uint64) *storm {
	t.Helper()
	network := rand.New(rand.NewPCG(seed, 1))
	delay := func() time.Duration { return time.Duration(network.ExpFloat64() * float64(80*time.Millisecond)) }
	s := &storm{chance: rand.New(rand.NewPCG(seed, 2)), meeting: group, said: map[int64][]int{}}
	s.office = virtualOffice(t, botserver.Options{Faults: botserver.Faults{Seed: seed, Rate: 0.2}},
		bot.Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20}, delay)
	handling := rand.New(rand.NewPCG(seed, 3))
	s.handler.on(func(tx *storage.Tx, in chat.Incoming) error {
		switch in.Kind {
		case chat.InMessage:
			return ask(tx, in, handling)
		case chat.InPress:
			return turnPage(tx, in)
		}
		return nil
	})
	return s
}

// ask queues what changes while it waits: a message with buttons, edits of it,
// their removal.
func ask(tx *storage.Tx, in chat.Incoming, chance *rand.Rand) error {
	out := send(in.Chat.Chat, "page 0")
	out.To, out.Priority = in.Chat.Place, chat.Reminder
	out.Buttons = [][]chat.Button{{{Label: "next", Action: chat.Action{Verb: "next"}}}}
	id, err := tx.Enqueue(out)
	if err != nil {
		return err
	}
	for i := range chance.IntN(4) {
		out.Kind, out.Edits, out.Text = chat.OutEdit, id, fmt.Sprintf("%spage %d", mark, i+1)
		if _, err := tx.Enqueue(out); err != nil {
			return err
		}
	}
	if chance.IntN(4) == 0 {
		if err := tx.DropButtons(id); err != nil {
			return err
		}
	}
	_, err = tx.Enqueue(chat.Outgoing{
		Kind: chat.OutReact, To: in.Chat.Place, Priority: chat.CleanUp, Message: in.Message, Sign: "👍",
	})
	return err
}

func turnPage(tx *storage.Tx, in chat.Incoming) error {
	action, id, err := tx.ButtonAction(in.Chat.Place, in.Message, in.Press.Button)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.Enqueue(chat.Outgoing{
		Kind: chat.OutEdit, Priority: chat.Answer, Edits: id, Text: mark + "turned",
		Buttons: [][]chat.Button{{{Label: "next", Action: action}}},
	}); err != nil {
		return err
	}
	_, err = tx.Enqueue(chat.Outgoing{Kind: chat.OutAnswer, To: in.Chat.Place, Press: in.Press.ID, Text: "ok"})
	return err
}

// hour is what happens between two messages of each chat.
func (s *storm) hour(i int) {
	s.t.Helper()
	if i == 15 {
		const super int64 = -1_000_000_004_009
		s.must(s.srv.Upgrade(group, super))
		s.meeting = super
	}
	for id, person := range map[int64]int64{ann: ann, forum: binh, s.meeting: binh} {
		s.said[id] = append(s.said[id], s.say(person, id, fmt.Sprintf("m%02d", i)))
	}
	time.Sleep(time.Duration(s.chance.IntN(5000)) * time.Millisecond)
	if s.chance.IntN(8) == 0 {
		s.halt()
		time.Sleep(time.Duration(s.chance.IntN(60)) * time.Second)
		s.start()
	}
	var m botserver.Message
	s.srv.View(func(w *botserver.World) { m, _ = w.Last(ann) })
	if len(m.Buttons) > 0 && len(m.Buttons[0]) > 0 {
		_, err := s.srv.Press(ann, ann, m.ID, m.Buttons[0][0].CallbackData)
		s.must(err)
	}
}

func (s *storm) check() {
	s.t.Helper()
	for id, messages := range s.said {
		for _, m := range messages {
			if n := s.effects(id, m); n != 1 {
				s.t.Errorf("chat %d: message %d took effect %d times", id, m, n)
			}
		}
	}
	s.setAsides(0)
	s.undelivered(false, "", "")
	s.must(s.config.DB.Read(context.Background(), func(tx *storage.Tx) error {
		b, err := tx.Unsent()
		if b.Count != 0 {
			s.t.Errorf("%d acts still wait", b.Count)
		}
		return err
	}))
	s.srv.View(func(w *botserver.World) {
		if p := w.Peaks(); p.PerSecond > 30 || p.PerChatSecond > 1 || p.PerGroupMinute > 20 {
			s.t.Errorf("peaks %+v", p)
		}
		for _, ids := range [][]int64{{ann}, {forum}, {group, s.meeting}} {
			var answers []string
			said := 0
			for _, id := range ids {
				answers = append(answers, texts(w, id)...)
				said += len(s.said[id])
			}
			answers = slices.DeleteFunc(answers, func(text string) bool { return !strings.HasPrefix(text, "m") })
			answers = slices.Compact(answers) // a lost answer sends one twice, in a row
			if len(answers) != said || !slices.IsSorted(answers) {
				s.t.Errorf("chats %d: %d of %d answers: %q", ids, len(answers), said, answers)
			}
		}
	})
}
