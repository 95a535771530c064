package handlers_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/storage"
)

// count returns how many messages the bot has sent there, when it has said all
// that it had to say: what was still on its way is taken for no later answer.
func (o *office) count(chat int64) (n int) {
	o.Helper()
	o.settle()
	o.srv.View(func(w *botserver.World) { n = len(answers(w, chat)) })
	return n
}

// answers are the bot's messages in a chat but for those that the calendar
// causes: a clock that is set forward brings them at any moment.
func answers(w *botserver.World, chat int64) []botserver.Message {
	return slices.DeleteFunc(w.FromBot(chat), scheduled)
}

func scheduled(m botserver.Message) bool {
	return strings.Contains(m.Text, "Nhắc theo ") || strings.Contains(m.Text, "Ý kiến chỉ đạo: trả lời tin này")
}

// next waits for the bot's messages after the first so many.
func (o *office) next(chat int64, before, n int) []botserver.Message {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), patience)
	defer cancel()
	var got []botserver.Message
	err := o.srv.WaitFor(ctx, func(w *botserver.World) bool {
		got = answers(w, chat)[before:]
		return len(got) >= n
	})
	if err != nil {
		o.Fatalf("no answer in chat %d: %d of %d messages", chat, len(got), n)
	}
	return got
}

// press presses a button and returns the short answer.
func (o *office) press(user int64, m botserver.Message, label string) string {
	o.Helper()
	id, err := o.srv.PressLabel(user, m.Chat, m.ID, label)
	o.must(err)
	return o.answerTo(id)
}

func (o *office) answerTo(id string) string {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), patience)
	defer cancel()
	var text string
	err := o.srv.WaitFor(ctx, func(w *botserver.World) bool {
		p, ok := w.PressByID(id)
		if !ok || len(p.Answers) == 0 {
			return false
		}
		text = p.Answers[0].Text
		return true
	})
	o.must(err)
	return text
}

// set moves the clock forward. What the calendar then has to say is said
// when it returns, so that none of it is taken for an answer to what comes next.
func (o *office) set(instant string) {
	o.Helper()
	o.must(o.clock.Set(at(o.T, instant)))
	o.app.Wake()
	_, err := o.app.Settle(o.Context())
	if errors.Is(err, storage.ErrClosed) {
		return // the program is stopped: it looks when it starts
	}
	o.must(err)
}

// linked is an office whose chats are linked and whose heads are known, with
// the plan given out.
func linked(t *testing.T, start string) *office {
	t.Helper()
	o := open(t, start)
	o.post(adminID, in(officeChat), botserver.Post{Text: "/link van-phong"}, 2)
	o.post(adminID, in(divChat), botserver.Post{Text: "/link@dondoc_bot Phòng Quản lý xây dựng"}, 2)
	o.post(adminID, o.insp(), botserver.Post{Text: "/link thanh tra xd"}, 2)
	o.post(adminID, in(leaderChat), botserver.Post{Text: "/link lanh-dao"}, 1)
	o.appoint(officeHead, in(officeChat), "/head")
	o.appoint(divHead, in(divChat), "/head")
	o.appoint(inspHead, o.insp(), "/head")
	o.appoint(directorID, in(leaderChat), "/role director")
	if _, err := o.srv.Say(adminID, adminID, "/start"); err != nil {
		t.Fatal(err)
	}
	o.next(adminID, 0, 1)
	m := o.expect(adminID, in(adminID), "/publish", "Gửi đến 3 đơn vị")
	before := map[int64]int{officeChat: 0, divChat: 0, forumChat: 0}
	for id := range before {
		before[id] = o.count(id)
	}
	o.press(adminID, m, "Giao nhiệm vụ")
	for id, n := range before {
		o.next(id, n, 1)
	}
	return o
}

func (o *office) appoint(user int64, p place, command string) {
	o.Helper()
	id, err := o.srv.Post(user, p.chat, botserver.Post{Text: "Đã vào nhóm.", Topic: p.topic})
	o.must(err)
	o.post(adminID, p, botserver.Post{Text: command, ReplyTo: id}, 1)
}
