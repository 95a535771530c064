package botserver_test

import (
	"fmt"
	"strings"
	"testing"

	"dondoc/internal/botserver"
)

func menu(names ...string) []params {
	var out []params
	for _, n := range names {
		out = append(out, params{"command": n, "description": "Lệnh " + n})
	}
	return out
}

func TestMenus(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(super)
	w.must(w.SetAdmin(super, w.Bot().ID, true, false))
	set := func(scope params, names ...string) {
		t.Helper()
		p := params{"commands": menu(names...)}
		if scope != nil {
			p["scope"] = scope
		}
		w.ok("setMyCommands", p, nil)
	}
	shown := func(user, chat int64) string {
		var names []string
		w.View(func(v *botserver.World) {
			for _, c := range v.MenuFor(user, chat) {
				names = append(names, c.Name)
			}
		})
		return strings.Join(names, " ")
	}
	member := params{"type": "chat_member", "chat_id": super, "user_id": binh}
	set(nil, "default")
	set(params{"type": "all_private_chats"}, "private")
	set(params{"type": "all_group_chats"}, "groups")
	set(params{"type": "all_chat_administrators"}, "admins")
	for _, s := range []struct {
		user, chat int64
		want       string
	}{{ann, ann, "private"}, {binh, super, "groups"}, {ann, super, "admins"}} {
		if got := shown(s.user, s.chat); got != s.want {
			t.Errorf("%d in %d sees %q, want %q", s.user, s.chat, got, s.want)
		}
	}
	set(params{"type": "chat", "chat_id": super}, "chat")
	set(params{"type": "chat_administrators", "chat_id": super}, "chatadmins")
	set(member, "one", "two")
	set(params{"type": "chat", "chat_id": fmt.Sprint(ann)}, "an")
	for _, s := range []struct {
		user, chat int64
		want       string
	}{{ann, ann, "an"}, {binh, super, "one two"}, {ann, super, "chatadmins"}} {
		if got := shown(s.user, s.chat); got != s.want {
			t.Errorf("%d in %d sees %q, want %q", s.user, s.chat, got, s.want)
		}
	}
	var got []botserver.Command
	w.ok("getMyCommands", params{"scope": member}, &got)
	if len(got) != 2 || got[1].Description != "Lệnh two" {
		t.Errorf("got %+v", got)
	}
	w.ok("deleteMyCommands", params{"scope": member}, nil)
	w.ok("getMyCommands", params{"scope": member}, &got)
	if len(got) != 0 || shown(binh, super) != "chat" {
		t.Errorf("got %+v, sees %q", got, shown(binh, super))
	}
	w.ok("setMyCommands", params{"commands": menu("vi"), "language_code": "vi"}, nil)
	w.View(func(v *botserver.World) {
		if m := v.Menu(botserver.Scope{}, "vi"); len(m) != 1 || m[0].Name != "vi" {
			t.Errorf("menu %+v", m)
		}
	})
}

func TestMenusRefused(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.join(super)
	many := make([]string, 101)
	for i := range many {
		many[i] = fmt.Sprintf("c%d", i)
	}
	one := func(name, description string) any { return []params{{"command": name, "description": description}} }
	scoped := func(scope params) params { return params{"commands": menu("a"), "scope": scope} }
	tests := []struct {
		p    params
		want string
	}{
		{params{"commands": one("Done", "x")}, "BOT_COMMAND_INVALID"},
		{params{"commands": one("việc", "x")}, "BOT_COMMAND_INVALID"},
		{params{"commands": one("", "x")}, "command must be non-empty"},
		{params{"commands": one(strings.Repeat("a", 33), "x")}, "command length must not exceed 32"},
		{params{"commands": one("a", "")}, "command description must be non-empty"},
		{params{"commands": one("a", strings.Repeat("ữ", 257))}, "command description length must not exceed 256"},
		{params{"commands": menu(many...)}, "BOT_COMMANDS_TOO_MUCH"},
		{params{"commands": []params{{"command": "a"}}}, `can't parse BotCommand: Can't find field "description"`},
		{params{"commands": "x"}, "can't parse commands JSON object"},
		{params{}, "can't parse commands: commands are not specified"},
		{params{"commands": menu("a"), "language_code": "vie"}, "invalid language code specified"},
		{scoped(params{"type": "x"}), "can't parse BotCommandScope: Unsupported type specified"},
		{scoped(params{}), `can't parse BotCommandScope: Can't find field "type"`},
		{scoped(params{"type": "chat"}), `can't parse BotCommandScope: Can't find field "chat_id"`},
		{scoped(params{"type": "chat", "chat_id": 7}), "chat not found"},
		{scoped(params{"type": "chat_member", "chat_id": super, "user_id": 7}), "user not found"},
		{scoped(params{"type": "chat_administrators", "chat_id": ann}), "can't change commands for the chat"},
	}
	for _, tt := range tests {
		w.refused("setMyCommands", tt.p, "Bad Request: "+tt.want)
	}
	w.ok("setMyCommands", params{"commands": one(strings.Repeat("a", 32), strings.Repeat("ữ", 256))}, nil)
}

func TestProfile(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.ok("setMyName", params{"name": "Đôn đốc Sở"}, nil)
	w.ok("setMyDescription", params{"description": "x", "language_code": "vi"}, nil)
	w.refused("setMyShortDescription", params{"short_description": strings.Repeat("x", 121)},
		"Bad Request: bot short description is too long")
	var me struct {
		Name string `json:"first_name"`
	}
	w.ok("getMe", nil, &me)
	w.View(func(v *botserver.World) {
		if v.Profile("description", "vi") != "x" || me.Name != "Đôn đốc Sở" {
			t.Errorf("name %q, description %q", me.Name, v.Profile("description", "vi"))
		}
	})
}
