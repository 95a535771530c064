package bot

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// groupAnonymousBot is in whose name anonymous administrators of a group
// write (Bot API, Message.sender_chat).
const groupAnonymousBot = 1087968824

// decode reads what a row of the inbox holds.
func decode(a storage.Arrival) (in chat.Incoming, err error) {
	if a.Own {
		if err := json.Unmarshal(a.Payload, &in); err != nil {
			return chat.Incoming{}, fmt.Errorf("event not understood: %w", err)
		}
		return in, nil
	}
	u, err := decodeUpdate(a.Payload)
	if err != nil {
		return chat.Incoming{}, err
	}
	return understand(u, a.At)
}

// decodeUpdate reads an update. A panic of the library over it is an error,
// too: it costs that update alone.
func decodeUpdate(payload []byte) (u *models.Update, err error) {
	defer understood(&err)
	u = &models.Update{}
	if err := json.Unmarshal(payload, u); err != nil {
		return nil, fmt.Errorf("update not understood: %w", err)
	}
	return u, nil
}

// understand converts an update that counts at the given time, as decodeUpdate
// does with a panic.
func understand(u *models.Update, at time.Time) (in chat.Incoming, err error) {
	defer understood(&err)
	return incoming(u, at), nil
}

// understood is deferred and turns a panic into an error.
func understood(err *error) {
	if v := recover(); v != nil {
		*err = fmt.Errorf("update not understood: panic: %T", v)
	}
}

// incoming converts an update that counts at the given time.
func incoming(u *models.Update, at time.Time) chat.Incoming {
	switch {
	case u.Message != nil:
		return fromMessage(u.Message, chat.InMessage, at)
	case u.EditedMessage != nil:
		return fromMessage(u.EditedMessage, chat.InEdited, at)
	case u.CallbackQuery != nil:
		return fromPress(u.CallbackQuery, at)
	case u.MyChatMember != nil:
		return fromStanding(u.MyChatMember, at)
	}
	return chat.Incoming{Kind: chat.InOther, At: at}
}

func fromMessage(m *models.Message, kind chat.IncomingKind, at time.Time) chat.Incoming {
	in := chat.Incoming{
		Kind: kind, Chat: chatOf(m), From: author(m), Message: m.ID, At: at,
		Text: words(m), File: fileOf(m), Album: m.MediaGroupID, ReplyTo: replyOf(m),
	}
	switch {
	case m.MigrateToChatID != 0:
		in.Kind, in.MovedTo = chat.InMigrated, m.MigrateToChatID
	case m.MigrateFromChatID != 0: // the same from the other side, should that one not come
		in.Kind, in.MovedTo = chat.InMigrated, in.Chat.Chat
		in.Chat.Chat = m.MigrateFromChatID
	case in.Text == "" && in.File == nil, in.Chat.Kind == chat.Channel:
		in.Kind = chat.InOther
	}
	return in
}

func fromPress(q *models.CallbackQuery, at time.Time) chat.Incoming {
	in := chat.Incoming{
		Kind: chat.InPress, From: person(&q.From), At: at,
		Press: &chat.Press{ID: q.ID, Button: q.Data},
	}
	switch {
	case q.Message.Message != nil:
		in.Chat, in.Message = chatOf(q.Message.Message), q.Message.Message.ID
	case q.Message.InaccessibleMessage != nil: // too old to be shown; its topic is not told
		in.Chat = describeChat(&q.Message.InaccessibleMessage.Chat)
		in.Message = q.Message.InaccessibleMessage.MessageID
	default: // under a message that this bot did not send
		in.Kind = chat.InOther
	}
	return in
}

func fromStanding(m *models.ChatMemberUpdated, at time.Time) chat.Incoming {
	return chat.Incoming{
		Kind: chat.InStanding, Chat: describeChat(&m.Chat), From: person(&m.From), At: at,
		Present: canWrite(&m.NewChatMember),
	}
}

func canWrite(m *models.ChatMember) bool {
	switch m.Type {
	case models.ChatMemberTypeOwner, models.ChatMemberTypeAdministrator, models.ChatMemberTypeMember:
		return true
	case models.ChatMemberTypeRestricted:
		return m.Restricted.IsMember && m.Restricted.CanSendMessages
	case models.ChatMemberTypeLeft, models.ChatMemberTypeBanned:
	}
	return false
}

// chatOf returns where the message stands. A thread is a topic only in a
// forum; elsewhere Telegram numbers the threads of replies in the same field.
// The topic "General" has no number.
func chatOf(m *models.Message) chat.Chat {
	c := describeChat(&m.Chat)
	if c.Forum && m.IsTopicMessage {
		c.Topic = m.MessageThreadID
	}
	return c
}

func describeChat(c *models.Chat) chat.Chat {
	out := chat.Chat{Place: chat.Place{Chat: c.ID}, Title: c.Title, Forum: c.IsForum}
	switch c.Type {
	case models.ChatTypePrivate:
		out.Kind = chat.Private
		out.Forum = false // a private chat with topics is one chat to the program
	case models.ChatTypeChannel:
		out.Kind = chat.Channel
	case models.ChatTypeGroup, models.ChatTypeSupergroup:
		out.Kind = chat.Group
	}
	return out
}

// author returns who wrote the message. Anonymous administrators and channels
// write in the name of a chat.
func author(m *models.Message) chat.Person {
	if m.From == nil {
		return chat.Person{Anonymous: true}
	}
	p := person(m.From)
	p.Anonymous = m.From.ID == groupAnonymousBot || m.SenderChat != nil
	return p
}

func person(u *models.User) chat.Person {
	return chat.Person{ID: u.ID, Name: strings.TrimSpace(u.FirstName + " " + u.LastName), Bot: u.IsBot}
}

func words(m *models.Message) string {
	if m.Text != "" {
		return m.Text
	}
	return m.Caption
}

func fileOf(m *models.Message) *chat.File {
	switch {
	case m.Document != nil:
		return &chat.File{ID: m.Document.FileID, Name: m.Document.FileName, Size: m.Document.FileSize}
	case len(m.Photo) > 0:
		best := m.Photo[0]
		for _, p := range m.Photo[1:] {
			if p.Width*p.Height > best.Width*best.Height {
				best = p
			}
		}
		return &chat.File{ID: best.FileID, Photo: true, Size: int64(best.FileSize)}
	}
	return nil
}

// replyOf returns what the message answers. In a forum every message answers
// the service message by which its topic was made; that is no reply.
func replyOf(m *models.Message) *chat.Reply {
	r := m.ReplyToMessage
	if r == nil || r.ForumTopicCreated != nil && r.ID == m.MessageThreadID {
		return nil
	}
	return &chat.Reply{
		Message: r.ID, From: author(r), Service: isService(r), File: fileOf(r), Album: r.MediaGroupID,
	}
}

// isService reports whether nobody wrote the message: it says that somebody
// joined, pinned or renamed something.
func isService(m *models.Message) bool {
	written := words(m) != "" || fileOf(m) != nil || m.Animation != nil || m.Audio != nil || m.PaidMedia != nil ||
		m.Sticker != nil || m.Story != nil || m.Video != nil || m.VideoNote != nil || m.Voice != nil ||
		m.Checklist != nil || m.Contact != nil || m.Dice != nil || m.Game != nil || m.Poll != nil ||
		m.Venue != nil || m.Location != nil || m.RichMessage != nil || m.LivePhoto != nil ||
		m.Invoice != nil || m.Giveaway != nil || m.GiveawayWinners != nil
	return !written
}
