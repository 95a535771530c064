// Package planfile reads plans, units and calendars from their files, and
// holds those that the program ships with.
//
// A plan is a table as the appendix of the decision has it, in CSV, Excel or
// Word: columns known by the words of their header, in any order; rows with a
// Roman number begin a group. Number, date, title and year of the decision are
// read from the text before the table. In CSV lines "#key,value" may stand
// there, which say them beyond doubt:
//
//	#số,98/QĐ-SXD
//	#ngày,11/01/2024
//	#năm,2024
//	#tiêu đề,Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng
//	#cơ quan chủ quản,UBND TỈNH BÌNH PHƯỚC
//	#cơ quan,SỞ XÂY DỰNG
//	#địa danh,Bình Phước
//	#người ký,GIÁM ĐỐC,Võ Tất Dũng
//	#nơi nhận,Sở Nội vụ,Ban Giám đốc Sở,Lưu: VT
//
// Units and calendars are CSV. The limits are those of package grid.
package planfile

import (
	"fmt"
	"io"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
)

// Options say what a plan file may leave open.
type Options struct {
	Year int // the plan's year if the file names none; 0 if that is a problem
}

// ReadPlan reads a plan and resolves its units. The first problem in the file
// comes back as an *Error, or as a *grid.Error if the file cannot be read.
func ReadPlan(r io.Reader, roster *plan.Roster, opts Options) (*plan.Plan, error) {
	draft, err := ReadDraft(r, roster, opts)
	if err != nil {
		return nil, err
	}
	for _, problem := range draft.Problems() {
		if problem.Code != CodeNoYear || opts.Year == 0 {
			return nil, problem
		}
	}
	return draft.Plan, nil
}

// ReadDraft reads a plan as far as it can. It fails only if the file cannot be
// read or has no table with the right columns: as ReadPlan, or as r does.
func ReadDraft(r io.Reader, roster *plan.Roster, opts Options) (*Draft, error) {
	data, err := readAll(r)
	if err != nil {
		return nil, err
	}
	draft, err := Read(data)
	if err != nil {
		return nil, err
	}
	draft.Settle(roster, opts.Year)
	return draft, nil
}

// Read reads the content of a plan file. Year and units are open until
// Draft.Settle.
func Read(data []byte) (*Draft, error) {
	doc, err := grid.Read(data, planColumns)
	if err != nil {
		return nil, err
	}
	return DraftOf(doc)
}

// DraftOf finds the plan in a document. Year and units are open until
// Draft.Settle.
func DraftOf(doc *grid.Document) (*Draft, error) {
	found, err := findTables(doc)
	if err != nil {
		return nil, err
	}
	d := newDrafter()
	d.readText(found.before)
	if p := d.draft.Plan; len(p.Recipients) == 0 {
		p.Recipients = findRecipients(doc)
	}
	if p := d.draft.Plan; p.Signer == "" && p.SignerTitle == "" {
		s := findSigner(doc)
		p.SignerTitle, p.Signer = s.title, s.name
	}
	for _, t := range found.tables {
		if err := d.readTable(t); err != nil {
			return nil, err
		}
	}
	d.finish()
	return d.draft, nil
}

func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, grid.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	return data, nil
}

// readRows reads the rows of a CSV file.
func readRows(r io.Reader, score func([]grid.Row) int) ([]grid.Row, error) {
	data, err := readAll(r)
	if err != nil {
		return nil, err
	}
	table, err := grid.CSV(data, score)
	if err != nil {
		return nil, err
	}
	return table.Rows, nil
}
