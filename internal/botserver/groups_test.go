package botserver_test

import (
	"errors"
	"strings"
	"testing"

	"dondoc/internal/botserver"
)

// TestPrivacy says all kinds of things in a group and looks at what the bot
// hears.
func TestPrivacy(t *testing.T) {
	says := []struct {
		text    string
		private bool // heard in privacy mode
	}{
		{"/done 15", true},
		{"/done@dondoc_bot 15", true},
		{"/done@Dondoc_Bot 15", true},
		{"/done@other_bot 15", false},
		{"làm /done 15", false},
		{"xin chào", false},
		{"@dondoc_bot ơi", true},
		{"@other_bot ơi", false},
		{"/việc", false},
	}
	for _, mode := range []string{"privacy", "admin", "off"} {
		t.Run(mode, func(t *testing.T) {
			w := newWorld(t, botserver.Options{PrivacyOff: mode == "off"})
			w.join(super)
			if mode == "admin" {
				w.must(w.SetAdmin(super, w.Bot().ID, true, false))
			}
			own, other := w.send(super, "của bot"), w.say(binh, super, "của người")
			w.updates()
			heard := func(post botserver.Post) bool {
				t.Helper()
				_, err := w.Post(ann, super, post)
				w.must(err)
				return len(w.updates()) == 1
			}
			for _, s := range says {
				if got, want := heard(botserver.Post{Text: s.text}), s.private || mode != "privacy"; got != want {
					t.Errorf("%q heard: %t, want %t", s.text, got, want)
				}
			}
			if !heard(botserver.Post{Text: "trả lời", ReplyTo: own}) {
				t.Error("a reply to the bot is not heard")
			}
			if got, want := heard(botserver.Post{Text: "trả lời", ReplyTo: other}), mode != "privacy"; got != want {
				t.Errorf("a reply to a person heard: %t, want %t", got, want)
			}
			if !heard(botserver.Post{Text: "/done 1", File: &botserver.Upload{Name: "a.pdf", Data: []byte("x")}}) {
				t.Error("a command as caption is not heard")
			}
			var me struct {
				All bool `json:"can_read_all_group_messages"`
			}
			w.ok("getMe", nil, &me)
			if me.All != (mode == "off") {
				t.Errorf("can_read_all_group_messages is %t", me.All)
			}
		})
	}
}

func TestMembership(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, group, "/done 1") // unheard: the bot is not there
	w.join(group)
	us := w.updates()
	if len(us) != 2 || us[0].MyMember == nil || us[0].MyMember.Old.Status != "left" || us[0].MyMember.New.Status != "member" ||
		us[1].Message == nil || us[1].Message.Joined[0].ID != w.Bot().ID {
		t.Fatalf("joining: %+v", us)
	}
	w.must(w.RemoveMember(ann, group, binh))
	if u := w.only(); u.Message == nil {
		t.Errorf("leaving: %+v", u)
	}
	if _, err := w.Say(binh, group, "/done 1"); !errors.Is(err, botserver.ErrNotMember) {
		t.Errorf("a stranger could write: %v", err)
	}
	w.must(w.RemoveMember(ann, group, w.Bot().ID))
	if u := w.only(); u.MyMember == nil || u.MyMember.New.Status != "kicked" {
		t.Errorf("kicked: %+v", u)
	}
	w.say(ann, group, "/done 1")
	if us := w.updates(); len(us) != 0 {
		t.Errorf("heard from outside: %+v", us)
	}
}

func TestMembersTold(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(super)
	status := func(user int64) string {
		var m struct {
			Status    string `json:"status"`
			Anonymous bool   `json:"is_anonymous"`
		}
		w.ok("getChatMember", params{"chat_id": super, "user_id": user}, &m)
		if m.Anonymous {
			return m.Status + " anonymous"
		}
		return m.Status
	}
	if s := status(ann) + " " + status(binh) + " " + status(w.Bot().ID); s != "creator member member" {
		t.Errorf("got %s", s)
	}
	w.must(w.SetAdmin(super, binh, true, true))
	if s := status(binh); s != "administrator anonymous" {
		t.Errorf("got %s", s)
	}
	var admins []struct {
		Status string `json:"status"`
	}
	w.ok("getChatAdministrators", params{"chat_id": super}, &admins)
	var n int
	w.ok("getChatMemberCount", params{"chat_id": super}, &n)
	if len(admins) != 2 || n != 3 {
		t.Errorf("%d administrators of %d", len(admins), n)
	}
	w.must(w.RemoveMember(binh, super, binh))
	if s := status(binh); s != "left" {
		t.Errorf("got %s", s)
	}
	w.refused("getChatMember", params{"chat_id": super, "user_id": 7}, "Bad Request: user not found")
	w.refused("getChatMember", params{"chat_id": super}, "Bad Request: invalid user_id specified")
	w.refused("getChatMember", params{"chat_id": ann, "user_id": binh}, "Bad Request: member not found")
	w.refused("getChatAdministrators", params{"chat_id": ann}, "Bad Request: there are no administrators in the private chat")
	w.must(w.HideMembers(super, true))
	w.refused("getChatMember", params{"chat_id": super, "user_id": ann}, "Bad Request: member list is inaccessible")
}

// TestStandIns lets those write who are no persons.
func TestStandIns(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(super)
	w.must(w.SetAdmin(super, binh, true, true))
	w.updates()
	w.say(binh, super, "/done 1")
	if m := w.only().Message; m.From.ID != botserver.AnonymousAdminID || m.Sender.ID != super {
		t.Errorf("anonymous admin: %+v", m)
	}
	_, err := w.Post(ann, super, botserver.Post{Text: "/done 1", AsChannel: chann})
	w.must(err)
	if m := w.only().Message; m.From.ID != botserver.ChannelBotID || m.Sender.ID != chann {
		t.Errorf("channel: %+v", m)
	}
	if _, err := w.Post(binh, super, botserver.Post{Text: "x", AsChannel: chann}); !errors.Is(err, botserver.ErrNotAllowed) {
		t.Errorf("somebody else's channel: %v", err)
	}
	w.must(w.AddMember(ann, chann, w.Bot().ID))
	w.must(w.SetAdmin(chann, w.Bot().ID, true, false))
	w.updates()
	w.say(ann, chann, "thông báo")
	if m := w.only().Post; m == nil || m.From != nil || m.Sender.ID != chann {
		t.Errorf("channel post: %+v", m)
	}
}

// TestForum looks at what tells topics and replies apart.
func TestForum(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(forum)
	topic, err := w.AddTopic(ann, forum, "Thanh tra")
	w.must(err)
	w.updates()

	_, err = w.Post(binh, forum, botserver.Post{Text: "/viec", Topic: topic})
	w.must(err)
	plain := w.only().Message
	if plain.Thread != topic || !plain.IsTopic || plain.ReplyTo == nil ||
		plain.ReplyTo.ID != topic || plain.ReplyTo.TopicCreated == nil {
		t.Errorf("in the topic: %+v", plain)
	}
	_, err = w.Reply(binh, forum, plain.ID, "/done")
	w.must(err)
	if m := w.only().Message; m.Thread != topic || m.ReplyTo.ID != plain.ID ||
		m.ReplyTo.TopicCreated != nil || m.ReplyTo.ReplyTo != nil {
		t.Errorf("a reply in the topic: %+v", m)
	}
	w.say(binh, forum, "/viec")
	if m := w.only().Message; m.Thread != 0 || m.IsTopic || m.ReplyTo != nil {
		t.Errorf("in General: %+v", m)
	}

	var m message
	w.ok("sendMessage", params{"chat_id": forum, "message_thread_id": topic, "text": "x"}, &m)
	if m.Thread != topic || m.ReplyTo.ID != topic {
		t.Errorf("sent to the topic: %+v", m)
	}
	w.ok("sendMessage", params{"chat_id": forum, "text": "x", "reply_parameters": params{"message_id": plain.ID}}, &m)
	if m.Thread != topic || m.ReplyTo.ID != plain.ID {
		t.Errorf("sent as reply: %+v", m)
	}
	for _, thread := range []int{1, 99, plain.ID} {
		w.refused("sendMessage", params{"chat_id": forum, "message_thread_id": thread, "text": "x"},
			"Bad Request: message thread not found")
	}
	w.must(w.CloseTopic(ann, forum, topic))
	w.refused("sendMessage", params{"chat_id": forum, "message_thread_id": topic, "text": "x"}, "Bad Request: TOPIC_CLOSED")
	w.must(w.DeleteTopic(ann, forum, topic))
	w.refused("sendMessage", params{"chat_id": forum, "message_thread_id": topic, "text": "x"},
		"Bad Request: message thread not found")
}

// TestReplyThreads: a supergroup without topics numbers chains of replies, and
// that is no topic.
func TestReplyThreads(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(super, group)
	for _, tt := range []struct {
		chat   int64
		thread bool
	}{{super, true}, {group, false}} {
		root := w.send(tt.chat, "gốc")
		w.updates()
		first, err := w.Reply(ann, tt.chat, root, "một")
		w.must(err)
		_, err = w.Reply(ann, tt.chat, first, "/hai")
		w.must(err)
		want := 0
		if tt.thread {
			want = root
		}
		for _, u := range w.updates() {
			if m := u.Message; m.Thread != want || m.IsTopic {
				t.Errorf("%s in %d: thread %d, want %d", m.Text, tt.chat, m.Thread, want)
			}
		}
	}
}

func TestUpgrade(t *testing.T) {
	const next = super - 10
	w := newWorld(t, botserver.Options{})
	w.join(group)
	old := w.send(group, "x")
	w.updates()
	w.must(w.Upgrade(group, next))
	us := w.updates()
	if len(us) != 2 || us[0].Message.MigrateTo != next || us[0].Message.Chat.ID != group ||
		us[1].Message.MigrateFrom != group || us[1].Message.Chat.ID != next || us[1].Message.Chat.Type != "supergroup" {
		t.Fatalf("got %+v", us)
	}
	const gone = "Bad Request: group chat was upgraded to a supergroup chat"
	a := w.call("sendMessage", params{"chat_id": group, "text": "x"})
	if a.Description != gone || a.Parameters.MigrateTo != next {
		t.Errorf("got %+v", a)
	}
	w.refused("editMessageText", params{"chat_id": group, "message_id": old, "text": "y"}, gone)
	w.refused("getChatMember", params{"chat_id": group, "user_id": ann}, gone)
	w.refused("sendMessage", params{"chat_id": next, "text": "x", "reply_parameters": params{"message_id": old}},
		"Bad Request: message to be replied not found")
	w.send(next, "x")
	w.say(binh, next, "/done")
	if _, err := w.Say(binh, group, "/done"); !errors.Is(err, botserver.ErrNoChat) {
		t.Errorf("somebody wrote in the old group: %v", err)
	}
}

func TestLinks(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	for _, link := range []string{"https://t.me/dondoc_bot?start=abc_1-2", "tg://resolve?domain=dondoc_bot&start=abc_1-2"} {
		_, err := w.OpenLink(ann, link)
		w.must(err)
		if m := w.only().Message; m.Text != "/start abc_1-2" || m.Chat.ID != ann {
			t.Errorf("got %+v", m)
		}
	}
	_, err := w.OpenGroupLink(ann, "https://t.me/dondoc_bot?startgroup=k", group)
	w.must(err)
	us := w.updates()
	if len(us) != 3 || us[0].MyMember == nil || us[2].Message.Text != "/start@dondoc_bot k" {
		t.Errorf("got %+v", us)
	}
	for _, link := range []string{
		"https://t.me/other_bot?start=a", "https://a.vn/?start=a", "https://t.me/dondoc_bot?start=a.b",
		"https://t.me/dondoc_bot?start=" + strings.Repeat("a", 65), "https://t.me/dondoc_bot?startgroup=a",
	} {
		if _, err := w.OpenLink(ann, link); !errors.Is(err, botserver.ErrBadLink) {
			t.Errorf("%s: %v", link, err)
		}
	}
}
