package botserver_test

import (
	"testing"

	"dondoc/internal/botserver"
)

// TestLook reads the world in the ways that a page does.
func TestLook(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(group)
	topic, err := w.AddTopic(ann, forum, "Thanh tra")
	w.must(err)
	w.must(w.Rename(ann, group, "Phòng mới"))
	w.must(w.Upgrade(group, super-10))
	w.SetPrivacy(false)
	w.ok("setWebhook", params{"url": "https://a.vn/hook"}, nil)
	w.View(func(v *botserver.World) {
		chats := v.Chats()
		if len(chats) != 7 || chats[0].ID != ann || chats[0].Title != "An Nguyễn" || chats[6].MigratedFrom != group {
			t.Errorf("chats %+v", chats)
		}
		if c, _ := v.Chat(group); c.Title != "Phòng mới" || c.MigratedTo != super-10 || c.Bot != botserver.StatusMember {
			t.Errorf("group %+v", c)
		}
		if c, _ := v.Chat(forum); len(c.Topics) != 1 || c.Topics[0] != (botserver.Topic{ID: topic, Name: "Thanh tra"}) {
			t.Errorf("forum %+v", c)
		}
		if m := v.Members(super - 10); len(m) != 3 || m[0].User != ann || m[0].Status != botserver.StatusOwner {
			t.Errorf("members %+v", m)
		}
		if u, ok := v.User(ann); !ok || u.Language != "vi" {
			t.Errorf("user %+v", u)
		}
		if v.Webhook() != "https://a.vn/hook" || v.PendingUpdates() == 0 || v.Revision() == 0 {
			t.Errorf("webhook %q, %d updates, revision %d", v.Webhook(), v.PendingUpdates(), v.Revision())
		}
		_, user := v.User(7)
		_, chat := v.Chat(7)
		_, message := v.Message(ann, 7)
		_, last := v.Last(7)
		_, press := v.PressByID("7")
		_, file := v.File("7")
		if user || chat || message || last || press || file || v.Messages(7) != nil || v.Members(7) != nil || v.MenuFor(ann, 7) != nil {
			t.Error("found what is not there")
		}
	})
	w.say(ann, super-10, "xin chào") // heard: privacy mode is off
	w.ok("deleteWebhook", nil, nil)
	us := w.updates()
	if u := us[len(us)-1]; u.Message.Text != "xin chào" {
		t.Errorf("last update %+v", u)
	}
}

// TestEditsCompared looks at what counts as a change.
func TestEditsCompared(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, ann, "/start")
	mention := func(name string) string { return `<a href="tg://user?id=101">` + name + "</a>" }
	first := params{"text": "x", "copy_text": params{"text": "a"}}
	id := w.send(ann, mention("An"), "parse_mode", "HTML", "reply_markup", button(first))
	for _, tt := range []struct {
		text   string
		button params
		taken  bool
	}{
		{mention("An"), first, false},
		{mention("An"), params{"text": "x", "copy_text": params{"text": "b"}}, true},
		{mention("An"), params{"text": "x", "web_app": params{"url": "https://a.vn"}}, true},
		{mention("An"), params{"text": "x", "web_app": params{"url": "https://a.vn"}}, false},
		{mention("An"), params{"text": "x", "web_app": params{"url": "https://b.vn"}}, true},
		{"An", params{"text": "x", "web_app": params{"url": "https://b.vn"}}, true},
		{"An", params{"text": "x", "url": "https://b.vn"}, true},
		{"An", params{"text": "y", "url": "https://b.vn"}, true},
	} {
		a := w.call("editMessageText", params{
			"chat_id": ann, "message_id": id, "text": tt.text, "parse_mode": "HTML", "reply_markup": button(tt.button),
		})
		if a.OK != tt.taken {
			t.Errorf("%+v: %+v", tt, a)
		}
	}
}
