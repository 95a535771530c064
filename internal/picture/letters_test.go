package picture

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// Every Vietnamese letter, lower case.
const letters = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"

func TestTheFontHasVietnamese(t *testing.T) {
	pair, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	var buf sfnt.Buffer
	for _, r := range letters + strings.ToUpper(letters) + "0123456789 –-·…/:;,.()“”\"'&%+₫" {
		for i, f := range pair {
			if g, err := f.GlyphIndex(&buf, r); err != nil || g == 0 {
				t.Errorf("font %d has no %q: %v", i, r, err)
			}
		}
	}
}

func TestMarksAreComposed(t *testing.T) {
	f, err := newFaces()
	if err != nil {
		t.Fatal(err)
	}
	const words = "Sở Xây dựng: ữ ặ Đ Ỗ"
	if got := f.clean(norm.NFD.String(words)); got != words {
		t.Errorf("%q, want %q", got, words)
	}
	if got := f.clean("Tổ\n1 😀👍🏽\u202e"); got != "Tổ 1 " {
		t.Errorf("what the font lacks: %q", got)
	}
	for _, pair := range [][2]string{{"ữ", "u"}, {"ặ", "a"}, {"Đ", "D"}} {
		marked, plain := text{words: pair[0], face: f.body}.covers(), text{words: pair[1], face: f.body}.covers()
		if marked.Dy() <= plain.Dy() && marked.Dx() <= plain.Dx() {
			t.Errorf("%s is drawn like %s", pair[0], pair[1])
		}
	}
}

func TestLongNamesEndAtAWord(t *testing.T) {
	f, err := newFaces()
	if err != nil {
		t.Fatal(err)
	}
	const name = "Phòng Quản lý nhà và thị trường bất động sản, hạ tầng kỹ thuật"
	for limit, want := range map[int][]string{
		1: {"Phòng Quản lý nhà và…"},
		2: {"Phòng Quản lý nhà và thị", "trường bất động sản, hạ…"},
		3: {"Phòng Quản lý nhà và thị", "trường bất động sản, hạ", "tầng kỹ thuật"},
		9: {"Phòng Quản lý nhà và thị", "trường bất động sản, hạ", "tầng kỹ thuật"},
	} {
		if got := wrap(f.body, name, 380, limit); !slices.Equal(got, want) {
			t.Errorf("%d lines: %q, want %q", limit, got, want)
		}
	}
	if got := wrap(f.body, "sản, hạ", measure(f.body, "sản,…"), 1); !slices.Equal(got, []string{"sản…"}) {
		t.Errorf("a mark before the cut stays: %q", got)
	}
	if got := wrap(f.body, "  ", 380, 3); len(got) != 0 {
		t.Errorf("lines of nothing: %q", got)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("Phòng Quản lý nhà và thị trường bất động sản", 3)
	f.Add(strings.Repeat("ữ", 200)+" x", 2)
	f.Add("\xff\u0301 …… ( (", 1)
	faces, err := newFaces()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if limit < 1 || limit > 5 || len(s) > 2000 {
			t.Skip()
		}
		lines := wrap(faces.body, faces.clean(s), nameWidth, limit)
		if len(lines) > limit {
			t.Fatalf("%d lines of %d", len(lines), limit)
		}
		for _, l := range lines {
			if w := measure(faces.body, l); w > nameWidth {
				t.Fatalf("%q is %d wide", l, w)
			}
		}
	})
}
