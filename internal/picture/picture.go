// Package picture draws the figures of a plan as a PNG for a phone: for each
// field and each unit a bar of dated work in its boxes, and beside it how many
// of the check-ins that were asked for are reported. It counts nothing and has
// no words of its own.
//
// A phone shows the picture about 390 points wide; its smallest letters, 34 of
// 1080 pixels, are 12 points there. Height grows by the rows. Telegram takes
// pictures of up to 10,000 pixels of width and height together (Bot API,
// sendPhoto), which is more than a hundred rows; for what is left of a longer
// table stands its number.
//
// The letters are Noto Sans SemiCondensed 2.004 from Debian's fonts-noto-extra
// 20201225-1, Regular and SemiBold, with the Latin, Greek and Cyrillic letters
// kept and hints and features but kerning left out: Vietnamese letters whole,
// digits of one width, names a tenth shorter than in the upright cut. Their
// licence, the SIL Open Font License 1.1, stands beside them.
package picture

import (
	"bytes"
	"fmt"
	"image/png"
)

// The boxes of work, in the order of a bar and of the legend.
const (
	DoneOnTime = iota
	DoneLate
	Open
	Overdue
	Undated
	Boxes // how many there are
)

// A Sheet is everything that the picture shows.
type Sheet struct {
	Title    string
	Subtitle string
	Legend   [Boxes]string // what the boxes are called
	Reported string        // what the bars of check-ins are called
	Sections []Section
}

// A Section is a table: a head and its rows.
type Section struct {
	Name, Work, CheckIns string // the heads of its columns
	Rows                 []Row
	Rest                 func(left int) string // the line below for rows without room; nil for none
}

// A Row is one field or unit.
type Row struct {
	Name     string
	Work     [Boxes]int
	Reported int
	Asked    int
}

// Draw returns the sheet as a PNG.
func Draw(s Sheet) ([]byte, error) {
	f, err := newFaces()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	fast := png.Encoder{CompressionLevel: png.BestSpeed} // a fraction of the time for a tenth more bytes
	if err := fast.Encode(&out, paint(lay(s, f))); err != nil {
		return nil, fmt.Errorf("encode the picture: %w", err)
	}
	return out.Bytes(), nil
}
