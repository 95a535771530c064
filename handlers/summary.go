package handlers

import (
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// The pages of a summary.
const (
	summaryGroups  = "groups"
	summaryUnits   = "units"
	summaryOverdue = "overdue" // the list of late work, opened from a summary
)

var summaryWords = map[string]string{
	"groups": summaryGroups, "linh vuc": summaryGroups, "linhvuc": summaryGroups,
	"units": summaryUnits, "don vi": summaryUnits, "donvi": summaryUnits,
}

// summary answers /summary: one screen on how the plan stands, or by group or
// by unit, or a period, or another year's plan.
func (c *call) summary() error {
	words := plan.Fold(c.args)
	switch page, ok := summaryWords[words]; {
	case words == "":
		return c.summaryPage("")
	case ok:
		return c.summaryPage(page)
	}
	period, year, ok := plan.ParsePeriod(words)
	if !ok {
		return refuse("refuse.summary_words", "Text", chat.Cut(c.args, 40), "Year", c.plan.Year)
	}
	if err := c.useYear(year); err != nil {
		return err
	}
	if period == plan.WholeYear {
		return c.summaryPage("")
	}
	return c.summaryPeriod(period)
}

func (c *call) pressSummary() error { return c.summaryPage(c.action.Arg) }

func (c *call) summaryPage(page string) error {
	c.takeDirections()
	f, err := c.figures()
	if err != nil {
		return err
	}
	var text chat.Markup
	switch page {
	case summaryGroups:
		text = c.summaryGroups(f)
	case summaryUnits:
		text = c.summaryUnits(f)
	default:
		text = c.summaryText(f)
	}
	last := []chat.Button{c.pictureButton()}
	if page == "" && c.action.Unit == "" && c.mayRemind(f) {
		last = append(last, c.button("button.nudge", chat.Action{Verb: verbNudge, Arg: nudgeCheckIns}))
	}
	return c.show(text, c.summaryButtons(page), last)
}

// takeDirections makes a director's reply to the answer a direction on the task
// that it names, as it is under the post.
func (c *call) takeDirections() {
	if c.standing&director != 0 {
		c.onReply = &chat.Action{Verb: verbDirect, Plan: c.plan.ID}
	}
}

func (c *call) summaryButtons(page string) []chat.Button {
	var buttons []chat.Button
	for _, p := range []string{"", summaryGroups, summaryUnits} {
		if p == page || p == summaryUnits && !c.seesAll() {
			continue
		}
		key := "button.summary"
		if p != "" {
			key = "button." + p // keys: button.*
		}
		buttons = append(buttons, c.button(key, chat.Action{Verb: verbSummary, Arg: p, Unit: c.action.Unit}))
	}
	if page == summaryOverdue {
		return buttons
	}
	return append(buttons, c.button("button.overdue", chat.Action{
		Verb: verbOverdue, Unit: c.action.Unit, Arg: summaryOverdue,
	}))
}

// planName is what people call the plan; an office may have one of another
// subject than administrative reform.
func (c *call) planName() chat.Markup {
	if strings.Contains(plan.Fold(c.plan.Title), "cai cach hanh chinh") {
		return c.t("plan_name.reform", "Year", c.plan.Year)
	}
	return c.t("plan_name.any", "Year", c.plan.Year)
}

func (c *call) summaryTitle() chat.Markup {
	title := chat.Bold(c.t("summary.title", "Plan", c.planName(), "Date", c.date(c.today)))
	if name := c.scopeName(); name != "" {
		title += "\n" + chat.Escape(name)
	}
	return title
}

// summaryText is the one screen.
func (c *call) summaryText(f *plan.Figures) chat.Markup {
	lines := []chat.Markup{c.summaryTitle(), ""}
	lines = append(lines, c.datedLines(f)...)
	lines = append(lines, "")
	for _, w := range f.Windows {
		lines = append(lines, c.windowLine(w)...)
	}
	lines = append(lines, "")
	lines = append(lines, c.lateLines(f)...)
	lines = append(lines, c.blockedLines(f)...)
	if len(f.DueSoon) > 0 {
		lines = append(lines, c.t("summary.due_soon", "Span", plan.DueSoonDays, "List", c.dueList(f.DueSoon)))
	}
	if len(f.Undated) > 0 && c.scopeName() == "" {
		lines = append(lines, "⚪ "+c.t("summary.undated", "List", taskNumbers(f.Undated)))
	}
	return join(compact(lines)...)
}

// compact leaves out an empty line that follows another, and the last one.
func compact(lines []chat.Markup) []chat.Markup {
	lines = slices.CompactFunc(lines, func(x, y chat.Markup) bool { return x == "" && y == "" })
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// datedLines counts tasks, or what the units that are meant must do.
func (c *call) datedLines(f *plan.Figures) []chat.Markup {
	if c.scopeName() != "" {
		return c.tally("summary.work", f.Work)
	}
	return c.tally("summary.tasks", f.Tasks)
}

// tally shows the four boxes, a bar of ten and both ratios.
// keys: summary.tasks summary.work
func (c *call) tally(key string, t plan.Tally) []chat.Markup {
	if t.Total() == 0 {
		return []chat.Markup{c.t("summary.no_dated")}
	}
	lines := []chat.Markup{c.t(key, "Count", t.Total(), "Bar", bar(t.Done(), t.Total()))}
	var extended chat.Markup
	if t.Extended > 0 {
		extended = c.n("summary.extended", t.Extended)
	}
	return append(lines,
		c.t("summary.done", "Done", t.Done(), "OnTime", t.DoneOnTime, "Extended", extended, "Late", t.DoneLate),
		c.t("summary.open", "Not", t.Open+t.Overdue, "Open", t.Open, "Overdue", t.Overdue),
		c.t("summary.ratios",
			"OfFallen", c.words.Percent(t.Done(), t.Fallen()), "Done", t.Done(), "Fallen", t.Fallen(),
			"OfAll", c.words.Percent(t.Done(), t.Total()), "Total", t.Total()))
}

// bar is ten squares, full ones for the part that is done.
func bar(part, whole int) string {
	full := 0
	if whole > 0 {
		full = (part*10 + whole/2) / whole
	}
	return strings.Repeat("▰", full) + strings.Repeat("▱", 10-full)
}

// windowLine says of a window how many check-ins were reported, and, once it
// closed, who has not.
func (c *call) windowLine(w plan.WindowFigures) []chat.Markup {
	if w.CheckIns.Asked == 0 {
		return nil // nobody is asked: the plan is not given out yet
	}
	lines := []chat.Markup{c.t("summary.window", "Window", c.window(w.Window.Period),
		"Date", c.words.DayMonth(w.Window.Closes), "Reported", w.CheckIns.Reported, "Asked", w.CheckIns.Asked)}
	if w.CheckIns.Missing() == 0 || w.Window.Closes >= c.today || len(c.reads) == 1 && !c.seesAll() {
		return lines
	}
	var missing []string
	for _, u := range c.snap.Roster.Units {
		if n := w.Missing[u.Code]; n > 0 {
			missing = append(missing, u.ShortName()+" "+strconv.Itoa(n))
		}
	}
	return append(lines, c.t("summary.missing", "List", some(missing, 6)))
}

// some joins at most n items and says how many more there are.
func some(items []string, n int) string {
	if len(items) > n {
		items = append(slices.Clone(items[:n]), "+"+strconv.Itoa(len(items)-n))
	}
	return strings.Join(items, " · ")
}

// summaryLines is how many late or blocked items the one screen names.
const summaryLines = 5

func (c *call) lateLines(f *plan.Figures) []chat.Markup {
	var lines []chat.Markup
	b := c.book(c.today)
	for i, o := range f.Late {
		if i == summaryLines {
			return append(lines, c.n("summary.more_late", len(f.Late)-i, "Overdue", c.cmd(verbOverdue)))
		}
		lines = append(lines, "🔴 "+c.t("summary.item", "Number", o.Task, "Title", c.taskOf(o).ShortTitle)+
			" · "+chat.Escape(c.unitShort(o.Unit))+" · "+c.n("days.late", b.DaysLate(o)))
	}
	return lines
}

func (c *call) blockedLines(f *plan.Figures) []chat.Markup {
	var lines []chat.Markup
	for i, o := range f.Blocked {
		if i == summaryLines {
			return append(lines, c.n("summary.more_blocked", len(f.Blocked)-i))
		}
		r := o.Latest()
		lines = append(lines, "⚠️ "+c.t("summary.item", "Number", o.Task, "Title", c.taskOf(o).ShortTitle)+
			": "+c.quoted(r.Note, 80)+" ("+chat.Escape(c.unitShort(o.Unit))+", "+chat.Markup(c.words.DayMonth(r.Day))+")")
	}
	return lines
}

// dueList is "15, 26 (31/03); 18 (31/12)": tasks by due day.
func (c *call) dueList(occs []*plan.Occurrence) string {
	var parts []string
	for i := 0; i < len(occs); {
		due := occs[i].StatedDue()
		var numbers []string
		for ; i < len(occs) && occs[i].StatedDue() == due; i++ {
			if n := strconv.Itoa(occs[i].Task); !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
		parts = append(parts, strings.Join(numbers, ", ")+" ("+c.dayMonth(due)+")")
	}
	return strings.Join(parts, "; ")
}

func taskNumbers(tasks []*plan.Task) string {
	numbers := make([]string, len(tasks))
	for i, t := range tasks {
		numbers[i] = strconv.Itoa(t.Number)
	}
	return strings.Join(numbers, ", ")
}

// summaryPeriod shows a period as it counts, with who has not reported.
func (c *call) summaryPeriod(period plan.Period) error {
	pb, f, err := c.periodFigures(period, c.scopeBook().Units)
	if err != nil {
		return err
	}
	lines := []chat.Markup{chat.Bold(c.t("period.summary", "Period", c.periodName(period), "Date", c.date(pb.Today)))}
	if name := c.scopeName(); name != "" {
		lines = append(lines, chat.Escape(name))
	}
	return c.show(join(append(lines, c.periodLines(pb, f)...)...))
}
