// Package planfile reads plans, units and calendars from their files, and
// holds those that the program ships with.
//
// A plan is a table as the appendix of the decision has it, in CSV: columns
// known by the words of their header, in any order; rows with a Roman number
// begin a group. Lines "#key,value" before the header describe the decision:
//
//	#số,98/QĐ-SXD
//	#ngày,11/01/2024
//	#năm,2024
//	#tiêu đề,Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng
//	#cơ quan chủ quản,UBND TỈNH BÌNH PHƯỚC
//	#cơ quan,SỞ XÂY DỰNG
//	#địa danh,Bình Phước
//	#người ký,GIÁM ĐỐC,Võ Tất Dũng
//
// All CSV is UTF-8, with cells apart by commas, semicolons or tabs, on at most
// 10 MB and 2,000 rows.
package planfile

import (
	"io"

	"dondoc/internal/plan"
)

// Options say what a plan file may leave open.
type Options struct {
	Year int // the plan's year if the file names none; 0 if that is a problem
}

// A Draft is a plan as far as its file can be read.
type Draft struct {
	// Plan has every numbered row as a task, even one without content or with
	// the number of another. Units are codes; unknown ones stand in the
	// tasks' texts only.
	Plan *plan.Plan
	// Problems are what ReadPlan would refuse the file for, in the order of
	// the file; CodeNoYear is among them even if Options named a year. No more
	// than 500 are listed.
	Problems []*Error
	// Unknown lists the names that the roster does not have, in the order of
	// the file, without doubles.
	Unknown []string
}

// ReadPlan reads a plan from CSV and resolves its units. The first problem in
// the file comes back as an *Error.
func ReadPlan(r io.Reader, roster *plan.Roster, opts Options) (*plan.Plan, error) {
	draft, err := ReadDraft(r, roster, opts)
	if err != nil {
		return nil, err
	}
	for _, problem := range draft.Problems {
		if problem.Code != CodeNoYear || opts.Year == 0 {
			return nil, problem
		}
	}
	return draft.Plan, nil
}

// ReadDraft reads a plan from CSV as far as it can. It fails, with an *Error
// unless r does, only if there is no table with the right columns in the file.
func ReadDraft(r io.Reader, roster *plan.Roster, opts Options) (*Draft, error) {
	rows, err := readTable(r, planColumns)
	if err != nil {
		return nil, err
	}
	return DraftOf(rows, roster, opts)
}

// DraftOf does what ReadDraft does with rows that come from another format. A
// header may take two rows. Where a cell spans several columns or rows, each
// may have its text.
func DraftOf(rows []Row, roster *plan.Roster, opts Options) (*Draft, error) {
	h, err := findHeader(rows)
	if err != nil {
		return nil, err
	}
	d := &drafter{
		draft:   &Draft{Plan: &plan.Plan{Settings: plan.DefaultSettings()}},
		roster:  roster,
		header:  h,
		numbers: map[int]int{},
		unknown: map[string]bool{},
	}
	d.readMeta(rows[:h.first], opts)
	for i, row := range rows[h.end:] {
		if isColumnNumbers(row) && i == 0 || h.repeats(row) {
			continue
		}
		d.readRow(row)
	}
	if len(d.draft.Plan.Tasks) == 0 {
		d.problem(0, CodeNoTasks)
	}
	d.finish()
	return d.draft, nil
}
