package handlers

import (
	"maps"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/locales"
	"dondoc/storage"
)

// help says what this chat is and lists what the person can do here.
func (c *call) help() error {
	if c.in.Chat.Kind == chat.Private {
		if err := c.personMenu(c.person.ID); err != nil {
			return err
		}
	}
	var what chat.Markup
	switch {
	case c.in.Chat.Kind != chat.Private && len(c.here) > 0:
		what = c.t("about.unit_chat", "Units", c.unitNames(c.here), "Year", c.plan.Year)
	case c.in.Chat.Kind != chat.Private:
		what = c.t("about.other_chat")
	case len(c.person.Units) > 0:
		what = c.t("about.head", "Units", c.unitNames(c.person.Units), "Year", c.plan.Year, "Number", c.exampleTask())
	case c.standing&director != 0:
		what = c.t("about.director", "Year", c.plan.Year)
	default:
		what = c.t("about.admin", "Year", c.plan.Year)
	}
	var list []chat.Markup
	for i := range c.h.rows {
		r := &c.h.rows[i]
		if len(r.names) > 0 && r.who&c.standing != 0 && r.where&c.place() != 0 && r.verb != verbStart {
			list = append(list, chat.Escape(c.commandName(r))+" – "+c.t("help."+r.verb)) // keys: help.*
		}
	}
	text := []chat.Markup{what, ""}
	if len(list) > 0 {
		text = append(text, chat.Quote(join(list...)), "")
	}
	_, err := c.say(join(append(text, c.t("about.secrets"))...))
	return err
}

// turnAway tells an unknown person once a day that the bot is not for him,
// and nothing else.
func (c *call) turnAway() error {
	first, err := c.tx.FirstRefusalOf(c.in.From.ID, c.today)
	if err != nil || !first {
		return err
	}
	_, err = c.say(c.t("refuse.stranger"))
	return err
}

// pointElsewhere tells a group that serves no unit so, once a day; in a forum
// it says where the units' topics are.
func (c *call) pointElsewhere() error {
	first, err := c.tx.FirstHintIn(c.in.Chat.Chat, c.today)
	if err != nil || !first {
		return err
	}
	var topics []chat.Markup
	for _, u := range c.snap.Roster.Units {
		place := c.snap.Chats[u.Code]
		if place.Chat == c.in.Chat.Chat && place.Topic != c.in.Chat.Topic {
			topics = append(topics, c.t("hint.topic", "Unit", u.Name, "Link", c.h.Links.Topic(place)))
		}
	}
	if len(topics) == 0 {
		topics = append(topics, c.t("hint.unlinked"))
	}
	_, err = c.say(join(topics...))
	return err
}

// refuseMember tells a member who tries to report who may, with a button to
// ask for it.
func (c *call) refuseMember() error {
	if c.in.Kind == chat.InPress { // a box bears no button
		return refuse("refuse.member_press", "Done", c.cmd(verbDone))
	}
	no := refuse("refuse.member", "Unit", c.unitNames(c.here))
	var buttons []chat.Button
	for _, u := range c.here {
		a := chat.Action{Verb: "ask_head", Unit: u}
		if len(c.here) == 1 {
			buttons = append(buttons, c.button("button.ask_head", a))
		} else {
			buttons = append(buttons, c.button("button.ask_head_of", a, "Unit", c.unitShort(u)))
		}
	}
	return no.with(buttons...)
}

// refuseUnit says that no unit is called so, with the nearest ones and where all
// of them stand.
func (c *call) refuseUnit(name string) error {
	var near []string
	for _, u := range c.snap.Roster.Nearest(name, 3) {
		near = append(near, u.Name+" ("+u.Code+")")
	}
	return refuse("refuse.no_unit", "Name", chat.Cut(name, 60), "Nearest", some(near, 3),
		"List", c.cmd(verbUnits), "Codes", some(c.unitCodes(), unitCodesShown))
}

// unitCodesShown is how many codes a refusal lists: four lines of a phone.
const unitCodesShown = 12

// unitCodes lists the units that the person can name here, for those who have no
// /units.
func (c *call) unitCodes() (codes []string) {
	switch {
	case c.standing&admin != 0:
		return nil
	case c.standing&director == 0 && len(c.here) > 0:
		return c.here
	case c.standing&director == 0:
		return c.person.Units
	}
	for _, u := range c.snap.Roster.Units {
		codes = append(codes, u.Code)
	}
	return codes
}

// setLang handles /lang vi and /lang en: for oneself in private, for all in a
// group, where a head or an admin may.
func (c *call) setLang() error {
	lang := plan.Fold(c.args)
	switch {
	case !slices.Contains(locales.Languages(), lang):
		return refuse("refuse.lang")
	case c.in.Chat.Kind == chat.Private:
		if err := c.tx.SetPersonLang(c.person.ID, lang); err != nil {
			return err
		}
	case c.standing&(head|admin) == 0:
		return refuse("refuse.who.head", "Command", c.commandName(c.row))
	default:
		if err := c.tx.SetChatLang(c.in.Chat.Chat, lang); err != nil {
			return err
		}
	}
	c.words = c.h.Words.In(lang)
	if err := c.refreshMenu(); err != nil {
		return err
	}
	_, err := c.say(c.t("lang.set"))
	return err
}

// refreshMenu offers the place of the call the commands that fit it.
func (c *call) refreshMenu() error {
	if c.in.Chat.Kind == chat.Private {
		return c.personMenu(c.person.ID)
	}
	return c.chatMenu(c.in.Chat.Chat)
}

// personMenu offers somebody in private what he may use now.
func (c *call) personMenu(id int64) error {
	if !c.reachable(id) {
		return nil // set with the first word in private
	}
	p, err := c.tx.Person(id)
	if err != nil {
		return err
	}
	var s standing
	if len(p.Units) > 0 {
		s |= head
	}
	switch p.Role {
	case plan.Admin:
		s |= admin
	case plan.Director:
		s |= director
	case plan.NoRole:
	}
	var items []chat.MenuItem
	if s != 0 {
		items = c.to(id).menuFor(s, private)
	}
	return c.tx.SetMenu(chat.Place{Chat: id}, 0, items)
}

// chatMenu offers a group that serves units what its members may use, and the
// heads of those units what they may; who was one and is none any more loses
// it. The topics of a forum share a menu. In a private chat its person has his
// own, whatever it serves.
func (c *call) chatMenu(id int64) error {
	if id > 0 {
		return c.personMenu(id)
	}
	snap, err := c.tx.Snapshot()
	if err != nil {
		return err
	}
	var members, most []chat.MenuItem
	heads := map[int64]bool{}
	for _, u := range snap.Roster.Units {
		if place, ok := snap.Chats[u.Code]; !ok || place.Chat != id {
			continue
		}
		if there := c.to(id); members == nil {
			members, most = there.menuFor(member, unitChat), there.menuFor(head, unitChat)
		}
		for _, person := range snap.Heads[u.Code] {
			heads[person] = true
		}
	}
	if err := c.tx.SetMenu(chat.Place{Chat: id}, 0, members); err != nil {
		return err
	}
	had, err := c.tx.MenusWithin(id)
	if err != nil {
		return err
	}
	for _, person := range had {
		if !heads[person] { // no more
			heads[person] = false
		}
	}
	for _, person := range slices.Sorted(maps.Keys(heads)) {
		items := most
		if !heads[person] {
			items = nil
		}
		if err := c.tx.SetMenu(chat.Place{Chat: id}, person, items); err != nil {
			return err
		}
	}
	return nil
}

// SetDefaultMenu offers everybody else the commands that need no right.
func (h *Handlers) SetDefaultMenu(tx *storage.Tx) error {
	c := &call{h: h, tx: tx, words: h.Words.In(h.Lang)}
	return tx.SetMenu(chat.Place{}, 0, c.menuFor(stranger, private))
}
