package botserver

import (
	"fmt"
	"strings"
)

// AddUser makes an account. The id must be free; it is also the id of the
// person's private chat with the bot.
func (s *Server) AddUser(u User) error {
	return s.act(func(w *World) error {
		if _, taken := w.users[u.ID]; taken || u.ID <= 0 {
			return fmt.Errorf("add user %d: %w", u.ID, ErrTaken)
		}
		u.bot = false
		w.users[u.ID] = &u
		c := w.addChat(Chat{ID: u.ID, Kind: KindPrivate, Title: u.fullName(), Username: u.Username})
		c.members[u.ID] = &Member{User: u.ID, Status: StatusMember}
		c.members[w.bot.ID] = &Member{User: w.bot.ID, Status: StatusMember}
		w.touch(c)
		return nil
	})
}

func (u *User) fullName() string { return strings.TrimSpace(u.FirstName + " " + u.LastName) }

func (w *World) addChat(c Chat) *chat {
	n := &chat{Chat: c, members: map[int64]*Member{}, index: map[int]*Message{}}
	w.chats[c.ID] = n
	w.order = append(w.order, c.ID)
	return n
}

// Block makes the person block the bot; the bot hears of it (my_chat_member)
// if the person ever wrote to it.
func (s *Server) Block(user int64) error { return s.setBlocked(user, true) }

// Unblock takes a Block back.
func (s *Server) Unblock(user int64) error { return s.setBlocked(user, false) }

func (s *Server) setBlocked(user int64, blocked bool) error {
	return s.act(func(w *World) error {
		c, err := w.private(user)
		if err != nil {
			return err
		}
		w.block(c, blocked)
		return nil
	})
}

func (w *World) block(c *chat, blocked bool) {
	if c.Blocked == blocked {
		return
	}
	c.Blocked = blocked
	w.touch(c)
	if !c.Started {
		return
	}
	was, is := Member{User: w.bot.ID, Status: StatusMember}, Member{User: w.bot.ID, Status: StatusKicked}
	if !blocked {
		was, is = is, was
	}
	w.emit(kindMyChatMember, wireUpdate{MyChatMember: &wireMemberUpdate{
		Chat: w.wireChat(c), From: w.wireUser(c.ID), Date: w.date(), Old: w.wireMember(was), New: w.wireMember(is),
	}})
}

func (w *World) private(user int64) (*chat, error) {
	c, ok := w.chats[user]
	if !ok || c.Kind != KindPrivate {
		return nil, fmt.Errorf("user %d: %w", user, ErrNoUser)
	}
	return c, nil
}

// start is what any word of a person in private does: the bot may answer.
func (w *World) start(c *chat) {
	w.block(c, false)
	c.Started = true
	c.met = true
}

// date is now as messages are dated: Unix time, seconds.
func (w *World) date() int64 { return w.clock().Unix() }

func (w *World) wireUser(id int64) wireUser {
	u := w.users[id]
	if u == nil {
		return wireUser{ID: id}
	}
	return wireUser{
		ID: u.ID, IsBot: u.bot, FirstName: u.FirstName, LastName: u.LastName,
		Username: u.Username, LanguageCode: u.Language,
	}
}

func (w *World) wireChat(c *chat) wireChat {
	v := wireChat{ID: c.ID, Type: string(c.Kind), Username: c.Username, IsForum: c.Forum}
	if c.Kind == KindPrivate {
		u := w.users[c.ID]
		v.FirstName, v.LastName = u.FirstName, u.LastName
	} else {
		v.Title = c.Title
	}
	return v
}
