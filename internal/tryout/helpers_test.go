package tryout_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/clock"
	"dondoc/internal/planfile"
	"dondoc/internal/tryout"
	"dondoc/storage"
)

// patience bounds every waiting, so that a test fails and does not hang.
const patience = 2 * time.Minute

// A page is a running try-out as the browser sees it.
type page struct {
	t      *testing.T
	url    string
	client *http.Client
	apps   chan *app.App
	log    *lockedBuffer
	errs   *lockedBuffer
	round  int
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func shipped() (app.Seed, error) {
	p, roster, days, err := planfile.Shipped()
	return app.Seed{Plan: p, Roster: roster, Days: days}, err
}

// start is 11/01/2024 08:00 in the plan's time zone.
func start(loc *time.Location) time.Time { return time.Date(2024, 1, 11, 8, 0, 0, 0, loc) }

// open starts a try-out, which ends with the test and leaves no error.
func open(t *testing.T) *page {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	loc, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	p := &page{
		t: t, url: "http://" + l.Addr().String(), client: &http.Client{Timeout: patience},
		apps: make(chan *app.App, 8), log: &lockedBuffer{}, errs: &lockedBuffer{},
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context())) // until whoever looks at the page is gone
	ended := make(chan error, 1)
	t.Setenv("TMPDIR", t.TempDir()) // where the rounds keep their data
	go func() {
		ended <- tryout.Run(ctx, tryout.Config{
			Page: l, Clock: func() *clock.Rehearsal { return clock.NewRehearsal(start(loc), 1) }, Speed: 1,
			Pace: time.Millisecond, Seed: shipped, Location: loc, Lang: "vi",
			Log: slog.New(slog.NewTextHandler(p.log, nil)), Notices: p.errs,
			Started: func(a *app.App) { p.apps <- a },
		})
	}()
	t.Cleanup(func() {
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the try-out ended with %v", err)
			}
		case <-time.After(patience):
			t.Error("the try-out does not end")
		}
		if logged := p.log.String(); logged != "" {
			t.Errorf("logged: %s", logged)
		}
	})
	return p
}

// A world is what the page is told.
type world struct {
	Cursor  string
	Round   int
	SetUp   string `json:"set_up"`
	Now     time.Time
	Running string
	Year    string
	Guide   struct {
		Chat, Head, Member, Director int64
		Task, Reminded               int
		Day                          string
	}
	Bot      struct{ ID int64 }
	People   []person
	Chats    []group
	Messages []message
}

type person struct {
	ID    int64
	Title string
}

type group struct {
	ID     int64
	Title  string
	Group  bool
	People []int64
}

type message struct {
	Chat    int64
	ID      int
	From    int64
	At      time.Time
	Text    string
	ReplyTo int `json:"reply_to"`
	Buttons [][]struct {
		Text string
		Data string `json:"callback_data"`
	}
	File *struct {
		Name string
		Size int
	}
}

func (p *page) get(path string, into any) {
	p.t.Helper()
	resp, err := p.client.Get(p.url + path) //nolint:noctx // the client has a timeout
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		p.t.Fatalf("GET %s: %s", path, resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		p.t.Fatalf("GET %s: %v", path, err)
	}
}

// until follows the page until what it was told so far is ready.
func (p *page) until(what string, ready func(w world, all []message) bool) (world, []message) {
	p.t.Helper()
	return p.untilWithin(patience, what, ready)
}

func (p *page) untilWithin(limit time.Duration, what string, ready func(w world, all []message) bool) (world, []message) {
	p.t.Helper()
	var all []message
	var w world
	round := 0
	deadline := time.Now().Add(limit)
	for time.Now().Before(deadline) {
		since := w.Cursor
		w = world{}
		p.get("/api/world?since="+since, &w)
		if w.Round != round {
			round, all = w.Round, nil
		}
		for _, m := range w.Messages {
			all = slices.DeleteFunc(all, func(o message) bool { return o.Chat == m.Chat && o.ID == m.ID })
			all = append(all, m)
		}
		if ready(w, all) {
			return w, all
		}
	}
	p.t.Fatalf("not seen: %s", what)
	return world{}, nil
}

// ready waits until the round after the last one known is set up.
func (p *page) ready() (world, []message) {
	p.t.Helper()
	w, all := p.until("set-up", func(w world, _ []message) bool {
		if w.SetUp == "failed" {
			p.t.Fatalf("the set-up failed: %s", p.log)
		}
		return w.Round != p.round && w.SetUp == "ready"
	})
	p.round = w.Round
	return w, all
}

// act posts to the page's API for the round that is known and returns the status and the answer.
func (p *page) act(name string, body fields) (int, fields) {
	p.t.Helper()
	body = maps.Clone(body)
	body["round"] = p.round
	data, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	resp, err := p.client.Post(p.url+"/api/"+name, "application/json", bytes.NewReader(data)) //nolint:noctx // as above
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	var out fields
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		p.t.Fatalf("POST %s: %v", name, err)
	}
	return resp.StatusCode, out
}

// do is act that must succeed.
func (p *page) do(name string, body fields) fields {
	p.t.Helper()
	status, out := p.act(name, body)
	if status != http.StatusOK {
		p.t.Fatalf("%s %v: status %d, %v", name, body, status, out)
	}
	return out
}

type fields = map[string]any

func (w world) person(t *testing.T, title string) int64 {
	t.Helper()
	for _, p := range w.People {
		if strings.HasPrefix(p.Title, title) {
			return p.ID
		}
	}
	t.Fatalf("nobody is %q", title)
	return 0
}

func (w world) group(t *testing.T, title string) group {
	t.Helper()
	for _, c := range w.Chats {
		if c.Title == title {
			return c
		}
	}
	t.Fatalf("no chat %q", title)
	return group{}
}

// answer returns the bot's answer to the message, if it is there.
func (w world) answer(all []message, chat int64, to float64) (message, bool) {
	i := slices.IndexFunc(all, func(m message) bool {
		return m.Chat == chat && m.From == w.Bot.ID && float64(m.ReplyTo) == to
	})
	if i < 0 {
		return message{}, false
	}
	return all[i], true
}

func read(t *testing.T, a *app.App, fn func(tx *storage.Tx) error) {
	t.Helper()
	if err := a.DB().Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}
