package handlers

import (
	"cmp"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// pagePeople is the button under /units that shows who is known by name.
const pagePeople = "people"

// peoplePage lists everybody whose name is kept, with what he is now, so that
// also who heads no unit can be removed.
func (c *call) peoplePage() error {
	ids, err := c.tx.Named()
	if err != nil {
		return err
	}
	shown, page, pages := pageOf(ids, c.action.Page, offerPage)
	lines := []chat.Markup{chat.Bold(c.n("people.title", len(ids)))}
	var buttons [][]chat.Button
	for _, id := range shown {
		p, err := c.tx.Person(id)
		if err != nil {
			return err
		}
		name := cmp.Or(p.Name, chat.Plain(c.t("people.no_name")))
		lines = append(lines, c.t("people.line", "Name", name, "ID", p.ID, "What", c.standingOf(p)))
		buttons = append(buttons, []chat.Button{c.button("button.remove_named",
			chat.Action{Verb: "remove_person", Person: p.ID, Page: page}, "Name", plan.Cut(name, plan.ButtonLetters))})
	}
	buttons = append(buttons, c.pager(page, pages, chat.Action{Verb: verbUnits, Arg: pagePeople}),
		[]chat.Button{c.button("button.units", chat.Action{Verb: verbUnits})})
	return c.show(join(lines...), buttons...)
}

// standingOf says in a few words what somebody is.
func (c *call) standingOf(p plan.Person) string {
	var parts []string
	if p.Role != plan.NoRole {
		parts = append(parts, chat.Plain(c.t("role."+string(p.Role)))) // keys: role.*
	}
	if len(p.Units) > 0 {
		parts = append(parts, chat.Plain(c.t("role.head", "Unit", c.unitNames(p.Units))))
	}
	if len(parts) == 0 {
		return chat.Plain(c.t("people.no_role"))
	}
	return strings.Join(parts, "; ")
}
