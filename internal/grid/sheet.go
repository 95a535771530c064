package grid

import (
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// excelFormat names the files in errors.
const excelFormat = "Excel"

const (
	maxSheets  = 64
	maxStrings = 500_000
)

// A workbookReader reads the sheets of an Excel workbook.
type workbookReader struct {
	*tokens
	parts   *parts
	strings []string
	styles  []dateStyle // by the number that cells bear
	year    int         // of the first day that serial numbers count from: 1900 or 1904
}

// readWorkbook reads the sheets that are not hidden, in the order of their
// tabs.
func readWorkbook(p *parts, main string) (*Document, error) {
	w := &workbookReader{parts: p, year: 1900}
	sheets, err := w.sheets(main)
	if err != nil {
		return nil, err
	}
	if err := p.read("xl/sharedStrings.xml", excelFormat, w.readStrings); err != nil {
		return nil, err
	}
	if err := p.read("xl/styles.xml", excelFormat, w.readStyles); err != nil {
		return nil, err
	}
	doc := &Document{}
	for _, name := range sheets {
		table := &Table{}
		err := p.read(name, excelFormat, func(t *tokens) error { return w.readSheet(t, table) })
		if err != nil {
			return nil, err
		}
		if len(table.Rows) > 0 {
			doc.Blocks = append(doc.Blocks, Block{Table: table})
		}
	}
	return doc, nil
}

// sheets returns the parts of the visible sheets.
func (w *workbookReader) sheets(main string) ([]string, error) {
	targets := map[string]string{}
	err := w.parts.read("xl/_rels/"+path.Base(main)+".rels", excelFormat, func(t *tokens) error {
		return t.each(func(e xml.StartElement) error {
			if e.Name.Local == "Relationship" && attr(e, "TargetMode") != "External" {
				targets[attr(e, "Id")] = partPath(attr(e, "Target"))
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	var names []string
	err = w.parts.read(main, excelFormat, func(t *tokens) error {
		return t.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "workbookPr":
				if v := attr(e, "date1904"); v == "1" || v == "true" {
					w.year = 1904
				}
			case "sheet":
				// The id is the one attribute of that name with a namespace.
				i := slices.IndexFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == "id" && a.Name.Space != "" })
				if i < 0 || attr(e, "state") == "hidden" || attr(e, "state") == "veryHidden" || len(names) == maxSheets {
					return nil
				}
				if name := targets[e.Attr[i].Value]; name != "" {
					names = append(names, name)
				}
			}
			return nil
		})
	})
	return names, err
}

// partPath returns the part that a target of the workbook means.
func partPath(target string) string {
	if strings.HasPrefix(target, "/") {
		return partName(target)
	}
	return partName(path.Join("xl", target))
}

func (w *workbookReader) readStrings(t *tokens) error {
	return t.each(func(e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(w.strings) == maxStrings {
			return unpacked()
		}
		text, err := richText(t)
		w.strings = append(w.strings, text)
		return err
	})
}

// richText reads the runs of a text, without the hints how to pronounce it.
func richText(t *tokens) (string, error) {
	var b strings.Builder
	err := t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			text, err := t.text()
			b.WriteString(text)
			return err
		case "rPh":
			return t.skip()
		}
		return nil
	})
	return clean(unescape(b.String())), err
}

var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescape reads _x000D_, as workbooks write what XML cannot hold.
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped.ReplaceAllStringFunc(text, func(s string) string {
		n, _ := strconv.ParseUint(s[2:6], 16, 16) // hexadecimal, by the form
		return string(rune(n))
	})
}
