package botserver

// setMember records the standing and tells the bot: of its own always, of
// others' if it is an administrator and asked for chat_member.
func (w *World) setMember(c *chat, by int64, n Member) {
	was := Member{User: n.User, Status: StatusLeft}
	if m := c.members[n.User]; m != nil {
		was = *m
	}
	if was == n {
		return
	}
	c.members[n.User] = &n
	w.touch(c)
	u := &wireMemberUpdate{
		Chat: w.wireChat(c), From: w.wireUser(by), Date: w.date(), Old: w.wireMember(was), New: w.wireMember(n),
	}
	switch {
	case n.User == w.bot.ID:
		w.emit(kindMyChatMember, wireUpdate{MyChatMember: u})
	case w.botStatus(c).Admin():
		w.emit(kindChatMember, wireUpdate{ChatMember: u})
	}
}

func (w *World) botStatus(c *chat) MemberStatus { return c.status(w.bot.ID) }

func (c *chat) status(user int64) MemberStatus {
	if m := c.members[user]; m != nil {
		return m.Status
	}
	return StatusLeft
}

// wireMember is one of the Bot API's ChatMember objects.
func (w *World) wireMember(m Member) map[string]any {
	out := map[string]any{"status": m.Status, "user": w.wireUser(m.User)}
	switch m.Status {
	case StatusOwner:
		out["is_anonymous"] = m.Anonymous
	case StatusAdmin:
		out["is_anonymous"] = m.Anonymous
		out["can_be_edited"] = false
		for _, right := range []string{
			"can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
			"can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
			"can_edit_stories", "can_delete_stories", "can_pin_messages",
		} {
			out[right] = true
		}
	case StatusKicked:
		out["until_date"] = 0
	case StatusMember, StatusLeft:
	}
	return out
}
