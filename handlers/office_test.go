package handlers_test

import (
	"context"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/clock"
	"dondoc/internal/planfile"
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
