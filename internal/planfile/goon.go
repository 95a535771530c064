package planfile

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dondoc/internal/grid"
)

// continues reports whether a row without a number goes on with the task above:
// not if it is a duty of its own, unless the task above has none but those of
// the rows below it, or the row begins within a sentence.
func (d *drafter) continues(content string, duty bool) bool {
	last := d.lastEntry()
	if last == nil || len(d.pending) > 0 || d.newGroup() {
		return false
	}
	return !duty || !last.duty || content == "" || withinSentence(content)
}

// partMark is the label of a part that stands before its text.
var partMark = regexp.MustCompile(`^\(?[a-zđ][).] `)

func withinSentence(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(first)
}

// newGroup reports whether a group was begun that has no task yet.
func (d *drafter) newGroup() bool {
	return d.lastEntry().task.Group != len(d.draft.Plan.Groups)-1
}

// longestTask bounds in bytes what a task may go on to.
const longestTask = 100_000

// goOn adds the row to the task above.
func (d *drafter) goOn(row grid.Row) {
	t := d.lastEntry().task
	for c, text := range map[column]*string{
		colContent: &t.Content, colLead: &t.LeadText, colCooperating: &t.CooperatingText,
		colDeadline: &t.Schedule.Phrase, colNote: &t.Note,
	} {
		cell := d.header.cell(row, c)
		switch {
		case cell.Above || sameCell(*text, cell.Text):
		case len(*text)+len(cell.Text) > longestTask:
			d.problem(row.Line, CodeNoNumber, cell.Text)
		default:
			*text = joinText(*text, cell.Text)
		}
	}
}

// goOnPart adds a row that is a part of the task above, under its label: "a)".
func (d *drafter) goOnPart(row grid.Row, label string) {
	if at := d.header.at[colContent]; row.Text(at) != "" {
		row.Cells = slices.Clone(row.Cells)
		row.Cells[at].Text = label + " " + row.Cells[at].Text
	}
	d.goOn(row)
}

// joinText puts together what a page break parted. A sentence that goes on in
// lower case was cut within a line.
func joinText(text, more string) string {
	switch {
	case text == "":
		return more
	case withinSentence(more) && !partMark.MatchString(more) && !strings.HasSuffix(text, ";") && !strings.HasSuffix(text, "."):
		return text + " " + more
	}
	return text + "\n" + more
}
