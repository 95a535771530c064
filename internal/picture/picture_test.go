package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strconv"
	"testing"
)

// What the layout says is what stands in the picture: boxes in their colours,
// numbers inside them in theirs.
func TestThePictureIsAsLaidOut(t *testing.T) {
	for name, s := range sheets() {
		t.Run(name, func(t *testing.T) {
			data, err := Draw(s)
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if used := len(img.ColorModel().(color.Palette)); used > 128 {
				t.Errorf("%d colours", used)
			}
			p := laid(t, s)
			if got := img.Bounds(); got != image.Rect(0, 0, width, p.height) {
				t.Fatalf("bounds %v, want %d × %d", got, width, p.height)
			}
			at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(img.At(x, y)).(color.RGBA) }
			for _, b := range p.boxes {
				if b.fill != track && at(b.Min.X, b.Min.Y) != b.fill || at(b.Max.X-1, b.Max.Y-1) != b.fill && b.fill != track {
					t.Errorf("the box at %v is not all %v", b.Rectangle, b.fill)
				}
			}
			for _, w := range p.texts {
				if !holds(img, w.covers(), w.ink) {
					t.Errorf("%q is not drawn at %v", w.words, w.covers())
				}
			}
		})
	}
}

// holds reports whether a pixel within r has the colour.
func holds(img image.Image, r image.Rectangle, c color.RGBA) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if color.RGBAModel.Convert(img.At(x, y)) == c {
				return true
			}
		}
	}
	return r.Empty()
}

// The pictures fit Telegram's limits for photos, also for a large office.
func TestSizes(t *testing.T) {
	heights := map[string]int{}
	for name, s := range sheets() {
		p := laid(t, s)
		heights[name] = p.height
		if p.height+width > 10_000 || p.height > 20*width {
			t.Errorf("%s: %d high", name, p.height)
		}
	}
	if heights["2"] >= heights["11"] || heights["11"] >= heights["40"] || heights["40"] > 4*width {
		t.Errorf("heights %v", heights)
	}
}

// Two pictures may be drawn at a time.
func TestDrawnSideBySide(t *testing.T) {
	want, err := Draw(sheet(units))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			if got, err := Draw(sheet(units)); err != nil || !slices.Equal(got, want) {
				t.Errorf("another picture: %v", err)
			}
		})
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, n := range []int{11, 40} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			s, size := sheet(many(n)), 0
			b.ReportAllocs()
			for b.Loop() {
				data, err := Draw(s)
				if err != nil {
					b.Fatal(err)
				}
				size = len(data)
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
