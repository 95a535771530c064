package botserver

import (
	"slices"
	"strings"
)

// allowedReaction reports whether a bot may react with the emoji (Bot API,
// ReactionTypeEmoji).
func allowedReaction(emoji string) bool {
	const all = "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 " +
		"😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 " +
		"👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 " +
		"😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡 "
	return slices.Contains(strings.Fields(all), emoji)
}

func (w *World) setMessageReaction(q *request) (any, error) {
	emoji, err := readReaction(q)
	if err != nil {
		return nil, err
	}
	c, m, err := w.target(q, toWrite, "message to react")
	if err != nil {
		return nil, err
	}
	if emoji != "" && (c.reacting != nil && !slices.Contains(c.reacting, emoji) || m.Service != nil) {
		return nil, badRequest("REACTION_INVALID")
	}
	m.Reaction = emoji
	m.Revision = w.touch(c)
	return true, nil
}

// readReaction returns the one reaction that a bot may set, "" to take it away.
func readReaction(q *request) (string, error) {
	if !q.has("reaction") {
		return "", nil
	}
	list, err := (object{"reaction": []byte(q.params["reaction"])}).array("reaction")
	switch {
	case err != nil:
		return "", badRequest("expected an Array of ReactionType")
	case len(list) == 0:
		return "", nil
	case len(list) > 1:
		return "", badRequest("REACTIONS_TOO_MANY")
	}
	o, err := parseObject(string(list[0]))
	if err != nil || o == nil {
		return "", badRequest("can't parse ReactionType: expected an Object")
	}
	kind, _ := o.text("type")
	emoji, _ := o.text("emoji")
	if kind != "emoji" || !allowedReaction(emoji) {
		return "", badRequest("REACTION_INVALID")
	}
	return emoji, nil
}
