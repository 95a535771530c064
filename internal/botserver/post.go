package botserver

import (
	"fmt"
	"slices"
	"strings"
)

// A Post is what a person sends.
type Post struct {
	Text      string // or the caption of a file; plain, as typed
	ReplyTo   int    // message id
	Topic     int    // of a forum; 0 is General, or the topic of the message that is replied to
	File      *Upload
	Anonymous bool  // an anonymous admin speaks as the group
	AsChannel int64 // a channel's owner speaks as the channel
	album     string
}

// An Upload is a file that a person sends.
type Upload struct {
	Name  string // ignored for a photo
	MIME  string
	Data  []byte
	Size  int  // tells another size than len(Data), for files too large to hold
	Photo bool // sent as a picture, not as a file
}

// Say makes the person send a text. In private the chat's id is the person's.
func (s *Server) Say(user, chatID int64, text string) (int, error) {
	return s.Post(user, chatID, Post{Text: text})
}

// Reply makes the person answer a message with a text.
func (s *Server) Reply(user, chatID int64, to int, text string) (int, error) {
	return s.Post(user, chatID, Post{Text: text, ReplyTo: to})
}

// Post makes the person send a message and returns its id.
func (s *Server) Post(user, chatID int64, p Post) (int, error) {
	ids, err := s.Album(user, chatID, p)
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// Album makes the person send several files at once; a single post is no
// album. The bot gets one message for each.
func (s *Server) Album(user, chatID int64, posts ...Post) (ids []int, err error) {
	err = s.act(func(w *World) error {
		album := ""
		if len(posts) > 1 {
			album = fmt.Sprint(13_000_000_000_000_000 + w.nextSerial())
		}
		for _, p := range posts {
			p.album = album
			m, err := w.post(user, chatID, p)
			if err != nil {
				return err
			}
			ids = append(ids, m.ID)
		}
		return nil
	})
	return ids, err
}

func (w *World) post(user, chatID int64, p Post) (*Message, error) {
	c, err := w.speaker(user, chatID)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(p.Text) == "" && p.File == nil {
		return nil, fmt.Errorf("empty post: %w", ErrNotAllowed)
	}
	m := &Message{From: user, Topic: p.Topic, ReplyTo: p.ReplyTo, Album: p.album}
	if err := w.standIn(c, user, p, m); err != nil {
		return nil, err
	}
	if err := c.place(m); err != nil {
		return nil, err
	}
	m.Text = strings.TrimSpace(p.Text)
	m.Entities = detect(m.Text, nil)
	if p.File != nil {
		m.File = w.store(p.File)
	}
	if c.Kind == KindPrivate {
		w.start(c)
	}
	w.append(c, m)
	w.deliver(c, m, false)
	return m, nil
}

// speaker returns the chat if the person may write there.
func (w *World) speaker(user, chatID int64) (*chat, error) {
	if u := w.users[user]; u == nil || u.bot {
		return nil, fmt.Errorf("user %d: %w", user, ErrNoUser)
	}
	if chatID > 0 {
		if user != chatID {
			return nil, fmt.Errorf("user %d in chat %d: %w", user, chatID, ErrNotMember)
		}
		return w.private(user)
	}
	c, err := w.groupOf(user, chatID)
	if err == nil && c.Kind == KindChannel && !c.members[user].Status.Admin() {
		return nil, fmt.Errorf("user %d in channel %d: %w", user, chatID, ErrNotAllowed)
	}
	return c, err
}

// standIn puts the name that others see in place of the person's.
func (w *World) standIn(c *chat, user int64, p Post, m *Message) error {
	switch {
	case c.Kind == KindChannel:
		m.From, m.SenderChat = 0, c.ID
	case p.AsChannel != 0:
		ch, ok := w.chats[p.AsChannel]
		if !ok || ch.Kind != KindChannel || ch.status(user) != StatusOwner {
			return fmt.Errorf("user %d as channel %d: %w", user, p.AsChannel, ErrNotAllowed)
		}
		m.From, m.SenderChat = ChannelBotID, ch.ID
	case p.Anonymous || c.Kind != KindPrivate && c.members[user].Anonymous:
		if c.Kind != KindSupergroup || !c.members[user].Status.Admin() {
			return fmt.Errorf("user %d anonymously: %w", user, ErrNotAllowed)
		}
		m.From, m.SenderChat = AnonymousAdminID, c.ID
	}
	return nil
}

// place checks what the message replies to and finds its topic and thread.
func (c *chat) place(m *Message) error {
	var to *Message
	if m.ReplyTo != 0 {
		if to = c.index[m.ReplyTo]; to == nil || to.Deleted {
			return fmt.Errorf("message %d: %w", m.ReplyTo, ErrNoMessage)
		}
		if m.Topic == 0 {
			m.Topic = to.Topic
		}
	}
	if m.Topic != 0 {
		if c.topic(m.Topic) == nil {
			return fmt.Errorf("topic %d: %w", m.Topic, ErrNoTopic)
		}
		m.thread = m.Topic
		return nil
	}
	// Outside forums Telegram numbers a chain of replies by its first message.
	if to != nil && c.Kind == KindSupergroup && !c.Forum {
		m.thread = to.thread
		if m.thread == 0 {
			m.thread = to.ID
		}
	}
	return nil
}

func (c *chat) topic(id int) *Topic {
	i := slices.IndexFunc(c.Topics, func(t Topic) bool { return t.ID == id })
	if i < 0 {
		return nil
	}
	return &c.Topics[i]
}

// append numbers and dates the message and puts it into the chat.
func (w *World) append(c *chat, m *Message) {
	if c.Kind == KindSupergroup || c.Kind == KindChannel {
		c.lastID++
		m.ID = c.lastID
	} else {
		w.messages++
		m.ID = w.messages
	}
	m.Chat = c.ID
	if m.Date.IsZero() {
		m.Date = w.clock()
	}
	c.posts = append(c.posts, m)
	c.index[m.ID] = m
	m.Revision = w.touch(c)
}

// service puts a service message into the chat and tells the bot.
func (w *World) service(c *chat, by int64, what Service) {
	m := &Message{From: by, Service: &what}
	w.append(c, m)
	w.deliver(c, m, false)
}

// EditMessage makes the person change the text or caption of an own message.
func (s *Server) EditMessage(user, chatID int64, id int, text string) error {
	return s.act(func(w *World) error {
		c, err := w.speaker(user, chatID)
		if err != nil {
			return err
		}
		m := c.index[id]
		if m == nil || m.Deleted || m.From != user || m.Service != nil {
			return fmt.Errorf("message %d of user %d: %w", id, user, ErrNoMessage)
		}
		w.change(c, m, func() {
			m.Text = strings.TrimSpace(text)
			m.Entities = detect(m.Text, nil)
		})
		w.deliver(c, m, true)
		return nil
	})
}

// DeleteMessage takes a message away, whoever sent it; the bot hears nothing,
// as on Telegram.
func (s *Server) DeleteMessage(chatID int64, id int) error {
	return s.act(func(w *World) error {
		c, ok := w.chats[chatID]
		if !ok {
			return fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
		}
		m := c.index[id]
		if m == nil || m.Deleted {
			return fmt.Errorf("message %d: %w", id, ErrNoMessage)
		}
		m.Deleted = true
		m.Revision = w.touch(c)
		return nil
	})
}

// change edits the message and keeps what it said before.
func (w *World) change(c *chat, m *Message, edit func()) {
	now := w.clock()
	m.Before = append(slices.Clip(m.Before),
		Version{Until: now, Text: m.Text, Source: m.Source, Buttons: m.Buttons})
	edit()
	m.EditDate = now
	m.Revision = w.touch(c)
}
