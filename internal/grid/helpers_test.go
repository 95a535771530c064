package grid_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/grid"
)

// pack makes a package of parts.
func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// word makes a document of the XML of its body.
func word(t testing.TB, body string) []byte {
	t.Helper()
	return pack(t, map[string]string{
		"word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordNS + `><w:body>` + body +
			`</w:body></w:document>`,
	})
}

// sheetParts are the parts of a workbook with one sheet.
func sheetParts(sheet, styles, texts string) map[string]string {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	return map[string]string{
		"xl/workbook.xml": `<workbook ` + ns + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
			`<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + ns + `>` + sheet + `</worksheet>`,
		"xl/styles.xml":            `<styleSheet ` + ns + `>` + styles + `</styleSheet>`,
		"xl/sharedStrings.xml":     `<sst ` + ns + `>` + texts + `</sst>`,
	}
}

func read(t testing.TB, data []byte) *grid.Document {
	t.Helper()
	doc, err := grid.Read(data, rowsOfMost)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// rowsOfMost prefers the separator that gives the most cells.
func rowsOfMost(rows []grid.Row) int {
	n := 0
	for _, r := range rows {
		n += len(r.Cells)
	}
	return n
}

// show writes a document as the tests compare it: paragraphs as they are, rows
// with | between cells; what goes on from the left is <, from above ^.
func show(doc *grid.Document) []string {
	var out []string
	for _, block := range doc.Blocks {
		if block.Table == nil {
			out = append(out, block.Text)
			continue
		}
		for _, row := range block.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				text := c.Text
				if c.Left {
					text += "<"
				}
				if c.Above {
					text += "^"
				}
				cells = append(cells, text)
			}
			out = append(out, strings.Join(cells, "|"))
		}
	}
	return out
}

func wantShown(t *testing.T, doc *grid.Document, want ...string) {
	t.Helper()
	if got := show(doc); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func wantCode(t *testing.T, data []byte, want grid.Code) {
	t.Helper()
	_, err := grid.Read(data, rowsOfMost)
	e, ok := errors.AsType[*grid.Error](err)
	if !ok || e.Code != want {
		t.Errorf("error = %v, want %s", err, want)
		return
	}
	if text := e.Error(); strings.ContainsAny(text, "\r\n") || strings.Contains(text, "%!") || !strings.Contains(text, ": ") {
		t.Errorf("error %q is no single clear line", text)
	}
}
