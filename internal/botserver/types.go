package botserver

import "time"

// Accounts of Telegram that stand in for whoever posts under a chat's name.
const (
	AnonymousAdminID int64 = 1087968824 // GroupAnonymousBot: an admin as the group itself
	ChannelBotID     int64 = 136817688  // Channel_Bot: a channel in a group
)

// A User is an account.
type User struct {
	ID        int64
	FirstName string
	LastName  string
	Username  string // without @
	Language  string // IETF tag of the person's app

	bot bool
}

// A ChatKind is a chat's type in the Bot API's words.
type ChatKind string

// The kinds of chats.
const (
	KindPrivate    ChatKind = "private"
	KindGroup      ChatKind = "group"
	KindSupergroup ChatKind = "supergroup"
	KindChannel    ChatKind = "channel"
)

// A Chat is a chat as it stands. A private chat has its person's id.
type Chat struct {
	ID           int64
	Kind         ChatKind
	Title        string // of a private chat, the person's name
	Username     string
	Forum        bool
	Topics       []Topic // of a forum, in the order of creation, without General
	MigratedTo   int64   // the supergroup that this group became
	MigratedFrom int64   // the group that this supergroup was
	Bot          MemberStatus
	Started      bool   // private: the person has written to the bot
	Blocked      bool   // private: the person has blocked the bot
	Revision     uint64 // of the last change in the chat
}

// A Topic is a thread of a forum. Its id is that of the service message that
// opened it.
type Topic struct {
	ID     int
	Name   string
	Closed bool
}

// A MemberStatus is a standing in a chat in the Bot API's words.
type MemberStatus string

// The standings.
const (
	StatusOwner  MemberStatus = "creator"
	StatusAdmin  MemberStatus = "administrator"
	StatusMember MemberStatus = "member"
	StatusLeft   MemberStatus = "left"
	StatusKicked MemberStatus = "kicked"
)

// Present reports whether the standing is that of somebody in the chat.
func (m MemberStatus) Present() bool {
	return m == StatusOwner || m == StatusAdmin || m == StatusMember
}

// Admin reports whether the standing is that of an administrator.
func (m MemberStatus) Admin() bool { return m == StatusOwner || m == StatusAdmin }

// A Member is somebody's standing in a group.
type Member struct {
	User      int64
	Status    MemberStatus
	Anonymous bool // an admin who posts as the group
}

// An Entity marks a part of a text. Offset and Length count UTF-16 code units.
type Entity struct {
	Type          string    `json:"type"`
	Offset        int       `json:"offset"`
	Length        int       `json:"length"`
	URL           string    `json:"url,omitempty"`
	User          *wireUser `json:"user,omitempty"`
	Language      string    `json:"language,omitempty"`
	CustomEmojiID string    `json:"custom_emoji_id,omitempty"`
}

// A Button is one of an inline keyboard. Only buttons with CallbackData can be
// pressed here.
type Button struct {
	Text         string    `json:"text"`
	Style        string    `json:"style,omitempty"`
	URL          string    `json:"url,omitempty"`
	CallbackData string    `json:"callback_data,omitempty"`
	CopyText     *CopyText `json:"copy_text,omitempty"`
	WebApp       *WebApp   `json:"web_app,omitempty"`
}

// CopyText is what a button puts on the clipboard.
type CopyText struct {
	Text string `json:"text"`
}

// WebApp is what a button opens within Telegram.
type WebApp struct {
	URL string `json:"url"`
}

// A File is a document or a photo.
type File struct {
	ID       string
	UniqueID string
	Name     string // "" for a photo
	MIME     string
	Size     int
	Photo    bool

	data    []byte
	path    string
	thumbID string // of a photo's small version
}

// Data returns the content; it must not be changed.
func (f *File) Data() []byte { return f.data }

// A ServiceKind says what a service message tells.
type ServiceKind string

// The kinds of service messages.
const (
	ServiceCreated      ServiceKind = "group_chat_created"
	ServiceJoined       ServiceKind = "new_chat_members"
	ServiceLeft         ServiceKind = "left_chat_member"
	ServiceTitle        ServiceKind = "new_chat_title"
	ServiceMigratedTo   ServiceKind = "migrate_to_chat_id"
	ServiceMigratedFrom ServiceKind = "migrate_from_chat_id"
	ServiceTopicCreated ServiceKind = "forum_topic_created"
	ServiceTopicClosed  ServiceKind = "forum_topic_closed"
)

// A Service is the content of a service message.
type Service struct {
	Kind  ServiceKind
	Users []int64 // joined or left
	Chat  int64   // the other chat of a migration
	Title string  // of the chat or the topic
}

// A ForceReply asks the person's app for a reply.
type ForceReply struct {
	Placeholder string
	Selective   bool
}

// A Message is a message as it stands.
type Message struct {
	ID          int
	Chat        int64
	Topic       int   // of a forum; 0 in General and elsewhere
	From        int64 // user; AnonymousAdminID or ChannelBotID for those without a name
	SenderChat  int64 // of those: the chat they speak for
	Date        time.Time
	EditDate    time.Time // zero if never edited
	Text        string    // text or caption, markup taken out
	Entities    []Entity
	Source      string // the text as the bot sent it, with its markup
	ParseMode   string // of Source
	ReplyTo     int
	File        *File
	Album       string // media_group_id
	Buttons     [][]Button
	ForceReply  *ForceReply
	ReplyMarkup bool // a reply keyboard or its removal; such messages cannot be edited
	Service     *Service
	Reaction    string // the bot's, under a person's message
	Silent      bool
	Deleted     bool
	Before      []Version // what the message said before its edits, oldest first
	Revision    uint64    // of its last change

	thread int // message_thread_id: the topic, or the root of a chain of replies
}

// A Version is what a message said until it was edited.
type Version struct {
	Until   time.Time
	Text    string
	Source  string
	Buttons [][]Button
}

// An Answer is what the bot said to a press.
type Answer struct {
	Text  string
	Alert bool
	URL   string
	At    time.Time // network time
}

// A Press is a button that was pressed.
type Press struct {
	ID      string // callback_query.id
	User    int64
	Chat    int64
	Message int
	Data    string
	At      time.Time // network time
	Answers []Answer  // the person sees the first
}

// A Command is one row of a menu.
type Command struct {
	Name        string `json:"command"`
	Description string `json:"description"`
}

// A Call is one request of the bot.
type Call struct {
	Number      int // from 1, in the order of arrival
	Method      string
	Params      map[string]string // without files
	Chat        int64             // chat_id; 0 without one
	At          time.Time         // arrival, network time
	Clock       time.Time         // arrival by the clock that dates messages
	Status      int               // HTTP status; 0 if the connection was cut
	Description string            // of a failure
	Result      []byte            // JSON of what came of it
	Fault       *Fault            // what befell it
}
