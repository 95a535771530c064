package picture

import (
	"image"
	"image/color"
	"slices"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// steps from the ground to the ink, for the edges of letters.
const steps = 16

// A canvas has a palette: with a colour in one byte a picture is encoded many
// times as fast as with three, and is a third as large. That counts, for it is
// drawn while the database waits, and lies there until it is sent.
type canvas struct {
	*image.Paletted
	ramps map[[2]color.RGBA][steps]uint8 // by ground and ink
}

// paint does what the page says.
func paint(p *page) image.Image {
	c := &canvas{
		Paletted: image.NewPaletted(image.Rect(0, 0, width, p.height), color.Palette{paper}),
		ramps:    map[[2]color.RGBA][steps]uint8{},
	}
	for _, b := range p.boxes {
		c.fill(b)
	}
	for _, t := range p.texts {
		c.write(t)
	}
	return c.Paletted
}

// index returns the colour's place in the palette.
func (c *canvas) index(colour color.RGBA) uint8 {
	i := slices.Index(c.Palette, color.Color(colour))
	if i < 0 {
		i = len(c.Palette)
		c.Palette = append(c.Palette, colour)
	}
	return uint8(i) //nolint:gosec // eight pairs of ground and ink make 128 colours
}

func (c *canvas) fill(b box) {
	colour := c.index(b.fill)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := c.Pix[c.PixOffset(b.Min.X, y):c.PixOffset(b.Max.X, y)]
		for i := range row {
			row[i] = colour
		}
	}
}

// write sets a text on the colour on which it begins.
func (c *canvas) write(t text) {
	letters := image.NewAlpha(t.covers())
	d := font.Drawer{Dst: letters, Src: image.Opaque, Face: t.face, Dot: fixed.P(t.x, t.baseline)}
	d.DrawString(t.words)
	ramp := c.ramp(c.Palette[c.ColorIndexAt(t.x, t.baseline)].(color.RGBA), t.ink)
	for y := letters.Rect.Min.Y; y < letters.Rect.Max.Y; y++ {
		for x := letters.Rect.Min.X; x < letters.Rect.Max.X; x++ {
			if step := letters.AlphaAt(x, y).A / (256 / steps); step > 0 {
				c.SetColorIndex(x, y, ramp[step])
			}
		}
	}
}

// ramp returns the colours from the ground to the ink.
func (c *canvas) ramp(ground, ink color.RGBA) [steps]uint8 {
	key := [2]color.RGBA{ground, ink}
	ramp, ok := c.ramps[key]
	if ok {
		return ramp
	}
	for i := range ramp {
		mix := func(from, to uint8) uint8 {
			return uint8((int(from)*(steps-1-i) + int(to)*i) / (steps - 1)) //nolint:gosec // between the two
		}
		ramp[i] = c.index(color.RGBA{mix(ground.R, ink.R), mix(ground.G, ink.G), mix(ground.B, ink.B), 0xff})
	}
	c.ramps[key] = ramp
	return ramp
}
