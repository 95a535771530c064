package planfile

import (
	"slices"

	"dondoc/internal/grid"
)

// A planTable is a table of a plan: what stands below its header.
type planTable struct {
	header *header
	rows   []grid.Row
	cut    *grid.Error
}

// A finding is where the plan stands in a document.
type finding struct {
	before []grid.Row // the text before the table, one paragraph or row each
	tables []planTable
}

// findTables finds the plan's table among others, such as the heading with the
// national motto, and the tables in which it goes on: those with the same
// header, and those as wide that go on counting.
func findTables(doc *grid.Document) (*finding, error) {
	first, h, err := findFirst(doc)
	if err != nil {
		return nil, err
	}
	f := &finding{before: textBefore(doc.Blocks[:first])}
	rows := doc.Blocks[first].Table.Rows
	f.before = append(f.before, rows[:h.first]...)
	f.tables = []planTable{{h, rows[h.end:], doc.Blocks[first].Table.Cut}}
	numbers := numbersIn(f.tables[0])
	for _, block := range doc.Blocks[first+1:] {
		if block.Table == nil {
			continue
		}
		next, ok := goesOnIn(block.Table, h)
		if !ok {
			continue
		}
		more := numbersIn(next)
		if len(more) == 0 || slices.ContainsFunc(more, func(n int) bool { return slices.Contains(numbers, n) }) {
			continue // another plan, or an older one
		}
		f.tables = append(f.tables, next)
		numbers = append(numbers, more...)
	}
	return f, nil
}

// findFirst returns the first table that has every column of a plan; a table
// without numbers will do if there is no better one.
func findFirst(doc *grid.Document) (int, *header, error) {
	best := readHeader(grid.Row{})
	var unnumbered *header
	at := 0
	for i, block := range doc.Blocks {
		if block.Table == nil {
			continue
		}
		h := findHeader(block.Table.Rows)
		switch {
		case h.whole() && h.at[colNumber] >= 0:
			return i, h, nil
		case h.whole() && unnumbered == nil:
			unnumbered, at = h, i
		case h.found() > best.found():
			best = h
		}
	}
	if unnumbered != nil {
		return at, unnumbered, nil
	}
	return 0, nil, &Error{Line: best.line, Code: CodeNoHeader, Args: best.missing()}
}

// goesOnIn reads a later table as part of the plan.
func goesOnIn(t *grid.Table, h *header) (planTable, bool) {
	if own := findHeader(t.Rows); own.whole() {
		return planTable{own, t.Rows[own.end:], t.Cut}, true
	}
	if len(t.Rows) == 0 || len(t.Rows[0].Cells) > h.width || len(t.Rows[0].Cells) <= h.at[colDeadline] {
		return planTable{}, false
	}
	return planTable{h, t.Rows, t.Cut}, true
}

func numbersIn(t planTable) []int {
	var numbers []int
	for _, row := range t.rows {
		if n, ok := parseNumber(t.header.get(row, colNumber)); ok {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// textBefore returns what can be read above the table: paragraphs, and the rows
// of other tables.
func textBefore(blocks []grid.Block) []grid.Row {
	var rows []grid.Row
	for _, block := range blocks {
		if block.Table == nil {
			rows = append(rows, grid.Row{Cells: []grid.Cell{{Text: block.Text}}})
			continue
		}
		rows = append(rows, block.Table.Rows...)
	}
	return rows
}
