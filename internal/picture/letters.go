package picture

import (
	_ "embed" // the fonts
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

var (
	//go:embed font/NotoSans-SemiCondensed.ttf
	regularTTF []byte
	//go:embed font/NotoSans-SemiCondensedSemiBold.ttf
	boldTTF []byte
)

// Sizes of letters, in pixels.
const (
	bodySize  = 34
	titleSize = 46
)

// Faces are the letters in which a sheet is set. They are no good for several
// sheets at a time.
type faces struct {
	font                *sfnt.Font
	body, strong, title font.Face
}

var fonts = sync.OnceValues(func() (pair [2]*sfnt.Font, err error) {
	for i, ttf := range [][]byte{regularTTF, boldTTF} {
		if pair[i], err = opentype.Parse(ttf); err != nil {
			return pair, fmt.Errorf("read the font: %w", err)
		}
	}
	return pair, nil
})

func newFaces() (*faces, error) {
	pair, err := fonts()
	if err != nil {
		return nil, err
	}
	f := &faces{font: pair[0]}
	for _, v := range []struct {
		face *font.Face
		font *sfnt.Font
		size float64
	}{{&f.body, pair[0], bodySize}, {&f.strong, pair[1], bodySize}, {&f.title, pair[1], titleSize}} {
		*v.face, err = opentype.NewFace(v.font, &opentype.FaceOptions{Size: v.size, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			return nil, fmt.Errorf("set up the font: %w", err)
		}
	}
	return f, nil
}

// clean composes letters with their marks, for the font has them as one, and
// leaves out what it has no sign for, such as emoji.
func (f *faces) clean(s string) string {
	var buf sfnt.Buffer
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if g, err := f.font.GlyphIndex(&buf, r); err != nil || g == 0 {
			return -1
		}
		return r
	}, norm.NFC.String(s))
}

func measure(f font.Face, s string) int { return font.MeasureString(f, s).Ceil() }

// wrap breaks s between words into at most limit lines that are no wider than
// width. What is left over is cut off at a word, a word that is wider than a
// line at a letter; both show as "…".
func wrap(f font.Face, s string, width, limit int) []string {
	var lines []string
	for words := strings.Fields(s); len(words) > 0; {
		n := 1
		for n < len(words) && measure(f, strings.Join(words[:n+1], " ")) <= width {
			n++
		}
		if len(lines) == limit-1 && n < len(words) {
			for n > 1 && measure(f, ended(words[:n])) > width {
				n--
			}
			return append(lines, cut(f, ended(words[:n]), width))
		}
		lines = append(lines, cut(f, strings.Join(words[:n], " "), width))
		words = words[n:]
	}
	return lines
}

// ended joins the words that are left of a longer line.
func ended(words []string) string {
	return strings.TrimRight(strings.Join(words, " "), " ,;:-–(") + "…"
}

// cut shortens a line that is too wide.
func cut(f font.Face, line string, width int) string {
	if measure(f, line) <= width {
		return line
	}
	letters := []rune(strings.TrimSuffix(line, "…"))
	for len(letters) > 0 && measure(f, string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}
