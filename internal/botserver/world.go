package botserver

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
)

// World is all that the server knows. Its methods only read and may be called
// only within View and WaitFor, which hold the server's lock; what they return
// is the caller's to keep but not to change.
type World struct {
	bot     User
	privacy bool
	clock   func() time.Time
	network func() time.Time

	users    map[int64]*User
	chats    map[int64]*chat
	order    []int64 // chats in the order of creation
	messages int     // last id outside supergroups: one sequence for the bot's account
	presses  map[string]*Press
	pressed  []string // in order
	menus    map[string][]Command
	files    map[string]*File // by file id
	paths    map[string]*File // by file path
	profile  map[string]string
	updates  queue
	webhook  webhook
	calls    []*Call
	called   int
	meter    meter
	serial   int64 // for ids that only need to differ

	revision uint64
	changed  chan struct{} // closed at the next change
}

// chat is a chat's whole state.
type chat struct {
	Chat
	members  map[int64]*Member
	posts    []*Message // in order of sending
	index    map[int]*Message
	lastID   int // supergroups and channels count their own messages
	reacting []string
	silent   bool // does not say who is a member
	met      bool // the bot knows the chat
}

func newWorld(bot User, o Options) *World {
	w := &World{
		bot:     bot,
		privacy: !o.PrivacyOff,
		clock:   o.Clock,
		network: o.Network,
		users:   map[int64]*User{},
		chats:   map[int64]*chat{},
		presses: map[string]*Press{},
		menus:   map[string][]Command{},
		files:   map[string]*File{},
		paths:   map[string]*File{},
		profile: map[string]string{},
		changed: make(chan struct{}),
	}
	w.updates = newQueue()
	for _, u := range []User{
		bot,
		{ID: AnonymousAdminID, FirstName: "Group", Username: "GroupAnonymousBot", bot: true},
		{ID: ChannelBotID, FirstName: "Channel", Username: "Channel_Bot", bot: true},
	} {
		w.users[u.ID] = &u
	}
	return w
}

// touch marks the chat as changed and returns the new revision.
func (w *World) touch(c *chat) uint64 {
	w.revision++
	if c != nil {
		c.Revision = w.revision
	}
	return w.revision
}

// Revision counts the changes to the world.
func (w *World) Revision() uint64 { return w.revision }

// Bot returns the bot itself.
func (w *World) Bot() User { return w.bot }

// User returns the account.
func (w *World) User(id int64) (User, bool) {
	u, ok := w.users[id]
	if !ok {
		return User{}, false
	}
	return *u, true
}

// Chats returns all chats in the order of creation.
func (w *World) Chats() []Chat {
	out := make([]Chat, 0, len(w.order))
	for _, id := range w.order {
		out = append(out, w.chats[id].view(w.bot.ID))
	}
	return out
}

// Chat returns the chat.
func (w *World) Chat(id int64) (Chat, bool) {
	c, ok := w.chats[id]
	if !ok {
		return Chat{}, false
	}
	return c.view(w.bot.ID), true
}

func (c *chat) view(bot int64) Chat {
	v := c.Chat
	v.Topics = slices.Clone(c.Topics)
	if m := c.members[bot]; m != nil {
		v.Bot = m.Status
	}
	return v
}

// Members returns who stands in the group in any way, ascending by id.
func (w *World) Members(chatID int64) []Member {
	c, ok := w.chats[chatID]
	if !ok {
		return nil
	}
	var out []Member
	for _, m := range c.members {
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b Member) int { return cmp.Compare(a.User, b.User) })
	return out
}

// Messages returns the chat's messages, oldest first, without deleted ones.
func (w *World) Messages(chatID int64) []Message { return w.MessagesSince(chatID, 0) }

// MessagesSince returns the chat's messages that were sent, edited, reacted to
// or deleted after the revision; deleted ones only where the revision is not 0.
func (w *World) MessagesSince(chatID int64, revision uint64) []Message {
	c, ok := w.chats[chatID]
	if !ok {
		return nil
	}
	var out []Message
	for _, m := range c.posts {
		if m.Revision > revision && (!m.Deleted || revision > 0) {
			out = append(out, *m)
		}
	}
	return out
}

// Message returns one message.
func (w *World) Message(chatID int64, id int) (Message, bool) {
	c, ok := w.chats[chatID]
	if !ok || c.index[id] == nil {
		return Message{}, false
	}
	return *c.index[id], true
}

// FromBot returns the bot's messages in the chat, oldest first, without
// deleted ones.
func (w *World) FromBot(chatID int64) []Message {
	return slices.DeleteFunc(w.Messages(chatID), func(m Message) bool {
		return m.From != w.bot.ID || m.Service != nil
	})
}

// Last returns the bot's last message in the chat.
func (w *World) Last(chatID int64) (Message, bool) {
	c, ok := w.chats[chatID]
	if !ok {
		return Message{}, false
	}
	for _, m := range slices.Backward(c.posts) {
		if m.From == w.bot.ID && m.Service == nil && !m.Deleted {
			return *m, true
		}
	}
	return Message{}, false
}

// nextSerial returns a number never returned before.
func (w *World) nextSerial() int64 {
	w.serial++
	return w.serial
}

// chatInstance is the opaque constant that Telegram gives with presses.
func chatInstance(chatID int64) string {
	h := fnv.New64a()
	_, _ = h.Write(strconv.AppendInt(nil, chatID, 10))
	return strconv.FormatUint(h.Sum64(), 10)
}

func tokenID(token string) int64 {
	head, _, _ := strings.Cut(token, ":")
	id, _ := strconv.ParseInt(head, 10, 64)
	return id
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
