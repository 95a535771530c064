package botserver

import "strings"

// deliver tells the bot of a message that others sent or edited, if it may
// hear it.
func (w *World) deliver(c *chat, m *Message, edited bool) {
	if m.From == w.bot.ID || !w.hears(c, m) {
		return
	}
	c.met = true
	v := w.wireMessage(c, m, true)
	switch {
	case c.Kind == KindChannel && edited:
		w.emit(kindEditedPost, wireUpdate{EditedChannelPost: v})
	case c.Kind == KindChannel:
		w.emit(kindChannelPost, wireUpdate{ChannelPost: v})
	case edited:
		w.emit(kindEdited, wireUpdate{EditedMessage: v})
	default:
		w.emit(kindMessage, wireUpdate{Message: v})
	}
}

// hears reports whether the bot gets the message. In privacy mode a bot that
// is no administrator gets commands that name it or nobody, words that mention
// it, replies to itself and service messages (Bot API, privacy mode; the last
// bot to have spoken gets commands without a name, and here is no other bot).
func (w *World) hears(c *chat, m *Message) bool {
	status := w.botStatus(c)
	switch {
	case c.Kind == KindPrivate, status.Admin():
		return true
	case !status.Present(), c.Kind == KindChannel:
		return false
	case !w.privacy, m.Service != nil:
		return true
	}
	if to := c.index[m.ReplyTo]; to != nil && to.From == w.bot.ID {
		return true
	}
	for _, e := range m.Entities {
		text := slice16(m.Text, e.Offset, e.Length)
		switch e.Type {
		case entityCommand:
			_, name, named := strings.Cut(text, "@")
			if e.Offset == 0 && (!named || strings.EqualFold(name, w.bot.Username)) {
				return true
			}
		case entityMention:
			if strings.EqualFold(text[1:], w.bot.Username) {
				return true
			}
		}
	}
	return false
}

// wireMessage renders the message; the message that it replies to is shown
// without its own.
func (w *World) wireMessage(c *chat, m *Message, withReply bool) *wireMessage {
	v := &wireMessage{
		MessageID: m.ID, MessageThreadID: m.thread, IsTopicMessage: m.Topic != 0,
		Chat: w.wireChat(c), Date: unix(m.Date), EditDate: unix(m.EditDate), MediaGroupID: m.Album,
	}
	if m.From != 0 {
		u := w.wireUser(m.From)
		v.From = &u
	}
	if m.SenderChat != 0 {
		sender := w.wireChat(w.chats[m.SenderChat])
		v.SenderChat = &sender
	}
	switch {
	case m.Service != nil:
		w.wireService(v, m.Service)
	case m.File != nil:
		v.Caption, v.CaptionEntities = m.Text, m.Entities
		m.File.wire(v)
	default:
		v.Text, v.Entities = m.Text, m.Entities
	}
	if len(m.Buttons) > 0 {
		v.ReplyMarkup = &wireMarkup{InlineKeyboard: m.Buttons}
	}
	if to := c.repliedTo(m); withReply && to != nil {
		v.ReplyToMessage = w.wireMessage(c, to, false)
	}
	return v
}

// repliedTo returns what Telegram puts into reply_to_message. In a topic every
// message that answers none bears the service message that opened the topic.
func (c *chat) repliedTo(m *Message) *Message {
	to := c.index[m.ReplyTo]
	if to == nil && m.Topic != 0 && m.ID != m.Topic {
		to = c.index[m.Topic]
	}
	if to == nil || to.Deleted {
		return nil
	}
	return to
}

func (w *World) wireService(v *wireMessage, s *Service) {
	var users []wireUser
	for _, id := range s.Users {
		users = append(users, w.wireUser(id))
	}
	switch s.Kind {
	case ServiceCreated:
		v.GroupChatCreated = true
	case ServiceJoined:
		v.NewChatMembers = users
	case ServiceLeft:
		v.LeftChatMember = &users[0]
	case ServiceTitle:
		v.NewChatTitle = s.Title
	case ServiceMigratedTo:
		v.MigrateToChatID = s.Chat
	case ServiceMigratedFrom:
		v.MigrateFromChatID = s.Chat
	case ServiceTopicCreated:
		v.ForumTopicCreated = &wireTopicCreated{Name: s.Title, IconColor: topicColor}
	case ServiceTopicClosed:
		v.ForumTopicClosed = &struct{}{}
	}
}

// topicColor is the first of the colours that Telegram gives topics (Bot API,
// createForumTopic).
const topicColor = 7322096
