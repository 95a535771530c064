package grid

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// CSV reads text whose cells commas, semicolons or tabs part, whichever of them
// makes score highest, which tells how well the rows suit the caller. The text
// is UTF-8 or UTF-16, with or without a byte order mark.
func CSV(data []byte, score func([]Row) int) (*Table, error) {
	if len(data) > MaxBytes {
		return nil, tooLarge()
	}
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	text, commas := separators(text)
	var best *Table
	highest := -1
	for _, comma := range commas {
		table := splitRows(text, comma)
		if s := score(table.Rows); s > highest {
			best, highest = table, s
		}
	}
	if best.Cut != nil {
		return nil, best.Cut
	}
	return best, nil
}

var separatorLine = regexp.MustCompile(`^"?sep=([,;\t])"?\r?\n`)

// separators returns what may part cells. A first line "sep=;", as Excel
// understands it, decides; it becomes a blank line.
func separators(text string) (rest, commas string) {
	m := separatorLine.FindStringSubmatch(text)
	if m == nil {
		return text, ",;\t"
	}
	return "\n" + text[len(m[0]):], m[1]
}

// splitRows returns the rows that are not blank, up to the first problem.
func splitRows(text string, comma rune) *Table {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = comma
	reader.FieldsPerRecord = -1
	t := &Table{}
	if line := tooWide(text, string(comma)); line > 0 {
		t.Cut = longCell(line)
		return t
	}
	for {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return t
		}
		if err != nil {
			t.Cut = quoteError(err)
			return t
		}
		line, _ := reader.FieldPos(0)
		cells := make([]Cell, min(len(fields), maxColumns))
		for i := range cells {
			if len(fields[i]) > maxCellBytes {
				t.Cut = longCell(line)
				return t
			}
			cells[i].Text = clean(fields[i])
		}
		if !t.add(line, cells) {
			return t
		}
	}
}

// maxParted is how often a line may be parted: what reads CSV makes room for
// every field of it.
const maxParted = 10_000

// tooWide returns the first line that is parted more often, 0 if none is.
func tooWide(text, comma string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		if n++; len(line) > maxParted && strings.Count(line, comma) > maxParted {
			return n
		}
	}
	return 0
}

func longCell(line int) *Error {
	return &Error{Line: line, Code: LongCell, Arg: strconv.Itoa(maxCellBytes)}
}

// add adds a row unless it is blank. It is false, and the table is cut, if
// there is no more room.
func (t *Table) add(line int, cells []Cell) bool {
	if cells = trimRow(cells); blank(cells) {
		return true
	}
	if len(t.Rows) == maxRows {
		t.Cut = &Error{Line: line, Code: ManyRows, Arg: strconv.Itoa(maxRows)}
		return false
	}
	t.Rows = append(t.Rows, Row{Line: line, Cells: cells})
	return true
}

func quoteError(err error) *Error {
	e := &Error{Code: BadQuote}
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		e.Line = parse.StartLine
	}
	return e
}
