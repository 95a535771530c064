package planfile

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what is read. A cell may hold what a spreadsheet's cell may: 32,767
// letters, most of which take one byte and few more than three.
const (
	maxBytes     = 10 << 20
	maxRows      = 2000
	maxCells     = 256 // what stands further right is left out
	maxCellBytes = 100_000
)

// A Row is one row of a table.
type Row struct {
	Line  int // of the file, from 1
	Cells []string
}

// cell returns the cell at i, "" where the row is too short or i is -1.
func (r Row) cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// readTable reads CSV text, UTF-8 with or without byte order mark. Commas,
// semicolons and tabs part cells, whichever of them makes score highest: it
// tells how many columns the rows have by name.
func readTable(r io.Reader, score func([]Row) int) ([]Row, error) {
	text, err := readText(r)
	if err != nil {
		return nil, err
	}
	var (
		rows    []Row
		problem *Error
		best    = -1
	)
	for _, comma := range ",;\t" {
		candidate, p := splitRows(text, comma)
		if s := score(candidate); s > best {
			rows, problem, best = candidate, p, s
		}
	}
	if problem != nil {
		return nil, problem
	}
	return rows, nil
}

func readText(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return "", fmt.Errorf("read file: %w", err)
	}
	if len(data) > maxBytes {
		return "", &Error{Code: CodeTooLarge, Args: []string{strconv.Itoa(maxBytes)}}
	}
	text := string(data)
	if line := notUTF8(text); line > 0 {
		return "", &Error{Line: line, Code: CodeNotUTF8}
	}
	return strings.TrimPrefix(text, "\ufeff"), nil
}

// notUTF8 returns the first line that is not UTF-8, 0 if all are.
func notUTF8(text string) int {
	line := 1
	for i, r := range text {
		switch r {
		case '\n':
			line++
		case utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return line
			}
		}
	}
	return 0
}

// splitRows returns the rows that are not blank, up to the first problem.
func splitRows(text string, comma rune) ([]Row, *Error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = comma
	reader.FieldsPerRecord = -1
	var rows []Row
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, quoteError(err)
		}
		line, _ := reader.FieldPos(0)
		if cells = trimRow(cells); len(cells) == 0 {
			continue
		}
		if slices.ContainsFunc(cells, func(c string) bool { return len(c) > maxCellBytes }) {
			return rows, &Error{Line: line, Code: CodeLongCell, Args: []string{strconv.Itoa(maxCellBytes)}}
		}
		if len(rows) == maxRows {
			return rows, &Error{Line: line, Code: CodeManyRows, Args: []string{strconv.Itoa(maxRows)}}
		}
		rows = append(rows, Row{Line: line, Cells: cells})
	}
}

// trimRow removes the empty cells that spreadsheets write after the last one.
func trimRow(cells []string) []string {
	cells = cells[:min(len(cells), maxCells)]
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func quoteError(err error) *Error {
	e := &Error{Code: CodeBadQuote}
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		e.Line = parse.StartLine
	}
	return e
}
