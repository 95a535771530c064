// Package grid reads office files as what they show: paragraphs and tables of
// cells, no matter whether they come as CSV, as an Excel workbook (.xlsx) or as
// a Word document (.docx). The format is told by the content, never by a name.
//
// Files come from anywhere, so every amount is bounded: bytes, unpacked bytes,
// parts, rows, columns. Nothing in a file is executed, evaluated or followed:
// of a formula the value counts that the file keeps, links are text.
//
// The readers of Word and Excel are made for this. No library in Go reads Word
// tables; those that read workbooks tell a cell's number format, without which
// a month cannot be told from its first day, only after they have laid out the
// whole sheet in memory, every empty cell of it included.
package grid

// Limits of what is read. A cell may hold what a spreadsheet's may: 32,767
// letters, most of which take one byte and few more than three.
const (
	MaxBytes     = 10 << 20
	maxUnpacked  = 32 << 20 // bytes, of the parts that are read, and of what they show
	maxParts     = 2000
	maxBlocks    = 20_000
	maxRows      = 2000 // of a table; blank ones do not count
	maxColumns   = 256  // what stands further right is left out
	maxCells     = maxRows * maxColumns
	maxCellBytes = 100_000
)

// A Document is what stands in a file, in its order.
type Document struct {
	Blocks []Block
}

// shown counts the bytes of text that the document shows. They may be many more
// than a file holds: a workbook keeps a text once for all cells that have it.
func (d *Document) shown() int {
	n := 0
	for _, b := range d.Blocks {
		n += len(b.Text)
		if b.Table == nil {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row.Cells {
				n += len(c.Text)
			}
		}
	}
	return n
}

// A Block is a paragraph, or a table if there is one.
type Block struct {
	Text  string
	Table *Table
}

// A Table is a grid of cells; rows without any text are left out.
type Table struct {
	Rows []Row
	Cut  *Error // why the rows below these were not read; nil if all were
}

// A Row is one row of a table, from the first column on.
type Row struct {
	Line  int // from 1: the line of a text, the row of a sheet or a table
	Cells []Cell
}

// A Cell is one field of the grid. Where a cell spans several fields, each has
// its text.
type Cell struct {
	Text  string
	Left  bool // goes on from the field on the left
	Above bool // goes on from the field above
}

// Text returns the text of the field at i, "" outside the row.
func (r Row) Text(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i].Text
}

// blank reports whether a row shows nothing of its own.
func blank(cells []Cell) bool {
	for _, c := range cells {
		if c.Text != "" && !c.Above {
			return false
		}
	}
	return true
}

// trimRow removes the empty cells after the last one with text.
func trimRow(cells []Cell) []Cell {
	for len(cells) > 0 && cells[len(cells)-1].Text == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}
