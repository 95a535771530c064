package planfile

import (
	"slices"

	"dondoc/internal/grid"
)

// A layout is a CSV table with fixed headings, in any order.
type layout struct {
	headings []string
	needed   int // so many of the first headings must be there
}

// A table is what a file holds in a layout.
type table struct {
	at   []int      // by heading: index of the cell, -1 if the column is not there
	body []grid.Row // the rows below the header
}

// get returns the cell of a row below the heading.
func (t *table) get(row grid.Row, heading int) string { return row.Text(t.at[heading]) }

// in finds the table among the rows of a file. Case, tone marks and
// punctuation of headings do not matter.
func (l layout) in(rows []grid.Row) (*table, error) {
	for i, row := range rows {
		at, _ := l.locate(row)
		if !slices.Contains(at[:l.needed], -1) {
			return &table{at: at, body: rows[i+1:]}, nil
		}
	}
	return nil, &Error{Code: CodeNoHeader, Args: slices.Clone(l.headings)}
}

// score tells how many headings the best row has.
func (l layout) score(rows []grid.Row) int {
	best := 0
	for _, row := range rows {
		_, found := l.locate(row)
		best = max(best, found)
	}
	return best
}

func (l layout) locate(row grid.Row) (at []int, found int) {
	at = slices.Repeat([]int{-1}, len(l.headings))
	for i, cell := range row.Cells {
		if len(cell.Text) > longestHeading {
			continue
		}
		words := headingWords(cell.Text)
		n := slices.IndexFunc(l.headings, func(h string) bool { return headingWords(h) == words })
		if n >= 0 && at[n] < 0 {
			at[n] = i
			found++
		}
	}
	return at, found
}
