package botserver

import (
	"fmt"
	"slices"
)

// AddTopic makes the person open a topic in a forum; its id is that of the
// service message.
func (s *Server) AddTopic(user, chatID int64, name string) (id int, err error) {
	err = s.act(func(w *World) error {
		c, err := w.groupOf(user, chatID)
		if err != nil {
			return err
		}
		if !c.Forum {
			return fmt.Errorf("chat %d is no forum: %w", chatID, ErrNotAllowed)
		}
		m := &Message{From: user, Service: &Service{Kind: ServiceTopicCreated, Title: name}}
		w.append(c, m)
		m.Topic, m.thread = m.ID, m.ID
		c.Topics = append(c.Topics, Topic{ID: m.ID, Name: name})
		w.deliver(c, m, false)
		id = m.ID
		return nil
	})
	return id, err
}

// CloseTopic closes a topic: only administrators may write in it. The person
// must be one.
func (s *Server) CloseTopic(user, chatID int64, topic int) error {
	return s.act(func(w *World) error {
		c, t, err := w.topicOf(user, chatID, topic)
		if err != nil {
			return err
		}
		t.Closed = true
		m := &Message{
			From: user, Topic: topic, thread: topic,
			Service: &Service{Kind: ServiceTopicClosed, Title: t.Name},
		}
		w.append(c, m)
		w.deliver(c, m, false)
		return nil
	})
}

// DeleteTopic takes a topic and its messages away; the bot hears nothing.
func (s *Server) DeleteTopic(user, chatID int64, topic int) error {
	return s.act(func(w *World) error {
		c, _, err := w.topicOf(user, chatID, topic)
		if err != nil {
			return err
		}
		c.Topics = slices.DeleteFunc(c.Topics, func(t Topic) bool { return t.ID == topic })
		for _, m := range c.posts {
			if m.Topic == topic {
				m.Deleted = true
				m.Revision = w.touch(c)
			}
		}
		return nil
	})
}

func (w *World) topicOf(user, chatID int64, topic int) (*chat, *Topic, error) {
	c, err := w.groupOf(user, chatID)
	if err != nil {
		return nil, nil, err
	}
	t := c.topic(topic)
	switch {
	case t == nil:
		return nil, nil, fmt.Errorf("topic %d in chat %d: %w", topic, chatID, ErrNoTopic)
	case !c.status(user).Admin():
		return nil, nil, fmt.Errorf("user %d in chat %d: %w", user, chatID, ErrNotAllowed)
	}
	return c, t, nil
}

// Upgrade makes a supergroup of the group, with the id given; members keep
// their standing. The bot gets both service messages and from then on is
// refused at the old id.
func (s *Server) Upgrade(chatID, superID int64) error {
	return s.act(func(w *World) error {
		old, ok := w.chats[chatID]
		if !ok || old.Kind != KindGroup || old.MigratedTo != 0 {
			return fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
		}
		if _, taken := w.chats[superID]; taken || superID >= supergroupBase {
			return fmt.Errorf("chat %d: %w", superID, ErrTaken)
		}
		c := w.addChat(Chat{ID: superID, Kind: KindSupergroup, Title: old.Title, MigratedFrom: chatID})
		c.met, c.silent, c.reacting = old.met, old.silent, old.reacting
		for id, m := range old.members {
			moved := *m
			c.members[id] = &moved
		}
		owner := old.owner()
		w.service(old, owner, Service{Kind: ServiceMigratedTo, Chat: superID})
		old.MigratedTo = superID
		m := &Message{
			From: AnonymousAdminID, SenderChat: superID,
			Service: &Service{Kind: ServiceMigratedFrom, Chat: chatID},
		}
		w.append(c, m)
		w.deliver(c, m, false)
		return nil
	})
}

// Rename gives the group another title.
func (s *Server) Rename(user, chatID int64, title string) error {
	return s.act(func(w *World) error {
		c, err := w.groupOf(user, chatID)
		if err != nil {
			return err
		}
		c.Title = title
		w.service(c, user, Service{Kind: ServiceTitle, Title: title})
		return nil
	})
}
