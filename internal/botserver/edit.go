package botserver

import (
	"slices"
	"time"
)

// deleteLife is how long after sending a message can be deleted by a bot that
// is no administrator (Bot API, deleteMessage).
const deleteLife = 48 * time.Hour

// target finds the message that the call is about.
func (w *World) target(q *request, what access, name string) (*chat, *Message, error) {
	c, err := w.chatFor(q, "chat_id", what)
	if err != nil {
		return nil, nil, err
	}
	m := c.index[int(q.integer("message_id"))]
	if m == nil || m.Deleted {
		return nil, nil, badRequest("%s not found", name)
	}
	return c, m, nil
}

// editable finds a message that the bot may edit: its own, without a reply
// keyboard, which cannot be changed afterwards.
func (w *World) editable(q *request) (*chat, *Message, error) {
	if q.has("inline_message_id") {
		return nil, nil, badRequest("MESSAGE_ID_INVALID") // there are none: no inline mode
	}
	if !q.has("chat_id") && !q.has("message_id") {
		return nil, nil, badRequest("message identifier is not specified")
	}
	c, m, err := w.target(q, toEdit, "message to edit")
	if err != nil {
		return nil, nil, err
	}
	own := m.From == w.bot.ID || c.Kind == KindChannel && w.botStatus(c).Admin()
	if !own || m.Service != nil || m.ReplyMarkup || m.ForceReply != nil {
		return nil, nil, badRequest("message can't be edited")
	}
	return c, m, nil
}

func (w *World) editMessageText(q *request) (any, error) {
	if q.params["text"] == "" {
		return nil, badRequest("message text is empty")
	}
	t, err := w.readText(q, "text", "entities")
	if err != nil {
		return nil, err
	}
	if err := checkPreview(q); err != nil {
		return nil, err
	}
	return w.edit(q, func(m *Message) (*richText, error) {
		switch {
		case m.File != nil:
			return nil, badRequest("there is no text in the message to edit")
		case t.text == "":
			return nil, badRequest("text must be non-empty")
		case units(t.text) > maxText:
			return nil, badRequest("message is too long")
		}
		return &t, nil
	})
}

func (w *World) editMessageCaption(q *request) (any, error) {
	t, err := w.readText(q, "caption", "caption_entities")
	if err != nil {
		return nil, err
	}
	return w.edit(q, func(m *Message) (*richText, error) {
		switch {
		case m.File == nil:
			return nil, badRequest("there is no caption in the message to edit")
		case units(t.text) > maxCaption:
			return nil, badRequest("message caption is too long")
		}
		return &t, nil
	})
}

func (w *World) editMessageReplyMarkup(q *request) (any, error) {
	return w.edit(q, func(*Message) (*richText, error) { return nil, nil })
}

// edit gives a message a new text, if content returns one, and new buttons: an
// edit without reply_markup takes the buttons away.
func (w *World) edit(q *request, content func(*Message) (*richText, error)) (any, error) {
	mk, err := readMarkup(q)
	if err != nil {
		return nil, err
	}
	c, m, err := w.editable(q)
	if err != nil {
		return nil, err
	}
	if mk.force != nil || mk.other {
		return nil, badRequest("inline keyboard expected")
	}
	t, err := content(m)
	if err != nil {
		return nil, err
	}
	if err := mk.suits(c.Kind); err != nil {
		return nil, err
	}
	same := t == nil || t.text == m.Text && slices.EqualFunc(t.entities, m.Entities, sameEntity)
	if same && sameButtons(mk.inline, m.Buttons) {
		return nil, badRequest("message is not modified: specified new message content and reply markup are exactly " +
			"the same as a current content and reply markup of the message")
	}
	w.change(c, m, func() {
		m.Buttons = mk.inline
		if t != nil {
			m.Text, m.Entities, m.Source, m.ParseMode = t.text, t.entities, t.source, t.mode
		}
	})
	return w.wireMessage(c, m, true), nil
}

func sameEntity(a, b Entity) bool {
	if a.User != nil && b.User != nil && a.User.ID == b.User.ID {
		a.User, b.User = nil, nil
	}
	return a == b
}

func sameButtons(a, b [][]Button) bool {
	return slices.EqualFunc(a, b, func(x, y []Button) bool {
		return slices.EqualFunc(x, y, Button.same)
	})
}

func (b Button) same(o Button) bool {
	if (b.CopyText == nil) != (o.CopyText == nil) || b.CopyText != nil && *b.CopyText != *o.CopyText {
		return false
	}
	if (b.WebApp == nil) != (o.WebApp == nil) || b.WebApp != nil && *b.WebApp != *o.WebApp {
		return false
	}
	return b.Text == o.Text && b.URL == o.URL && b.CallbackData == o.CallbackData && b.Style == o.Style
}

func (w *World) deleteMessage(q *request) (any, error) {
	if !q.has("chat_id") {
		return nil, badRequest("chat identifier is not specified")
	}
	if q.integer("message_id") == 0 {
		return nil, badRequest("message identifier is not specified")
	}
	c, m, err := w.target(q, toWrite, "message to delete")
	if err != nil {
		return nil, err
	}
	old := w.clock().Sub(m.Date) > deleteLife
	switch mine := m.From == w.bot.ID; {
	case c.Kind != KindPrivate && w.botStatus(c).Admin():
	case m.Service != nil, old, !mine && c.Kind != KindPrivate:
		return nil, badRequest("message can't be deleted for everyone")
	}
	m.Deleted = true
	m.Revision = w.touch(c)
	return true, nil
}

func (w *World) copyMessage(q *request) (any, error) {
	from, err := w.chatFor(q, "from_chat_id", toRead)
	if err != nil {
		return nil, err
	}
	m := from.index[int(q.integer("message_id"))]
	switch {
	case m == nil || m.Deleted:
		return nil, badRequest("message to copy not found")
	case m.Service != nil:
		return nil, badRequest("message can't be copied")
	}
	t := richText{text: m.Text, entities: m.Entities, source: m.Source, mode: m.ParseMode}
	if m.File != nil && q.has("caption") {
		if t, err = w.readText(q, "caption", "caption_entities"); err != nil {
			return nil, err
		}
	}
	sent, err := w.send(q, t, m.File, func() error {
		if m.File != nil && units(t.text) > maxCaption {
			return badRequest("message caption is too long")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return map[string]int{"message_id": sent.(*wireMessage).MessageID}, nil
}
