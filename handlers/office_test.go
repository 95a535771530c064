package handlers_test

import (
	"context"
	"errors"
	"io"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/clock"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

// The people and chats of the office under test. Unit chats are groups, the
// inspectorate's a topic of a forum.
const (
	adminID    = 1001
	directorID = 1002
	officeHead = 1003
	inspHead   = 1004
	divHead    = 1005
	memberID   = 1006
	strangerID = 1007

	officeChat = -2001
	divChat    = -2002
	forumChat  = -1002000000003
	leaderChat = -2004
	otherChat  = -2005
)

// patience is how long a test waits for what must come: no measure of speed.
const patience = 2 * time.Minute

var zone = mustZone()

func mustZone() *time.Location {
	loc, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		panic(err)
	}
	return loc
}

// An office is the real program on a real database file, with the local Bot
// API server in Telegram's place.
type office struct {
	*testing.T
	srv   *botserver.Server
	clock *clock.Rehearsal
	app   *app.App
	topic int // the inspectorate's
	stop  func()
	cfg   app.Config
}

// at is an instant in the plan's zone: "15/03/2024 09:00".
func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("02/01/2006 15:04", s, zone)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// open starts the program on an empty folder at the instant.
func open(t *testing.T, start string) *office {
	t.Helper()
	o := &office{T: t, clock: clock.NewRehearsal(at(t, start), 1)}
	o.stop = func() {}
	noGoroutinesLeft(t)
	o.srv = botserver.New(botserver.Options{Username: "dondoc_bot", Clock: o.clock.Now})
	web := httptest.NewServer(o.srv)
	t.Cleanup(func() { o.srv.Close(); web.Close() })
	o.people()
	o.cfg = app.Config{
		Token: o.srv.Token(), APIURL: web.URL, Data: t.TempDir(), Admins: []int64{adminID},
		Seed: func() (app.Seed, error) {
			p, r, days, err := planfile.Shipped()
			return app.Seed{Plan: p, Roster: r, Days: days}, err
		},
		Location: zone, Lang: "vi", Clock: o.clock,
		Log: quietLog(o), Notices: io.Discard,
	}
	o.start()
	return o
}

func (o *office) start() {
	o.Helper()
	a, err := app.New(o.Context(), o.cfg)
	if err != nil {
		o.Fatal(err)
	}
	o.app = a
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	o.stop = func() {
		o.stop = func() {}
		cancel()
		if err := <-done; err != nil {
			o.Errorf("run: %v", err)
		}
		if err := a.Close(); err != nil {
			o.Errorf("close: %v", err)
		}
	}
	o.Cleanup(func() { o.stop() })
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) people() {
	for id, name := range map[int64]string{
		adminID: "Lê Thị Hạnh", directorID: "Võ Tất Dũng", officeHead: "Trần Văn Bình", inspHead: "Nguyễn <b>An</b> & Co",
		divHead: "Phạm Thu Hà", memberID: "Đỗ Minh", strangerID: "Người Lạ",
	} {
		o.must(o.srv.AddUser(botserver.User{ID: id, FirstName: name}))
	}
	bot := o.srv.Bot().ID
	for _, g := range []botserver.Group{
		{ID: officeChat, Title: "VP Sở", Owner: adminID, Members: []int64{bot, officeHead, memberID}},
		{ID: divChat, Title: "P. QLXD", Owner: adminID, Members: []int64{bot, divHead, memberID}},
		{ID: leaderChat, Title: "BGĐ", Owner: adminID, Members: []int64{bot, directorID}},
		{ID: otherChat, Title: "Ngoài", Owner: strangerID, Members: []int64{bot, adminID, memberID}},
		{ID: forumChat, Title: "Thanh tra", Forum: true, Owner: adminID, Members: []int64{bot, inspHead, memberID}},
	} {
		o.must(o.srv.AddGroup(g))
	}
	topic, err := o.srv.AddTopic(adminID, forumChat, "Nhiệm vụ")
	o.must(err)
	o.topic = topic
}

// A place is where somebody writes.
type place struct {
	chat  int64
	topic int
}

func in(chat int64) place { return place{chat: chat} }

func (o *office) insp() place { return place{forumChat, o.topic} }

// post sends what a person posts and returns the bot's next n messages there.
func (o *office) post(user int64, p place, post botserver.Post, n int) []botserver.Message {
	o.Helper()
	post.Topic = p.topic
	before := o.count(p.chat)
	_, err := o.srv.Post(user, p.chat, post)
	o.must(err)
	return o.next(p.chat, before, n)
}

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

// say returns the bot's answer to a text.
func (o *office) say(user int64, p place, text string) botserver.Message {
	o.Helper()
	m := o.post(user, p, botserver.Post{Text: text}, 1)[0]
	if testing.Verbose() {
		o.Logf("── %d: %s\n%s%s", user, text, m.Text, labels(m))
	}
	return m
}

func labels(m botserver.Message) string {
	var b strings.Builder
	for _, row := range m.Buttons {
		b.WriteString("\n")
		for _, button := range row {
			b.WriteString("[" + button.Text + "] ")
		}
	}
	return b.String()
}

// expect is say with parts that the answer must have.
func (o *office) expect(user int64, p place, text string, parts ...string) botserver.Message {
	o.Helper()
	m := o.say(user, p, text)
	for _, part := range parts {
		if !strings.Contains(m.Text+labels(m), part) {
			o.Errorf("%q: the answer lacks %q:\n%s%s", text, part, m.Text, labels(m))
		}
	}
	return m
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
