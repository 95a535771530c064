package grid

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"
	"unicode"
)

// Word keeps the numbers of its automatic lists nowhere in the text: they come
// of counting items. Offices use such lists for the column STT.

const maxListLevel = 8

// lists are the numbered and bulleted lists of a document.
type lists struct {
	kinds  map[string]*listKind // by the list's id
	styles map[string]listItem  // by the paragraph style's id
}

// A listKind counts items. Lists of one kind count on together.
type listKind struct {
	levels [maxListLevel + 1]listLevel
	counts [maxListLevel + 1]int // 0 before the first item
}

type listLevel struct {
	start  int
	format string
	text   string // "%1." holds the number of the first level
}

// A listItem says which list a paragraph is an item of.
type listItem struct {
	list  string
	level int
	set   bool
}

// or returns the item, or what the style says if it says nothing.
func (i listItem) or(style listItem) listItem {
	if i.set {
		return i
	}
	return style
}

func readLists(p *parts) (*lists, error) {
	l := &lists{kinds: map[string]*listKind{}, styles: map[string]listItem{}}
	if err := p.read("word/numbering.xml", wordFormat, l.readNumbering); err != nil {
		return nil, err
	}
	return l, p.read("word/styles.xml", wordFormat, l.readStyles)
}

func (l *lists) readNumbering(t *tokens) error {
	abstract := map[string]*listKind{}
	return t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNum":
			kind := &listKind{}
			abstract[attr(e, "abstractNumId")] = kind
			return kind.read(t)
		case "num":
			return l.readList(t, attr(e, "numId"), abstract)
		}
		return nil
	})
}

func (k *listKind) read(t *tokens) error {
	var level *listLevel
	return t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "lvl":
			level = &k.levels[number(e, "ilvl", 0, maxListLevel)]
			level.start = 1
		case "start":
			if level != nil {
				level.start = number(e, "val", 0, 1<<20)
			}
		case "numFmt":
			if level != nil {
				level.format = attr(e, "val")
			}
		case "lvlText":
			if level != nil {
				level.text = attr(e, "val")
			}
		}
		return nil
	})
}

// readList reads a list: its kind, or a copy of it that starts anew.
func (l *lists) readList(t *tokens, id string, abstract map[string]*listKind) error {
	kind := &listKind{}
	level := 0
	return t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNumId":
			if known := abstract[attr(e, "val")]; known != nil {
				kind = known
			}
			l.kinds[id] = kind
		case "lvlOverride":
			level = number(e, "ilvl", 0, maxListLevel)
		case "startOverride":
			own := *kind
			own.levels[level].start = number(e, "val", 0, 1<<20)
			kind = &own
			l.kinds[id] = kind
		}
		return nil
	})
}

func (l *lists) readStyles(t *tokens) error {
	style := ""
	return t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "style":
			style = attr(e, "styleId")
		case "numId":
			item := l.styles[style]
			item.list, item.set = attr(e, "val"), true
			l.styles[style] = item
		case "ilvl":
			item := l.styles[style]
			item.level = number(e, "val", 0, maxListLevel)
			l.styles[style] = item
		}
		return nil
	})
}

// label counts an item and returns its number or bullet. List 0 is none.
func (l *lists) label(item listItem) string {
	kind := l.kinds[item.list]
	if !item.set || kind == nil {
		return ""
	}
	level := kind.levels[item.level]
	if kind.counts[item.level] == 0 {
		kind.counts[item.level] = level.start
	} else {
		kind.counts[item.level]++
	}
	clear(kind.counts[item.level+1:])
	switch level.format {
	case "bullet":
		return "-"
	case "none", "":
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(level.text); i++ {
		digit := i + 1
		if level.text[i] != '%' || digit == len(level.text) || !unicode.IsDigit(rune(level.text[digit])) {
			b.WriteByte(level.text[i])
			continue
		}
		at := max(0, min(int(level.text[digit]-'1'), maxListLevel))
		b.WriteString(listNumber(cmp.Or(kind.counts[at], kind.levels[at].start), kind.levels[at].format))
		i = digit
	}
	return b.String()
}

// listNumber writes a number as the format wants it.
func listNumber(n int, format string) string {
	switch format {
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter", "lowerLetter":
		if n >= 1 && n <= 26 {
			letter := string(rune('A' + n - 1))
			if format == "lowerLetter" {
				return strings.ToLower(letter)
			}
			return letter
		}
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{
		{1000, "M"},
		{900, "CM"},
		{500, "D"},
		{400, "CD"},
		{100, "C"},
		{90, "XC"},
		{50, "L"},
		{40, "XL"},
		{10, "X"},
		{9, "IX"},
		{5, "V"},
		{4, "IV"},
		{1, "I"},
	} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String()
}
