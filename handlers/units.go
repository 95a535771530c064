package handlers

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// units lists who has a chat, heads, and took note; with words it renames,
// merges or moves: /units rename CODE name, /units merge CODE CODE,
// /units move 15 CODE CODE.
func (c *call) units() error {
	verb, rest := c.args, ""
	if i := strings.IndexFunc(c.args, unicode.IsSpace); i >= 0 {
		verb, rest = c.args[:i], strings.TrimSpace(c.args[i:])
	}
	switch plan.Fold(verb) {
	case "":
		return c.unitList()
	case "rename", "doiten":
		return c.renameUnit(rest)
	case "merge", "sapnhap":
		return c.mergeUnits(rest)
	case "move", "chuyen":
		return c.moveTask(rest)
	}
	u, ok := c.snap.Roster.Find(c.args)
	if !ok {
		return c.refuseUnit(c.args)
	}
	return c.unitPage(u.Code)
}

func (c *call) pressUnits() error {
	switch {
	case c.action.Arg == pagePeople:
		return c.peoplePage()
	case c.action.Unit == "":
		return c.unitList()
	}
	return c.unitPage(c.action.Unit)
}

func (c *call) unitList() error {
	receipts, err := c.receipts()
	if err != nil {
		return err
	}
	lines := []chat.Markup{chat.Bold(c.n("units.title", len(c.snap.Roster.Units)))}
	var buttons [][]chat.Button
	var line []chat.Button
	for _, u := range c.snap.Roster.Units {
		var lacks []string
		if _, ok := c.snap.Chats[u.Code]; !ok {
			lacks = append(lacks, chat.Plain(c.t("units.no_chat")))
		}
		if len(c.snap.Heads[u.Code]) == 0 {
			lacks = append(lacks, chat.Plain(c.t("units.no_head")))
		}
		if r, ok := receipts[u.Code]; ok && r.At.IsZero() {
			lacks = append(lacks, chat.Plain(c.t("units.not_noted")))
		}
		sign, state := "✅", c.t("units.complete")
		if len(lacks) > 0 {
			sign, state = "⚠️", chat.Escape(strings.Join(lacks, ", "))
		}
		lines = append(lines, chat.Markup(sign)+" "+chat.Escape(u.ShortName())+" ("+chat.Escape(u.Code)+"): "+state)
		line = append(line, chat.Button{
			Label: plan.Cut(u.ShortName(), plan.ButtonLetters), Action: chat.Action{Verb: verbUnits, Plan: c.plan.ID, Unit: u.Code},
		})
		if len(line) == 2 {
			buttons, line = append(buttons, line), nil
		}
	}
	const most = 20 // rows of buttons that a phone still shows well
	buttons = append(buttons, line)
	buttons = append(buttons[:min(len(buttons), most-1)], []chat.Button{
		c.button("button.people", chat.Action{Verb: verbUnits, Arg: pagePeople}),
	})
	return c.show(join(lines...), buttons...)
}

// receipts says who took note of the plan that was given out last: that of the
// next year is before it begins.
func (c *call) receipts() (map[string]storage.Receipt, error) {
	given := slices.IndexFunc(c.snap.Plans, func(p *plan.Plan) bool { return p.Published != 0 && p.Closed == 0 })
	if given < 0 {
		return c.tx.Receipts(c.plan.ID)
	}
	return c.tx.Receipts(c.snap.Plans[given].ID)
}

// unitPage shows one unit: its chat, its people, whether it took note.
func (c *call) unitPage(code string) error {
	u, ok := c.snap.Roster.Unit(code)
	if !ok {
		return c.dead()
	}
	lines := []chat.Markup{chat.Bold(chat.Escape(u.Name)) + " (" + chat.Escape(u.Code) + ")", c.unitChatLine(u)}
	receipts, err := c.receipts()
	if err != nil {
		return err
	}
	switch r, ok := receipts[code]; {
	case ok && !r.At.IsZero():
		lines = append(lines, c.t("units.noted_by", "Name", c.personName(r.By), "At", c.moment(r.At)))
	case ok:
		lines = append(lines, c.t("units.noted_not", "At", c.moment(r.SentAt)))
	}
	var buttons [][]chat.Button
	for _, id := range c.snap.Heads[code] {
		name := c.personName(id)
		lines = append(lines, c.t("units.head", "Name", name, "ID", id))
		buttons = append(buttons, []chat.Button{
			c.button("button.drop_head", chat.Action{Verb: "drop_head", Unit: code, Person: id}, "Name", plan.Cut(name, 20)),
			c.button("button.remove_person", chat.Action{Verb: "remove_person", Unit: code, Person: id}),
		})
	}
	if len(c.snap.Heads[code]) == 0 {
		lines = append(lines, c.t("units.no_head_how", "Code", code))
	}
	lines = append(lines, "", c.t("units.how", "Code", code))
	buttons = append(buttons, []chat.Button{c.button("button.units", chat.Action{Verb: verbUnits})})
	return c.show(join(lines...), buttons...)
}

func (c *call) unitChatLine(u plan.Unit) chat.Markup {
	place, ok := c.snap.Chats[u.Code]
	if !ok {
		return c.t("units.chat_none", "Code", u.Code)
	}
	title := strconv.FormatInt(place.Chat, 10)
	if rec, err := c.tx.Chat(place.Chat); err == nil && rec.Title != "" {
		title = rec.Title
	} else if place.Chat > 0 {
		title = c.personName(place.Chat)
	}
	return c.t("units.chat", "Title", title)
}

func (c *call) renameUnit(words string) error {
	u, name, ok := c.snap.Roster.Prefix(words)
	name = chat.Line(name)
	switch {
	case !ok || name == "":
		return refuse("refuse.form.units", "Command", "/units")
	case len([]rune(name)) > 120:
		return refuse("refuse.long_name")
	}
	if other, taken := c.snap.Roster.Find(name); taken && other.Code != u.Code {
		return refuse("refuse.name_taken", "Name", name, "Unit", other.Name)
	}
	if err := c.tx.RenameUnit(u, name, ""); err != nil {
		if taken, ok := errors.AsType[*plan.NameTakenError](err); ok {
			return refuse("refuse.name_taken", "Name", name, "Unit", taken.First) // a collective's
		}
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "rename_unit", u.Code); err != nil {
		return err
	}
	_, err := c.say(c.t("units.renamed", "Old", u.Name, "Name", name))
	return err
}

// twoUnits reads two units that follow each other.
func (c *call) twoUnits(words string) (from, into plan.Unit, err error) {
	from, rest, ok := c.snap.Roster.Prefix(words)
	switch {
	case words == "" || ok && rest == "":
		return from, into, refuse("refuse.form.units", "Command", "/units")
	case !ok:
		return from, into, c.refuseUnit(words)
	}
	into, ok = c.snap.Roster.Find(rest)
	switch {
	case !ok:
		return from, into, c.refuseUnit(rest)
	case from.Code == into.Code:
		return from, into, refuse("refuse.form.units", "Command", "/units")
	}
	return from, into, nil
}

func (c *call) moveTask(words string) error {
	list, ok, err := parseTasks(words)
	switch {
	case err != nil:
		return err
	case !ok || len(list.numbers) != 1:
		return refuse("refuse.form.units", "Command", "/units")
	}
	tasks, err := c.tasks(list)
	if err != nil {
		return err
	}
	from, into, err := c.twoUnits(list.rest)
	if err != nil {
		return err
	}
	t := tasks[0]
	if !t.LeadBy(from.Code) || t.LeadBy(into.Code) {
		return c.refuseLead(t)
	}
	if err := c.tx.MoveTask(t.ID, from.Code, into.Code); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "move_task", strconv.Itoa(t.Number)+" "+from.Code+" "+into.Code); err != nil {
		return err
	}
	_, err = c.say(join(append([]chat.Markup{
		c.t("units.moved", "Number", c.number(c.plan, t), "Title", t.ShortTitle, "From", from.Name, "Into", into.Name),
	}, c.changesWait()...)...))
	return err
}
