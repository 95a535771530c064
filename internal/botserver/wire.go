package botserver

// The Bot API's objects as they go over the wire, no further than this server
// fills them. Field order and names are the Bot API's.

type wireUser struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

type wireMe struct {
	wireUser
	CanJoinGroups           bool `json:"can_join_groups"`
	CanReadAllGroupMessages bool `json:"can_read_all_group_messages"`
	SupportsInlineQueries   bool `json:"supports_inline_queries"`
	CanConnectToBusiness    bool `json:"can_connect_to_business"`
	HasMainWebApp           bool `json:"has_main_web_app"`
}

type wireChat struct {
	ID        int64  `json:"id"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	Type      string `json:"type"`
	IsForum   bool   `json:"is_forum,omitempty"`
}

type wireFullChat struct {
	wireChat
	AccentColorID     int             `json:"accent_color_id"`
	MaxReactionCount  int             `json:"max_reaction_count"`
	AcceptedGiftTypes map[string]bool `json:"accepted_gift_types"`
	JoinToSend        bool            `json:"join_to_send_messages,omitempty"`
	HiddenMembers     bool            `json:"has_hidden_members,omitempty"`
	Permissions       map[string]bool `json:"permissions,omitempty"`
}

type wireTopicCreated struct {
	Name      string `json:"name"`
	IconColor int    `json:"icon_color"`
}

type wireFile struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileName     string `json:"file_name,omitempty"`
	MimeType     string `json:"mime_type,omitempty"`
	Width        int    `json:"width,omitempty"`
	Height       int    `json:"height,omitempty"`
	FileSize     int    `json:"file_size,omitempty"`
	FilePath     string `json:"file_path,omitempty"`
}

type wireMarkup struct {
	InlineKeyboard [][]Button `json:"inline_keyboard"`
}

type wireMessage struct {
	MessageID         int               `json:"message_id"`
	MessageThreadID   int               `json:"message_thread_id,omitempty"`
	From              *wireUser         `json:"from,omitempty"`
	SenderChat        *wireChat         `json:"sender_chat,omitempty"`
	Chat              wireChat          `json:"chat"`
	Date              int64             `json:"date"`
	EditDate          int64             `json:"edit_date,omitempty"`
	IsTopicMessage    bool              `json:"is_topic_message,omitempty"`
	ReplyToMessage    *wireMessage      `json:"reply_to_message,omitempty"`
	MediaGroupID      string            `json:"media_group_id,omitempty"`
	Text              string            `json:"text,omitempty"`
	Entities          []Entity          `json:"entities,omitempty"`
	Document          *wireFile         `json:"document,omitempty"`
	Photo             []wireFile        `json:"photo,omitempty"`
	Caption           string            `json:"caption,omitempty"`
	CaptionEntities   []Entity          `json:"caption_entities,omitempty"`
	NewChatMembers    []wireUser        `json:"new_chat_members,omitempty"`
	LeftChatMember    *wireUser         `json:"left_chat_member,omitempty"`
	NewChatTitle      string            `json:"new_chat_title,omitempty"`
	GroupChatCreated  bool              `json:"group_chat_created,omitempty"`
	MigrateToChatID   int64             `json:"migrate_to_chat_id,omitempty"`
	MigrateFromChatID int64             `json:"migrate_from_chat_id,omitempty"`
	ForumTopicCreated *wireTopicCreated `json:"forum_topic_created,omitempty"`
	ForumTopicClosed  *struct{}         `json:"forum_topic_closed,omitempty"`
	ReplyMarkup       *wireMarkup       `json:"reply_markup,omitempty"`
}

// wireInaccessible is a message that the bot can no longer read; its date is
// always 0.
type wireInaccessible struct {
	Chat      wireChat `json:"chat"`
	MessageID int      `json:"message_id"`
	Date      int64    `json:"date"`
}

type wireCallback struct {
	ID           string   `json:"id"`
	From         wireUser `json:"from"`
	Message      any      `json:"message,omitempty"`
	ChatInstance string   `json:"chat_instance"`
	Data         string   `json:"data,omitempty"`
}

type wireMemberUpdate struct {
	Chat wireChat `json:"chat"`
	From wireUser `json:"from"`
	Date int64    `json:"date"`
	Old  any      `json:"old_chat_member"`
	New  any      `json:"new_chat_member"`
}

// wireUpdate has exactly one of its optional fields.
type wireUpdate struct {
	UpdateID          int64             `json:"update_id"`
	Message           *wireMessage      `json:"message,omitempty"`
	EditedMessage     *wireMessage      `json:"edited_message,omitempty"`
	ChannelPost       *wireMessage      `json:"channel_post,omitempty"`
	EditedChannelPost *wireMessage      `json:"edited_channel_post,omitempty"`
	CallbackQuery     *wireCallback     `json:"callback_query,omitempty"`
	MyChatMember      *wireMemberUpdate `json:"my_chat_member,omitempty"`
	ChatMember        *wireMemberUpdate `json:"chat_member,omitempty"`
}
