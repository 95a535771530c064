package botserver_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// raw calls and returns the status and the body; status 0 is a cut connection.
func (w *world) raw(method string, form url.Values) (int, string) {
	w.t.Helper()
	resp, err := http.PostForm(w.url+"/bot"+w.Token()+"/"+method, form) //nolint:noctx // ends with the server
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err.Error()
	}
	return resp.StatusCode, string(body)
}

func hello() url.Values { return url.Values{"chat_id": {"101"}, "text": {"x"}} }

func TestFaults(t *testing.T) {
	var next *botserver.Fault
	w := newWorld(t, botserver.Options{Hook: func(string, map[string]string) *botserver.Fault {
		f := next
		next = nil
		return f
	}})
	w.say(ann, ann, "/start")
	tests := []struct {
		fault botserver.Fault
		code  int
		body  string
		sent  bool
	}{
		{botserver.Fault{Kind: botserver.FaultTooMany, RetryAfter: 7}, 429, `"retry_after":7`, false},
		{botserver.Fault{Kind: botserver.FaultServer}, 500, "Internal Server Error", false},
		{botserver.Fault{Kind: botserver.FaultServer, After: true}, 500, "Internal Server Error", true},
		{botserver.Fault{Kind: botserver.FaultGateway}, 502, "<html>", false},
		{botserver.Fault{Kind: botserver.FaultGateway, After: true}, 502, "<html>", true},
		{botserver.Fault{Kind: botserver.FaultCut}, 0, "EOF", false},
		{botserver.Fault{Kind: botserver.FaultCut, After: true}, 0, "EOF", true},
		{botserver.Fault{Kind: botserver.FaultSlow, Delay: time.Millisecond}, 200, `"ok":true`, true},
		{
			botserver.Fault{Kind: botserver.FaultRefuse, Code: 400, Description: "Bad Request: REACTION_INVALID"},
			400,
			"REACTION_INVALID", false,
		},
	}
	sent := func() (n int) {
		w.View(func(v *botserver.World) { n = len(v.FromBot(ann)) })
		return n
	}
	for _, tt := range tests {
		before := sent()
		next = &tt.fault
		code, body := w.raw("sendMessage", hello())
		if code != tt.code || !strings.Contains(body, tt.body) || (sent() > before) != tt.sent {
			t.Errorf("%+v: %d %s, sent %t", tt.fault, code, body, sent() > before)
		}
	}
	w.View(func(v *botserver.World) {
		calls := v.CallsOf("sendMessage")
		if len(calls) != len(tests) {
			t.Fatalf("%d calls", len(calls))
		}
		for i, c := range calls {
			if c.Status != tests[i].code && !tests[i].fault.After || c.Fault.Kind != tests[i].fault.Kind {
				t.Errorf("call %+v, want %+v", c, tests[i])
			}
		}
	})
}

func TestRedelivery(t *testing.T) {
	again := false
	w := newWorld(t, botserver.Options{})
	w.SetHook(func(method string, _ map[string]string) *botserver.Fault {
		if again && method == "getUpdates" {
			again = false
			return &botserver.Fault{Kind: botserver.FaultRedeliver}
		}
		return nil
	})
	w.say(ann, ann, "một")
	first := w.get(nil)
	again = true
	second := w.get(params{"offset": first[0].ID + 1})
	if len(second) != 1 || second[0].ID != first[0].ID {
		t.Errorf("redelivered %+v", second)
	}
	if third := w.get(nil); len(third) != 0 {
		t.Errorf("the confirmation was lost: %+v", third)
	}
}

// TestFaultsBySeed: one seed, one course of things, in whatever order chats
// are served.
func TestFaultsBySeed(t *testing.T) {
	course := func(seed uint64, chats ...int64) map[string]string {
		w := newWorld(t, botserver.Options{Faults: botserver.Faults{
			Seed: seed, Rate: 0.3, Methods: []string{"sendMessage"},
			Kinds: []botserver.FaultKind{botserver.FaultTooMany, botserver.FaultServer, botserver.FaultGateway},
		}})
		out := map[string]string{}
		for _, chat := range chats {
			w.say(chat, chat, "/start")
			for range 50 {
				code, _ := w.raw("sendMessage", url.Values{"chat_id": {fmt.Sprint(chat)}, "text": {"x"}})
				out[fmt.Sprint(chat)] += fmt.Sprint(code, " ")
			}
		}
		return out
	}
	a, b, other := course(1, ann, binh), course(1, binh, ann), course(2, ann, binh)
	for chat, codes := range a {
		faults := 50 - strings.Count(codes, "200")
		switch {
		case b[chat] != codes:
			t.Errorf("chat %s: two courses of one seed:\n%s\n%s", chat, codes, b[chat])
		case other[chat] == codes:
			t.Errorf("chat %s: two seeds, one course", chat)
		case faults < 5 || faults > 30:
			t.Errorf("chat %s: %d faults in 50 calls at a rate of 0.3", chat, faults)
		}
	}
}

// TestAllFaults meets every kind of fault by the default choice.
func TestAllFaults(t *testing.T) {
	w := newWorld(t, botserver.Options{Faults: botserver.Faults{Seed: 5, Rate: 0.9}})
	w.say(ann, ann, "/start")
	for range 60 {
		w.raw("sendMessage", hello())
		w.raw("getUpdates", nil)
	}
	w.SetFaults(botserver.Faults{})
	seen := map[botserver.FaultKind]bool{}
	w.View(func(v *botserver.World) {
		for _, c := range v.Calls() {
			if c.Fault != nil {
				seen[c.Fault.Kind] = true
			}
		}
	})
	if len(seen) != 6 {
		t.Errorf("seen %v", seen)
	}
	w.send(ann, "x")
}
