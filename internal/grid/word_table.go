package grid

import (
	"cmp"
	"encoding/xml"
	"slices"
)

// A wordRow is a row as Word keeps it: cells one after the other, each as wide
// as some columns of the table's grid.
type wordRow struct {
	line    int
	skipped int // columns left free before the first cell
	cells   []wordCell
	deleted bool
}

type wordCell struct {
	text  string
	span  int
	above bool // the cell above goes on
	left  bool // the cell on the left goes on, as older files say it
}

// table reads a table, and returns apart from it the tables in its cells.
func (w *wordReader) table() (*Table, []Block, error) {
	var widths []int
	var rows []wordRow
	var inner []Block
	t := &Table{}
	line := 0
	err := w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "gridCol":
			if len(widths) < maxColumns {
				widths = append(widths, number(e, "w", 0, maxTwips))
			}
			return nil
		case "tr":
			line++
			if t.Cut != nil {
				return w.skip()
			}
			row, tables, err := w.tableRow()
			inner = append(inner, tables...)
			if err != nil || row.deleted {
				return err
			}
			row.line = line
			rows = append(rows, row)
			w.keep(t, rows)
			return nil
		}
		if passedOver[e.Name.Local] || e.Name.Local == "tblGridChange" {
			return w.skip()
		}
		return nil
	})
	layOut(t, rows, widths)
	return t, inner, err
}

// keep counts the fields of the last row and cuts the table where there is no
// room left.
func (w *wordReader) keep(t *Table, rows []wordRow) {
	last := rows[len(rows)-1]
	fields := last.skipped
	for _, c := range last.cells {
		fields += c.span
	}
	w.parts.cells -= min(fields, maxColumns)
	if len(rows) > maxRows || w.parts.cells < 0 {
		t.Cut = manyRows(last.line)
	}
}

func (w *wordReader) tableRow() (row wordRow, inner []Block, err error) {
	err = w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "trPr":
			return w.rowProperties(&row)
		case "tc":
			cell, tables, err := w.tableCell()
			inner = append(inner, tables...)
			if len(row.cells) < maxColumns {
				row.cells = append(row.cells, cell)
			}
			return err
		}
		if passedOver[e.Name.Local] {
			return w.skip()
		}
		return nil
	})
	return row, inner, err
}

func (w *wordReader) rowProperties(row *wordRow) error {
	return w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "gridBefore":
			row.skipped = number(e, "val", 0, maxColumns)
		case "del":
			row.deleted = true
		case "trPrChange":
			return w.skip()
		}
		return nil
	})
}

func (w *wordReader) tableCell() (wordCell, []Block, error) {
	cell := wordCell{span: 1}
	var blocks []Block
	err := w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tcPr":
			return w.cellProperties(&cell)
		case "p":
			text, err := w.paragraph()
			w.takeBoxes() // they lie over the table, not in it
			blocks = append(blocks, Block{Text: text})
			return err
		case "tbl":
			table, deeper, err := w.table()
			blocks = append(append(blocks, Block{Table: table}), deeper...)
			return err
		}
		if passedOver[e.Name.Local] {
			return w.skip()
		}
		return nil
	})
	text, tables := lines(blocks)
	cell.text = text
	return cell, tables, err
}

func (w *wordReader) cellProperties(cell *wordCell) error {
	return w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "gridSpan":
			cell.span = number(e, "val", 1, maxColumns)
		case "vMerge":
			cell.above = attr(e, "val") != "restart"
		case "hMerge":
			cell.left = attr(e, "val") != "restart"
		case "tcPrChange":
			return w.skip()
		}
		return nil
	})
}

// layOut puts the rows on a grid of columns.
func layOut(t *Table, rows []wordRow, widths []int) {
	columns := snapColumns(widths)
	var above []Cell
	for _, row := range rows {
		cells := row.fields(columns)
		for i := range cells {
			if cells[i].Above && i < len(above) {
				cells[i].Text = above[i].Text
			}
		}
		above = cells
		if blank(cells) {
			continue
		}
		t.Rows = append(t.Rows, Row{Line: row.line, Cells: trimRow(cells)})
	}
	if len(t.Rows) > maxRows {
		t.Rows = t.Rows[:maxRows]
	}
}

// fields returns the row's cells by column.
func (r wordRow) fields(columns []int) []Cell {
	column := func(at int) int {
		if at < len(columns) {
			return columns[at]
		}
		return columns[len(columns)-1] + at - len(columns) + 1
	}
	var cells []Cell
	at := r.skipped
	for _, c := range r.cells {
		from, to := column(at), column(at+c.span)
		at += c.span
		from = max(from, len(cells))
		to = min(max(to, from+1), maxColumns)
		for len(cells) < min(from, maxColumns) {
			cells = append(cells, Cell{})
		}
		for i := from; i < to; i++ {
			cell := Cell{Text: c.text, Left: i > from, Above: c.above}
			if c.left && i > 0 && len(cells) > 0 {
				cell.Text, cell.Left = cells[i-1].Text, true
			}
			cells = append(cells, cell)
		}
	}
	return cells
}

const (
	maxTwips   = 31680 // 22 inches, the widest page
	sameBorder = 200   // twips; a column of the grid that is narrower is no column
)

// snapColumns returns which column each border of Word's grid begins. Where
// borders were dragged by hand, rows differ by a hair, and the grid has slivers
// that are no columns for a reader.
func snapColumns(widths []int) []int {
	columns := make([]int, 1, len(widths)+1)
	slivers := slices.Max(append(slices.Clone(widths), 0)) > 2*sameBorder
	gap, column := 0, 0
	for _, width := range widths {
		gap += cmp.Or(width, sameBorder)
		if !slivers || gap >= sameBorder {
			column++
			gap = 0
		}
		columns = append(columns, column)
	}
	return columns
}
