package planfile

import (
	"strconv"
	"strings"
	"unicode"

	"dondoc/internal/plan"
)

// A column is what a column of the plan's table holds.
type column int

const (
	colNumber column = iota
	colContent
	colLead
	colDeadline
	colCooperating
	colNote
	colShort
	columns int = iota
)

// needed are the columns without which a table is no plan.
const needed = colDeadline + 1

// name returns the heading as the appendix of the decision has them.
func (c column) name() string {
	return [columns]string{
		colNumber: "STT", colContent: "Nội dung, nhiệm vụ", colLead: "Đơn vị chủ trì", colDeadline: "Thời gian hoàn thành",
		colCooperating: "Đơn vị phối hợp", colNote: "Ghi chú", colShort: "Tên ngắn",
	}[c]
}

// A header says where a table's columns are.
type header struct {
	at         [columns]int // index of the cell; -1 if there is none
	first, end int          // the header's rows, end excluded
}

func (h *header) missing() []string {
	var names []string
	for c := range needed {
		if h.at[c] < 0 {
			names = append(names, c.name())
		}
	}
	return names
}

func (h *header) found() int {
	n := 0
	for _, at := range h.at {
		if at >= 0 {
			n++
		}
	}
	return n
}

// get returns the text of the column in a row.
func (h *header) get(row Row, c column) string { return row.cell(h.at[c]) }

// repeats reports whether a row below is the header again, as at the top of a
// new page.
func (h *header) repeats(row Row) bool {
	c, ok := columnOf(h.get(row, colNumber))
	return ok && c == colNumber
}

// findHeader returns the first row, or pair of rows, that names the columns.
func findHeader(rows []Row) (*header, error) {
	best, line := readHeader(nil), 0
	for i, row := range rows {
		h := readHeader(row.Cells)
		h.first, h.end = i, i+1
		if i+1 < len(rows) && h.goesOn(row, rows[i+1]) {
			// "Đơn vị thực hiện" above "Chủ trì" and "Phối hợp".
			if both := readHeader(joinCells(row.Cells, rows[i+1].Cells)); both.found() > h.found() {
				both.first, both.end = i, i+2
				h = both
			}
		}
		if len(h.missing()) == 0 {
			return h, nil
		}
		if h.found() > best.found() {
			best, line = h, row.Line
		}
	}
	return nil, &Error{Line: line, Code: CodeNoHeader, Args: best.missing()}
}

// goesOn reports whether the row below a header may be its second row, since
// it numbers nothing.
func (h *header) goesOn(row, below Row) bool {
	if h.at[colNumber] < 0 {
		return false
	}
	label := h.get(below, colNumber)
	return strings.TrimSpace(label) == "" || label == h.get(row, colNumber)
}

// planColumns tells how many columns the best header among the rows names.
func planColumns(rows []Row) int {
	best := 0
	for _, row := range rows {
		best = max(best, readHeader(row.Cells).found())
	}
	return best
}

// joinCells reads two rows as one header. A heading that spans both is one.
func joinCells(upper, lower []string) []string {
	joined := make([]string, max(len(upper), len(lower)))
	for i := range joined {
		a, b := Row{Cells: upper}.cell(i), Row{Cells: lower}.cell(i)
		if joined[i] = a; a != b {
			joined[i] += " " + b
		}
	}
	return joined
}

// readHeader reads a row as a header. The first of several columns of one
// meaning counts.
func readHeader(cells []string) *header {
	h := &header{}
	for c := range h.at {
		h.at[c] = -1
	}
	doer := -1
	for i, cell := range cells {
		c, ok := columnOf(cell)
		if ok && h.at[c] < 0 {
			h.at[c] = i
		}
		if !ok && doer < 0 && isDoer(cell) {
			doer = i
		}
	}
	if h.at[colLead] < 0 {
		h.at[colLead] = doer
	}
	return h
}

// longestHeading is in bytes; what is longer is a task's content.
const longestHeading = 120

// columnOf tells what a heading means, whatever words stand around the ones
// that matter: "Cơ quan chủ trì thực hiện", "chu_tri".
func columnOf(heading string) (column, bool) {
	if heading == "" || len(heading) > longestHeading {
		return 0, false
	}
	words := " " + headingWords(heading) + " "
	has := func(phrases ...string) bool {
		for _, p := range phrases {
			if strings.Contains(words, " "+p+" ") {
				return true
			}
		}
		return false
	}
	switch strings.TrimSpace(words) {
	case "stt", "tt", "so tt", "so thu tu":
		return colNumber, true
	}
	switch {
	case has("ghi chu"):
		return colNote, true
	case has("ten ngan"):
		return colShort, true
	case has("chu tri"):
		return colLead, true
	case has("phoi hop"):
		return colCooperating, true
	case has("thoi gian", "thoi han", "han hoan thanh", "tien do"):
		return colDeadline, true
	case has("san pham", "ket qua"):
		return 0, false
	case has("noi dung", "nhiem vu", "cong viec"):
		return colContent, true
	}
	return 0, false
}

// isDoer recognises the one column of tables that do not tell leading from
// cooperating.
func isDoer(heading string) bool {
	switch headingWords(heading) {
	case "don vi thuc hien", "co quan thuc hien", "don vi", "co quan don vi thuc hien":
		return true
	}
	return false
}

func headingWords(heading string) string {
	return strings.Join(strings.FieldsFunc(plan.Fold(heading), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// isColumnNumbers recognises the row "(1) (2) (3)" below a header.
func isColumnNumbers(row Row) bool {
	for i, cell := range row.Cells {
		if strings.Trim(cell, "() ") != strconv.Itoa(i+1) {
			return false
		}
	}
	return len(row.Cells) > 1
}
