package botserver

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of menus (Bot API, BotCommand and setMyCommands).
const (
	maxCommands    = 100
	maxCommand     = 32
	maxDescription = 256
)

// A Scope says for whom a menu is, in the words of BotCommandScope; the zero
// Scope is the default one.
type Scope struct {
	Type string // "default", "all_private_chats", "chat_member", …
	Chat int64  // of "chat", "chat_administrators", "chat_member"
	User int64  // of "chat_member"
}

func (s Scope) key(language string) string {
	return fmt.Sprintf("%s/%d/%d/%s", orDefault(s.Type, "default"), s.Chat, s.User, language)
}

// Menu returns what setMyCommands set for just that scope and language; nil if
// nothing.
func (w *World) Menu(s Scope, language string) []Command {
	return slices.Clone(w.menus[s.key(language)])
}

// MenuFor returns the menu that the person's app shows in the chat, found in
// the Bot API's order of scopes, the person's language before none.
func (w *World) MenuFor(user, chatID int64) []Command {
	c, ok := w.chats[chatID]
	if !ok {
		return nil
	}
	var scopes []Scope
	if c.Kind == KindPrivate {
		scopes = []Scope{{Type: "chat", Chat: chatID}, {Type: "all_private_chats"}, {}}
	} else {
		scopes = []Scope{{Type: "chat_member", Chat: chatID, User: user}}
		if c.status(user).Admin() {
			scopes = append(scopes, Scope{Type: "chat_administrators", Chat: chatID})
		}
		scopes = append(scopes, Scope{Type: "chat", Chat: chatID})
		if c.status(user).Admin() {
			scopes = append(scopes, Scope{Type: "all_chat_administrators"})
		}
		scopes = append(scopes, Scope{Type: "all_group_chats"}, Scope{})
	}
	language := ""
	if u := w.users[user]; u != nil {
		language, _, _ = strings.Cut(u.Language, "-")
	}
	for _, s := range scopes {
		for _, l := range []string{language, ""} {
			if menu, ok := w.menus[s.key(l)]; ok {
				return slices.Clone(menu)
			}
		}
	}
	return nil
}

func (w *World) setMyCommands(q *request) (any, error) {
	list, err := readCommands(q)
	if err != nil {
		return nil, err
	}
	key, err := w.menuKey(q)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		delete(w.menus, key)
	} else {
		w.menus[key] = list
	}
	w.touch(nil)
	return true, nil
}

func (w *World) deleteMyCommands(q *request) (any, error) {
	key, err := w.menuKey(q)
	if err != nil {
		return nil, err
	}
	delete(w.menus, key)
	w.touch(nil)
	return true, nil
}

func (w *World) getMyCommands(q *request) (any, error) {
	key, err := w.menuKey(q)
	if err != nil {
		return nil, err
	}
	return append([]Command{}, w.menus[key]...), nil
}

func readCommands(q *request) ([]Command, error) {
	if !q.has("commands") {
		return nil, badRequest("can't parse commands: commands are not specified")
	}
	var raws []json.RawMessage
	if json.Unmarshal([]byte(q.params["commands"]), &raws) != nil {
		return nil, badRequest("can't parse commands JSON object")
	}
	if len(raws) > maxCommands {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	var list []Command
	for _, raw := range raws {
		o, err := parseObject(string(raw))
		if err != nil || o == nil {
			return nil, badRequest("can't parse BotCommand: expected an Object")
		}
		c, err := readCommand(o)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

func readCommand(o object) (Command, error) {
	var c Command
	for name, field := range map[string]*string{"command": &c.Name, "description": &c.Description} {
		if !o.has(name) {
			return c, badRequest("can't parse BotCommand: Can't find field %q", name)
		}
		s, err := o.text(name)
		if err != nil {
			return c, badRequest("can't parse BotCommand: %s", err)
		}
		*field = strings.TrimSpace(s)
	}
	c.Name = strings.TrimPrefix(c.Name, "/")
	switch {
	case c.Name == "":
		return c, badRequest("command must be non-empty")
	case utf8.RuneCountInString(c.Name) > maxCommand:
		return c, badRequest("command length must not exceed %d", maxCommand)
	case c.Description == "":
		return c, badRequest("command description must be non-empty")
	case utf8.RuneCountInString(c.Description) > maxDescription:
		return c, badRequest("command description length must not exceed %d", maxDescription)
	case strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "":
		return c, badRequest("BOT_COMMAND_INVALID")
	}
	return c, nil
}

// menuKey reads scope and language_code.
func (w *World) menuKey(q *request) (string, error) {
	language := q.params["language_code"]
	if language != "" && (len(language) != 2 || strings.Trim(language, "abcdefghijklmnopqrstuvwxyz") != "") {
		return "", badRequest("invalid language code specified")
	}
	if !q.has("scope") {
		return Scope{}.key(language), nil
	}
	o, err := parseObject(q.params["scope"])
	switch {
	case err != nil:
		return "", badRequest("can't parse BotCommandScope JSON object")
	case o == nil || !o.has("type"):
		return "", badRequest(`can't parse BotCommandScope: Can't find field "type"`)
	}
	s, err := w.readScope(o)
	return s.key(language), err
}

func (w *World) readScope(o object) (Scope, error) {
	var s Scope
	s.Type, _ = o.text("type")
	fields := []string{}
	switch s.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		return s, nil
	case "chat", "chat_administrators":
		fields = append(fields, "chat_id")
	case "chat_member":
		fields = append(fields, "chat_id", "user_id")
	default:
		return s, badRequest("can't parse BotCommandScope: Unsupported type specified")
	}
	inner := &request{params: map[string]string{}}
	for _, name := range fields {
		if !o.has(name) {
			return s, badRequest("can't parse BotCommandScope: Can't find field %q", name)
		}
		inner.params[name], _ = o.text(name)
	}
	c, err := w.membersOf(inner)
	if err != nil {
		return s, err
	}
	switch s.Chat, s.User = c.ID, inner.integer("user_id"); {
	case s.Type != "chat" && c.Kind == KindPrivate:
		return s, badRequest("can't change commands for the chat")
	case s.Type == "chat_member" && w.users[s.User] == nil:
		return s, badRequest("user not found")
	}
	return s, nil
}
