package handlers

import (
	"cmp"
	"errors"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// askHead passes a member's wish to report for the unit on to the admins.
func (c *call) askHead() error {
	unit := c.successor(c.action.Unit)
	name := called(c.in.From)
	id, fresh, err := c.tx.AddRequest(storage.Request{
		Person: c.in.From.ID, Name: name, Unit: unit, Place: c.in.Chat.Place,
	}, c.now)
	if err != nil {
		return err
	}
	if !fresh {
		return c.answer(c.t("ask_head.before", "Office", c.office()), true)
	}
	reached := false
	err = c.tellAdmins(func(c *call) (chat.Markup, [][]chat.Button) {
		reached = true
		return c.t("ask_head.told", "Name", name, "ID", c.in.From.ID, "Unit", c.unitName(unit)), [][]chat.Button{{
			c.button("button.agree", chat.Action{Verb: "decide_head", Key: id, Arg: "yes"}),
			c.button("button.disagree", chat.Action{Verb: "decide_head", Key: id, Arg: "no"}),
		}}
	})
	switch {
	case err != nil:
		return err
	case !reached:
		return refuse("refuse.no_admin", "Office", c.office())
	}
	return c.answer(c.t("ask_head.sent", "Office", c.office()), true)
}

// decideHead answers a request: the first admin to press decides.
func (c *call) decideHead() error {
	r, err := c.tx.Request(c.action.Key)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return c.dead()
	case err != nil:
		return err
	case r.Decided:
		return c.show(c.t("ask_head.decided", "Name", cmp.Or(r.Name, chat.Plain(c.t("person.left"))), "Unit", c.unitName(r.Unit)))
	}
	r.Unit = c.successor(r.Unit)
	granted := c.action.Arg == "yes"
	if err := c.tx.DecideRequest(r.ID, c.person.ID, granted, c.now); err != nil {
		return err
	}
	key := "ask_head.refused"
	if granted {
		key = "ask_head.granted"
		if err := c.addHead(r.Person, r.Name, r.Unit); err != nil {
			return err
		}
		if err := c.tx.Trail(c.now, c.person.ID, "head", r.Unit+" "+idText(r.Person)); err != nil {
			return err
		}
	}
	there := c.to(r.Place.Chat)
	_, err = c.send(chat.Outgoing{To: r.Place, Priority: chat.Answer},
		there.t(key, "Name", r.Name, "Unit", c.unitName(r.Unit), "Done", c.cmd(verbDone)))
	if err != nil {
		return err
	}
	return c.show(c.t(key, "Name", r.Name, "Unit", c.unitName(r.Unit), "Done", c.cmd(verbDone)))
}

// addHead makes the person, who is called so, head of the unit, and offers him
// what he may do now: in private and in the unit's chat.
func (c *call) addHead(person int64, name, unit string) error {
	if err := c.tx.KeepName(person, name); err != nil {
		return err
	}
	if err := c.tx.AddHead(person, unit, c.now); err != nil {
		return err
	}
	if err := c.personMenu(person); err != nil {
		return err
	}
	if place, ok := c.snap.Chats[unit]; ok {
		return c.chatMenu(place.Chat)
	}
	return nil
}

// dropHead ends somebody's reporting for a unit.
func (c *call) dropHead() error {
	if err := c.tx.DropHead(c.action.Person, c.action.Unit); err != nil {
		return err
	}
	if err := c.leavePrivateChat(c.action.Person, c.action.Unit); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "drop_head", c.action.Unit+" "+idText(c.action.Person)); err != nil {
		return err
	}
	if err := c.personMenu(c.action.Person); err != nil {
		return err
	}
	if place, ok := c.snap.Chats[c.action.Unit]; ok && place.Chat < 0 {
		if err := c.chatMenu(place.Chat); err != nil {
			return err
		}
	}
	if err := c.reload(); err != nil {
		return err
	}
	return c.unitPage(c.action.Unit)
}

// removePerson takes somebody's name, role and units; the reports stay.
func (c *call) removePerson() error {
	if err := c.keepAnAdmin(c.action.Person, ""); err != nil {
		return err
	}
	headed, err := c.tx.Person(c.action.Person)
	if err != nil {
		return err
	}
	for _, u := range c.snap.Roster.Units {
		if err := c.leavePrivateChat(c.action.Person, u.Code); err != nil {
			return err
		}
	}
	if err := c.tx.RemovePerson(c.action.Person); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "remove_person", idText(c.action.Person)); err != nil {
		return err
	}
	if err := c.personMenu(c.action.Person); err != nil {
		return err
	}
	for _, u := range headed.Units {
		if place, ok := c.snap.Chats[u]; ok && place.Chat < 0 {
			if err := c.chatMenu(place.Chat); err != nil {
				return err
			}
		}
	}
	if err := c.reload(); err != nil {
		return err
	}
	if c.action.Unit == "" {
		return c.peoplePage()
	}
	return c.unitPage(c.action.Unit)
}

// leavePrivateChat ends the unit's having the person's private chat as its
// own: who no longer speaks for a unit no longer gets its messages.
func (c *call) leavePrivateChat(person int64, unit string) error {
	if c.snap.Chats[unit].Chat != person {
		return nil
	}
	return c.tx.LinkUnit(unit, chat.Place{})
}

// reload sees what the call itself changed.
func (c *call) reload() (err error) {
	if c.snap, err = c.tx.Snapshot(); err == nil {
		c.plan = c.snap.Plan(c.plan.ID)
	}
	return err
}
