package planfile

import (
	"strconv"
	"strings"
	"unicode"

	"dondoc/internal/grid"
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
	width      int          // columns in all
	line       int          // where it stands in the file
	first, end int          // the header's rows, end excluded
}

// whole reports whether the table can be a plan. A plan whose tasks have no
// numbers is one too.
func (h *header) whole() bool {
	return h.at[colContent] >= 0 && h.at[colLead] >= 0 && h.at[colDeadline] >= 0
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
func (h *header) get(row grid.Row, c column) string { return row.Text(h.at[c]) }

// cell returns the field of the column in a row.
func (h *header) cell(row grid.Row, c column) grid.Cell {
	if at := h.at[c]; at >= 0 && at < len(row.Cells) {
		return row.Cells[at]
	}
	return grid.Cell{}
}

// repeats reports whether a row below is the header again, as at the top of a
// new page.
func (h *header) repeats(row grid.Row) bool {
	c, ok := columnOf(h.get(row, colNumber))
	if ok && c == colNumber {
		return true
	}
	content, ok := columnOf(h.get(row, colContent))
	deadline, also := columnOf(h.get(row, colDeadline))
	return ok && also && content == colContent && deadline == colDeadline
}

// findHeader returns the first row, or pair of rows, that names the columns of
// a plan, else the one that names most of them.
func findHeader(rows []grid.Row) *header {
	best := readHeader(grid.Row{})
	for i, row := range rows {
		h := readHeader(row)
		h.first, h.end = i, i+1
		if i+1 < len(rows) && h.goesOn(row, rows[i+1]) {
			// "Đơn vị thực hiện" above "Chủ trì" and "Phối hợp", or "Thời gian"
			// above "Bắt đầu" and "Kết thúc".
			both := readHeader(joinRows(row, rows[i+1]))
			if both.found() > h.found() || both.found() == h.found() && both.at[colDeadline] != h.at[colDeadline] {
				both.first, both.end = i, i+2
				h = both
			}
		}
		if h.whole() {
			return h
		}
		if h.found() > best.found() {
			best = h
		}
	}
	return best
}

// goesOn reports whether the row below a header may be its second row, since
// it numbers nothing.
func (h *header) goesOn(row, below grid.Row) bool {
	if h.at[colNumber] < 0 {
		return false
	}
	label := h.get(below, colNumber)
	return label == "" || label == h.get(row, colNumber)
}

// planColumns tells how many columns the best header among the rows names.
func planColumns(rows []grid.Row) int {
	best := 0
	for _, row := range rows {
		best = max(best, readHeader(row).found())
	}
	return best
}

// joinRows reads two rows as one header. A heading that spans both is one.
func joinRows(upper, lower grid.Row) grid.Row {
	joined := grid.Row{Line: upper.Line, Cells: make([]grid.Cell, max(len(upper.Cells), len(lower.Cells)))}
	for i := range joined.Cells {
		a, b := upper.Text(i), lower.Text(i)
		text := a
		if a != b {
			text += " " + b
		}
		joined.Cells[i].Text = text
	}
	return joined
}

// readHeader reads a row as a header. The first of several columns of one
// meaning counts, but of several days that at which work ends.
func readHeader(row grid.Row) *header {
	h := &header{width: len(row.Cells), line: row.Line}
	for c := range h.at {
		h.at[c] = -1
	}
	doer := -1
	ends := false
	for i, cell := range row.Cells {
		c, ok := columnOf(cell.Text)
		end := ok && c == colDeadline && isEnd(cell.Text)
		if ok && (h.at[c] < 0 || end && !ends) {
			h.at[c] = i
			ends = ends || end
		}
		if !ok && doer < 0 && isDoer(cell.Text) {
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
	words := headingWords(heading)
	switch words {
	case "stt", "tt", "so tt", "so thu tu", "s tt", "no":
		return colNumber, true
	}
	has := func(phrases ...string) bool { return hasWords(words, phrases...) }
	switch {
	case has("ghi chu"):
		return colNote, true
	case has("ten ngan"):
		return colShort, true
	case has("chu tri"):
		return colLead, true
	case has("phoi hop"):
		return colCooperating, true
	case has("thoi gian", "thoi han", "thoi diem", "han hoan thanh", "ngay hoan thanh", "tien do"):
		return colDeadline, true
	case has("san pham", "ket qua", "muc tieu", "can cu", "kinh phi"), isDoer(heading):
		return 0, false
	case has("noi dung", "nhiem vu", "cong viec", "hoat dong"):
		return colContent, true
	}
	return 0, false
}

// isEnd reports whether a heading names the day at which work ends, where
// another names that at which it begins.
func isEnd(heading string) bool {
	return hasWords(headingWords(heading), "hoan thanh", "ket thuc", "han")
}

// isDoer recognises the one column of tables that do not tell leading from
// cooperating.
func isDoer(heading string) bool {
	if len(heading) > longestHeading {
		return false
	}
	words := headingWords(heading)
	switch words {
	case "don vi", "co quan", "co quan don vi", "phong don vi", "don vi ca nhan":
		return true
	}
	return hasWords(words, "don vi thuc hien", "co quan thuc hien", "phong thuc hien",
		"nguoi thuc hien", "bo phan thuc hien", "ca nhan thuc hien", "chiu trach nhiem", "phu trach", "dau moi",
		"don vi tham muu", "co quan tham muu")
}

// hasWords reports whether one of the phrases stands in words.
func hasWords(words string, phrases ...string) bool {
	for _, p := range phrases {
		if strings.Contains(" "+words+" ", " "+p+" ") {
			return true
		}
	}
	return false
}

func headingWords(heading string) string {
	return strings.Join(strings.FieldsFunc(plan.Fold(heading), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// isColumnNumbers recognises the row "(1) (2) (3)" below a header.
func isColumnNumbers(row grid.Row) bool {
	for i, cell := range row.Cells {
		if strings.Trim(cell.Text, "() ") != strconv.Itoa(i+1) {
			return false
		}
	}
	return len(row.Cells) > 1
}
