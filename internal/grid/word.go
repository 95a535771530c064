package grid

import (
	"encoding/xml"
	"slices"
	"strings"
)

// wordFormat names the files in errors.
const wordFormat = "Word"

func readWord(p *parts, main string) (*Document, error) {
	w := &wordReader{parts: p, doc: &Document{}}
	var err error
	if w.lists, err = readLists(p); err != nil {
		return nil, err
	}
	if err := p.read(main, wordFormat, w.document); err != nil {
		return nil, err
	}
	return w.doc, nil
}

// A wordReader reads the body of a Word document.
type wordReader struct {
	*tokens
	parts *parts
	lists *lists
	doc   *Document
	boxes []Block // text boxes of the paragraph that is being read
}

// passedOver are elements of which a reader of the page sees nothing: what was
// deleted or moved away while changes are tracked, codes of fields, drawings,
// the older twin of what a newer Word shows.
var passedOver = map[string]bool{
	"del": true, "moveFrom": true, "delText": true, "instrText": true, "delInstrText": true,
	"drawing": true, "pict": true, "object": true, "Fallback": true, "sectPr": true, "rPr": true,
	"sdtPr": true, "sdtEndPr": true, "tblPr": true, "tblPrEx": true, "footnoteReference": true, "commentReference": true,
}

func (w *wordReader) document(t *tokens) error {
	w.tokens = t
	return w.each(func(e xml.StartElement) error {
		if e.Name.Local != "body" {
			return nil
		}
		blocks, err := w.flow()
		w.doc.Blocks = blocks
		return err
	})
}

// flow reads the paragraphs and tables of the body or of a cell, whatever
// wraps them: content controls, tracked insertions, custom XML.
func (w *wordReader) flow() ([]Block, error) {
	var blocks []Block
	err := w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			text, err := w.paragraph()
			for part := range strings.SplitSeq(text, "\t") {
				if part = clean(part); part != "" {
					blocks = append(blocks, Block{Text: part})
				}
			}
			blocks = append(blocks, w.takeBoxes()...)
			if len(blocks) > maxBlocks {
				return unpacked()
			}
			return err
		case "tbl":
			table, inner, err := w.table()
			if len(table.Rows) > 0 {
				blocks = append(blocks, Block{Table: table})
			}
			blocks = append(blocks, inner...)
			return err
		}
		if passedOver[e.Name.Local] {
			return w.skip()
		}
		return nil
	})
	return blocks, err
}

// paragraph reads one paragraph, with the number or bullet that Word puts
// before it. A tab stays: it parts what stands side by side.
func (w *wordReader) paragraph() (string, error) {
	var b strings.Builder
	var label string
	err := w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			text, err := w.text()
			b.WriteString(text)
			return err
		case "pPr":
			var err error
			label, err = w.paragraphLabel()
			return err
		case "br", "cr":
			b.WriteByte('\n')
		case "tab", "ptab":
			b.WriteByte('\t')
		case "noBreakHyphen":
			b.WriteByte('-')
		case "drawing", "pict", "object":
			return w.readBoxes()
		}
		if passedOver[e.Name.Local] {
			return w.skip()
		}
		return nil
	})
	text := strings.TrimSpace(b.String())
	if label != "" {
		text = strings.TrimSpace(label + " " + text)
	}
	return text, err
}

// readBoxes reads the text boxes of a drawing: some offices put the title of a
// plan in one.
func (w *wordReader) readBoxes() error {
	return w.each(func(e xml.StartElement) error {
		switch {
		case e.Name.Local == "txbxContent":
			before := w.takeBoxes()
			blocks, err := w.flow()
			w.boxes = slices.Concat(before, blocks)
			return err
		case e.Name.Local == "Fallback":
			return w.skip()
		}
		return nil
	})
}

// takeBoxes returns the text boxes that hang on the last paragraph.
func (w *wordReader) takeBoxes() []Block {
	boxes := w.boxes
	w.boxes = nil
	return boxes
}

// paragraphLabel reads the properties of a paragraph for the list that it is
// an item of.
func (w *wordReader) paragraphLabel() (string, error) {
	var item listItem
	err := w.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			item = item.or(w.lists.styles[attr(e, "val")])
		case "ilvl":
			item.level = number(e, "val", 0, maxListLevel)
		case "numId":
			item.list, item.set = attr(e, "val"), true
		}
		if passedOver[e.Name.Local] || e.Name.Local == "pPrChange" {
			return w.skip()
		}
		return nil
	})
	return w.lists.label(item), err
}

// lines returns the text of what stands in a cell, and the tables in it.
func lines(blocks []Block) (text string, tables []Block) {
	var parts []string
	for _, b := range blocks {
		if b.Table == nil {
			parts = append(parts, b.Text)
			continue
		}
		tables = append(tables, b)
		for _, row := range b.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				if c.Text != "" && !c.Left && !c.Above {
					cells = append(cells, c.Text)
				}
			}
			parts = append(parts, strings.Join(cells, " "))
		}
	}
	text = clean(strings.Join(parts, "\n"))
	if len(text) > maxCellBytes { // a table that others were put in for the look of it
		text = strings.ToValidUTF8(text[:maxCellBytes], "")
	}
	return text, tables
}
