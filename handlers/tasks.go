package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// tasksPage is how many tasks stand on one screen of a phone.
const tasksPage = 10

// A listed task is one line of a list, in the order of its rank.
type listed struct {
	task *plan.Task
	occs []*plan.Occurrence
	rank int
	due  plan.Date
	line chat.Markup
}

// The ranks of a list, the most urgent first.
const (
	rankLate = iota
	rankBlocked
	rankOpen
	rankUnreported
	rankReported
	rankUndated
	rankDone
	rankCooperating
)

// filters are the words that narrow a list, with the ranks that they leave.
var filters = map[string][]int{
	"due": {rankOpen, rankBlocked}, "sapden": {rankOpen, rankBlocked}, "den han": {rankOpen, rankBlocked},
	"late": {rankLate}, "quahan": {rankLate}, "qua han": {rankLate},
	"done": {rankDone, rankReported}, "xong": {rankDone, rankReported}, "hoan thanh": {rankDone, rankReported},
	"all": nil, "tatca": nil, "tat ca": nil, "": nil,
}

// listTasks answers /tasks: tasks by state, late first, a page at a time.
func (c *call) listTasks() error { return c.tasksPage(chat.Line(c.args), 1) }

func (c *call) pressTasks() error {
	if c.action.Page == 0 { // from another message: a new one
		fresh := *c
		fresh.in.Kind = chat.InMessage
		fresh.in.Message = 0
		fresh.in.Chat.Kind = chat.Private // no reply mark
		return fresh.tasksPage(c.action.Arg, 1)
	}
	return c.tasksPage(c.action.Arg, c.action.Page)
}

func (c *call) tasksPage(filter string, page int) error {
	occs, err := c.scope()
	if err != nil {
		return err
	}
	list := c.list(occs)
	ranks, known := filters[plan.Fold(filter)]
	title := c.t("tasks.title", "Year", c.plan.Year, "Scope", c.scopeName())
	if known {
		list = slices.DeleteFunc(list, func(l listed) bool { return ranks != nil && !slices.Contains(ranks, l.rank) })
	} else {
		list = slices.DeleteFunc(list, func(l listed) bool { return !found(l.task, filter) })
		title = c.t("tasks.found", "Words", chat.Cut(filter, 60), "Count", len(list))
	}
	if len(list) == 0 {
		return refuse("tasks.none", "Words", chat.Cut(filter, 60), "Tasks", c.cmd(verbTasks))
	}
	shown, pages := pageOf(list, page, tasksPage)
	lines := []chat.Markup{chat.Bold(title)}
	rank := -1
	for _, l := range shown {
		if l.rank != rank {
			rank = l.rank
			lines = append(lines, chat.Bold(c.t("rank."+strconv.Itoa(rank)))) // keys: rank.*
		}
		lines = append(lines, l.line)
	}
	return c.show(join(lines...), c.pager(page, pages, chat.Action{
		Verb: verbTasks, Plan: c.plan.ID, Unit: c.action.Unit, Arg: filter,
	}))
}

// found reports whether every word stands in the task's contents; tone marks
// may be left out.
func found(t *plan.Task, words string) bool {
	exact := strings.ToLower(t.Content + " " + t.ShortTitle)
	folded := plan.Fold(exact)
	for w := range strings.FieldsSeq(strings.ToLower(words)) {
		if plan.Fold(w) == w && strings.Contains(folded, w) {
			continue
		}
		if !strings.Contains(exact, w) {
			return false
		}
	}
	return true
}

// list makes a line of every task that the occurrences, or the person's
// reading, concern.
func (c *call) list(occs []*plan.Occurrence) []listed {
	byTask := map[int][]*plan.Occurrence{}
	for _, o := range occs {
		byTask[o.Task] = append(byTask[o.Task], o)
	}
	var out []listed
	for _, t := range c.plan.Tasks {
		u := c.action.Unit
		if !c.mayRead(t) || u != "" && !t.Concerns(u) {
			continue
		}
		out = append(out, c.listedTask(t, byTask[t.Number]))
	}
	slices.SortStableFunc(out, func(x, y listed) int { return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.due, y.due)) })
	return out
}

func (c *call) listedTask(t *plan.Task, occs []*plan.Occurrence) listed {
	l := listed{task: t, occs: occs}
	b := c.book(c.today)
	var sign, detail chat.Markup
	box := b.TaskBox(occs)
	switch {
	case len(t.Leads) > 0 && !c.leadsInScope(t):
		l.rank, sign = rankCooperating, "·"
	case box == plan.Overdue:
		l.rank, sign, detail = rankLate, boxSign(box), c.n("days.late", longestLate(b, occs))
	case box == plan.Open:
		l.due = nextDue(b, occs)
		l.rank, sign, detail = rankOpen, boxSign(box), chat.Markup(c.dayMonth(l.due))
		if s := b.TaskState(occs); s == plan.StateBlocked {
			l.rank, sign = rankBlocked, statusSign(plan.Blocked)
		}
	case box != plan.BoxUndated:
		l.rank, sign = rankDone, boxSign(box)
	case t.Schedule.Kind == plan.KindOngoing:
		l.rank, sign, detail = c.ongoing(b, occs)
	default:
		l.rank, sign, detail = rankUndated, boxSign(box), chat.Escape(chat.Cut(chat.Line(t.Schedule.Phrase), 30))
	}
	l.line = sign + " " + c.tappable(t.Number) + " " + chat.Escape(t.ShortTitle)
	if detail != "" {
		l.line += " · " + detail
	}
	return l
}

// leadsInScope reports whether one of the units in question leads the task.
func (c *call) leadsInScope(t *plan.Task) bool {
	if u := c.action.Unit; u != "" {
		return t.LeadBy(u)
	}
	return c.seesAll() || slices.ContainsFunc(c.reads, t.LeadBy)
}

// ongoing sums up the check-ins of the windows that are shown.
func (c *call) ongoing(b *plan.Book, occs []*plan.Occurrence) (rank int, sign, detail chat.Markup) {
	var asked, reported int
	var status plan.Status = plan.NotStarted
	for _, o := range occs {
		if !b.Asked(o) || !slices.ContainsFunc(b.ShownWindows(), func(w plan.Window) bool { return w.Period == o.Period }) {
			continue
		}
		asked++
		if o.Completion() != nil {
			reported++
		}
		if s := o.Status(); s != plan.NotStarted && status != plan.Blocked {
			status = s
		}
	}
	sign = statusSign(status)
	if asked > 1 {
		detail = chat.Markup(strconv.Itoa(reported) + "/" + strconv.Itoa(asked))
	}
	switch {
	case status == plan.Blocked:
		return rankBlocked, sign, detail
	case asked == 0 || reported < asked:
		return rankUnreported, sign, detail
	}
	return rankReported, sign, detail
}

func longestLate(b *plan.Book, occs []*plan.Occurrence) int {
	n := 0
	for _, o := range occs {
		n = max(n, b.DaysLate(o))
	}
	return n
}

func nextDue(b *plan.Book, occs []*plan.Occurrence) plan.Date {
	var due plan.Date
	for _, o := range occs {
		if b.Box(o) == plan.Open && (due == 0 || o.StatedDue() < due) {
			due = o.StatedDue()
		}
	}
	return due
}

// tappable is a task's number as a command that shows it.
func (c *call) tappable(number int) chat.Markup {
	s := "/task_" + strconv.Itoa(number)
	if c.plan != c.snap.Current(c.today) {
		s += "_" + strconv.Itoa(c.plan.Year)
	}
	return chat.Markup(s)
}

// taskLabel is a task on a button.
func (c *call) taskLabel(t *plan.Task) string {
	return strconv.Itoa(t.Number) + " · " + plan.Cut(t.ShortTitle, buttonLetters)
}
