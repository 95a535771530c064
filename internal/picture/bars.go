package picture

import (
	"math"
	"strconv"
)

// Measures of bars, in pixels.
const (
	barHeight = 38
	digits    = 31 // from the top of a bar to the foot of its numbers
	gap       = 2  // between the boxes
	pad       = 5  // beside a number, at least
	sliver    = 5  // the narrowest part that can be seen
)

// none stands where there is nothing to count.
const none = "–"

// spread gives each piece of work so many pixels and returns the widths of the
// boxes and of the whole bar. A box is never narrower than its number, which so
// always stands inside: of one task among hundreds the number says how few.
func (p *page) spread(work [Boxes]int, scale float64) (widths [Boxes]int, length int) {
	for i, n := range work {
		if n > 0 {
			room := measure(p.faces.strong, strconv.Itoa(n)) + 2*pad + gap
			widths[i] = max(int(math.Round(float64(n)*scale)), room)
			length += widths[i]
		}
	}
	return widths, length
}

// scale returns the pixels for one piece of work: the same in all rows, as many
// as let the longest bar fit.
func (p *page) scale(rows []Row) float64 {
	scale := workWidth / 4.0 // at most: few tasks look few
	for _, r := range rows {
		for scale > 0.01 && !p.fits(r.Work, scale) {
			scale *= 0.98
		}
	}
	return scale
}

func (p *page) fits(work [Boxes]int, scale float64) bool {
	_, length := p.spread(work, scale)
	return length <= workWidth
}

// work draws a bar of boxes with their numbers.
func (p *page) work(work [Boxes]int, y int, scale float64) {
	widths, length := p.spread(work, scale)
	if length == 0 {
		p.write(none, workX, y+digits, p.faces.body, faint)
		return
	}
	x := workX
	for i, w := range widths {
		if w == 0 {
			continue
		}
		p.fill(x, y, w-gap, barHeight, fills[i])
		number := strconv.Itoa(work[i])
		p.write(number, x+(w-gap-measure(p.faces.strong, number))/2, y+digits, p.faces.strong, numbers[i])
		x += w
	}
}

// checkIns draws how many check-ins are reported of those that were asked for,
// and writes both numbers at the end of the line.
func (p *page) checkIns(r Row, y, room int) {
	f := p.faces.body
	counts := checkIns(r)
	x := edge - measure(f, counts)
	if r.Asked == 0 {
		p.write(counts, x, y+digits, f, faint)
		return
	}
	p.write(counts, x, y+digits, f, ink)
	p.fill(checkX, y, room, barHeight, track)
	if r.Reported > 0 {
		p.fill(checkX, y, max(room*r.Reported/r.Asked, sliver), barHeight, slate)
	}
}

func checkIns(r Row) string {
	if r.Asked == 0 {
		return none
	}
	return strconv.Itoa(r.Reported) + "/" + strconv.Itoa(r.Asked)
}
