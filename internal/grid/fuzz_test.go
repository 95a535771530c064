package grid_test

import (
	"errors"
	"strings"
	"testing"

	"dondoc/internal/grid"
)

// checkRead reads whatever it is given and checks what must always hold.
func checkRead(t *testing.T, data []byte) {
	t.Helper()
	doc, err := grid.Read(data, rowsOfMost)
	if err != nil {
		if _, ok := errors.AsType[*grid.Error](err); !ok || strings.ContainsAny(err.Error(), "\r\n") {
			t.Fatalf("error %q is not for people", err)
		}
		return
	}
	for _, block := range doc.Blocks {
		if block.Table == nil {
			continue
		}
		for i, row := range block.Table.Rows {
			if len(row.Cells) == 0 || len(row.Cells) > 256 {
				t.Fatalf("row %d has %d cells", row.Line, len(row.Cells))
			}
			if i > 0 && row.Line <= block.Table.Rows[i-1].Line {
				t.Fatalf("row %d follows row %d", row.Line, block.Table.Rows[i-1].Line)
			}
			for at, c := range row.Cells {
				if c.Left && (at == 0 || row.Cells[at-1].Text != c.Text) {
					t.Fatalf("row %d: %q goes on from nothing", row.Line, c.Text)
				}
			}
		}
	}
}

func FuzzWord(f *testing.F) {
	f.Add(p("a")+table(tr(tc(`<w:vMerge w:val="restart"/>`, p("1")), tc(`<w:gridSpan w:val="2"/>`, p("b")))), "")
	f.Add(table(tr(tc(`<w:hMerge w:val="restart"/>`, p("1")), tc(`<w:hMerge/>`, p("b")))),
		`<w:abstractNum w:abstractNumId="0"><w:lvl><w:numFmt w:val="decimal"/><w:lvlText w:val="%1%"/></w:lvl></w:abstractNum>`)
	f.Fuzz(func(t *testing.T, body, lists string) {
		checkRead(t, pack(t, map[string]string{
			"word/document.xml":  `<w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`,
			"word/numbering.xml": `<w:numbering ` + wordNS + `>` + lists + `</w:numbering>`,
		}))
	})
}

func FuzzSheet(f *testing.F) {
	f.Add(
		`<sheetData><row r="1"><c r="A1" s="1"><v>45444</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C3"/></mergeCells>`,
		`<numFmts><numFmt numFmtId="164" formatCode="mm/yyyy"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>`,
		"<si><t>a</t></si>")
	f.Add(`<sheetData><row r="9"/><row r="2"><c r="ZZ9"><f>x</f></c></row></sheetData>`, `<numFmt formatCode="[$-"/>`,
		"<si><rPh/></si>")
	f.Fuzz(func(t *testing.T, sheet, styles, texts string) {
		checkRead(t, pack(t, sheetParts(sheet, styles, texts)))
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("STT;Nội dung\n1;\"a\nb\"\n"))
	f.Add([]byte("\xff\xfea\x00;\x00b\x00"))
	f.Add(pack(f, map[string]string{"word/document.xml": "<a/>"}))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Fuzz(checkRead)
}
