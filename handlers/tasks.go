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
	c.action.Fresh = c.action.Page == 0 // from another message
	return c.tasksPage(c.action.Arg, c.action.Page)
}

func (c *call) tasksPage(filter string, named int) error {
	sums := c.book(c.today).TaskSums()
	if err := c.outlines(sums.Add); err != nil {
		return err
	}
	list := c.list(sums)
	ranks, known := filters[plan.Fold(filter)]
	title := c.t("tasks.title", "Year", c.plan.Year, "Scope", c.scopeName())
	if known {
		list = slices.DeleteFunc(list, func(l listed) bool { return ranks != nil && !slices.Contains(ranks, l.rank) })
	} else {
		list = slices.DeleteFunc(list, func(l listed) bool { return !found(l.task, filter) })
		title = c.t("tasks.found", "Words", chat.Cut(filter, 60), "Count", len(list))
	}
	switch {
	case len(list) == 0 && len(ranks) > 0:
		return refuse("tasks.none_so", "State", c.t("rank."+strconv.Itoa(ranks[0])), "Tasks", c.cmd(verbTasks))
	case len(list) == 0:
		return refuse("tasks.none", "Words", chat.Cut(filter, 60), "Tasks", c.cmd(verbTasks))
	}
	shown, page, pages := pageOf(list, named, tasksPage)
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

// list makes a line of every task that the person may read here.
func (c *call) list(sums *plan.TaskSums) []listed {
	var out []listed
	for _, t := range c.plan.Tasks {
		u := c.action.Unit
		if !c.mayRead(t) || u != "" && !t.Concerns(u) {
			continue
		}
		sum := sums.Of(t.Number)
		if sum == nil {
			sum = &plan.TaskSum{Word: plan.NotStarted}
		}
		out = append(out, c.listedTask(t, sum))
	}
	slices.SortStableFunc(out, func(x, y listed) int { return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.due, y.due)) })
	return out
}

func (c *call) listedTask(t *plan.Task, sum *plan.TaskSum) listed {
	l := listed{task: t}
	var sign, detail chat.Markup
	switch {
	case len(t.Leads) > 0 && !c.leadsInScope(t):
		l.rank, sign = rankCooperating, "·"
	case sum.Box == plan.Overdue:
		l.rank, sign, detail = rankLate, boxSign(sum.Box), c.n("days.late", sum.DaysLate)
	case sum.Box == plan.Open:
		l.due = sum.Next
		l.rank, sign, detail = rankOpen, boxSign(sum.Box), chat.Markup(c.dayMonth(l.due))
		if sum.State() == plan.StateBlocked {
			l.rank, sign = rankBlocked, statusSign(plan.Blocked)
		}
	case sum.Box != plan.BoxUndated:
		l.rank, sign = rankDone, boxSign(sum.Box)
	case t.Schedule.Kind == plan.KindOngoing:
		l.rank, sign, detail = ongoing(sum)
	default:
		l.rank, sign, detail = rankUndated, boxSign(sum.Box), chat.Escape(chat.Cut(chat.Line(t.Schedule.Phrase), 30))
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

// ongoing shows the check-ins of the windows that are shown.
func ongoing(sum *plan.TaskSum) (rank int, sign, detail chat.Markup) {
	sign = statusSign(sum.Word)
	if sum.Shown.Asked > 1 {
		detail = chat.Markup(strconv.Itoa(sum.Shown.Reported) + "/" + strconv.Itoa(sum.Shown.Asked))
	}
	switch {
	case sum.Word == plan.Blocked:
		return rankBlocked, sign, detail
	case sum.Shown.Asked == 0 || sum.Shown.Missing() > 0:
		return rankUnreported, sign, detail
	}
	return rankReported, sign, detail
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
	return strconv.Itoa(t.Number) + " · " + plan.Cut(t.ShortTitle, plan.ButtonLetters)
}
