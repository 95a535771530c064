package grid_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"dondoc/internal/grid"
)

func TestFilesThatAreSomethingElse(t *testing.T) {
	ole := func(name string) []byte {
		return append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600)), wide(name, binary.LittleEndian, false)...)
	}
	whole, err := os.ReadFile("../planfile/testdata/appendix-openpyxl.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		data []byte
		want grid.Code
	}{
		{"nothing", nil, grid.Empty},
		{"blank", []byte("\n \r\n"), grid.Empty},
		{"password", ole("EncryptedPackage"), grid.Protected},
		{"doc", ole("WordDocument"), grid.OldWord},
		{"xls", ole("Workbook"), grid.OldExcel},
		{"msg", ole("__substg1.0"), grid.Unknown},
		{"docm", pack(t, map[string]string{"word/document.xml": "<a/>", "word/vbaProject.bin": "x"}), grid.Macros},
		{"xlsm", pack(t, map[string]string{"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": "x"}), grid.Macros},
		{"xlsb", pack(t, map[string]string{"xl/workbook.bin": "x"}), grid.BinaryExcel},
		{"ods", pack(t, map[string]string{"mimetype": "x", "content.xml": "x"}), grid.OpenDocument},
		{"zip", pack(t, map[string]string{"a.docx": "x"}), grid.Archive},
		{"rar", []byte("Rar!\x1a\x07\x00x"), grid.Archive},
		{"pdf", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3"), grid.PDF},
		{"jpeg", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), grid.Picture},
		{"png", []byte("\x89PNG\r\n\x1a\n"), grid.Picture},
		{"heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00"), grid.Picture},
		{"rtf", []byte(`{\rtf1\ansi}`), grid.RichText},
		{"html", []byte("<!DOCTYPE html><table>"), grid.WebPage},
		{"program", []byte("\x7fELF\x02\x01\x01\x00\x00\x00"), grid.Unknown},
		{"windows-1258", []byte("STT,N\xf4i dung\n"), grid.NotUTF8},
		{"cut in half", whole[:len(whole)/2], grid.Damaged},
		{"cut at the end", whole[:len(whole)-1], grid.Damaged},
		{"broken XML", word(t, "<w:p><w:tbl>"), grid.Damaged},
		{"entities", []byte(entities(t)), grid.Damaged},
		{"nested without end", word(t, strings.Repeat("<w:sdt>", 5000)), grid.Damaged},
		{"many parts", manyParts(t), grid.ManyParts},
		{"too large", make([]byte, grid.MaxBytes+1), grid.TooLarge},
	} {
		t.Run(tt.name, func(t *testing.T) { wantCode(t, tt.data, tt.want) })
	}
}

// entities is the document that would unfold to a billion laughs.
func entities(t *testing.T) []byte {
	doctype := `<!DOCTYPE l [<!ENTITY a "ha">`
	for c := 'b'; c <= 'j'; c++ {
		doctype += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	return pack(t, map[string]string{
		"word/document.xml": doctype + `]><w:document ` + wordNS + `><w:body>` + p("&j;") + `</w:body></w:document>`,
	})
}

func manyParts(t *testing.T) []byte {
	parts := map[string]string{"word/document.xml": "<a/>"}
	for i := range 2000 {
		parts[fmt.Sprint("word/media/", i)] = ""
	}
	return pack(t, parts)
}

// repeated is a package in which one part is a text that stands many times
// between a head and a tail.
func repeated(t *testing.T, parts map[string]string, name, head, text string, times int, tail string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name string, texts ...string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if _, err := w.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for other, text := range parts {
		if other != name {
			write(other, text)
		}
	}
	texts := []string{head}
	for range times {
		texts = append(texts, text)
	}
	write(name, append(texts, tail)...)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestMemoryIsBounded reads files that are small and would be huge, or that
// make a reader lay out what is not there. What is allocated in all bounds what
// is held at once.
func TestMemoryIsBounded(t *testing.T) {
	const sheet = "xl/worksheets/sheet1.xml"
	blank := sheetParts("", "", "")
	row := `<row><c t="inlineStr"><is><t>x</t></is></c></row>`
	merges := `<mergeCell ref="A1:IV1048576"/>`
	wide := `<row><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>`
	for _, tt := range []struct {
		name string
		data []byte
		code grid.Code // "" if it is read
		most uint64    // MB
	}{
		{"zeros", repeated(t, nil, "word/document.xml", "<a>", strings.Repeat("0", 1<<20), 200, ""), grid.Damaged, 20},
		{"paragraphs", repeated(t, nil, "word/document.xml", "<w:document "+wordNS+"><w:body>",
			strings.Repeat(p("x"), 10_000), 100, ""), grid.Unpacked, 100},
		{"empty paragraphs", repeated(t, nil, "word/document.xml", "<w:document "+wordNS+"><w:body>",
			strings.Repeat(`<w:p w:rsidR="00AA11BB"/>`, 10_000), 200, ""), grid.Unpacked, 700},
		{"attributes", repeated(t, nil, "word/document.xml", "<w:p ", strings.Repeat(`a="" `, 10_000), 1000, "/>"), grid.Damaged, 100},
		{"100,000 rows", repeated(t, blank, sheet, "<worksheet><sheetData>", strings.Repeat(row, 1000), 100,
			"</sheetData></worksheet>"), "", 40},
		{"a million blank rows", repeated(t, blank, sheet, "<worksheet><sheetData>", strings.Repeat(`<row s="1"/>`, 1000), 1000,
			"</sheetData></worksheet>"), "", 400},
		{"columns without end", repeated(t, blank, sheet, "<worksheet><sheetData>", wide, 1900, "</sheetData></worksheet>"), "", 40},
		{"merged all over", repeated(t, blank, sheet, "<worksheet><sheetData>"+strings.Repeat(wide, 1000)+"</sheetData><mergeCells>",
			merges, 5000, "</mergeCells></worksheet>"), "", 60},
		{
			"spans all over", word(t, strings.Repeat(table(strings.Repeat(tr(tc(`<w:gridSpan w:val="256"/>`, p("x"))), 100)), 100)),
			"", 200,
		},
		{
			"one long text in every cell", repeated(t, sheetParts("", "", "<si><t>"+strings.Repeat("a", 32_000)+"</t></si>"), sheet,
				"<worksheet><sheetData>", "<row>"+strings.Repeat(`<c t="s"><v>0</v></c>`, 200)+"</row>", 1000, "</sheetData></worksheet>"),
			grid.Unpacked, 300,
		},
		{
			"texts", repeated(t, blank, "xl/sharedStrings.xml", "<sst>", strings.Repeat("<si/>", 1000), 3000, "</sst>"),
			grid.Unpacked, 500,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if len(tt.data) > 2<<20 {
				t.Fatalf("the file has %d bytes", len(tt.data))
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			doc, err := grid.Read(tt.data, rowsOfMost)
			runtime.ReadMemStats(&after)
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > tt.most {
				t.Errorf("%d MB were allocated, want %d at most", mb, tt.most)
			} else {
				t.Logf("%d MB", mb)
			}
			switch e, ok := errors.AsType[*grid.Error](err); {
			case tt.code != "" && (!ok || e.Code != tt.code), tt.code == "" && err != nil:
				t.Errorf("error = %v, want %q", err, tt.code)
			case err == nil && len(doc.Blocks) > 200:
				t.Errorf("%d blocks", len(doc.Blocks))
			}
		})
	}
}

func TestTooManyRowsAreCut(t *testing.T) {
	row := `<row><c t="inlineStr"><is><t>x</t></is></c></row>`
	doc := read(t, workbook(t, "<sheetData>"+strings.Repeat(row, 2001)+"</sheetData>", "", ""))
	table := doc.Blocks[0].Table
	if len(table.Rows) != 2000 || table.Cut == nil || table.Cut.Code != grid.ManyRows || table.Cut.Line != 2001 {
		t.Errorf("%d rows, cut %v", len(table.Rows), table.Cut)
	}
	doc = read(t, word(t, table2(2001)))
	table = doc.Blocks[0].Table
	if len(table.Rows) != 2000 || table.Cut == nil || table.Cut.Code != grid.ManyRows || table.Cut.Line != 2001 {
		t.Errorf("Word: %d rows, cut %v", len(table.Rows), table.Cut)
	}
}

func table2(rows int) string { return table(strings.Repeat(tr(tc("", p("x"))), rows)) }

// All sheets together hold no more cells than one may.
func TestTooManyCellsInAll(t *testing.T) {
	parts := sheetParts("", "", "")
	add := func(part, before, more string) {
		parts[part] = strings.Replace(parts[part], before, more+before, 1)
	}
	add("xl/workbook.xml", `</sheets>`, `<sheet name="B" sheetId="2" r:id="r2"/>`)
	add("xl/_rels/workbook.xml.rels", `</Relationships>`,
		`<Relationship Id="r2" Type="x/worksheet" Target="worksheets/sheet2.xml"/>`)
	wide := `<sheetData>` + strings.Repeat(`<row><c r="A1"><v>1</v></c><c r="IV1"><v>1</v></c></row>`, 1200) + `</sheetData>`
	for _, n := range []string{"1", "2"} {
		parts["xl/worksheets/sheet"+n+".xml"] = `<worksheet>` + wide + `</worksheet>`
	}
	doc := read(t, pack(t, parts))
	var tables []*grid.Table
	for _, b := range doc.Blocks {
		if b.Table != nil {
			tables = append(tables, b.Table)
		}
	}
	if len(tables) != 2 || tables[0].Cut != nil || tables[1].Cut == nil || len(tables[1].Rows) != 800 {
		t.Errorf("%d tables: %d rows, cut %v", len(tables), len(tables[1].Rows), tables[1].Cut)
	}
}
