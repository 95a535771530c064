package botserver

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func (w *World) getMe(*request) (any, error) {
	return wireMe{
		wireUser:                w.wireUser(w.bot.ID),
		CanJoinGroups:           true,
		CanReadAllGroupMessages: !w.privacy,
	}, nil
}

func (w *World) getChat(q *request) (any, error) {
	c, err := w.chatFor(q, "chat_id", toRead)
	if err != nil {
		return nil, err
	}
	v := wireFullChat{
		wireChat:         w.wireChat(c),
		AccentColorID:    int(c.ID & 3),
		MaxReactionCount: 11,
		AcceptedGiftTypes: map[string]bool{
			"unlimited_gifts": true, "limited_gifts": true, "unique_gifts": true, "premium_subscription": true,
		},
		HiddenMembers: c.silent,
	}
	if c.Kind != KindPrivate && c.Kind != KindChannel {
		v.Permissions = map[string]bool{"can_send_messages": true, "can_react_to_messages": true}
	}
	return v, nil
}

func (w *World) getChatMember(q *request) (any, error) {
	c, err := w.membersOf(q)
	if err != nil {
		return nil, err
	}
	id, err := strconv.ParseInt(q.params["user_id"], 10, 64)
	if err != nil || id <= 0 {
		return nil, badRequest("invalid user_id specified")
	}
	if _, known := w.users[id]; !known {
		return nil, badRequest("user not found")
	}
	if c.silent && id != w.bot.ID && !w.botStatus(c).Admin() {
		return nil, badRequest("member list is inaccessible")
	}
	if m := c.members[id]; m != nil {
		return w.wireMember(*m), nil
	}
	if c.Kind == KindPrivate {
		return nil, badRequest("member not found")
	}
	return w.wireMember(Member{User: id, Status: StatusLeft}), nil
}

// membersOf finds the chat of a call about its members, which groups that were
// upgraded no longer have.
func (w *World) membersOf(q *request) (*chat, error) {
	c, err := w.chatFor(q, "chat_id", toRead)
	if err == nil && c.Kind == KindGroup {
		c, err = w.chatFor(q, "chat_id", toWrite)
	}
	return c, err
}

func (w *World) getChatAdministrators(q *request) (any, error) {
	c, err := w.membersOf(q)
	if err != nil {
		return nil, err
	}
	if c.Kind == KindPrivate {
		return nil, badRequest("there are no administrators in the private chat")
	}
	out := []map[string]any{}
	for _, m := range w.Members(c.ID) {
		if m.Status.Admin() {
			out = append(out, w.wireMember(m))
		}
	}
	return out, nil
}

func (w *World) getChatMemberCount(q *request) (any, error) {
	c, err := w.membersOf(q)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, m := range c.members {
		if m.Status.Present() {
			n++
		}
	}
	return n, nil
}

func (w *World) leaveChat(q *request) (any, error) {
	c, err := w.findChat(q, "chat_id")
	switch {
	case err != nil:
		return nil, err
	case c.Kind == KindPrivate:
		return nil, badRequest("chat not found")
	case c.MigratedTo != 0:
		return nil, migrated(c.MigratedTo)
	}
	if err := w.mayEnter(c, toEdit); err != nil && !w.botStatus(c).Present() {
		return nil, err
	}
	w.part(c, w.bot.ID, w.bot.ID)
	return true, nil
}

func (w *World) sendChatAction(q *request) (any, error) {
	switch strings.ToLower(q.params["action"]) {
	case "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "record_audio",
		"upload_audio", "upload_document", "choose_sticker", "find_location", "pick_up_location", "record_video_note",
		"upload_video_note", "cancel":
	default:
		return nil, badRequest("wrong parameter action in request")
	}
	c, err := w.chatFor(q, "chat_id", toWrite)
	if err != nil {
		return nil, err
	}
	if thread := int(q.integer("message_thread_id")); thread != 0 && c.topic(thread) == nil {
		return nil, badRequest("message thread not found")
	}
	return true, nil
}

// setProfile answers the methods that set a text of the bot's own page.
func setProfile(field string, limit int) handler {
	return func(w *World, q *request) (any, error) {
		text := q.params[field]
		if utf8.RuneCountInString(text) > limit {
			return nil, badRequest("bot %s is too long", strings.ReplaceAll(field, "_", " "))
		}
		w.profile[field+":"+q.params["language_code"]] = text
		if field == "name" && q.params["language_code"] == "" && text != "" {
			w.users[w.bot.ID].FirstName = text
		}
		w.touch(nil)
		return true, nil
	}
}

// Profile returns what setMyName ("name"), setMyDescription ("description") or
// setMyShortDescription ("short_description") set for the language.
func (w *World) Profile(field, language string) string { return w.profile[field+":"+language] }
