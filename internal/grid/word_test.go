package grid_test

import (
	"strings"
	"testing"
)

func p(text string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func tc(properties, content string) string {
	return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + content + `</w:tc>`
}

func tr(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

func table(rows ...string) string {
	return `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="600"/><w:gridCol w:w="3000"/><w:gridCol w:w="2000"/></w:tblGrid>` +
		strings.Join(rows, "") + `</w:tbl>`
}

// box is a text box as newer and older programs have it, both in one file.
func box(content string) string {
	boxed := `<w:txbxContent>` + content + `</w:txbxContent>`
	twice := func(newer, older string) string {
		return `<mc:AlternateContent><mc:Choice>` + newer + `</mc:Choice><mc:Fallback>` + older + `</mc:Fallback></mc:AlternateContent>`
	}
	// One within a group of shapes has its older twin in the newer one's group.
	return `<w:r>` + twice(`<w:drawing><a:t>ẩn</a:t>`+twice(boxed, boxed)+`</w:drawing>`, `<w:pict>`+boxed+`</w:pict>`) + `</w:r>`
}

func TestTextBoxes(t *testing.T) {
	body := `<w:p><w:r><w:t>trước</w:t></w:r>` + box(p("KẾ HOẠCH")+p("năm 2025")) + box(p("hai")) + `</w:p>` + p("sau") +
		`<w:p><w:r><w:pict><w:txbxContent>` + p("cũ") + `</w:txbxContent></w:pict></w:r></w:p>` +
		table(tr(tc("", `<w:p><w:r><w:t>ô</w:t></w:r>`+box(p("đè lên bảng"))+`</w:p>`)))
	wantShown(t, read(t, word(t, body)), "trước", "KẾ HOẠCH", "năm 2025", "hai", "sau", "cũ", "ô")
}

func TestWordText(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"runs", `<w:p><w:r><w:t>Văn </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>phòng</w:t></w:r></w:p>`, "Văn phòng"},
		{
			"breaks and hyphens",
			`<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d` + "\u00ad" +
				`e</w:t></w:r></w:p>`,
			"a\nb-cde",
		},
		{
			"tracked changes",
			`<w:p><w:ins><w:r><w:t>mới</w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>` +
				`<w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom></w:p>`,
			"mới",
		},
		{
			"fields and links",
			`<w:p><w:r><w:instrText>HYPERLINK "http://x.test"</w:instrText></w:r>` +
				`<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink></w:p>`,
			"liên kết",
		},
		{"content control", `<w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr><w:sdtContent>` + p("trong") + `</w:sdtContent></w:sdt>`, "trong"},
		{"decomposed", p("tie\u0302\u0301n"), "tiến"},
	} {
		t.Run(tt.name, func(t *testing.T) { wantShown(t, read(t, word(t, tt.body)), tt.want) })
	}
}

func TestWordSideBySide(t *testing.T) {
	body := `<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Số: 1/KH</w:t><w:tab/><w:t>Huế, ngày</w:t></w:r></w:p>`
	wantShown(t, read(t, word(t, body)), "Số: 1/KH", "Huế, ngày")
}

func TestWordTable(t *testing.T) {
	body := p("Trên") + table(
		tr(tc(`<w:vMerge w:val="restart"/>`, p("1")), tc("", p("hai")+p("dòng")), tc("", p("c"))),
		tr(tc(`<w:vMerge/>`, "<w:p/>"), tc(`<w:gridSpan w:val="2"/>`, p("rộng"))),
		tr(tc("", "<w:p/>"), tc("", "<w:p/>")),
		`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc("", p("lùi"))+`</w:tr>`,
		`<w:tr><w:trPr><w:del/></w:trPr>`+tc("", p("đã xóa"))+`</w:tr>`,
		`<w:sdt><w:sdtContent>`+tr(tc("", p("2")))+`</w:sdtContent></w:sdt>`,
	) + p("Dưới")
	wantShown(t, read(t, word(t, body)), "Trên", "1|hai\ndòng|c", "1^|rộng|rộng<", "|lùi", "2", "Dưới")
}

// A table within another is read for itself too: some put the whole page into
// one.
func TestWordNestedTable(t *testing.T) {
	inner := table(tr(tc("", p("a")), tc("", p("b"))), tr(tc("", p("c"))))
	wantShown(t, read(t, word(t, table(tr(tc("", p("ngoài")+inner+p("cuối")))))), "ngoài\na b\nc\ncuối", "a|b", "c")
}

// Borders that were dragged by hand make slivers of columns.
func TestWordSlivers(t *testing.T) {
	body := `<w:tbl><w:tblGrid><w:gridCol w:w="600"/><w:gridCol w:w="12"/><w:gridCol w:w="3000"/><w:gridCol w:w="9"/>` +
		`<w:gridCol w:w="2000"/></w:tblGrid>` +
		tr(tc(`<w:gridSpan w:val="2"/>`, p("STT")), tc("", p("Nội dung")), tc(`<w:gridSpan w:val="2"/>`, p("Hạn"))) +
		tr(tc("", p("1")), tc(`<w:gridSpan w:val="3"/>`, p("việc")), tc("", p("Quý I"))) + `</w:tbl>`
	wantShown(t, read(t, word(t, body)), "STT|Nội dung|Hạn", "1|việc|Quý I")
}

func TestWordNumbersItsLists(t *testing.T) {
	item := func(list, level string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr></w:p>`
	}
	data := pack(t, map[string]string{
		"word/document.xml": `<w:document ` + wordNS + `><w:body>` + table(
			tr(tc("", item("1", "0")), tc("", p("một"))),
			tr(tc("", item("2", "0")), tc("", p("A"))),
			tr(tc("", item("1", "0")), tc("", `<w:p><w:pPr><w:pStyle w:val="Gach"/></w:pPr><w:r><w:t>gạch</w:t></w:r></w:p>`)),
			tr(tc("", item("1", "1")), tc("", p("con"))),
			tr(tc("", item("3", "0")), tc("", p("lại từ 5"))),
		) + `</w:body></w:document>`,
		"word/numbering.xml": `<w:numbering ` + wordNS + `>
			<w:abstractNum w:abstractNumId="0">
				<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
				<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
			</w:abstractNum>
			<w:abstractNum w:abstractNumId="1">
				<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>
			</w:abstractNum>
			<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
			<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
			<w:num w:numId="3"><w:abstractNumId w:val="0"/>
				<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
			<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num></w:numbering>`,
		"word/styles.xml": `<w:styles ` + wordNS + `><w:style w:styleId="Gach"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>` +
			`</w:style></w:styles>`,
	})
	wantShown(t, read(t, data), "1.|một", "IV|A", "2.|- gạch", "2.a)|con", "5.|lại từ 5")
}
