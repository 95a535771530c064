package botserver_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// TestWaysToCall sends one text in all the ways that Telegram takes.
func TestWaysToCall(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, ann, "/start")
	form := url.Values{"chat_id": {"101"}, "text": {"xin chào"}}
	ways := map[string]func() answer{
		"JSON": func() answer { return w.call("sendMessage", params{"chat_id": 101, "text": "xin chào"}) },
		"form": func() answer {
			return w.post(w.Token(), "sendMessage", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
		},
		"address": func() answer { return w.post(w.Token(), "sendMessage?"+form.Encode(), "", nil) },
		"multipart": func() answer {
			return w.upload("sendMessage", "unused", "a", []byte("x"), map[string]string{"chat_id": "101", "text": "xin chào"})
		},
		"any case": func() answer { return w.call("SENDMESSAGE", params{"chat_id": 101, "text": "xin chào"}) },
	}
	for name, call := range ways {
		var m message
		if a := call(); !a.OK || json.Unmarshal(a.Result, &m) != nil || m.Text != "xin chào" {
			t.Errorf("%s: %+v", name, a)
		}
	}
	code, _ := w.visit("/bot" + w.Token() + "/getMe")
	if code != http.StatusOK {
		t.Errorf("GET: %d", code)
	}
}

func (w *world) visit(path string) (int, answer) {
	w.t.Helper()
	resp, err := http.Get(w.url + path) //nolint:noctx // ends with the server
	w.must(err)
	defer func() { _ = resp.Body.Close() }()
	var a answer
	w.must(json.NewDecoder(resp.Body).Decode(&a))
	return resp.StatusCode, a
}

func TestWrongCalls(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	for _, tt := range []struct {
		path string
		code int
		want string
	}{
		{"/bot" + w.Token() + "/noSuchMethod", 404, "Not Found"},
		{"/bot7000000001:wrong/getMe", 401, "Unauthorized"},
		{"/bot" + w.Token(), 404, "Not Found"},
		{"/botnotoken/getMe", 404, "Not Found"},
		{"/", 404, "Not Found"},
	} {
		if code, a := w.visit(tt.path); code != tt.code || a.Description != tt.want || a.Code != tt.code {
			t.Errorf("%s: %d %+v", tt.path, code, a)
		}
	}
	if a := w.post(w.Token(), "sendMessage", "application/json", strings.NewReader("{")); a.Code != 400 {
		t.Errorf("broken JSON: %+v", a)
	}
	w.refused("sendChatAction", params{"chat_id": ann, "action": "dance"}, "Bad Request: wrong parameter action in request")
}

// TestCallsKept looks at the list of calls.
func TestCallsKept(t *testing.T) {
	network := start.Add(time.Hour)
	w := newWorld(t, botserver.Options{Network: func() time.Time { return network }})
	w.say(ann, ann, "/start")
	w.send(ann, "x")
	w.refused("sendMessage", params{"chat_id": 7, "text": "y"}, "Bad Request: chat not found")
	w.updates()
	w.get(nil)
	w.View(func(v *botserver.World) {
		var got []string
		for _, c := range v.Calls() {
			got = append(got, fmt.Sprintf("%s %d %d %q", c.Method, c.Chat, c.Status, c.Params["text"]))
			if !c.At.Equal(network) || !c.Clock.Equal(start) {
				t.Errorf("times %v, %v", c.At, c.Clock)
			}
		}
		want := `sendMessage 101 200 "x", sendMessage 7 400 "y", getUpdates 0 200 ""`
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("got  %s\nwant %s", s, want)
		}
		if c := v.CallsOf("sendMessage")[0]; !json.Valid(c.Result) || c.Number != 1 {
			t.Errorf("call %+v", c)
		}
	})
}

func TestWorldRefuses(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	for name, err := range map[string]error{
		"user twice":         w.AddUser(botserver.User{ID: ann}),
		"group twice":        w.AddGroup(botserver.Group{ID: group, Owner: ann}),
		"owner unknown":      w.AddGroup(botserver.Group{ID: -9, Owner: 7}),
		"forum of a group":   w.AddGroup(botserver.Group{ID: -9, Owner: ann, Forum: true}),
		"member unknown":     w.AddMember(ann, group, 7),
		"by a stranger":      w.AddMember(7, group, binh),
		"removed by member":  w.RemoveMember(binh, group, ann),
		"removed, not there": w.RemoveMember(ann, group, w.Bot().ID),
		"admin, not there":   w.SetAdmin(group, 7, true, false),
		"upgrade of a super": w.Upgrade(super, super-10),
		"upgrade, id taken":  w.Upgrade(group, super),
		"block by a group":   w.Block(group),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := w.AddTopic(ann, super, "x"); err == nil {
		t.Error("a topic in a supergroup without topics")
	}
}

// TestBurst holds a thousand chats that all speak at once.
func TestBurst(t *testing.T) {
	const chats, each = 1000, 10
	w := newWorld(t, botserver.Options{})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := i; n < chats; n += 8 {
				id := int64(10_000 + n)
				if err := w.AddUser(botserver.User{ID: id, FirstName: "X"}); err != nil {
					t.Error(err)
				}
				for k := range each {
					if _, err := w.Say(id, id, fmt.Sprintf("/done %d", k)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	seen := map[int64]bool{}
	last := map[int64]string{}
	for offset := int64(0); ; {
		batch := w.get(params{"offset": offset})
		if len(batch) == 0 {
			break
		}
		for _, u := range batch {
			if seen[u.ID] || u.Message.Text <= last[u.Message.Chat.ID] {
				t.Fatalf("update %d out of order: %s", u.ID, u.Message.Text)
			}
			seen[u.ID], last[u.Message.Chat.ID] = true, u.Message.Text
			offset = u.ID + 1
		}
	}
	if len(seen) != chats*each {
		t.Errorf("%d updates, want %d", len(seen), chats*each)
	}
}
