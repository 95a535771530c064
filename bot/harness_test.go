package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/internal/clock"
	"dondoc/storage"
)

// People and places of the tests. Every name and every text bears the mark,
// which must not be found in a log.
const (
	mark = "§"

	ann   int64 = 101
	binh  int64 = 102
	group int64 = -4001
	forum int64 = -1_000_000_004_003
)

// patience is how long a test waits for what must come.
const patience = 3 * time.Minute

// An office is a bot at work on a server, with a database of its own.
type office struct {
	t       *testing.T
	srv     *botserver.Server
	config  bot.Config
	path    string
	handler *echo
	log     *lockedBuffer
	bot     *bot.Bot
	cancel  context.CancelFunc
	ended   chan error
}

// newOffice starts a bot over real HTTP.
func newOffice(t *testing.T, o botserver.Options) *office {
	t.Helper()
	srv := botserver.New(o)
	h := httptest.NewServer(srv)
	t.Cleanup(h.Close)
	t.Cleanup(func() { _ = srv.Close() })
	return startOffice(t, srv, h.URL, nil)
}

// virtualOffice starts a bot within a synctest bubble: no network, and time
// that passes only when nobody has anything to do.
func virtualOffice(t *testing.T, o botserver.Options, limits bot.Limits, delay func() time.Duration) *office {
	t.Helper()
	srv := botserver.New(o)
	of := &office{t: t, srv: srv}
	of.set("http://telegram.test", &http.Client{Transport: wire{srv, oneByOne(delay)}})
	of.config.Limits = limits
	of.people()
	of.start()
	t.Cleanup(of.close)
	return of
}

func startOffice(t *testing.T, srv *botserver.Server, url string, client *http.Client) *office {
	t.Helper()
	of := &office{t: t, srv: srv}
	of.set(url, client)
	of.people()
	of.start()
	t.Cleanup(of.close)
	return of
}

func (of *office) set(url string, client *http.Client) {
	of.path = filepath.Join(of.t.TempDir(), "dondoc.db")
	of.handler, of.log = &echo{}, &lockedBuffer{}
	of.config = bot.Config{
		Token: of.srv.Token(), APIURL: url, HTTPClient: client, Handler: of.handler, Clock: clock.Real(),
		Log: slog.New(slog.NewTextHandler(of.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
}

func (of *office) people() {
	of.t.Helper()
	of.must(of.srv.AddUser(botserver.User{ID: ann, FirstName: "An" + mark, LastName: "Nguyễn"}))
	of.must(of.srv.AddUser(botserver.User{ID: binh, FirstName: "Bình" + mark}))
	of.must(of.srv.AddGroup(botserver.Group{ID: group, Title: "Phòng" + mark, Owner: ann, Members: []int64{binh}}))
	of.must(of.srv.AddGroup(botserver.Group{ID: forum, Title: "Sở" + mark, Forum: true, Owner: ann, Members: []int64{binh}}))
	of.srv.SetPrivacy(false)
	for _, id := range []int64{group, forum} {
		of.must(of.srv.AddMember(ann, id, of.srv.Bot().ID))
	}
}

// start opens the database and runs the bot.
func (of *office) start() {
	of.t.Helper()
	db, err := storage.Open(context.Background(), of.path)
	of.must(err)
	of.config.DB = db
	of.bot, err = bot.New(of.config)
	of.must(err)
	var ctx context.Context
	ctx, of.cancel = context.WithCancel(context.Background())
	of.ended = make(chan error, 1)
	go func() { of.ended <- of.bot.Run(ctx) }()
}

// halt stops the bot as SIGTERM does.
func (of *office) halt() {
	of.t.Helper()
	begin := time.Now()
	of.cancel()
	if err := <-of.ended; err != nil {
		of.t.Errorf("run: %v", err)
	}
	if d := time.Since(begin); d > 10*time.Second {
		of.t.Errorf("the stop took %v", d)
	}
	of.must(of.config.DB.Close())
	of.cancel = nil
}

func (of *office) close() {
	if of.cancel != nil {
		of.halt()
	}
	for _, secret := range []string{mark, of.srv.Token()} {
		if strings.Contains(of.log.String(), secret) {
			of.t.Errorf("the log holds %q:\n%s", secret, of.log)
		}
	}
	if of.t.Failed() {
		of.t.Logf("log:\n%.4000s", of.log)
	}
}

func (of *office) must(err error) {
	of.t.Helper()
	if err != nil {
		of.t.Fatal(err)
	}
}

// until waits for something that must come to pass at the server.
func (of *office) until(what string, ready func(w *botserver.World) bool) {
	of.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	of.wait(ctx, what, ready)
}

func (of *office) wait(ctx context.Context, what string, ready func(w *botserver.World) bool) {
	of.t.Helper()
	if err := of.srv.WaitFor(ctx, ready); err != nil {
		of.t.Fatalf("%s: %v", what, err)
	}
}

// say makes a person write; the text gets the mark.
func (of *office) say(user, chatID int64, text string) int {
	of.t.Helper()
	id, err := of.srv.Say(user, chatID, mark+text)
	of.must(err)
	return id
}

// texts returns what the bot wrote in the chat, without the marks.
func texts(w *botserver.World, chatID int64) []string {
	var out []string
	for _, m := range w.FromBot(chatID) {
		if m.Service == nil && !m.Deleted {
			out = append(out, strings.ReplaceAll(m.Text, mark, ""))
		}
	}
	return out
}

// expect waits until the bot has written just these texts in the chat.
func (of *office) expect(chatID int64, want ...string) {
	of.t.Helper()
	var got []string
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := of.srv.WaitFor(ctx, func(w *botserver.World) bool {
		got = texts(w, chatID)
		return len(got) >= len(want)
	})
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		of.t.Fatalf("chat %d: got %q, want %q (%v)", chatID, got, want, err)
	}
}

// recorded waits until it is written down how every message ended.
func (of *office) recorded() {
	of.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for waiting := true; waiting; {
		of.must(of.config.DB.Read(ctx, func(tx *storage.Tx) error {
			rows, err := tx.WaitingAfter(0)
			waiting = len(rows) > 0
			return err
		}))
		select {
		case <-look.C:
		case <-ctx.Done():
			of.t.Fatal("a message has no end")
		}
	}
}

// write runs a transaction beside the bot, as a scheduler does.
func (of *office) write(fn func(tx *storage.Tx) error) {
	of.t.Helper()
	of.must(of.config.DB.Write(context.Background(), fn))
	of.bot.Wake()
}

func (of *office) enqueue(outs ...chat.Outgoing) (ids []int64) {
	of.t.Helper()
	of.write(func(tx *storage.Tx) error {
		ids = nil
		for _, out := range outs {
			id, err := tx.Enqueue(out)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	return ids
}

func send(chatID int64, text string) chat.Outgoing {
	return chat.Outgoing{Kind: chat.OutSend, To: chat.Place{Chat: chatID}, Priority: chat.Answer, Text: mark + text}
}

// effects returns how often the message took effect.
func (of *office) effects(chatID int64, message int) (n int) {
	of.t.Helper()
	of.must(of.config.DB.Read(context.Background(), func(tx *storage.Tx) (err error) {
		n, err = count(tx, effectKey(chatID, message))
		return err
	}))
	return n
}

func effectKey(chatID int64, message int) string { return fmt.Sprintf("effect/%d/%d", chatID, message) }

func count(tx *storage.Tx, key string) (int, error) {
	text, err := tx.Setting(key)
	if errors.Is(err, storage.ErrNotFound) || text == "" && err == nil {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(text)
}
