package botserver_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

func TestPress(t *testing.T) {
	now := start
	w := newWorld(t, botserver.Options{Network: func() time.Time { return now }})
	w.join(super)
	id := w.send(super, "x", "reply_markup", button(params{"text": "✅ 15", "callback_data": "a"}))
	w.updates()
	first, err := w.Press(binh, super, id, "a")
	w.must(err)
	u := w.only()
	if u.Callback.ID != first || u.Callback.Data != "a" || u.Callback.Message.ID != id || u.Callback.Message.Text != "x" {
		t.Errorf("got %+v", u.Callback)
	}
	second, err := w.PressLabel(binh, super, id, "✅ 15")
	w.must(err)
	if first == second {
		t.Error("two presses share an id")
	}
	const late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
	answer := func(id, text string) params { return params{"callback_query_id": id, "text": text, "show_alert": true} }
	w.refused("answerCallbackQuery", answer("1", "x"), late)
	w.refused("answerCallbackQuery", params{}, late)
	w.refused("answerCallbackQuery", answer(first, strings.Repeat("ữ", 201)), "Bad Request: MESSAGE_TOO_LONG")
	w.refused("answerCallbackQuery", params{"callback_query_id": first, "url": "https://a.vn"}, "Bad Request: URL_INVALID")
	now = now.Add(14 * time.Second)
	w.ok("answerCallbackQuery", answer(first, strings.Repeat("ữ", 200)), nil)
	now = now.Add(time.Second)
	w.refused("answerCallbackQuery", answer(second, "x"), late)
	w.View(func(v *botserver.World) {
		ps := v.Presses()
		if len(ps) != 2 || len(ps[0].Answers) != 1 || !ps[0].Answers[0].Alert || len(ps[1].Answers) != 0 {
			t.Errorf("presses %+v", ps)
		}
	})
}

func TestPressRefused(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(super)
	id := w.send(super, "x", "reply_markup", button(params{"text": "x", "callback_data": "a"}))
	w.must(w.RemoveMember(ann, super, binh))
	w.updates()
	for _, tt := range []struct {
		user    int64
		message int
		data    string
		want    error
	}{
		{ann, id, "b", botserver.ErrNoButton},
		{ann, id, "", botserver.ErrNoButton},
		{ann, 99, "a", botserver.ErrNoButton},
		{binh, id, "a", botserver.ErrNotMember},
		{7, id, "a", botserver.ErrNoUser},
	} {
		if _, err := w.Press(tt.user, super, tt.message, tt.data); !errors.Is(err, tt.want) {
			t.Errorf("press %+v: %v", tt, err)
		}
	}
	if us := w.updates(); len(us) != 0 {
		t.Errorf("refused presses reached the bot: %+v", us)
	}
	_, err := w.PressForged(binh, super, id, "forged")
	w.must(err)
	if u := w.only(); u.Callback.Data != "forged" || u.Callback.Message.Date == 0 {
		t.Errorf("got %+v", u.Callback)
	}
	w.must(w.DeleteMessage(super, id))
	_, err = w.PressForged(ann, super, id, "a")
	w.must(err)
	if u := w.only(); u.Callback.Message.ID != id || u.Callback.Message.Date != 0 {
		t.Errorf("got %+v", u.Callback.Message)
	}
}

// TestPosts lets people write, edit and send files.
func TestPosts(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	id := w.say(ann, ann, "/done 15")
	w.updates()
	w.now = start.Add(time.Minute)
	w.must(w.EditMessage(ann, ann, id, "/done 16 xong"))
	u := w.only()
	if m := u.Edited; m == nil || m.ID != id || m.Text != "/done 16 xong" || m.EditDate != w.now.Unix() || m.Date != start.Unix() ||
		m.Entities[0]["type"] != "bot_command" {
		t.Errorf("edited %+v", u)
	}
	file := func(name string) *botserver.Upload { return &botserver.Upload{Name: name, Data: []byte(name)} }
	ids, err := w.Album(ann, ann, botserver.Post{Text: "/done 15", File: file("a.pdf")},
		botserver.Post{File: file("b.pdf")}, botserver.Post{File: &botserver.Upload{Photo: true, Data: []byte("x")}})
	w.must(err)
	us := w.updates()
	if len(us) != 3 || us[0].Message.ID != ids[0] || us[0].Message.Caption != "/done 15" || us[0].Message.Album == "" ||
		us[1].Message.Album != us[0].Message.Album || us[1].Message.Document.Name != "b.pdf" || len(us[2].Message.Photo) != 2 {
		t.Errorf("album %+v", us)
	}
	single, err := w.Post(ann, ann, botserver.Post{File: file("c.pdf"), ReplyTo: ids[0]})
	w.must(err)
	if m := w.only().Message; m.ID != single || m.Album != "" || m.ReplyTo.Document.Name != "a.pdf" {
		t.Errorf("single %+v", m)
	}
	for _, tt := range []struct {
		chat int64
		p    botserver.Post
		want error
	}{
		{ann, botserver.Post{}, botserver.ErrNotAllowed},
		{binh, botserver.Post{Text: "x"}, botserver.ErrNotMember},
		{-7, botserver.Post{Text: "x"}, botserver.ErrNoChat},
		{ann, botserver.Post{Text: "x", ReplyTo: 99}, botserver.ErrNoMessage},
		{forum, botserver.Post{Text: "x", Topic: 99}, botserver.ErrNoTopic},
		{group, botserver.Post{Text: "x", Anonymous: true}, botserver.ErrNotAllowed},
	} {
		if _, err := w.Post(ann, tt.chat, tt.p); !errors.Is(err, tt.want) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
	if err := w.EditMessage(ann, ann, 99, "x"); !errors.Is(err, botserver.ErrNoMessage) {
		t.Errorf("edit of nothing: %v", err)
	}
}

// TestMessageNumbers: private chats and groups share one sequence, every
// supergroup has its own.
func TestMessageNumbers(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	a, b := w.say(ann, ann, "một"), w.say(ann, group, "hai")
	c, d := w.say(ann, super, "ba"), w.say(ann, forum, "bốn")
	if b != a+1 || c != d {
		t.Errorf("ids %d %d %d %d", a, b, c, d)
	}
}
