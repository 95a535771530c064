package botserver

import (
	"fmt"
	"slices"
)

// supergroupBase is the number below which ids of supergroups and channels
// stand (Bot API: -100 and the bare id).
const supergroupBase = -1_000_000_000_000

// A Group is what AddGroup makes. Its id is negative, that of a supergroup or
// channel below -1000000000000.
type Group struct {
	ID       int64
	Title    string
	Username string // of a public supergroup or channel
	Forum    bool   // a supergroup with topics
	Owner    int64
	Members  []int64 // besides the owner
}

func (g Group) kind() ChatKind {
	if g.ID < supergroupBase {
		return KindSupergroup
	}
	return KindGroup
}

// AddGroup makes a group, or a supergroup if the id is one's. The bot is not
// in it.
func (s *Server) AddGroup(g Group) error { return s.addGroup(g, g.kind()) }

// AddChannel makes a channel. Forum is of no meaning for it.
func (s *Server) AddChannel(g Group) error { return s.addGroup(g, KindChannel) }

func (s *Server) addGroup(g Group, kind ChatKind) error {
	return s.act(func(w *World) error {
		switch _, taken := w.chats[g.ID]; {
		case taken || g.ID >= 0:
			return fmt.Errorf("add group %d: %w", g.ID, ErrTaken)
		case g.Forum && kind == KindGroup, kind == KindChannel && g.kind() != KindSupergroup:
			return fmt.Errorf("add group %d: %w", g.ID, ErrNotAllowed)
		}
		for _, id := range append([]int64{g.Owner}, g.Members...) {
			if _, ok := w.users[id]; !ok {
				return fmt.Errorf("add group %d: user %d: %w", g.ID, id, ErrNoUser)
			}
		}
		c := w.addChat(Chat{ID: g.ID, Kind: kind, Title: g.Title, Username: g.Username, Forum: g.Forum})
		for _, id := range g.Members {
			c.members[id] = &Member{User: id, Status: StatusMember}
		}
		c.members[g.Owner] = &Member{User: g.Owner, Status: StatusOwner}
		w.touch(c)
		return nil
	})
}

// AddMember makes the person by add the user to the group, with the service
// message that Telegram shows. The user may be the bot: it hears my_chat_member
// first.
func (s *Server) AddMember(by, chatID, user int64) error {
	return s.act(func(w *World) error {
		c, err := w.groupOf(by, chatID)
		if err != nil {
			return err
		}
		return w.join(c, by, user)
	})
}

func (w *World) join(c *chat, by, user int64) error {
	if _, ok := w.users[user]; !ok {
		return fmt.Errorf("user %d: %w", user, ErrNoUser)
	}
	if m := c.members[user]; m != nil && m.Status.Present() {
		return nil
	}
	if user == w.bot.ID {
		c.met = true
	}
	w.setMember(c, by, Member{User: user, Status: StatusMember})
	if c.Kind != KindChannel {
		w.service(c, by, Service{Kind: ServiceJoined, Users: []int64{user}})
	}
	return nil
}

// RemoveMember makes the administrator by take the user, who may be the bot,
// out of the group: the user then stands there as kicked. Where by is the user,
// the user leaves.
func (s *Server) RemoveMember(by, chatID, user int64) error {
	return s.act(func(w *World) error {
		c, err := w.groupOf(by, chatID)
		if err != nil {
			return err
		}
		m := c.members[user]
		if m == nil || !m.Status.Present() {
			return fmt.Errorf("user %d in chat %d: %w", user, chatID, ErrNotMember)
		}
		if by != user && !c.members[by].Status.Admin() {
			return fmt.Errorf("remove user %d: %w", user, ErrNotAllowed)
		}
		w.part(c, by, user)
		return nil
	})
}

func (w *World) part(c *chat, by, user int64) {
	status := StatusKicked
	if by == user {
		status = StatusLeft
	}
	// The bot does not hear of its own going but by my_chat_member.
	if user != w.bot.ID && c.Kind != KindChannel {
		w.service(c, by, Service{Kind: ServiceLeft, Users: []int64{user}})
		w.setMember(c, by, Member{User: user, Status: status})
		return
	}
	w.setMember(c, by, Member{User: user, Status: status})
	if c.Kind != KindChannel {
		w.service(c, by, Service{Kind: ServiceLeft, Users: []int64{user}})
	}
}

// SetAdmin makes the user an administrator of the group, or an ordinary member
// again. An anonymous one posts as the group.
func (s *Server) SetAdmin(chatID, user int64, admin, anonymous bool) error {
	return s.act(func(w *World) error {
		c, ok := w.chats[chatID]
		if !ok {
			return fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
		}
		m := c.members[user]
		if m == nil || !m.Status.Present() {
			return fmt.Errorf("user %d in chat %d: %w", user, chatID, ErrNotMember)
		}
		n := Member{User: user, Status: StatusMember}
		if admin {
			n = Member{User: user, Status: StatusAdmin, Anonymous: anonymous}
		}
		if m.Status == StatusOwner {
			n.Status = StatusOwner
		}
		w.setMember(c, c.owner(), n)
		return nil
	})
}

// HideMembers makes the group refuse to tell the bot who is a member, as large
// supergroups may while the bot is no administrator.
func (s *Server) HideMembers(chatID int64, hidden bool) error {
	return s.inChat(chatID, func(_ *World, c *chat) { c.silent = hidden })
}

// AllowReactions limits the reactions in the chat to the given emoji; none at
// all if there are none.
func (s *Server) AllowReactions(chatID int64, emoji ...string) error {
	return s.inChat(chatID, func(_ *World, c *chat) { c.reacting = append([]string{}, emoji...) })
}

// SetPrivacy switches the bot's privacy mode, as BotFather does.
func (s *Server) SetPrivacy(on bool) {
	_ = s.act(func(w *World) error {
		w.privacy = on
		w.touch(nil)
		return nil
	})
}

func (s *Server) inChat(chatID int64, change func(*World, *chat)) error {
	return s.act(func(w *World) error {
		c, ok := w.chats[chatID]
		if !ok {
			return fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
		}
		change(w, c)
		w.touch(c)
		return nil
	})
}

// groupOf returns the group if the person is in it.
func (w *World) groupOf(user, chatID int64) (*chat, error) {
	c, ok := w.chats[chatID]
	if !ok || c.Kind == KindPrivate {
		return nil, fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
	}
	if m := c.members[user]; m == nil || !m.Status.Present() {
		return nil, fmt.Errorf("user %d in chat %d: %w", user, chatID, ErrNotMember)
	}
	if c.MigratedTo != 0 {
		return nil, fmt.Errorf("chat %d became %d: %w", chatID, c.MigratedTo, ErrNoChat)
	}
	return c, nil
}

func (c *chat) owner() int64 {
	var ids []int64
	for id, m := range c.members {
		if m.Status == StatusOwner {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return 0
	}
	return slices.Min(ids)
}
