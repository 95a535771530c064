package botserver_test

import (
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

func TestSendRefused(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(super)
	w.say(ann, ann, "/start")
	tests := []struct {
		name string
		p    params
		want string
	}{
		{"no chat", params{"text": "x"}, "Bad Request: chat_id is empty"},
		{"no text", params{"chat_id": ann}, "Bad Request: message text is empty"},
		{"empty text", params{"chat_id": ann, "text": ""}, "Bad Request: message text is empty"},
		{"white space", params{"chat_id": ann, "text": " \n "}, "Bad Request: text must be non-empty"},
		{"empty after parsing", params{"chat_id": ann, "text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: text must be non-empty"},
		{"unknown chat", params{"chat_id": 7, "text": "x"}, "Bad Request: chat not found"},
		{"no number", params{"chat_id": "abc", "text": "x"}, "Bad Request: chat not found"},
		{"a person by name", params{"chat_id": "@annguyen", "text": "x"}, "Bad Request: chat not found"},
		{"a group the bot never saw", params{"chat_id": group, "text": "x"}, "Bad Request: chat not found"},
		{"never started", params{"chat_id": binh, "text": "x"}, "Forbidden: bot can't initiate conversation with a user"},
		{"too long", params{"chat_id": ann, "text": strings.Repeat("ữ", 4097)}, "Bad Request: message is too long"},
		{"too long in UTF-16", params{"chat_id": ann, "text": strings.Repeat("🟢", 2049)}, "Bad Request: message is too long"},
		{
			"answers nothing",
			params{"chat_id": ann, "text": "x", "reply_parameters": params{"message_id": 99}},
			"Bad Request: message to be replied not found",
		},
		{
			"reply without id",
			params{"chat_id": ann, "text": "x", "reply_parameters": params{"quote": "y"}},
			`Bad Request: can't find field "message_id"`,
		},
		{
			"reply of a wrong type",
			params{"chat_id": ann, "text": "x", "reply_parameters": []int{1}},
			"Bad Request: object expected as reply parameters",
		},
		{"unknown topic", params{"chat_id": ann, "text": "x", "message_thread_id": 5}, "Bad Request: message thread not found"},
		{
			"preview of a wrong type",
			params{"chat_id": ann, "text": "x", "link_preview_options": params{"is_disabled": "yes"}},
			`Bad Request: field "is_disabled" must be of type Boolean`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w.t = t
			w.refused("sendMessage", tt.p, tt.want)
		})
	}
}

func TestSendTaken(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	asked := w.say(ann, ann, "/start")
	for _, p := range []params{
		{"text": strings.Repeat("ữ", 4096)},
		{"text": strings.Repeat("🟢", 2048)},
		{"text": "<b>" + strings.Repeat("&lt;", 4096) + "</b>", "parse_mode": "html"},
		{"text": "x", "reply_parameters": params{"message_id": 99, "allow_sending_without_reply": true}},
		{"text": "x", "reply_parameters": params{}},
		{"text": "x", "disable_notification": true, "link_preview_options": params{"is_disabled": true}},
	} {
		p["chat_id"] = "101" // as text
		w.ok("sendMessage", p, nil)
	}
	var m message
	w.ok("sendMessage", params{"chat_id": ann, "text": "x", "reply_parameters": params{"message_id": asked}}, &m)
	if m.ReplyTo == nil || m.ReplyTo.ID != asked || m.From.Username != "dondoc_bot" ||
		m.Date != start.Unix() || m.Chat.Type != "private" {
		t.Errorf("sent %+v", m)
	}
	w.View(func(v *botserver.World) {
		for _, m := range v.FromBot(ann) {
			if m.ReplyTo != 0 && m.ReplyTo != asked {
				t.Errorf("replies to %d", m.ReplyTo)
			}
		}
		if n := len(v.FromBot(ann)); n != 7 {
			t.Errorf("%d messages from the bot, want 7", n)
		}
	})
}

// TestStanding sends to chats that no longer take it.
func TestStanding(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(group, super)
	w.must(w.AddMember(ann, chann, w.Bot().ID))
	w.say(ann, ann, "/start")
	x := func(chat int64) params { return params{"chat_id": chat, "text": "x"} }

	w.must(w.Block(ann))
	w.refused("sendMessage", x(ann), "Forbidden: bot was blocked by the user")
	w.say(ann, ann, "/start")
	w.ok("sendMessage", x(ann), nil)

	w.must(w.RemoveMember(ann, group, w.Bot().ID))
	w.refused("sendMessage", x(group), "Forbidden: bot was kicked from the group chat")
	w.must(w.RemoveMember(ann, super, w.Bot().ID))
	w.refused("sendMessage", x(super), "Forbidden: bot was kicked from the supergroup chat")
	w.refused("getChat", params{"chat_id": super}, "Forbidden: bot was kicked from the supergroup chat")
	w.ok("getChat", params{"chat_id": group}, nil)

	w.join(super)
	w.ok("leaveChat", params{"chat_id": super}, nil)
	w.refused("sendMessage", x(super), "Forbidden: bot is not a member of the supergroup chat")
	w.refused("leaveChat", params{"chat_id": super}, "Forbidden: bot is not a member of the supergroup chat")

	w.refused("sendMessage", x(chann), "Bad Request: need administrator rights in the channel chat")
	w.must(w.SetAdmin(chann, w.Bot().ID, true, false))
	w.ok("sendMessage", x(chann), nil)
}

func TestEdit(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	theirs := w.say(ann, ann, "/start")
	id := w.send(ann, "<b>một</b>", "parse_mode", "HTML", "reply_markup", button(params{"text": "x", "callback_data": "y"}))
	at := func(p params) params {
		p["chat_id"], p["message_id"] = ann, id
		return p
	}
	const same = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same " +
		"as a current content and reply markup of the message"
	w.refused("editMessageText", at(params{
		"text": "<strong>một</strong>", "parse_mode": "HTML", "reply_markup": button(params{"text": "x", "callback_data": "y"}),
	}), same)
	w.now = start.Add(time.Minute)
	w.ok("editMessageText", at(params{"text": "hai"}), nil)
	w.View(func(v *botserver.World) {
		m, _ := v.Message(ann, id)
		if m.Text != "hai" || len(m.Buttons) != 0 || !m.EditDate.Equal(w.now) ||
			len(m.Before) != 1 || m.Before[0].Source != "<b>một</b>" {
			t.Errorf("edited %+v", m)
		}
	})
	w.refused("editMessageText", at(params{"text": "hai"}), same)
	w.refused("editMessageReplyMarkup", at(params{}), same)
	w.ok("editMessageReplyMarkup", at(params{"reply_markup": button(params{"text": "x", "callback_data": "y"})}), nil)
	w.ok("editMessageReplyMarkup", at(params{"reply_markup": params{"inline_keyboard": []any{}}}), nil)
	w.refused("editMessageText", at(params{"text": "ba", "reply_markup": params{"force_reply": true}}),
		"Bad Request: inline keyboard expected")
	w.refused("editMessageText", at(params{"text": ""}), "Bad Request: message text is empty")
	w.refused("editMessageText", at(params{"text": strings.Repeat("x", 4097)}), "Bad Request: message is too long")
	w.refused("editMessageCaption", at(params{"caption": "x"}), "Bad Request: there is no caption in the message to edit")
	w.refused("editMessageText", params{"chat_id": ann, "message_id": 99, "text": "x"}, "Bad Request: message to edit not found")
	w.refused("editMessageText", params{"chat_id": ann, "message_id": theirs, "text": "x"}, "Bad Request: message can't be edited")
	w.refused("editMessageText", params{"text": "x"}, "Bad Request: message identifier is not specified")
}

func TestDelete(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(super)
	theirs := w.say(ann, super, "/start")
	id := w.send(super, "x")
	old := w.send(super, "y")
	w.ok("deleteMessage", params{"chat_id": super, "message_id": id}, nil)
	w.refused("deleteMessage", params{"chat_id": super, "message_id": id}, "Bad Request: message to delete not found")
	w.refused("editMessageText", params{"chat_id": super, "message_id": id, "text": "z"}, "Bad Request: message to edit not found")
	w.refused("deleteMessage", params{"chat_id": super, "message_id": theirs}, "Bad Request: message can't be deleted for everyone")
	w.now = start.Add(49 * time.Hour)
	w.refused("deleteMessage", params{"chat_id": super, "message_id": old}, "Bad Request: message can't be deleted for everyone")
	w.must(w.SetAdmin(super, w.Bot().ID, true, false))
	w.ok("deleteMessage", params{"chat_id": super, "message_id": theirs}, nil)
	w.refused("deleteMessage", params{"chat_id": super}, "Bad Request: message identifier is not specified")
	w.refused("deleteMessage", params{"message_id": 1}, "Bad Request: chat identifier is not specified")
	w.View(func(v *botserver.World) {
		if m := v.FromBot(super); len(m) != 1 || m[0].ID != old {
			t.Errorf("left %+v", m)
		}
		if m := v.MessagesSince(super, 1); !m[len(m)-1].Deleted && !m[len(m)-2].Deleted {
			t.Errorf("changes do not tell of deletion: %+v", m)
		}
	})
}

func TestCopyAndReact(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(super)
	w.say(binh, binh, "/start")
	id := w.say(ann, super, "/done 15")
	var copied struct {
		ID int `json:"message_id"`
	}
	w.ok("copyMessage", params{"chat_id": binh, "from_chat_id": super, "message_id": id}, &copied)
	w.View(func(v *botserver.World) {
		if m, _ := v.Message(binh, copied.ID); m.Text != "/done 15" || m.From != w.Bot().ID {
			t.Errorf("copied %+v", m)
		}
	})
	w.refused("copyMessage", params{"chat_id": binh, "from_chat_id": super, "message_id": 99},
		"Bad Request: message to copy not found")
	w.refused("copyMessage", params{"chat_id": binh, "from_chat_id": super, "message_id": 1}, "Bad Request: message can't be copied")

	react := func(emoji string) params {
		return params{"chat_id": super, "message_id": id, "reaction": []params{{"type": "emoji", "emoji": emoji}}}
	}
	w.ok("setMessageReaction", react("👍"), nil)
	w.View(func(v *botserver.World) {
		if m, _ := v.Message(super, id); m.Reaction != "👍" {
			t.Errorf("reaction %q", m.Reaction)
		}
	})
	w.refused("setMessageReaction", react("✅"), "Bad Request: REACTION_INVALID")
	w.must(w.AllowReactions(super, "❤"))
	w.refused("setMessageReaction", react("👍"), "Bad Request: REACTION_INVALID")
	w.ok("setMessageReaction", params{"chat_id": super, "message_id": id}, nil)
	w.refused("setMessageReaction", params{"chat_id": super, "message_id": id, "reaction": []params{
		{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "👎"},
	}}, "Bad Request: REACTIONS_TOO_MANY")
	w.refused("setMessageReaction", params{"chat_id": super, "message_id": 99}, "Bad Request: message to react not found")
}
