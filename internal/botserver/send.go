package botserver

import (
	"encoding/json"
	"strconv"
	"strings"
)

// access is what a method does in a chat; it decides which chats refuse it.
type access int

const (
	toWrite access = iota // puts or takes away something
	toEdit
	toRead
)

// chatFor finds the chat that the call is about and checks that the bot may do
// there what it is about to.
func (w *World) chatFor(q *request, field string, what access) (*chat, error) {
	c, err := w.findChat(q, field)
	if err != nil {
		return nil, err
	}
	if c.Kind == KindPrivate {
		switch {
		case what != toWrite:
		case !c.Started:
			return nil, forbidden("bot can't initiate conversation with a user")
		case c.Blocked:
			return nil, forbidden("bot was blocked by the user")
		}
		return c, nil
	}
	if what != toRead && c.MigratedTo != 0 {
		return nil, migrated(c.MigratedTo)
	}
	return c, w.mayEnter(c, what)
}

func (w *World) findChat(q *request, field string) (*chat, error) {
	name := strings.TrimSpace(q.params[field])
	if name == "" {
		return nil, badRequest("%s is empty", field)
	}
	if username, ok := strings.CutPrefix(name, "@"); ok {
		for _, id := range w.order {
			// A person cannot be written to by username.
			if c := w.chats[id]; c.Kind != KindPrivate && username != "" && strings.EqualFold(c.Username, username) {
				return c, nil
			}
		}
		return nil, badRequest("chat not found")
	}
	id, err := strconv.ParseInt(name, 10, 64)
	c := w.chats[id]
	if err != nil || c == nil || c.Kind != KindPrivate && !c.met && c.Username == "" {
		return nil, badRequest("chat not found")
	}
	return c, nil
}

// mayEnter checks the bot's standing in a group. A group that it has left can
// still be read, a supergroup or channel cannot.
func (w *World) mayEnter(c *chat, what access) error {
	group := c.Kind == KindGroup
	if group && what == toRead {
		return nil
	}
	name := "the " + string(c.Kind) + " chat"
	switch status := w.botStatus(c); {
	case status == StatusKicked:
		return forbidden("bot was kicked from " + name)
	case !status.Present() && !(what == toRead && c.Username != ""):
		return forbidden("bot is not a member of " + name)
	case c.Kind == KindChannel && what != toRead && !status.Admin():
		return badRequest("need administrator rights in the channel chat")
	}
	return nil
}

func (w *World) sendMessage(q *request) (any, error) {
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
	return w.send(q, t, nil, func() error {
		switch {
		case t.text == "":
			return badRequest("text must be non-empty")
		case units(t.text) > maxText:
			return badRequest("message is too long")
		}
		return nil
	})
}

// send checks what all sends have in common and puts the message into the
// chat. check comes after the chat is known to take it, as on Telegram.
func (w *World) send(q *request, t richText, f *File, check func() error) (any, error) {
	mk, err := readMarkup(q)
	if err != nil {
		return nil, err
	}
	reply, err := readReply(q)
	if err != nil {
		return nil, err
	}
	c, err := w.chatFor(q, "chat_id", toWrite)
	if err != nil {
		return nil, err
	}
	m := &Message{
		From: w.bot.ID, File: f, Text: t.text, Entities: t.entities, Source: t.source, ParseMode: t.mode,
		Buttons: mk.inline, ForceReply: mk.force, ReplyMarkup: mk.other, Silent: q.boolean("disable_notification"),
	}
	if c.Kind == KindChannel {
		m.From, m.SenderChat = 0, c.ID
	}
	if err := w.aim(c, m, q, reply); err != nil {
		return nil, err
	}
	if err := mk.suits(c.Kind); err != nil {
		return nil, err
	}
	if err := check(); err != nil {
		return nil, err
	}
	w.append(c, m)
	return w.wireMessage(c, m, true), nil
}

// A replyTo is what reply_parameters ask for.
type replyTo struct {
	message  int
	optional bool
	chat     string
}

func readReply(q *request) (replyTo, error) {
	var r replyTo
	if !q.has("reply_parameters") {
		r.message = int(q.integer("reply_to_message_id"))
		r.optional = q.boolean("allow_sending_without_reply")
		return r, nil
	}
	o, err := parseObject(q.params["reply_parameters"])
	switch {
	case err != nil:
		return r, badRequest("can't parse reply parameters JSON object")
	case o == nil:
		return r, badRequest("object expected as reply parameters")
	case len(o) == 0:
		return r, nil
	case !o.has("message_id"):
		return r, badRequest(`can't find field "message_id"`)
	}
	if r.message, err = o.integer("message_id"); err == nil {
		if r.optional, err = o.boolean("allow_sending_without_reply"); err == nil {
			r.chat, err = o.text("chat_id")
		}
	}
	if err != nil {
		return r, badRequest("%s", lowerFirst(err.Error()))
	}
	return r, nil
}

// aim finds the message that is replied to and the topic.
func (w *World) aim(c *chat, m *Message, q *request, r replyTo) error {
	if r.chat != "" && r.chat != q.params["chat_id"] {
		return badRequest("replies to other chats are not known to this server")
	}
	if r.message > 0 {
		to := c.index[r.message]
		switch {
		case to != nil && !to.Deleted:
			m.ReplyTo = to.ID
		case !r.optional:
			return badRequest("message to be replied not found")
		}
	}
	thread := int(q.integer("message_thread_id"))
	if thread == 0 {
		if err := c.place(m); err != nil {
			return badRequest("message thread not found")
		}
	} else if err := c.enterThread(m, thread); err != nil {
		return err
	}
	if t := c.topic(m.Topic); t != nil && t.Closed && !w.botStatus(c).Admin() {
		return badRequest("TOPIC_CLOSED")
	}
	return nil
}

// enterThread puts the message into a topic, or into a chain of replies of a
// supergroup without topics. General is no thread to be named.
func (c *chat) enterThread(m *Message, thread int) error {
	if c.topic(thread) != nil {
		m.Topic, m.thread = thread, thread
		if to := c.index[m.ReplyTo]; to != nil && to.Topic != thread {
			m.ReplyTo = 0 // Telegram makes it a reply from elsewhere
		}
		return nil
	}
	if root := c.index[thread]; root != nil && !root.Deleted && c.Kind == KindSupergroup && !c.Forum {
		m.thread = thread
		return nil
	}
	return badRequest("message thread not found")
}

// checkPreview checks link_preview_options, of which nothing is shown here.
func checkPreview(q *request) error {
	if !q.has("link_preview_options") {
		return nil
	}
	var raw map[string]json.RawMessage
	if json.Unmarshal([]byte(q.params["link_preview_options"]), &raw) != nil {
		return badRequest("can't parse link preview options JSON object")
	}
	for _, name := range []string{"is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"} {
		if _, err := object(raw).boolean(name); err != nil {
			return badRequest("%s", lowerFirst(err.Error()))
		}
	}
	return nil
}
