package grid

import (
	"cmp"
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"strings"
)

// readSheet reads the cells of a sheet and then which of them are merged.
func (w *workbookReader) readSheet(t *tokens, table *Table) error {
	w.tokens = t
	row := 0
	merges := 0
	return t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row = number(e, "r", row+1, maxSheetRow)
			cells, err := w.readRow()
			if err != nil {
				return err
			}
			w.parts.cells -= len(cells)
			if w.parts.cells < 0 {
				table.Cut = manyRows(row)
				return errEnough
			}
			if !table.add(row, cells) {
				return errEnough // and never know what is merged: it will not be used
			}
		case "mergeCell":
			if merges++; merges > maxMerges {
				return errEnough
			}
			if from, to, ok := readRange(attr(e, "ref")); ok {
				w.parts.cells -= table.merge(from, to, w.parts.cells)
			}
		}
		return nil
	})
}

const (
	maxSheetRow = 1 << 20
	maxMerges   = 10_000
)

func manyRows(line int) *Error {
	return &Error{Line: line, Code: ManyRows, Arg: strconv.Itoa(maxRows)}
}

func (w *workbookReader) readRow() ([]Cell, error) {
	var cells []Cell
	at := -1
	err := w.each(func(e xml.StartElement) error {
		if e.Name.Local != "c" {
			return nil
		}
		at++
		if ref, ok := readRef(attr(e, "r")); ok {
			at = ref.column
		}
		text, err := w.readCell(e)
		if err != nil || text == "" || at >= maxColumns {
			return err
		}
		for len(cells) <= at {
			cells = append(cells, Cell{})
		}
		cells[at].Text = text
		return nil
	})
	return cells, err
}

// readCell returns what a cell shows: of a formula the value that the file
// keeps, the formula itself if there is none.
func (w *workbookReader) readCell(e xml.StartElement) (string, error) {
	kind, style := attr(e, "t"), number(e, "s", 0, math.MaxInt32)
	var value, formula, inline string
	err := w.each(func(e xml.StartElement) error {
		var err error
		switch e.Name.Local {
		case "v":
			value, err = w.text()
		case "f":
			formula, err = w.text()
		case "is":
			inline, err = richText(w.tokens)
		}
		return err
	})
	switch {
	case err != nil:
		return "", err
	case kind == "inlineStr":
		return inline, nil
	case value == "" && formula != "":
		return clean("=" + formula), nil
	case kind == "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i >= 0 && i < len(w.strings) {
			return w.strings[i], nil
		}
		return "", nil
	case kind == "" || kind == "n":
		return w.numeral(strings.TrimSpace(value), style), nil
	case kind == "b":
		return strings.ToUpper(strconv.FormatBool(value == "1")), nil
	}
	return clean(unescape(value)), nil // text of a formula, an error, an ISO date
}

// numeral writes a number as a reader sees it: a day or a month if its format
// says so, else without an exponent and without trailing zeros.
func (w *workbookReader) numeral(value string, style int) string {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return clean(value)
	}
	if style < len(w.styles) {
		if text, ok := w.styles[style].write(n, w.year); ok {
			return text
		}
	}
	if math.Abs(n) >= 1e15 {
		return strconv.FormatFloat(n, 'g', 15, 64)
	}
	text := strconv.FormatFloat(n, 'f', 10, 64)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}

// A ref is a field of a sheet, column from 0, row from 1.
type ref struct{ column, row int }

// readRef reads "AB12".
func readRef(text string) (ref, bool) {
	column, i := 0, 0
	for ; i < len(text) && text[i] >= 'A' && text[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(text[i]-'A') + 1
	}
	row, err := strconv.Atoi(text[i:])
	if err != nil || i == 0 || row < 1 || row > maxSheetRow {
		return ref{}, false
	}
	return ref{column - 1, row}, true
}

// readRange reads "A1:B2".
func readRange(text string) (from, to ref, ok bool) {
	first, last, _ := strings.Cut(text, ":")
	from, ok = readRef(first)
	if !ok {
		return from, to, false
	}
	to, ok = readRef(last)
	return from, to, ok
}

// merge gives the text of the first field of a range to the others, as far as
// the table reaches and no more than most of them, and says how many. Rows that
// are blank otherwise are not there, and stay so.
func (t *Table) merge(from, to ref, most int) (filled int) {
	first, found := slices.BinarySearchFunc(t.Rows, from.row, func(r Row, line int) int { return cmp.Compare(r.Line, line) })
	if !found || from.column >= len(t.Rows[first].Cells) {
		return 0
	}
	text := t.Rows[first].Cells[from.column].Text
	last := min(to.column, t.width()-1)
	for i := first; i < len(t.Rows) && t.Rows[i].Line <= to.row; i++ {
		row := &t.Rows[i]
		if filled += last + 1; filled > most {
			return filled
		}
		for len(row.Cells) <= last {
			row.Cells = append(row.Cells, Cell{})
		}
		for at := from.column; at <= last; at++ {
			row.Cells[at] = Cell{Text: text, Left: at > from.column, Above: i > first}
		}
	}
	return filled
}

// width returns how many columns the widest row has.
func (t *Table) width() int {
	widest := 0
	for _, r := range t.Rows {
		widest = max(widest, len(r.Cells))
	}
	return widest
}
