package botserver_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

func (w *world) get(p params) []update {
	w.t.Helper()
	var out []update
	w.ok("getUpdates", p, &out)
	return out
}

func TestOffsets(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	for _, s := range []string{"một", "hai", "ba", "bốn"} {
		w.say(ann, ann, s)
	}
	texts := func(us []update) string {
		var out []string
		for _, u := range us {
			out = append(out, u.Message.Text)
		}
		return strings.Join(out, " ")
	}
	first := w.get(nil)
	steps := []struct {
		name string
		p    params
		want string
	}{
		{"again until confirmed", nil, "một hai ba bốn"},
		{"limited", params{"limit": 2}, "một hai"},
		{"limit out of range", params{"limit": 1000}, "một hai ba bốn"},
		{"confirms what is below", params{"offset": first[1].ID}, "hai ba bốn"},
		{"forgotten", params{"offset": 0}, "hai ba bốn"},
		{"from the end", params{"offset": -2}, "ba bốn"},
		{"forgotten too", nil, "ba bốn"},
		{"all confirmed", params{"offset": first[3].ID + 1}, ""},
	}
	for _, s := range steps {
		if got := texts(w.get(s.p)); got != s.want {
			t.Errorf("%s: got %q, want %q", s.name, got, s.want)
		}
	}
	if first[1].ID != first[0].ID+1 {
		t.Errorf("ids %d, %d", first[0].ID, first[1].ID)
	}
	w.SetNextUpdateID(77)
	w.say(ann, ann, "năm")
	if u := w.only(); u.ID != 77 {
		t.Errorf("id %d, want 77", u.ID)
	}
}

func TestUpdatesAreKeptADay(t *testing.T) {
	now := start
	w := newWorld(t, botserver.Options{Network: func() time.Time { return now }})
	w.say(ann, ann, "một")
	now = now.Add(24 * time.Hour)
	if n := len(w.get(nil)); n != 1 {
		t.Errorf("%d updates after a day, want 1", n)
	}
	now = now.Add(time.Second)
	if n := len(w.get(nil)); n != 0 {
		t.Errorf("%d updates after more than a day", n)
	}
}

func TestAllowedUpdates(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.get(params{"allowed_updates": []string{"callback_query"}})
	w.say(ann, ann, "/start")
	w.must(w.Block(ann))
	w.get(nil) // remembered
	w.must(w.Unblock(ann))
	_, err := w.PressForged(ann, ann, 1, "x")
	w.must(err)
	if u := w.only(); u.Callback == nil {
		t.Errorf("got %+v", u)
	}
	w.get(params{"allowed_updates": []string{"message", "chat_member"}})
	w.join(super)
	w.must(w.SetAdmin(super, w.Bot().ID, true, false))
	w.must(w.RemoveMember(ann, super, binh))
	var got []string
	for _, u := range w.updates() {
		switch {
		case u.Member != nil:
			got = append(got, "chat_member")
		case u.Message != nil:
			got = append(got, "message")
		default:
			got = append(got, "?")
		}
	}
	if s := strings.Join(got, " "); s != "message message chat_member" {
		t.Errorf("got %s", s)
	}
	w.get(params{"allowed_updates": []string{}})
	w.must(w.Block(ann))
	if u := w.only(); u.MyMember == nil || u.MyMember.New.Status != "kicked" {
		t.Errorf("got %+v", u)
	}
	w.refused("getUpdates", params{"allowed_updates": "x"}, "Bad Request: can't parse allowed updates")
}

// TestLongPoll waits for an update that comes later, and is ended by another
// poll.
func TestLongPoll(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	polled := func() chan answer {
		before := 0
		w.View(func(v *botserver.World) { before = v.Polls() })
		ch := make(chan answer, 1)
		go func() { ch <- w.call("getUpdates", params{"timeout": 50}) }()
		w.must(w.WaitFor(deadline(t), func(v *botserver.World) bool { return v.Polls() > before }))
		return ch
	}
	first := polled()
	w.say(ann, ann, "một")
	var got []update
	w.must(json.Unmarshal((<-first).Result, &got))
	if len(got) != 1 || got[0].Message.Text != "một" {
		t.Errorf("got %+v", got)
	}
	w.updates()

	old := polled()
	fresh := polled()
	if a := <-old; a.Code != http.StatusConflict ||
		a.Description != "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running" {
		t.Errorf("the older poll got %+v", a)
	}
	w.ok("setWebhook", params{"url": "https://a.vn/hook"}, nil)
	if a := <-fresh; a.Description != "Conflict: terminated by setWebhook request" {
		t.Errorf("a poll beside a webhook got %+v", a)
	}
	w.refused("getUpdates", nil,
		"Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	w.ok("deleteWebhook", nil, nil)

	last := polled()
	w.must(w.Close())
	if a := <-last; string(a.Result) != "[]" {
		t.Errorf("a poll of a closed server got %+v", a)
	}
}

// TestPollGivenUp lets a client go away in the middle of a poll.
func TestPollGivenUp(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	ctx, cancel := context.WithCancel(deadline(t))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+"/bot"+w.Token()+"/getUpdates?timeout=50", nil)
	w.must(err)
	done := make(chan error, 1)
	go func() {
		resp, err := http.DefaultClient.Do(req)
		if err == nil {
			_ = resp.Body.Close()
		}
		done <- err
	}()
	w.must(w.WaitFor(deadline(t), func(v *botserver.World) bool { return v.Polls() == 1 }))
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	w.say(ann, ann, "một")
	if u := w.only(); u.Message.Text != "một" {
		t.Errorf("got %+v", u)
	}
}

func TestWebhook(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	var got []string
	status := http.StatusInternalServerError
	h := httptest.NewTLSServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var u update
		if err := json.Unmarshal(body, &u); err != nil {
			t.Error(err)
		}
		got = append(got, r.Header.Get("X-Telegram-Bot-Api-Secret-Token")+" "+u.Message.Text)
		rw.WriteHeader(status)
	}))
	defer h.Close()

	w.refused("setWebhook", params{"url": "http://a.vn"}, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
	w.refused("setWebhook", params{"url": h.URL, "secret_token": "a b"}, "Bad Request: secret token contains unallowed characters")
	w.say(ann, ann, "trước")
	w.ok("setWebhook", params{"url": h.URL, "secret_token": "s_1", "drop_pending_updates": true}, nil)
	w.say(ann, ann, "một")
	w.say(ann, ann, "hai")
	if err := w.PushUpdates(deadline(t), h.Client()); err == nil {
		t.Error("a push that was answered with 500 succeeded")
	}
	status = http.StatusOK
	w.must(w.PushUpdates(deadline(t), h.Client()))
	if s := strings.Join(got, ", "); s != "s_1 một, s_1 một, s_1 hai" {
		t.Errorf("got %s", s)
	}
	var info struct {
		URL     string `json:"url"`
		Pending int    `json:"pending_update_count"`
	}
	w.ok("getWebhookInfo", nil, &info)
	if info.URL != h.URL || info.Pending != 0 {
		t.Errorf("info %+v", info)
	}
}

func TestWait(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	ctx, cancel := context.WithCancel(deadline(t))
	cancel()
	if err := w.WaitFor(ctx, func(*botserver.World) bool { return false }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	now, err := w.Wait(deadline(t), 0)
	w.must(err)
	next := make(chan uint64)
	go func() {
		n, err := w.Wait(deadline(t), now)
		if err != nil {
			t.Error(err)
		}
		next <- n
	}()
	w.say(ann, ann, "một")
	if n := <-next; n <= now {
		t.Errorf("revision %d after %d", n, now)
	}
	w.View(func(v *botserver.World) {
		if m := v.MessagesSince(ann, now); len(m) != 1 || m[0].Text != "một" {
			t.Errorf("changes %+v", m)
		}
		if c, _ := v.Chat(ann); c.Revision <= now || !c.Started {
			t.Errorf("chat %+v", c)
		}
		if c, _ := v.Chat(group); c.Revision > now {
			t.Errorf("chat %+v", c)
		}
	})
}
