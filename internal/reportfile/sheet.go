package reportfile

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"dondoc/internal/plan"
)

// A share is a ratio; a part of nothing is shown as a dash.
type share struct{ part, whole int }

// A moment is an instant as the clock on the wall shows it.
type moment struct{ time.Time }

// A column is one of a table: the locale's key of its heading and its width in
// letters.
type column struct {
	key   string
	width float64
}

// A sheet writes one table after another onto a sheet of a workbook. The first
// error stays and makes all that follows do nothing.
type sheet struct {
	*book
	name   string
	row    int // the last that was written
	widths []float64
}

func (s *sheet) cell(col int, v any) {
	if s.err != nil {
		return
	}
	at, err := excelize.CoordinatesToCellName(col, s.row)
	if err != nil {
		s.fail(err)
		return
	}
	style := s.styles.text
	switch v := v.(type) {
	case string:
		// A string cell, whatever it begins with: no program reads it as a formula.
		err = s.file.SetCellStr(s.name, at, fitted(clean(v)))
	case int:
		style = s.styles.number
		err = s.file.SetCellInt(s.name, at, int64(v))
	case plan.Date:
		if style = s.styles.day(v); !v.IsZero() {
			err = s.file.SetCellInt(s.name, at, int64(serial(v)))
		}
	case moment:
		style = s.styles.moment(v.Month())
		err = s.file.SetCellFloat(s.name, at, v.serial(), -1, 64)
	case share:
		style = s.styles.ratio
		if v.whole == 0 {
			err = s.file.SetCellStr(s.name, at, "–")
		} else {
			err = s.file.SetCellFloat(s.name, at, float64(v.part)/float64(v.whole), -1, 64)
		}
	default:
		err = fmt.Errorf("a cell of %T", v)
	}
	s.fail(err)
	s.fail(s.file.SetCellStyle(s.name, at, at, style))
}

// fitted cuts a text to what a cell holds, 32,767 UTF-16 units, and shows that
// it did.
func fitted(text string) string {
	units := utf16.Encode([]rune(text))
	if len(units) <= excelize.TotalCellChars {
		return text
	}
	const mark = " …"
	return strings.ToValidUTF8(string(utf16.Decode(units[:excelize.TotalCellChars-len(mark)])), "") + mark
}

// line writes one row of a table.
func (s *sheet) line(values ...any) {
	s.row++
	lines := 1
	for i, v := range values {
		s.cell(i+1, v)
		if text, ok := v.(string); ok && i < len(s.widths) {
			lines = max(lines, linesOf(text, s.widths[i]))
		}
	}
	if lines <= maxLines {
		s.height(lines)
		return
	}
	s.tall(len(values), lines)
}

// tall makes the row that was written so high as a sheet's rows cannot be:
// merged with others below it, so that the text is whole, in one cell and in
// print, where it goes on on the next page.
func (s *sheet) tall(columns, lines int) {
	first := s.row
	rows := (lines + maxLines - 1) / maxLines
	for s.row = first; ; s.row++ {
		s.height((lines + rows - 1) / rows)
		if s.row == first+rows-1 {
			break
		}
	}
	for col := 1; col <= columns; col++ {
		top, _ := excelize.CoordinatesToCellName(col, first)
		bottom, _ := excelize.CoordinatesToCellName(col, s.row)
		style, err := s.file.GetCellStyle(s.name, top)
		s.fail(err)
		s.fail(s.file.SetCellStyle(s.name, top, bottom, style))
		s.fail(s.file.MergeCell(s.name, top, bottom))
	}
}

// Heights of rows, in points. No program but Excel finds them by itself, and
// none goes beyond the last.
const (
	lineHeight = 14.5
	maxHeight  = 409
	maxLines   = 28 // that fit into it
)

func (s *sheet) height(lines int) {
	s.fail(s.file.SetRowHeight(s.name, s.row, min(float64(lines)*lineHeight+2, maxHeight)))
}

// linesOf estimates in how many lines a text stands in a column of the width.
func linesOf(text string, width float64) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += 1 + int(float64(utf8.RuneCountInString(line))/(width*lettersPerWidth))
	}
	return n
}

// lettersPerWidth is how many letters of running text stand in one unit of
// width, which is that of a digit; words that go to the next line leave gaps.
const lettersPerWidth = 1.1

// note writes a line of text across the sheet, above or between tables.
func (s *sheet) note(text string, style int) {
	s.row++
	at, _ := excelize.CoordinatesToCellName(1, s.row)
	s.fail(s.file.SetCellStr(s.name, at, clean(text)))
	s.fail(s.file.SetCellStyle(s.name, at, at, style))
	if style == s.styles.title {
		s.fail(s.file.SetRowHeight(s.name, s.row, titleSize*1.5))
	}
}

// head writes the headings of a table.
func (s *sheet) head(columns []column) {
	s.row++
	lines := 1
	for i, c := range columns {
		at, _ := excelize.CoordinatesToCellName(i+1, s.row)
		text := s.words.T(c.key)
		lines = max(lines, linesOf(text, s.widths[i]-boldGap))
		s.fail(s.file.SetCellStr(s.name, at, text))
		s.fail(s.file.SetCellStyle(s.name, at, at, s.styles.head))
	}
	s.height(lines)
}

// boldGap is what bold letters and the sign of a filter take of a heading's
// column.
const boldGap = 2

// widen sets the columns' widths.
func (s *sheet) widen(columns []column) {
	for i, c := range columns {
		s.widths = append(s.widths, c.width)
		name, _ := excelize.ColumnNumberToName(i + 1)
		s.fail(s.file.SetColWidth(s.name, name, name, c.width))
	}
}

// table makes a sheet of one table: its head stays in sight and on every
// printed page, and it can be filtered.
func (s *sheet) table(columns []column, write func()) {
	s.widen(columns)
	s.head(columns)
	top := s.row
	write()
	s.filter(top, len(columns))
	s.freeze(top)
}

// filter lets the rows from the head at top down to the last that was written
// be filtered.
func (s *sheet) filter(top, columns int) {
	first, _ := excelize.CoordinatesToCellName(1, top)
	last, _ := excelize.CoordinatesToCellName(columns, s.row)
	s.fail(s.file.AutoFilter(s.name, first+":"+last, nil))
}

// freeze keeps the rows down to row in sight and repeats that row in print.
func (s *sheet) freeze(row int) {
	s.fail(s.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, YSplit: row, TopLeftCell: fmt.Sprintf("A%d", row+1), ActivePane: "bottomLeft",
	}))
	s.fail(s.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, row, row), Scope: s.name,
	}))
}

// Paper and margins of the sheets, in inches: A4 across, as wide as the paper
// and as long as need be.
const (
	paperA4      = 9
	marginInches = 0.6
)

// page sets up the sheet for print.
func (s *sheet) page() {
	fit, one, none, size, landscape, margin := true, 1, 0, paperA4, "landscape", marginInches
	s.fail(s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	s.fail(s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &landscape, FitToWidth: &one, FitToHeight: &none,
	}))
	s.fail(s.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &margin, Right: &margin, Top: &margin, Bottom: &margin,
	}))
	s.fail(s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C&P/&N"}))
}

var dayZero = plan.NewDate(1899, time.December, 30)

// serial is a day as spreadsheets count it.
func serial(d plan.Date) int { return int(d - dayZero) }

// serial is the instant to the minute, and half a second, lest a program that
// rounds down shows the minute before.
func (m moment) serial() float64 {
	day := plan.NewDate(m.Date())
	clock := time.Duration(m.Hour())*time.Hour + time.Duration(m.Minute())*time.Minute + time.Second/2
	return float64(serial(day)) + float64(clock)/float64(24*time.Hour)
}
