package picture

import (
	"image"
	"image/color"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// Measures in pixels. A table has three columns: names, work, check-ins.
const (
	width  = 1080
	margin = 32
	edge   = width - margin // where the last column ends

	nameWidth  = 436
	workX      = margin + nameWidth + 20
	workWidth  = 336
	checkX     = workX + workWidth + 20
	checkWidth = edge - checkX

	line      = 46 // room for the marks of "Ỗ" below the tail of "g"
	foot      = 35 // from the top of a line to the foot of its letters
	titleLine = 62
	titleFoot = 48
	space     = 12 // between things beside each other
	rowGap    = 11
	swatch    = 24

	nameLines = 3

	tallest = 10_000 - width // that Telegram takes
)

// Colours. A number on a box, and any letter on the paper, has a contrast of
// 4.5 to 1 at least (WCAG 2.1, 1.4.3).
var (
	paper = color.RGBA{0xff, 0xff, 0xff, 0xff}
	ink   = color.RGBA{0x1f, 0x29, 0x37, 0xff}
	faint = color.RGBA{0x55, 0x60, 0x6e, 0xff}
	rule  = color.RGBA{0xc3, 0xca, 0xd3, 0xff}
	hair  = color.RGBA{0xea, 0xed, 0xf1, 0xff}
	track = color.RGBA{0xe3, 0xe8, 0xee, 0xff} // check-ins that are not reported
	slate = color.RGBA{0x64, 0x74, 0x8b, 0xff} // those that are: in no box's colour

	fills = [Boxes]color.RGBA{
		DoneOnTime: {0x2e, 0x7d, 0x32, 0xff},
		DoneLate:   {0xf5, 0x9e, 0x0b, 0xff},
		Open:       {0x1d, 0x5f, 0xd0, 0xff},
		Overdue:    {0xc6, 0x28, 0x28, 0xff},
		Undated:    {0xa9, 0xb2, 0xbd, 0xff},
	}
	numbers = [Boxes]color.RGBA{DoneOnTime: paper, DoneLate: ink, Open: paper, Overdue: paper, Undated: ink}
)

// A page is what is to be drawn.
type page struct {
	faces  *faces
	height int // so far
	boxes  []box
	texts  []text
}

type box struct {
	image.Rectangle
	fill color.RGBA
}

type text struct {
	words       string
	x, baseline int
	face        font.Face
	ink         color.RGBA
}

// covers is where the letters of a text leave colour.
func (t text) covers() image.Rectangle {
	b, _ := font.BoundString(t.face, t.words)
	b = b.Add(fixed.P(t.x, t.baseline))
	return image.Rect(b.Min.X.Floor(), b.Min.Y.Floor(), b.Max.X.Ceil(), b.Max.Y.Ceil())
}

// lay finds a place for everything on the sheet.
func lay(s Sheet, f *faces) *page {
	p := &page{faces: f, height: margin}
	for _, l := range wrap(f.title, f.clean(s.Title), edge-margin, 2) {
		p.write(l, margin, p.height+titleFoot, f.title, ink)
		p.height += titleLine
	}
	for _, l := range wrap(f.body, f.clean(s.Subtitle), edge-margin, nameLines) {
		p.write(l, margin, p.height+foot, f.body, faint)
		p.height += line
	}
	p.height += space
	p.legend(s)
	for _, section := range s.Sections {
		if len(section.Rows) > 0 {
			p.section(section)
		}
	}
	p.height += margin
	return p
}

func (p *page) fill(x, y, w, h int, c color.RGBA) {
	p.boxes = append(p.boxes, box{image.Rect(x, y, x+w, y+h), c})
}

func (p *page) write(words string, x, baseline int, f font.Face, c color.RGBA) {
	p.texts = append(p.texts, text{words, x, baseline, f, c})
}

// legend names the colours, as many to a line as there is room for.
func (p *page) legend(s Sheet) {
	x := margin
	entry := func(name string, fill color.RGBA) {
		name = cut(p.faces.body, p.faces.clean(name), edge-margin-swatch-space)
		w := swatch + space + measure(p.faces.body, name)
		if x > margin && x+w > edge {
			x = margin
			p.height += line
		}
		p.fill(x, p.height+foot-swatch, swatch, swatch, fill)
		p.write(name, x+swatch+space, p.height+foot, p.faces.body, ink)
		x += w + 3*space
	}
	for i, name := range s.Legend {
		entry(name, fills[i])
	}
	entry(s.Reported, slate)
	p.height += line
}

// section sets a table.
func (p *page) section(s Section) {
	f := p.faces
	p.height += 3 * space
	p.head(s.Name, margin, nameWidth, f.strong, ink)
	p.head(s.Work, workX, workWidth, f.body, faint)
	p.head(s.CheckIns, checkX, checkWidth, f.body, faint)
	p.height += line
	p.line(rule)

	rows := p.fitting(s.Rows)
	scale, counts := p.scale(rows), 0
	for _, r := range rows {
		counts = max(counts, measure(f.body, checkIns(r)))
	}
	for i, r := range rows {
		if i > 0 {
			p.line(hair)
		}
		names := p.names(r)
		for i, l := range names {
			p.write(l, margin, p.height+i*line+foot, f.body, ink)
		}
		height := max(len(names), 1) * line
		y := p.height + (height-barHeight)/2
		p.work(r.Work, y, scale)
		p.checkIns(r, y, checkWidth-counts-space)
		p.height += height
	}
	if left := len(s.Rows) - len(rows); left > 0 && s.Rest != nil {
		p.line(hair)
		p.head(s.Rest(left), margin, edge-margin, f.body, faint)
		p.height += line
	}
}

func (p *page) names(r Row) []string {
	return wrap(p.faces.body, p.faces.clean(r.Name), nameWidth, nameLines)
}

// fitting returns the first rows, as many as there is room for above a line that
// says how many more there are.
func (p *page) fitting(rows []Row) []Row {
	height := p.height + rowGap + line + margin
	for i, r := range rows {
		if height += max(len(p.names(r)), 1)*line + rowGap; height > tallest {
			return rows[:i]
		}
	}
	return rows
}

func (p *page) head(words string, x, room int, f font.Face, c color.RGBA) {
	p.write(cut(f, p.faces.clean(words), room), x, p.height+foot, f, c)
}

// line draws a line between rows.
func (p *page) line(c color.RGBA) {
	p.fill(margin, p.height+rowGap/2, edge-margin, 1, c)
	p.height += rowGap
}
