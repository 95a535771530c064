package reportfile_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/plan"
	"dondoc/internal/reportfile"
)

// edited is the shipped template with parts changed.
func edited(t *testing.T, change func(parts map[string]string)) []byte {
	t.Helper()
	data, err := os.ReadFile("template.docx")
	if err != nil {
		t.Fatal(err)
	}
	parts := unzipped(t, data)
	change(parts)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := archive.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func body(xml string) func(map[string]string) {
	return func(parts map[string]string) {
		head, _, _ := strings.Cut(parts["word/document.xml"], "<w:body>")
		parts["word/document.xml"] = head + "<w:body>" + xml + "</w:body></w:document>"
	}
}

// A word processor splits placeholders over runs and turns their quotation
// marks.
func TestATemplateFromAWordProcessor(t *testing.T) {
	tpl, err := reportfile.ParseTemplate(edited(t, body(
		`<w:p w:rsidR="1"/><w:p><w:r><w:t>Cơ quan: {</w:t></w:r><w:proofErr w:type="spellStart"/>`+
			`<w:r><w:rPr><w:b/></w:rPr><w:t>{.Off</w:t></w:r>`+
			`<w:r><w:t>ice}</w:t></w:r><w:r><w:t>}.</w:t></w:r></w:p>`+
			`<w:p><w:r><w:t>{{if eq .PlanKind “QĐ”}}</w:t></w:r></w:p>`+
			`<w:p><w:r><w:t>là quyết định</w:t></w:r></w:p><w:p><w:r><w:t>{{end}}</w:t></w:r></w:p>`+
			`<w:tbl><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{{range .Late}}</w:t></w:r></w:p><w:p><w:r><w:t>{{.Title}}</w:t></w:r></w:p>`+
			`<w:p><w:r><w:t>{{end}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`)))
	if err != nil {
		t.Fatal(err)
	}
	part := written(t, tpl, quarter(t).gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25)))["word/document.xml"]
	if got := lines(part); !slices.Equal(got, []string{"Cơ quan: SỞ XÂY DỰNG.", "là quyết định"}) {
		t.Errorf("%q", got)
	}
	if !strings.Contains(part, "<w:tc><w:tcPr/><w:p/></w:tc>") {
		t.Errorf("a cell has no paragraph: %s", part)
	}
}

func TestABrokenTemplateIsRefused(t *testing.T) {
	text := func(s string) func(map[string]string) { return body(`<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>`) }
	for name, data := range map[string][]byte{
		"empty":              nil,
		"no zip":             []byte("PK\x03\x04 no"),
		"cut in half":        edited(t, func(map[string]string) {})[:3000],
		"no document":        edited(t, func(p map[string]string) { delete(p, "word/document.xml") }),
		"unknown name":       edited(t, text("{{.Ofice}}")),
		"unknown item":       edited(t, text("{{range .Late}}{{.Nope}}{{end}}")),
		"unknown told":       edited(t, text("{{range .Fields}}{{range .Told}}{{range .Lines}}{{.Nope}}{{end}}{{end}}{{end}}")),
		"never ended":        edited(t, text("{{range .Late}}")),
		"unknown word":       edited(t, text("{{shout .Office}}")),
		"in the wrong place": edited(t, body(`<w:p><w:r>{{range .Late}}<w:t>x</w:r>{{end}}</w:p>`)),
		"out of an index":    edited(t, text("{{index .Leadership 7}}")),
	} {
		if _, err := reportfile.ParseTemplate(data); err == nil {
			t.Errorf("%s: taken", name)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: more than a line: %v", name, err)
		}
	}
}
