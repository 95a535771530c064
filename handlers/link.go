package handlers

import (
	"cmp"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// link binds the unit to this group or topic; a unit that has a chat already
// is asked about.
func (c *call) link() error {
	if c.args == "" {
		return refuse("refuse.form.link", "Command", c.commandName(c.row))
	}
	u, ok := c.snap.Roster.Find(c.args)
	if !ok {
		return c.refuseUnit(c.args)
	}
	old, has := c.snap.Chats[u.Code]
	switch {
	case has && old == c.in.Chat.Place:
		return refuse("refuse.linked_here", "Unit", u.Name)
	case has:
		return c.show(c.t("link.move", "Unit", u.Name), []chat.Button{
			c.button("button.link_move", chat.Action{Verb: "link", Unit: u.Code, Arg: "go"}),
			c.button("button.cancel", chat.Action{Verb: "link", Unit: u.Code, Arg: "cancel"}),
		})
	}
	return c.bind(u)
}

func (c *call) pressLink() error {
	u, ok := c.snap.Roster.Unit(c.action.Unit)
	if !ok || c.action.Arg != "go" {
		return c.show(c.t("link.cancelled"))
	}
	if err := c.tx.DropButtons(c.pressed); err != nil {
		return err
	}
	return c.bind(u)
}

// bind makes this place the unit's chat, tells the old one, and posts the
// unit's tasks here.
func (c *call) bind(u plan.Unit) error {
	old, had := c.snap.Chats[u.Code]
	if err := c.tx.LinkUnit(u.Code, c.in.Chat.Place); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "link", u.Code+" "+placeText(c.in.Chat.Place)); err != nil {
		return err
	}
	if had && old != c.in.Chat.Place {
		there := c.to(old.Chat)
		_, err := c.send(chat.Outgoing{To: old, Priority: chat.Answer}, there.t("link.moved", "Unit", u.Name))
		if err != nil {
			return err
		}
		if err := c.chatMenu(old.Chat); err != nil {
			return err
		}
	}
	if _, err := c.say(c.t("link.done", "Unit", u.Name)); err != nil {
		return err
	}
	if err := c.chatMenu(c.in.Chat.Chat); err != nil {
		return err
	}
	return c.postTasks(u, c.in.Chat.Place)
}

// postTasks gives a newly linked chat its unit's tasks, those of the next year
// too if they were given out before it begins.
func (c *call) postTasks(u plan.Unit, place chat.Place) error {
	if err := c.postPlan(u, place); err != nil {
		return err
	}
	for _, p := range c.snap.Plans {
		if p.Year <= c.plan.Year || p.Published == 0 || p.Closed != 0 {
			continue
		}
		next := c.to(place.Chat)
		next.plan = p
		if _, err := next.handOut(u, place); err != nil {
			return err
		}
	}
	return nil
}

// postPlan gives a newly linked chat its unit's tasks of the plan, all of them:
// for good if the plan is given out, else to be seen beforehand. What the unit
// has still to take note of, it takes note of here.
func (c *call) postPlan(u plan.Unit, place chat.Place) error {
	there := c.to(place.Chat)
	text, n := there.handoutText(u, func(*plan.Task) bool { return true }, titleGiven)
	out := chat.Outgoing{To: place, Priority: chat.Answer}
	switch {
	case c.plan.Published == 0:
		text, n = there.handoutText(u, func(*plan.Task) bool { return true }, titleAhead)
		text += "\n\n" + there.t("handout.not_yet", "Office", c.office())
	case c.plan.Closed == 0:
		changes, told, err := there.changesFor(u)
		switch {
		case err != nil:
			return err
		case len(told) > 0 && n == 0: // nothing is left to it
			return there.deliver(u, place, changes, told)
		case len(told) > 0:
			return there.deliver(u, place, text, told)
		}
		if out.Buttons, err = there.unsigned(u); err != nil {
			return err
		}
	}
	if n == 0 {
		return nil
	}
	_, err := c.send(out, text)
	return err
}

// unsigned is the button to take note of what the unit was last given, if nobody
// did.
func (c *call) unsigned(u plan.Unit) ([][]chat.Button, error) {
	receipts, err := c.tx.Receipts(c.plan.ID)
	r, ok := receipts[u.Code]
	if err != nil || !ok || !r.At.IsZero() {
		return nil, err
	}
	return [][]chat.Button{{c.receiveButton(u, r.ID)}}, nil
}

// unlink ends the unit's having this chat, or the named unit's having any.
func (c *call) unlink() error {
	var u plan.Unit
	switch named, ok := c.snap.Roster.Find(c.args); {
	case c.args != "" && !ok:
		return c.refuseUnit(c.args)
	case c.args != "":
		u = named
	case len(c.here) == 1:
		u, _ = c.snap.Roster.Unit(c.here[0])
	default:
		return refuse("refuse.form.unlink", "Command", c.commandName(c.row))
	}
	old, has := c.snap.Chats[u.Code]
	if !has {
		return refuse("refuse.not_linked", "Unit", u.Name)
	}
	if err := c.tx.LinkUnit(u.Code, chat.Place{}); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "unlink", u.Code+" "+placeText(old)); err != nil {
		return err
	}
	if err := c.chatMenu(old.Chat); err != nil {
		return err
	}
	if old != c.in.Chat.Place {
		told := c.to(old.Chat).t("unlink.told", "Unit", u.Name)
		if _, err := c.send(chat.Outgoing{To: old, Priority: chat.Answer}, told); err != nil {
			return err
		}
	}
	_, err := c.say(c.t("unlink.done", "Unit", u.Name))
	return err
}

// repliedPerson is whose message an admin replied to.
func (c *call) repliedPerson() (chat.Person, error) {
	r := c.in.ReplyTo
	if r == nil || r.Service || r.From.ID == 0 || r.From.Bot || r.From.Anonymous {
		return chat.Person{}, refuse("refuse.reply_needed", "Command", c.commandName(c.row))
	}
	return r.From, nil
}

// makeHead handles /head in reply to somebody's message in a unit's chat.
func (c *call) makeHead() error {
	p, err := c.repliedPerson()
	if err != nil {
		return err
	}
	var unit string
	switch u, ok := c.snap.Roster.Find(c.args); {
	case len(c.here) == 0:
		return refuse("refuse.not_unit_chat", "Command", c.commandName(c.row))
	case ok && slices.Contains(c.here, u.Code):
		unit = u.Code
	case c.args != "" || len(c.here) > 1:
		return refuse("refuse.which_unit", "Units", c.unitNames(c.here), "Command", c.commandName(c.row))
	default:
		unit = c.here[0]
	}
	return c.appoint(p, unit)
}

// appoint makes the person head of the unit and says so here.
func (c *call) appoint(p chat.Person, unit string) error {
	name := called(p)
	if err := c.addHead(p.ID, name, unit); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "head", unit+" "+idText(p.ID)); err != nil {
		return err
	}
	_, err := c.say(c.t("head.done", "Name", name, "Unit", c.unitName(unit), "Done", c.cmd(verbDone)))
	return err
}

// setRole handles /role director|admin|none in reply to somebody's message.
func (c *call) setRole() error {
	roles := map[string]plan.Role{
		"director": plan.Director, "giam doc": plan.Director,
		"admin": plan.Admin, "quan tri": plan.Admin, "none": plan.NoRole, "khong": plan.NoRole,
	}
	role, ok := roles[plan.Fold(c.args)]
	if !ok {
		return refuse("refuse.form.role", "Command", c.commandName(c.row))
	}
	p, err := c.repliedPerson()
	if err != nil {
		return err
	}
	if err := c.keepAnAdmin(p.ID, role); err != nil {
		return err
	}
	name := called(p)
	if err := c.tx.KeepName(p.ID, name); err != nil {
		return err
	}
	if err := c.tx.SetRole(p.ID, role); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "role", cmp.Or(string(role), "none")+" "+idText(p.ID)); err != nil {
		return err
	}
	if err := c.personMenu(p.ID); err != nil {
		return err
	}
	if role == plan.NoRole {
		_, err = c.say(c.t("role.none", "Name", name))
		return err
	}
	text := c.t("role.set", "Name", name, "Role", c.t("role."+string(role)))
	if !c.reachable(p.ID) { // nobody can be written to who has not written first
		text = join(text, c.t("role.unopened"))
	}
	_, err = c.say(text)
	return err
}

// keepAnAdmin refuses what would leave the bot without any admin.
func (c *call) keepAnAdmin(id int64, role plan.Role) error {
	admins, err := c.tx.WithRole(plan.Admin)
	if err != nil {
		return err
	}
	if role != plan.Admin && len(admins) == 1 && admins[0].ID == id {
		return refuse("refuse.last_admin")
	}
	return nil
}
