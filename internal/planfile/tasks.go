package planfile

import (
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/grid"
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
	header  *header
	entries []*entry
	pending []*Error // of rows that may turn out to stand below the table
	ended   bool     // the signature below the table was reached
}

// An entry is a row that is a task, with the rows that it goes on in.
type entry struct {
	task  *plan.Task
	line  int
	label string // of several levels, as in 1.2; "" if it is the task's number
	duty  bool   // it says itself who does it by when
}

func newDrafter() *drafter {
	return &drafter{draft: &Draft{Plan: &plan.Plan{Settings: plan.DefaultSettings()}}}
}

func (d *drafter) problem(line int, code Code, args ...string) {
	if len(d.draft.Faults) < maxProblems {
		d.draft.Faults = append(d.draft.Faults, newProblem(line, code, args...))
	}
}

func newProblem(line int, code Code, args ...string) *Error {
	for i := range args {
		args[i] = plan.Cut(args[i], maxArgLetters)
	}
	return &Error{Line: line, Code: code, Args: args}
}

// readTable reads what stands below the header.
func (d *drafter) readTable(t planTable) error {
	if t.cut != nil {
		return t.cut
	}
	d.header = t.header
	for i, row := range t.rows {
		if isColumnNumbers(row) && i == 0 || t.header.repeats(row) {
			continue
		}
		if d.readRow(row); d.ended {
			break
		}
	}
	return nil
}

// readRow reads a row below the header: a task, more of the task above, the
// beginning of a group, or something outside the table, such as a signature.
func (d *drafter) readRow(row grid.Row) {
	label, content := d.header.get(row, colNumber), d.header.get(row, colContent)
	number, numbered := parseNumber(label)
	group, heads := groupOf(label, content)
	duty := d.hasDuty(row, label, content)
	switch {
	case d.header.cell(row, colNumber).Above && len(d.entries) > 0:
		d.goOn(row)
	case numbered:
		d.addTask(row, number, "")
	case levelsForm.MatchString(label), duty && partForm.MatchString(label):
		d.addTask(row, 0, label)
	case heads && !duty:
		d.addGroup(group)
	case d.isBanner(row) && !duty:
		d.addGroup(plan.Group{Title: content})
	case !duty && isFooter(row):
		d.ended = true
	case partForm.MatchString(label) && d.continues(content, duty):
		d.goOnPart(row, label)
	case label != "":
		d.doubt(newProblem(row.Line, CodeBadNumber, label), duty)
	case d.header.at[colNumber] < 0 && duty && content != "":
		d.addTask(row, len(d.entries)+1, "")
	case d.continues(content, duty):
		d.goOn(row)
	case content != "":
		d.doubt(newProblem(row.Line, CodeNoNumber, content), duty)
	}
}

// doubt notes a problem of a row, which is none if no task follows and the row
// is nobody's duty: then it stands below the table.
func (d *drafter) doubt(problem *Error, duty bool) {
	d.pending = append(d.pending, problem)
	if duty {
		d.settleDoubts()
	}
}

func (d *drafter) settleDoubts() {
	for _, p := range d.pending {
		d.problem(p.Line, p.Code, p.Args...)
	}
	d.pending = nil
}

// hasDuty reports whether the row says who does something by when, apart from
// the text of a merged cell.
func (d *drafter) hasDuty(row grid.Row, label, content string) bool {
	for _, c := range []column{colLead, colDeadline} {
		if text := d.header.get(row, c); text == "" || text == label || text == content {
			return false
		}
	}
	return true
}

// isBanner reports whether one merged cell fills the row.
func (d *drafter) isBanner(row grid.Row) bool {
	content := d.header.get(row, colContent)
	if content == "" {
		return false
	}
	for _, c := range []column{colContent, colLead, colDeadline} {
		if cell := d.header.cell(row, c); cell.Text != content || !cell.Left && d.header.at[c] > 0 {
			return false
		}
	}
	return true
}

// isFooter recognises what stands below a table: signatures, copy lists, sums.
func isFooter(row grid.Row) bool {
	for _, cell := range row.Cells {
		words := headingWords(cell.Text[:min(len(cell.Text), longestHeading)])
		for _, mark := range []string{
			"noi nhan", "giam doc", "pho giam doc", "kt", "tm", "tl", "nguoi lap", "thu truong", "tong cong", "tong so", "ghi chu",
		} {
			if words == mark || strings.HasPrefix(words, mark+" ") {
				return true
			}
		}
	}
	return false
}

func (d *drafter) addGroup(g plan.Group) {
	d.settleDoubts()
	d.draft.Plan.Groups = append(d.draft.Plan.Groups, g)
}

func (d *drafter) addTask(row grid.Row, number int, label string) {
	d.settleDoubts()
	p := d.draft.Plan
	if len(p.Groups) == 0 {
		// A plan without groups has one without a name, so that its tasks do
		// not pass for tasks outside the plan.
		p.Groups = append(p.Groups, plan.Group{})
	}
	t := &plan.Task{
		Number:          number,
		Group:           len(p.Groups) - 1,
		Content:         d.header.get(row, colContent),
		ShortTitle:      d.header.get(row, colShort),
		LeadText:        d.header.get(row, colLead),
		CooperatingText: d.header.get(row, colCooperating),
		Schedule:        plan.Schedule{Phrase: d.header.get(row, colDeadline), Kind: plan.KindUnknown},
		Note:            d.header.get(row, colNote),
	}
	d.entries = append(d.entries, &entry{
		task: t, line: row.Line, label: label, duty: t.LeadText != "" || t.Schedule.Phrase != "",
	})
}

// finish numbers the tasks, puts them in order and drops headings that stand
// over none.
func (d *drafter) finish() {
	p := d.draft.Plan
	d.number()
	for _, e := range d.entries {
		t := e.task
		if t.Content == "" {
			d.problem(e.line, CodeNoContent, strconv.Itoa(t.Number))
		}
		t.ShortTitle = shortTitle(t.ShortTitle, t.Content)
		if d.header.at[colCooperating] < 0 {
			t.LeadText, t.CooperatingText = splitDuty(t.LeadText)
		}
		p.Tasks = append(p.Tasks, t)
		d.draft.Lines = append(d.draft.Lines, e.line)
	}
	d.dropEmptyGroups()
	if len(p.Tasks) == 0 {
		d.problem(0, CodeNoTasks)
	}
}

func (d *drafter) dropEmptyGroups() {
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
}

func shortTitle(typed, content string) string {
	if typed == "" {
		return plan.ShortTitle(content)
	}
	return plan.Cut(typed, plan.ShortTitleLetters)
}

// parseNumber reads a task's number: "5", "05", "5.", "(5)", "5/".
func parseNumber(label string) (int, bool) {
	n, err := strconv.ParseUint(strings.Trim(label, ".()/ "), 10, 16)
	return int(n), err == nil && n > 0 && n <= maxTaskNumber
}

// lastEntry returns the task that was read last.
func (d *drafter) lastEntry() *entry {
	if len(d.entries) == 0 {
		return nil
	}
	return d.entries[len(d.entries)-1]
}

// sameCell reports whether a text says nothing that another does not.
func sameCell(text, more string) bool {
	return more == "" || slices.Contains(strings.Split(text, "\n"), more) || text == more
}
