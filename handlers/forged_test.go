package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dondoc/handlers"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// secrets is what no stranger may read: units, tasks, people.
func (o *office) secrets() []string {
	o.Helper()
	words := []string{"Lê Thị Hạnh", "Võ Tất Dũng", "Trần Văn Bình", "Phạm Thu Hà", "Đỗ Minh", "Kỳ Quý", "nội dung riêng"}
	o.must(o.app.DB().Read(o.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		for _, u := range snap.Roster.Units {
			words = append(words, u.Name, u.ShortName())
		}
		for _, t := range snap.Year(2024).Tasks {
			words = append(words, t.ShortTitle, t.Content)
		}
		return nil
	}))
	return words
}

func leaks(text string, secrets []string) string {
	for _, s := range secrets {
		if strings.Contains(text, s) {
			return s
		}
	}
	return ""
}

// busy is an office whose chats are full of buttons.
func busy(t *testing.T) (*office, []botserver.Message) {
	t.Helper()
	o := linked(t, "11/01/2024 09:00")
	for _, say := range []struct {
		user int64
		at   place
		text string
	}{
		{officeHead, in(officeHead), "/done 15 nội dung riêng"},
		{officeHead, in(officeChat), "/doing 17 nội dung riêng"},
		{officeHead, in(officeHead), "/viec"},
		{officeHead, in(officeChat), "/done"},
		{officeHead, in(officeChat), "/checkin"},
		{officeHead, in(officeChat), "/task 26"},
		{memberID, in(officeChat), "/done 17"},
		{divHead, in(divHead), "/viec"},
		{inspHead, o.insp(), "/blocked"},
		{directorID, in(directorID), "/tonghop"},
		{adminID, in(adminID), "/units van-phong"},
		{adminID, in(adminID), "/publish"},
		{adminID, in(adminID), "/close"},
		{adminID, in(adminID), "/trigger 20 15/05/2024"},
	} {
		o.say(say.user, say.at, say.text)
	}
	o.settle()
	var bearers []botserver.Message
	o.srv.View(func(w *botserver.World) {
		for _, c := range w.Chats() {
			for _, m := range w.FromBot(c.ID) {
				if len(m.Buttons) > 0 {
					bearers = append(bearers, m)
				}
			}
		}
	})
	if len(bearers) < 12 {
		t.Fatalf("%d messages have buttons", len(bearers))
	}
	return o, bearers
}

// TestHundredsOfForgedPresses presses what is under another message, in another
// chat, dead or made up: each is refused in a box, and nothing changes.
func TestHundredsOfForgedPresses(t *testing.T) {
	o, bearers := busy(t)
	chance := rand.New(rand.NewPCG(7, 0))
	people := []int64{strangerID, memberID, officeHead, inspHead, divHead, directorID, adminID}
	pick := func() botserver.Message { return bearers[chance.IntN(len(bearers))] }
	data := func(m botserver.Message) string {
		row := m.Buttons[chance.IntN(len(m.Buttons))]
		return row[chance.IntN(len(row))].CallbackData
	}
	made := []string{
		"x", "publish", `{"verb":"publish","arg":"go"}`, "' OR 1=1 --", strings.Repeat("A", 64), "đôn đốc", "\x00\xff",
	}
	before, secrets := o.state(), o.secrets()
	for range 20 {
		var pressed []string
		for range 20 {
			from, to, who := pick(), pick(), people[chance.IntN(len(people))]
			at, message, word := to.Chat, to.ID, data(from)
			switch chance.IntN(4) {
			case 0:
				word = made[chance.IntN(len(made))]
			case 1: // a message that is not there
				message += 1000
			case 2: // the same number in the person's own chat
				at = who
			}
			if offers(bearers, at, message, word) {
				continue
			}
			id, err := o.srv.PressForged(who, at, message, word)
			o.must(err)
			pressed = append(pressed, id)
		}
		o.boxed(pressed, secrets)
	}
	if after := o.state(); after != before {
		t.Error(firstDifference(before, after))
	}
}

// offers reports whether the message stands there and bears the button.
func offers(all []botserver.Message, chat int64, message int, data string) bool {
	return slices.ContainsFunc(all, func(m botserver.Message) bool {
		return m.Chat == chat && m.ID == message && slices.ContainsFunc(m.Buttons, func(row []botserver.Button) bool {
			return slices.ContainsFunc(row, func(b botserver.Button) bool { return b.CallbackData == data })
		})
	})
}

// boxed wants one box for each press, in which a stranger reads nothing.
func (o *office) boxed(presses []string, secrets []string) {
	o.Helper()
	for _, id := range presses {
		o.answerTo(id)
		var p botserver.Press
		o.srv.View(func(w *botserver.World) { p, _ = w.PressByID(id) })
		if len(p.Answers) != 1 || !p.Answers[0].Alert || chat.Length(p.Answers[0].Text) > chat.MaxAnswer {
			o.Errorf("%d pressed %q under %d in %d: %+v", p.User, p.Data, p.Message, p.Chat, p.Answers)
		}
		if p.User == strangerID && (p.Chat == strangerID || p.Chat == otherChat) {
			if word := leaks(p.Answers[0].Text, secrets); word != "" {
				o.Errorf("a stranger reads %q", word)
			}
		}
	}
}

// TestReplayedPresses presses what was good once again and again, over
// Telegram's redelivery too.
func TestReplayedPresses(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	list := o.expect(officeHead, in(officeChat), "/done", "Chọn nhiệm vụ")
	receipt := o.expect(officeHead, in(officeHead), "/done 15", "Hoàn thành")
	button := list.Buttons[1][0].CallbackData
	o.press(officeHead, receipt, "Thu hồi")
	first, err := o.srv.Press(officeHead, officeChat, list.ID, button)
	o.must(err)
	o.answerTo(first)
	before := o.state()
	var again []string
	for range 20 {
		for _, m := range []struct {
			at      int64
			message int
			data    string
		}{{officeChat, list.ID, button}, {officeHead, receipt.ID, receipt.Buttons[0][0].CallbackData}} {
			id, err := o.srv.PressForged(officeHead, m.at, m.message, m.data)
			o.must(err)
			again = append(again, id)
		}
	}
	o.boxed(again, nil)
	if after := o.state(); after != before {
		t.Error(firstDifference(before, after))
	}
}

// TestStrangersAndMembersTryEverything sends every command with every kind of
// words, and replies to every message, as people without any right.
func TestStrangersAndMembersTryEverything(t *testing.T) {
	o, bearers := busy(t)
	before, secrets := o.state(), o.secrets()
	strange := map[int64]int{strangerID: o.count(strangerID), otherChat: o.count(otherChat)}
	words := []string{"", "15", "15 van-phong 12/QĐ-SXD 08/03/2024", "thanh-tra", "director", "AAAAAAAAAAAAAAAAAAAAAA"}
	for i, name := range handlers.CommandNames() {
		for _, at := range []struct{ user, chat int64 }{
			{strangerID, strangerID}, {strangerID, otherChat}, {memberID, officeChat}, {memberID, otherChat}, {memberID, memberID},
		} {
			for k := range 2 {
				if _, err := o.srv.Say(at.user, at.chat, fmt.Sprintf("/%s %s", name, words[(i+k*3)%len(words)])); err != nil {
					t.Fatal(err)
				}
			}
		}
		o.settle()
	}
	for _, m := range bearers {
		if m.Chat == officeChat {
			_, err := o.srv.Reply(memberID, m.Chat, m.ID, "12/QĐ-SXD 08/03/2024")
			o.must(err)
		}
	}
	o.settle()
	if after := o.state(); after != before {
		t.Error(firstDifference(before, after))
	}
	for id, n := range strange {
		for _, m := range o.answersIn(id)[n:] {
			if word := leaks(m.Text+labels(m), secrets); word != "" {
				t.Errorf("%d reads %q:\n%s", id, word, m.Text)
			}
		}
	}
	if n := o.count(strangerID) - strange[strangerID]; n > 1 {
		t.Errorf("a stranger was refused %d times in a day", n)
	}
	if p := o.person(memberID); p.Role != plan.NoRole || len(p.Units) > 0 {
		t.Errorf("a member became %+v", p)
	}
}
