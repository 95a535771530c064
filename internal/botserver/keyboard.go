package botserver

import (
	"encoding/json"
	"unicode/utf8"
)

// Limits of an inline keyboard: a hundred buttons, eight a row, callback data
// of 64 bytes, 256 characters to copy, 64 in an input field (Bot API).
const (
	maxButtons     = 100
	maxRow         = 8
	maxData        = 64
	maxCopy        = 256
	maxPlaceholder = 64
)

// A markup is what stands under a message.
type markup struct {
	given  bool // there was a non-empty reply_markup
	inline [][]Button
	force  *ForceReply
	other  bool // a reply keyboard, or its removal
}

// readMarkup reads reply_markup. Fields that it does not know are let pass.
func readMarkup(q *request) (markup, error) {
	var m markup
	if !q.has("reply_markup") {
		return m, nil
	}
	o, err := parseObject(q.params["reply_markup"])
	if err != nil {
		return m, badRequest("can't parse reply keyboard markup JSON object")
	}
	if o == nil {
		return m, badRequest("object expected as reply markup")
	}
	m.given = true
	var rows []json.RawMessage
	if m.inline, err = inlineKeyboard(o); err != nil {
		return m, err
	}
	if rows, err = o.array("keyboard"); err != nil {
		return m, badRequest("%s", lowerFirst(err.Error()))
	}
	flags := map[string]bool{}
	for _, name := range []string{
		"force_reply", "remove_keyboard", "selective", "resize_keyboard", "one_time_keyboard", "is_persistent",
	} {
		if flags[name], err = o.boolean(name); err != nil {
			return m, badRequest("%s", lowerFirst(err.Error()))
		}
	}
	placeholder, err := o.text("input_field_placeholder")
	switch {
	case err != nil:
		return m, badRequest("%s", lowerFirst(err.Error()))
	case utf8.RuneCountInString(placeholder) > maxPlaceholder:
		return m, badRequest("input field placeholder is too long")
	case flags["force_reply"]:
		// Telegram lets an empty placeholder stand for none.
		m.force = &ForceReply{Placeholder: placeholder, Selective: flags["selective"]}
	}
	m.other = len(rows) > 0 || flags["remove_keyboard"]
	return m, nil
}

func inlineKeyboard(o object) ([][]Button, error) {
	rows, err := o.array("inline_keyboard")
	if err != nil {
		return nil, badRequest("%s", lowerFirst(err.Error()))
	}
	var out [][]Button
	count := 0
	for _, raw := range rows {
		var cells []json.RawMessage
		if json.Unmarshal(raw, &cells) != nil {
			return nil, badRequest(`field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays`)
		}
		var row []Button
		for _, cell := range cells {
			b, err := readButton(cell)
			if err != nil {
				return nil, err
			}
			row = append(row, b)
		}
		if count += len(row); count > maxButtons || len(row) > maxRow {
			return nil, badRequest("reply markup is too long")
		}
		if len(row) > 0 {
			out = append(out, row)
		}
	}
	return out, nil
}

// readButton reads one inline button. Telegram takes the first action that it
// knows where several are given; this server refuses them, as the Bot API's
// words demand exactly one.
func readButton(raw json.RawMessage) (Button, error) {
	var b Button
	o, err := parseObject(string(raw))
	if err != nil || o == nil {
		return b, buttonError("InlineKeyboardButton must be an Object")
	}
	if _, ok := o["text"]; !ok {
		return b, buttonError(`Can't find field "text"`)
	}
	fields := map[string]*string{
		"text": &b.Text, "url": &b.URL, "callback_data": &b.CallbackData, "style": &b.Style,
	}
	for name, field := range fields {
		if *field, err = o.text(name); err != nil {
			return b, buttonError(err.Error())
		}
	}
	actions, err := o.actions()
	switch {
	case err != nil:
		return b, buttonError(err.Error())
	case len(actions) == 0:
		return b, buttonError("Text buttons are unallowed in the inline keyboard")
	case len(actions) > 1:
		return b, buttonError("exactly one action must be specified")
	case b.Text == "":
		return b, badRequest("inline keyboard button text must be non-empty")
	case b.Style != "" && b.Style != "danger" && b.Style != "success" && b.Style != "primary":
		return b, badRequest("BUTTON_STYLE_INVALID")
	}
	return b, b.readAction(o, actions[0])
}

func (b *Button) readAction(o object, action string) error {
	switch action {
	case "url":
		return b.checkURL()
	case "callback_data":
		if len(b.CallbackData) > maxData {
			return badRequest("BUTTON_DATA_INVALID")
		}
	case "copy_text":
		inner, _ := parseObject(string(o[action]))
		text, err := inner.text("text")
		if err != nil || text == "" || utf8.RuneCountInString(text) > maxCopy {
			return badRequest("BUTTON_COPY_TEXT_INVALID")
		}
		b.CopyText = &CopyText{Text: text}
	case "web_app":
		inner, _ := parseObject(string(o[action]))
		link, _ := inner.text("url")
		if checked, why := checkLink(link); why != "" || checked[:len("https")] != "https" {
			return badRequest("inline keyboard button Web App URL '%s' is invalid: Only HTTPS links are allowed", link)
		}
		b.WebApp = &WebApp{URL: link}
	case "login_url":
		return badRequest("BOT_DOMAIN_INVALID")
	default: // of invoices, games and inline mode; there is none of them here
		return badRequest("BUTTON_TYPE_INVALID")
	}
	return nil
}

func (b *Button) checkURL() error {
	if linkedUser(b.URL) != 0 {
		return nil
	}
	checked, why := checkLink(b.URL)
	if why != "" {
		return badRequest("inline keyboard button URL '%s' is invalid: %s", b.URL, why)
	}
	b.URL = checked
	return nil
}

// suits reports what of the markup cannot stand in the chat: Web Apps open in
// private chats alone.
func (m markup) suits(kind ChatKind) error {
	for _, row := range m.inline {
		for _, b := range row {
			if b.WebApp != nil && kind != KindPrivate {
				return badRequest("BUTTON_TYPE_INVALID")
			}
		}
	}
	return nil
}

func buttonError(why string) error {
	return badRequest("can't parse inline keyboard button: %s", why)
}
