package botserver_test

import (
	"fmt"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

func TestLimits(t *testing.T) {
	now := start
	w := newWorld(t, botserver.Options{
		Network: func() time.Time { return now },
		Limits:  botserver.Limits{PerSecond: 3, PerChatSecond: 2, PerGroupMinute: 4},
	})
	w.join(super)
	w.say(ann, ann, "/start")
	w.say(binh, binh, "/start")
	type step struct {
		after time.Duration
		chat  int64
		retry int // seconds; 0 if taken
	}
	steps := []step{
		{0, ann, 0},
		{0, ann, 0},
		{0, ann, 1}, // two a second to a chat
		{0, binh, 0},
		{0, binh, 1}, // three a second in all
		{999 * time.Millisecond, binh, 1},
		{time.Millisecond, binh, 0},
		{time.Second, super, 0},
		{0, super, 0},
		{time.Second, super, 0},
		{0, super, 0},
		{time.Second, super, 58}, // four a minute to a group; the first was two seconds ago
		{58 * time.Second, super, 0},
	}
	for i, s := range steps {
		now = now.Add(s.after)
		a := w.call("sendMessage", params{"chat_id": s.chat, "text": "x"})
		want := fmt.Sprintf("Too Many Requests: retry after %d", s.retry)
		if a.OK != (s.retry == 0) || !a.OK && (a.Description != want || a.Parameters.RetryAfter != s.retry) {
			t.Errorf("step %d: got %+v, want retry after %d", i, a, s.retry)
		}
	}
	w.View(func(v *botserver.World) {
		if p := v.Peaks(); p.Calls != len(steps) || p.PerSecond != 6 || p.PerChatSecond != 3 || p.PerGroupMinute != 5 {
			t.Errorf("peaks %+v", p)
		}
	})
}

// TestPeaks measures what counts and nothing else, with no limits set.
func TestPeaks(t *testing.T) {
	now := start
	w := newWorld(t, botserver.Options{Network: func() time.Time { return now }})
	w.join(super)
	id := w.send(super, "x")
	theirs := w.say(ann, super, "/done")
	for _, c := range []struct {
		method string
		p      params
	}{
		{"setMessageReaction", params{"chat_id": super, "message_id": theirs}},
		{"sendChatAction", params{"chat_id": super, "action": "typing"}},
		{"getChat", params{"chat_id": super}},
		{"editMessageText", params{"chat_id": super, "message_id": id, "text": "y"}},
		{"copyMessage", params{"chat_id": super, "from_chat_id": super, "message_id": id}},
	} {
		w.ok(c.method, c.p, nil)
	}
	now = now.Add(time.Second) // the calls before are just out of the window
	w.send(super, "z")
	w.View(func(v *botserver.World) {
		want := botserver.Peaks{PerSecond: 3, PerChatSecond: 3, PerGroupMinute: 4, Calls: 4}
		if p := v.Peaks(); p != want {
			t.Errorf("peaks %+v, want %+v", p, want)
		}
	})
}
