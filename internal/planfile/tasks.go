package planfile

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/plan"
)

const (
	maxProblems   = 500
	maxArgLetters = 80
	maxTaskNumber = 9999
)

// A drafter turns rows into a draft.
type drafter struct {
	draft   *Draft
	roster  *plan.Roster
	header  *header
	numbers map[int]int     // task number to line
	unknown map[string]bool // names that are listed already
}

func (d *drafter) problem(line int, code Code, args ...string) {
	for i := range args {
		args[i] = plan.Cut(args[i], maxArgLetters)
	}
	if len(d.draft.Problems) < maxProblems {
		d.draft.Problems = append(d.draft.Problems, &Error{Line: line, Code: code, Args: args})
	}
}

// readRow reads a row below the header: a task, the beginning of a group, or
// something outside the table, such as a signature, which means nothing.
func (d *drafter) readRow(row Row) {
	label := strings.TrimSpace(d.header.get(row, colNumber))
	content := strings.TrimSpace(d.header.get(row, colContent))
	number, numbered := parseNumber(label)
	group, heads := groupOf(label, content)
	switch {
	case numbered:
		d.addTask(row, number, content)
	case heads && !d.hasDuty(row, label, content):
		d.draft.Plan.Groups = append(d.draft.Plan.Groups, group)
	case label != "":
		d.problem(row.Line, CodeBadNumber, label)
	case content != "":
		d.problem(row.Line, CodeNoNumber, content)
	}
}

// hasDuty reports whether the row says who does something by when, apart from
// the text of a merged cell.
func (d *drafter) hasDuty(row Row, label, content string) bool {
	for _, c := range []column{colLead, colDeadline} {
		if text := strings.TrimSpace(d.header.get(row, c)); text == "" || text == label || text == content {
			return false
		}
	}
	return true
}

func (d *drafter) addTask(row Row, number int, content string) {
	p := d.draft.Plan
	name := strconv.Itoa(number)
	if line, ok := d.numbers[number]; ok {
		d.problem(row.Line, CodeSameNumber, name, strconv.Itoa(line))
	} else {
		d.numbers[number] = row.Line
	}
	if content == "" {
		d.problem(row.Line, CodeNoContent, name)
	}
	if len(p.Groups) == 0 {
		// A plan without groups has one without a name, so that its tasks do
		// not pass for tasks outside the plan.
		p.Groups = append(p.Groups, plan.Group{})
	}
	t := &plan.Task{
		Number:          number,
		Group:           len(p.Groups) - 1,
		Content:         content,
		ShortTitle:      shortTitle(d.header.get(row, colShort), content),
		LeadText:        d.header.get(row, colLead),
		CooperatingText: d.header.get(row, colCooperating),
		Schedule:        plan.ReadDeadline(d.header.get(row, colDeadline), p.Year),
		Note:            strings.TrimSpace(d.header.get(row, colNote)),
	}
	d.assign(row.Line, t)
	p.Tasks = append(p.Tasks, t)
}

func shortTitle(typed, content string) string {
	if strings.TrimSpace(typed) == "" {
		return plan.ShortTitle(content)
	}
	return plan.Cut(typed, plan.ShortTitleLetters)
}

// assign sets the task's units. One that leads does not also cooperate.
func (d *drafter) assign(line int, t *plan.Task) {
	number := strconv.Itoa(t.Number)
	leads, strange := d.roster.Resolve(t.LeadText)
	t.Leads = leads
	if len(leads) == 0 && len(strange) == 0 {
		d.problem(line, CodeNoLead, number)
	}
	cooperating, more := d.roster.Resolve(t.CooperatingText)
	t.Cooperating = slices.DeleteFunc(cooperating, t.LeadBy)
	for _, name := range append(strange, more...) {
		d.unknownUnit(line, number, name)
	}
}

func (d *drafter) unknownUnit(line int, number, name string) {
	if !d.unknown[name] {
		d.unknown[name] = true
		d.draft.Unknown = append(d.draft.Unknown, name)
	}
	if len(d.draft.Problems) == maxProblems {
		return // looking for the nearest is the dear part
	}
	args := []string{number, name}
	for _, u := range d.roster.Nearest(name, 1) {
		args = append(args, u.Name)
	}
	d.problem(line, CodeUnknownUnit, args...)
}

// finish puts the tasks in order and drops headings that stand over none.
func (d *drafter) finish() {
	p := d.draft.Plan
	used := make([]bool, len(p.Groups))
	for _, t := range p.Tasks {
		used[t.Group] = true
	}
	moved := make([]int, len(p.Groups))
	var groups []plan.Group
	for i, g := range p.Groups {
		if used[i] {
			moved[i] = len(groups)
			groups = append(groups, g)
		}
	}
	p.Groups = groups
	for _, t := range p.Tasks {
		t.Group = moved[t.Group]
	}
	slices.SortStableFunc(p.Tasks, func(a, b *plan.Task) int { return cmp.Compare(a.Number, b.Number) })
}

// parseNumber reads a task's number: "5", "05", "5.", "(5)".
func parseNumber(label string) (int, bool) {
	n, err := strconv.ParseUint(strings.Trim(label, ".() "), 10, 16)
	return int(n), err == nil && n > 0 && n <= maxTaskNumber
}
