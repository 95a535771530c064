package botserver_test

import (
	"encoding/json"
	"strings"
	"testing"

	"dondoc/internal/botserver"
)

func rows(rows, width int) [][]params {
	var out [][]params
	for range rows {
		var row []params
		for range width {
			row = append(row, params{"text": "x", "callback_data": "y"})
		}
		out = append(out, row)
	}
	return out
}

func button(p params) params { return params{"inline_keyboard": [][]params{{p}}} }

func TestKeyboards(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, ann, "/start")
	const parse = "can't parse inline keyboard button: "
	tests := []struct {
		name   string
		markup any
		want   string // "" if taken
	}{
		{"callback", button(params{"text": "x", "callback_data": strings.Repeat("a", 64)}), ""},
		{"unknown fields", params{"inline_keyboard": [][]params{{{"text": "x", "callback_data": "y", "z": 1}}}, "w": true}, ""},
		{"link", button(params{"text": "x", "url": "https://t.me/x"}), ""},
		{"link without scheme", button(params{"text": "x", "url": "chinhphu.vn"}), ""},
		{"person", button(params{"text": "x", "url": "tg://user?id=101"}), ""},
		{"copy", button(params{"text": "x", "copy_text": params{"text": "y"}}), ""},
		{"web app", button(params{"text": "x", "web_app": params{"url": "https://a.vn"}}), ""},
		{"style", button(params{"text": "x", "callback_data": "y", "style": "danger"}), ""},
		{"no rows", params{"inline_keyboard": []any{}}, ""},
		{"null action", button(params{"text": "x", "callback_data": "y", "copy_text": nil}), ""},
		{"hundred", params{"inline_keyboard": rows(25, 4)}, ""},
		{"force reply", params{"force_reply": true, "input_field_placeholder": strings.Repeat("ữ", 64)}, ""},
		{"reply keyboard", params{"keyboard": [][]string{{"a"}}, "resize_keyboard": true}, ""},

		{"data of 65 bytes", button(params{"text": "x", "callback_data": strings.Repeat("a", 63) + "đ"}), "BUTTON_DATA_INVALID"},
		{"empty data", button(params{"text": "x", "callback_data": ""}), parse + "Text buttons are unallowed in the inline keyboard"},
		{"no action", button(params{"text": "x"}), parse + "Text buttons are unallowed in the inline keyboard"},
		{
			"two actions", button(params{"text": "x", "callback_data": "y", "url": "https://a.vn"}),
			parse + "exactly one action must be specified",
		},
		{"no text", button(params{"callback_data": "y"}), parse + `Can't find field "text"`},
		{"empty text", button(params{"text": "", "callback_data": "y"}), "inline keyboard button text must be non-empty"},
		{"text of a wrong type", button(params{"text": true, "callback_data": "y"}), parse + `Field "text" must be of type String`},
		{
			"data of a wrong type", button(params{"text": "x", "callback_data": []int{1}}),
			parse + `Field "callback_data" must be of type String`,
		},
		{"button of a wrong type", params{"inline_keyboard": [][]string{{"x"}}}, parse + "InlineKeyboardButton must be an Object"},
		{
			"no link", button(params{"text": "x", "url": "not-a-url"}),
			"inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
		},
		{
			"this machine", button(params{"text": "x", "url": "http://localhost:8080"}),
			"inline keyboard button URL 'http://localhost:8080' is invalid: Wrong HTTP URL",
		},
		{
			"other protocol", button(params{"text": "x", "url": "ftp://example.com"}),
			"inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
		},
		{
			"web app without TLS", button(params{"text": "x", "web_app": params{"url": "http://a.vn"}}),
			"inline keyboard button Web App URL 'http://a.vn' is invalid: Only HTTPS links are allowed",
		},
		{"nothing to copy", button(params{"text": "x", "copy_text": params{"text": ""}}), "BUTTON_COPY_TEXT_INVALID"},
		{
			"too much to copy", button(params{"text": "x", "copy_text": params{"text": strings.Repeat("a", 257)}}),
			"BUTTON_COPY_TEXT_INVALID",
		},
		{"pay", button(params{"text": "x", "pay": true}), "BUTTON_TYPE_INVALID"},
		{"login", button(params{"text": "x", "login_url": params{"url": "https://a.vn"}}), "BOT_DOMAIN_INVALID"},
		{"unknown style", button(params{"text": "x", "callback_data": "y", "style": "gold"}), "BUTTON_STYLE_INVALID"},
		{"101 buttons", params{"inline_keyboard": rows(101, 1)}, "reply markup is too long"},
		{"nine a row", params{"inline_keyboard": rows(1, 9)}, "reply markup is too long"},
		{"no array", params{"inline_keyboard": "x"}, `field "inline_keyboard" must be of type Array`},
		{
			"no array of arrays",
			params{"inline_keyboard": []params{{"text": "x"}}},
			`field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays`,
		},
		{"no object", []int{1}, "object expected as reply markup"},
		{"force reply of a wrong type", params{"force_reply": "yes"}, `field "force_reply" must be of type Boolean`},
		{
			"long placeholder",
			params{"force_reply": true, "input_field_placeholder": strings.Repeat("ữ", 65)},
			"input field placeholder is too long",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := w.call("sendMessage", params{"chat_id": ann, "text": "x", "reply_markup": tt.markup})
			switch {
			case tt.want == "" && !a.OK:
				t.Errorf("refused: %s", a.Description)
			case tt.want != "" && a.Description != "Bad Request: "+tt.want:
				t.Errorf("got %q, want %q", a.Description, tt.want)
			}
		})
	}
	w.refused("sendMessage", params{"chat_id": ann, "text": "x", "reply_markup": "{"},
		"Bad Request: can't parse reply keyboard markup JSON object")
	w.join(super)
	w.refused("sendMessage", params{
		"chat_id": super, "text": "x", "reply_markup": button(params{"text": "x", "web_app": params{"url": "https://a.vn"}}),
	}, "Bad Request: BUTTON_TYPE_INVALID")
}

// TestKeyboardKept looks at what stands under a message.
func TestKeyboardKept(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, ann, "/start")
	var sent struct {
		Markup json.RawMessage `json:"reply_markup"`
	}
	w.ok("sendMessage", params{"chat_id": ann, "text": "x", "reply_markup": params{"inline_keyboard": [][]params{
		{{"text": "✅ 15", "callback_data": "a"}, {"text": "Xem", "url": "https://a.vn/x"}}, {},
	}}}, &sent)
	want := `{"inline_keyboard":[[{"text":"✅ 15","callback_data":"a"},{"text":"Xem","url":"https://a.vn/x"}]]}`
	if string(sent.Markup) != want {
		t.Errorf("got  %s\nwant %s", sent.Markup, want)
	}
	ask := w.send(ann, "Lý do?", "reply_markup", params{"force_reply": true, "input_field_placeholder": "lý do"})
	w.View(func(v *botserver.World) {
		if m, _ := v.Message(ann, ask); m.ForceReply == nil || m.ForceReply.Placeholder != "lý do" {
			t.Errorf("force reply %+v", m.ForceReply)
		}
	})
	w.refused("editMessageText", params{"chat_id": ann, "message_id": ask, "text": "y"}, "Bad Request: message can't be edited")
}
