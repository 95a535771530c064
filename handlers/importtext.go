package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// What a preview shows before it folds or leaves the rest to the file.
const (
	importNames = 6
	importLines = 40
)

// showImport shows what the file would change, what a person must look at
// first, with the buttons that go on from there.
func (c *call) showImport(i *imported) error {
	p := i.plan
	lines := []chat.Markup{c.importHead(i)}
	if missing := c.importMissing(i); missing != "" {
		lines = append(lines, missing)
	}
	if n := len(i.draft.Unknown); n > 0 {
		lines = append(lines, c.n("import.unknown", n))
	}
	if obstacles := i.obstacles(); len(obstacles) > 0 {
		lines = append(lines, c.n("import.obstacles", len(obstacles)), chat.Quote(join(c.importObstacles(i)...)))
	}
	if unread := i.unread(); len(unread) > 0 && p.Year != 0 {
		var list []chat.Markup
		for _, t := range unread {
			list = append(list, c.t("import.unread_line", "Number", t.Number, "Phrase", chat.Cut(chat.Line(t.Schedule.Phrase), 80)))
		}
		lines = append(lines, c.n("import.unread", len(unread), "Deadline", c.cmd(verbDeadline)), chat.Quote(c.firstLines(list)))
	}
	if i.draft.Renumbered {
		lines = append(lines, c.t("import.renumbered", "Last", len(p.Tasks)))
	}
	lines = append(lines, c.importChanges(i)...)
	c.onReply = &chat.Action{Verb: verbImport, Plan: c.plan.ID, Key: i.id}
	return c.show(join(lines...), c.importButtons(i)...)
}

func (c *call) importHead(i *imported) chat.Markup {
	p := i.plan
	head := chat.Bold(c.t("import.title", "Year", p.Year, "Title", chat.Cut(chat.Line(p.Title), 120)))
	counts := c.n("import.counts", len(p.Tasks), "Name", chat.Cut(i.name, 60), "Groups", len(p.Groups))
	if p.Number == "" || p.Date == 0 {
		return join(head, counts)
	}
	return join(head, c.decision(p), counts)
}

// importMissing asks for what the file does not say. keys: import.missing.*
func (c *call) importMissing(i *imported) chat.Markup {
	p := i.plan
	var missing []string
	for _, m := range []struct {
		lacks bool
		key   string
	}{{p.Year == 0, "year"}, {p.Number == "", "number"}, {p.Date == 0, "date"}} {
		if m.lacks {
			missing = append(missing, chat.Plain(c.t("import.missing."+m.key)))
		}
	}
	if len(missing) == 0 || i.diff != nil && p.Year != 0 {
		return ""
	}
	return c.t("import.missing_line", "List", strings.Join(missing, ", "))
}

// importObstacles says what is wrong in the file. keys: import.problem.*
func (c *call) importObstacles(i *imported) []chat.Markup {
	var lines []chat.Markup
	for _, p := range i.obstacles() {
		arg := ""
		if len(p.Args) > 0 {
			arg = p.Args[0]
		}
		lines = append(lines, c.t("import.problem."+string(p.Code), "Line", p.Line, "Arg", arg))
	}
	return []chat.Markup{c.firstLines(lines)}
}

// firstLines joins the first lines of a list and says how many follow.
func (c *call) firstLines(lines []chat.Markup) chat.Markup {
	if len(lines) <= importLines {
		return join(lines...)
	}
	return join(append(slices.Clone(lines[:importLines]), c.n("import.more", len(lines)-importLines))...)
}

// importChanges says how the plan in force changes: in figures, and folded one
// by one.
func (c *call) importChanges(i *imported) []chat.Markup {
	switch {
	case i.plan.Year == 0:
		return nil
	case i.diff == nil:
		return []chat.Markup{c.t("import.beside", "Year", i.plan.Year)}
	case i.diff.Same():
		return []chat.Markup{c.t("import.same", "Year", i.plan.Year)}
	}
	var counts []string
	for _, kind := range changeKinds {
		if n := len(i.diff.Changed(kind.fits)); n > 0 {
			counts = append(counts, chat.Plain(c.t("import.change."+kind.key, "Count", n))) // keys: import.change.*
		}
	}
	if i.diff.Redecided() {
		counts = append(counts, chat.Plain(c.t("import.redecided")))
	}
	lines := []chat.Markup{c.t("import.changes", "Year", i.plan.Year, "List", strings.Join(counts, " · "))}
	if list := c.changeLines(i.diff); len(list) > 0 {
		lines = append(lines, chat.Quote(c.firstLines(list)))
	}
	return append(lines, c.t("import.reports_stay"))
}

// A changeKind is one way in which a task may change.
type changeKind struct {
	key  string
	fits func(*plan.Change) bool
}

var changeKinds = []changeKind{
	{"added", func(c *plan.Change) bool { return c.Old == nil || c.New != nil && c.Old.Ended != 0 }},
	{"ended", func(c *plan.Change) bool { return c.New == nil }},
	{"moved", func(c *plan.Change) bool { return c.Moved }},
	{"units", func(c *plan.Change) bool { return c.Reassigned }},
	{"reworded", func(c *plan.Change) bool { return c.Reworded }},
	{"group", func(c *plan.Change) bool { return c.Regrouped }},
	{"title", func(c *plan.Change) bool { return c.Retitled }},
	{"note", func(c *plan.Change) bool { return c.Renoted }},
	{"number", func(c *plan.Change) bool { return c.FileNumber != 0 }},
}

// changeLines says every change on a line. keys: import.line.*
func (c *call) changeLines(d *plan.Difference) []chat.Markup {
	var lines []chat.Markup
	for _, ch := range d.Changes {
		for _, kind := range changeKinds {
			if !kind.fits(&ch) {
				continue
			}
			t, was := ch.New, ch.Old
			if t == nil {
				t = ch.Old
			}
			if was == nil {
				was = ch.New
			}
			lines = append(lines, c.t("import.line."+kind.key, "Number", t.Number, "Title", t.ShortTitle, "WasTitle", was.ShortTitle,
				"Was", chat.Cut(chat.Line(was.Schedule.Phrase), 40), "Phrase", chat.Cut(chat.Line(t.Schedule.Phrase), 40),
				"Changes", c.unitChanges(was, t), "File", ch.FileNumber,
				"Note", chat.Cut(chat.Line(t.Note), 80)))
		}
	}
	return lines
}

// unitChanges says which units a task has gained and lost.
// keys: import.units.*
func (c *call) unitChanges(was, now *plan.Task) string {
	var parts []string
	say := func(key string, in, notIn []string) {
		codes := slices.DeleteFunc(slices.Clone(in), func(u string) bool { return slices.Contains(notIn, u) })
		if len(codes) > 0 {
			parts = append(parts, chat.Plain(c.t("import.units."+key, "Units", c.unitNames(codes))))
		}
	}
	say("lead", now.Leads, was.Leads)
	say("lead_no_more", was.Leads, now.Leads)
	say("cooperate", now.Cooperating, was.Cooperating)
	say("cooperate_no_more", was.Cooperating, slices.Concat(now.Cooperating, now.Leads))
	return strings.Join(parts, "; ")
}

func (c *call) importButtons(i *imported) [][]chat.Button {
	var rows [][]chat.Button
	action := func(arg string) chat.Action { return chat.Action{Verb: verbImport, Key: i.id, Arg: arg} }
	if i.plan.Year == 0 {
		var years []chat.Button
		for y := c.today.Year(); y <= c.today.Year()+1; y++ {
			years = append(years, chat.Button{Label: strconv.Itoa(y), Action: action(fmt.Sprint("year:", y))})
		}
		rows = append(rows, years)
	}
	for n, u := range i.draft.Unknown {
		if n == importNames {
			break
		}
		rows = append(rows, []chat.Button{{
			Label:  "❓ " + plan.Cut(u.Name, 40),
			Action: chat.Action{Verb: "import_name", Plan: c.plan.ID, Key: i.id, Arg: u.Name},
		}})
	}
	if len(i.draft.Unknown) > 1 {
		rows = append(rows, []chat.Button{c.button("button.import_skip_all", chat.Action{Verb: "import_skip", Key: i.id})})
	}
	var last []chat.Button
	if i.ready() {
		last = append(last, c.button("button.import", action("go:"+i.mark())))
	}
	return append(rows, append(last, c.button("button.import_all", action("all")), c.button("button.cancel", action("cancel"))))
}

// sendImport sends every task, as it was understood, and every change as a file.
func (c *call) sendImport(i *imported) error {
	lines := []chat.Markup{c.importHead(i), ""}
	group := ""
	for _, t := range i.plan.Tasks {
		if g := i.plan.GroupLabel(t); g != group {
			group = g
			lines = append(lines, "", chat.Escape(g))
		}
		lines = append(lines, c.t("import.task", "Number", t.Number, "Content", chat.Line(t.Content),
			"Phrase", chat.Line(t.Schedule.Phrase), "Kind", c.t("import.kind."+string(t.Schedule.Kind)), // keys: import.kind.*
			"Due", c.dates(t.Schedule.Due), "Leads", c.unitNames(t.Leads), "Cooperating", c.unitNames(t.Cooperating)))
	}
	lines = append(lines, "")
	lines = append(lines, c.importObstacles(i)...)
	if i.diff != nil {
		lines = append(lines, c.changeLines(i.diff)...)
	}
	_, err := c.tx.Enqueue(chat.Outgoing{
		Kind: chat.OutDocument, To: c.in.Chat.Place, Priority: chat.Answer,
		Name: fmt.Sprintf("%s-%d.txt", chat.Plain(c.t("import.file_name")), i.plan.Year),
		Data: []byte("\ufeff" + chat.Plain(join(lines...)) + "\n"),
	})
	return err
}

func (c *call) dates(days []plan.Date) string {
	texts := make([]string, len(days))
	for i, d := range days {
		texts[i] = c.date(d)
	}
	return some(texts, 12)
}

func numbersOf(list []int, most int) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.Itoa(n)
	}
	return some(texts, most)
}
