package planfile

import (
	"fmt"
	"strings"
)

// A Code says what is wrong in a file.
type Code string

// The codes, each with its arguments.
const (
	CodeNoHeader Code = "no_header" // the columns that were not found

	CodeBadKey  Code = "bad_key"  // the key of a # line
	CodeBadDate Code = "bad_date" // the cell
	CodeBadYear Code = "bad_year" // the cell
	CodeNoYear  Code = "no_year"

	CodeNoTasks     Code = "no_tasks"
	CodeBadNumber   Code = "bad_number"   // the cell
	CodeNoNumber    Code = "no_number"    // the start of the task's content
	CodeSameNumber  Code = "same_number"  // the number, the line that has it already
	CodeNoContent   Code = "no_content"   // the task's number
	CodeNoLead      Code = "no_lead"      // the task's number
	CodeUnknownUnit Code = "unknown_unit" // the task's number, the name, the nearest known name if any

	CodeNoUnits       Code = "no_units"
	CodeBadCode       Code = "bad_code"       // the cell
	CodeSameCode      Code = "same_code"      // the code, the line that has it already
	CodeNoName        Code = "no_name"        // the unit's code
	CodeNameTaken     Code = "name_taken"     // the name, the two codes
	CodeUnknownKind   Code = "unknown_kind"   // the cell, the kinds
	CodeUnknownMember Code = "unknown_member" // the collective's code, the member
	CodeNoMembers     Code = "no_members"     // the collective's code

	CodeSameDate Code = "same_date" // the date, the line that has it already
)

// An Error is one problem in a file: where, what, and how to do it right.
type Error struct {
	Line int // first line of the row, from 1; 0 if it concerns the whole file
	Code Code
	Args []string // see the codes
}

// Error returns the problem on one line of English.
func (e *Error) Error() string {
	text := e.text()
	if e.Line > 0 {
		return fmt.Sprintf("line %d: %s", e.Line, text)
	}
	return text
}

func (e *Error) text() string {
	switch e.Code {
	case CodeUnknownUnit:
		return e.unknownUnit()
	case CodeNoHeader:
		return "no header row: name the columns " + quoted(e.Args)
	case CodeUnknownKind:
		return fmt.Sprintf("kind %q is unknown: write one of %s", e.arg(0), strings.Join(e.rest(1), ", "))
	}
	args := make([]any, len(e.Args))
	for i, a := range e.Args {
		args[i] = a
	}
	return fmt.Sprintf(e.format(), args...)
}

// format returns the text of a code whose arguments stand in it in order.
func (e *Error) format() string {
	switch e.Code {
	case CodeBadKey:
		return "key %q is unknown or stands twice: write " + quoted(metaKeys())
	case CodeBadDate:
		return "there is no date %q: write it as 11/01/2024 in plans, 2024-01-11 in calendars"
	case CodeBadYear:
		return "%q is no year: write it as 2024"
	case CodeNoYear:
		return "the plan's year is missing: put a line #năm,2024 before the header"
	}
	return e.rowFormat()
}

func (e *Error) rowFormat() string {
	switch e.Code {
	case CodeNoTasks:
		return "no tasks: below the header each task needs a row with its number"
	case CodeBadNumber:
		return "%q is no task number: write 1 to 9999, or a Roman number for a group"
	case CodeNoNumber:
		return "the task %q has no number: write one in the first column"
	case CodeSameNumber:
		return "number %s stands in line %s already: give each task its own number"
	case CodeNoContent:
		return "task %s has no content: write what is to be done or remove the row"
	case CodeNoLead:
		return "task %s has no lead unit: name at least one"
	case CodeNoUnits:
		return "no units: below the header each unit needs a row"
	case CodeBadCode:
		return "%q is no unit code: write up to 32 of a-z, 0-9 and hyphens, as in van-phong"
	case CodeSameCode:
		return "code %s stands in line %s already: give each unit its own code"
	case CodeNoName:
		return "unit %s has no name: write its full name"
	case CodeNameTaken:
		return "the name %q belongs to both %s and %s: leave it to one of them"
	case CodeUnknownMember:
		return "collective %s: member %q is neither a unit code nor a kind: write one of these"
	case CodeNoMembers:
		return "collective %s has no members: list unit codes or kinds, apart by semicolons"
	case CodeSameDate:
		return "date %s stands in line %s already: keep one of them"
	}
	return string(e.Code)
}

func (e *Error) unknownUnit() string {
	text := fmt.Sprintf("task %s: unit %q is unknown: write a known name or add this one to the units", e.arg(0), e.arg(1))
	if nearest := e.rest(2); len(nearest) > 0 {
		text += "; nearest: " + quoted(nearest)
	}
	return text
}

func (e *Error) arg(i int) string {
	if i < len(e.Args) {
		return e.Args[i]
	}
	return ""
}

func (e *Error) rest(i int) []string { return e.Args[min(i, len(e.Args)):] }

// quoted lists words so that each stays on the line, whatever it holds.
func quoted(words []string) string {
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(parts, ", ")
}
