package picture

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

func laid(t testing.TB, s Sheet) *page {
	t.Helper()
	f, err := newFaces()
	if err != nil {
		t.Fatal(err)
	}
	return lay(s, f)
}

// checkApart fails where words run into other words, out of the page, or over
// the border of a bar. A number within a bar's box must be that box's.
func checkApart(t *testing.T, p *page) {
	t.Helper()
	sheet := image.Rect(margin, 0, width-margin+1, p.height)
	covers := make([]image.Rectangle, len(p.texts))
	for i, w := range p.texts {
		r := w.covers()
		covers[i] = r
		if !r.In(sheet) {
			t.Errorf("%q stands at %v, outside the page %v", w.words, r, sheet)
		}
		for j, other := range covers[:i] {
			if r.Overlaps(other) {
				t.Errorf("%q runs into %q", w.words, p.texts[j].words)
			}
		}
		for _, b := range p.boxes {
			if !r.Overlaps(b.Rectangle) {
				continue
			}
			k := slices.Index(fills[:], b.fill)
			if !r.In(b.Rectangle) || k < 0 || w.ink != numbers[k] {
				t.Errorf("%q at %v stands half or in the wrong ink in a box at %v", w.words, r, b.Rectangle)
			}
		}
	}
}

func TestWordsAndBarsStayApart(t *testing.T) {
	for name, s := range sheets() {
		t.Run(name, func(t *testing.T) { checkApart(t, laid(t, s)) })
	}
	t.Run("any numbers", func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 2)) // the same cases in every run
		for range 50 {
			rows := slices.Clone(units[:4])
			for i := range rows {
				for k := range rows[i].Work {
					rows[i].Work[k] = random.IntN([]int{1, 3, 40, 1000}[random.IntN(4)])
				}
				rows[i].Asked = random.IntN(300)
				rows[i].Reported = random.IntN(rows[i].Asked + 1)
			}
			checkApart(t, laid(t, Sheet{Sections: []Section{{Name: "Đơn vị", Rows: rows}}}))
		}
	})
}

// rowOf returns the bars beside the name, by colour.
func (p *page) rowOf(t *testing.T, name string) map[color.RGBA]image.Rectangle {
	t.Helper()
	i := slices.IndexFunc(p.texts, func(w text) bool { return w.words == name })
	if i < 0 {
		t.Fatalf("no row %q", name)
	}
	found := map[color.RGBA]image.Rectangle{}
	for _, b := range p.boxes {
		if b.Dy() == barHeight && b.Min.Y < p.texts[i].baseline && p.texts[i].baseline < b.Max.Y {
			found[b.fill] = b.Rectangle
		}
	}
	return found
}

func TestBoxesAreAsWideAsWhatTheyCount(t *testing.T) {
	rows := []Row{
		{Name: "A", Work: [Boxes]int{1, 2, 3, 4, 1}},
		{Name: "B", Work: [Boxes]int{0, 4, 0, 0, 1}},
		{Name: "C"},
	}
	p := laid(t, Sheet{Sections: []Section{{Rows: rows}}})
	one := float64(p.rowOf(t, "A")[fills[Overdue]].Dx()+gap) / 4
	for _, r := range rows {
		row := p.rowOf(t, r.Name)
		x := workX
		for i, n := range r.Work {
			b, drawn := row[fills[i]]
			if drawn != (n > 0) {
				t.Errorf("%s: box %d of %d is drawn: %v", r.Name, i, n, drawn)
			}
			if !drawn {
				continue
			}
			if got, want := float64(b.Dx()+gap), float64(n)*one; math.Abs(got-want) > 1 {
				t.Errorf("%s: box %d is %v wide, want %v", r.Name, i, got, want)
			}
			if b.Min.X != x {
				t.Errorf("%s: box %d begins at %d, want %d", r.Name, i, b.Min.X, x)
			}
			x = b.Max.X + gap
		}
		if x > workX+workWidth {
			t.Errorf("%s reaches %d", r.Name, x)
		}
	}
}

// A box that is too narrow for its number by its share is as wide as that
// number; the others keep their shares.
func TestABoxHoldsItsNumber(t *testing.T) {
	p := laid(t, Sheet{Sections: []Section{{Rows: []Row{
		{Name: "A", Work: [Boxes]int{200, 1, 60, 2, 0}}, {Name: "B", Work: [Boxes]int{Open: 100}},
	}}}})
	a, b := p.rowOf(t, "A"), p.rowOf(t, "B")
	width := func(row map[color.RGBA]image.Rectangle, i int) int { return row[fills[i]].Dx() + gap }
	if one, two := width(a, DoneLate), width(a, Overdue); one != two || one < measure(p.faces.strong, "1")+2*pad {
		t.Errorf("boxes of 1 and 2 are %d and %d wide", one, two)
	}
	if w, half := width(a, DoneOnTime), width(b, Open); w-2*half < -2 || w-2*half > 2 {
		t.Errorf("200 are %d wide, 100 are %d", w, half)
	}
	if end := a[fills[Overdue]].Max.X; end > workX+workWidth || end < workX+workWidth*9/10 {
		t.Errorf("the longest bar ends at %d", end)
	}
}

func TestCheckInsAreDrawnAsReportedOfAsked(t *testing.T) {
	rows := []Row{
		{Name: "A", Reported: 1, Asked: 4},
		{Name: "B", Asked: 3},
		{Name: "C", Reported: 3, Asked: 3},
		{Name: "D"},
		{Name: "E", Reported: 1, Asked: 900},
	}
	p := laid(t, Sheet{Sections: []Section{{Rows: rows}}})
	for name, want := range map[string]float64{"A": .25, "B": 0, "C": 1} {
		row := p.rowOf(t, name)
		if got := float64(row[slate].Dx()) / float64(row[track].Dx()); math.Abs(got-want) > 0.02 {
			t.Errorf("%s: %.2f of the bar, want %.2f", name, got, want)
		}
	}
	if row := p.rowOf(t, "D"); len(row) > 0 {
		t.Errorf("nothing asked, and a bar: %v", row)
	}
	if row := p.rowOf(t, "E"); row[slate].Empty() {
		t.Error("one report of many cannot be seen")
	}
}

// Nothing is left out or said twice.
func TestEveryNumberIsWrittenOnce(t *testing.T) {
	for name, s := range sheets() {
		p := laid(t, s)
		var want []string
		for _, section := range s.Sections {
			for _, r := range section.Rows {
				want = append(want, checkIns(r))
				if r.Work == [Boxes]int{} {
					want = append(want, none)
				}
				for _, n := range r.Work {
					if n > 0 {
						want = append(want, strconv.Itoa(n))
					}
				}
			}
		}
		var got []string
		for _, w := range p.texts {
			if w.x >= workX && w.words != "Báo cáo kỳ" && slices.Contains(want, w.words) {
				got = append(got, w.words)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: numbers %v, want %v", name, got, want)
		}
	}
}

func TestASectionOfNothingIsLeftOut(t *testing.T) {
	s := Sheet{Title: "A", Sections: []Section{{Name: "Lĩnh vực", Work: "Nhiệm vụ", CheckIns: "Báo cáo kỳ"}}}
	for _, w := range laid(t, s).texts {
		if w.words == "Lĩnh vực" {
			t.Error("a head without rows")
		}
	}
}

// luminance is that of WCAG 2.1.
func luminance(c color.RGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestLettersCanBeRead(t *testing.T) {
	if points := bodySize * 390.0 / width; points < 12 {
		t.Errorf("letters of %.1f points on a phone", points)
	}
	check := func(what string, letters, ground color.RGBA) {
		a, b := luminance(letters), luminance(ground)
		if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
			t.Errorf("%s: contrast %.2f", what, ratio)
		}
	}
	check("words", ink, paper)
	check("heads", faint, paper)
	for i := range fills {
		check("box "+strconv.Itoa(i), numbers[i], fills[i])
	}
}

// A table that is longer than Telegram takes ends with how many rows it lacks.
func TestALongTableEndsInTime(t *testing.T) {
	const all = 1000
	s := sheet(many(all))
	s.Sections[1].Rest = func(left int) string { return "và " + strconv.Itoa(left) + " đơn vị khác" }
	p := laid(t, s)
	checkApart(t, p)
	shown := 0
	for _, r := range s.Sections[1].Rows {
		if slices.ContainsFunc(p.texts, func(w text) bool { return w.words == r.Name }) {
			shown++
		}
	}
	if p.height > tallest || shown < 100 || p.texts[len(p.texts)-1].words != "và "+strconv.Itoa(all-shown)+" đơn vị khác" {
		t.Errorf("%d rows in %d pixels, the last line %q", shown, p.height, p.texts[len(p.texts)-1].words)
	}
}
