package grid_test

import "testing"

func workbook(t testing.TB, sheet, styles, texts string) []byte {
	t.Helper()
	return pack(t, sheetParts(sheet, styles, texts))
}

func TestSheetCells(t *testing.T) {
	sheet := `<sheetData>
		<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>hai</t></is></c></row>
		<row r="5"><c r="A5"><v>5</v></c><c r="B5"><v>0.30000000000000004</v></c><c r="C5" t="b"><v>1</v></c></row>
		<row r="6"><c r="A6" t="str"><f>A5&amp;"x"</f><v>5x</v></c><c r="B6"><f>A5+1</f><v>6</v></c>
			<c r="C6"><f>HYPERLINK("http://x.test")</f></c></row>
		<row r="7"><c r="A7" t="e"><v>#REF!</v></c><c r="B7" t="s"><v>99</v></c><c r="C7" t="s"><v>1</v></c></row>
		<row><c t="s"><v>0</v></c></row>
	</sheetData>`
	texts := `<si><r><t>Văn </t></r><r><t>phòng</t></r><rPh sb="0" eb="1"><t>đọc</t></rPh></si><si><t>a_x000D_` + "\nb</t></si>"
	wantShown(t, read(t, workbook(t, sheet, "", texts)),
		"Văn phòng||hai", "5|0.3|TRUE", `5x|6|=HYPERLINK("http://x.test")`, "#REF!||a\nb", "Văn phòng")
}

func TestSheetMerges(t *testing.T) {
	sheet := `<sheetData>
		<row r="1"><c r="A1" t="inlineStr"><is><t>STT</t></is></c><c r="B1" t="inlineStr"><is><t>Thực hiện</t></is></c></row>
		<row r="2"><c r="B2" t="inlineStr"><is><t>Chủ trì</t></is></c><c r="C2" t="inlineStr"><is><t>Phối hợp</t></is></c></row>
	</sheetData><mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="D9:E9"/>
		<mergeCell ref="x"/></mergeCells>`
	wantShown(t, read(t, workbook(t, sheet, "", "")), "STT|Thực hiện|Thực hiện<", "STT^|Chủ trì|Phối hợp")
}

func TestSheetDates(t *testing.T) {
	styles := `<numFmts>
		<numFmt numFmtId="164" formatCode="mm/yyyy"/><numFmt numFmtId="165" formatCode="[$-42A]d/m/yyyy;@"/>
		<numFmt numFmtId="166" formatCode="&quot;Tháng&quot; m"/><numFmt numFmtId="167" formatCode="yyyy"/>
		<numFmt numFmtId="168" formatCode="hh:mm"/><numFmt numFmtId="169" formatCode="#,##0\ &quot;đồng&quot;"/>
		<numFmt numFmtId="170" formatCode="dd\/mm\/yyyy hh:mm"/></numFmts>
		<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="17"/><xf numFmtId="164"/><xf numFmtId="165"/>
		<xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/><xf numFmtId="170"/></cellXfs>`
	for _, tt := range []struct{ style, value, want string }{
		{"0", "45444", "45444"},
		{"1", "45444", "1/6/2024"},
		{"2", "45444", "6/2024"},
		{"3", "45444", "06/2024"},
		{"4", "45356", "5/3/2024"},
		{"5", "45444", "6/2024"},
		{"6", "45444", "2024"},
		{"7", "0.5", "0.5"},
		{"8", "45444", "45444"},
		{"9", "45356.75", "05/03/2024"},
		{"1", "-1", "-1"},
		{"1", "1e300", "1e+300"},
		{"99", "1", "1"},
	} {
		sheet := `<sheetData><row r="1"><c r="A1" s="` + tt.style + `"><v>` + tt.value + `</v></c></row></sheetData>`
		t.Run(tt.style+" "+tt.value, func(t *testing.T) { wantShown(t, read(t, workbook(t, sheet, styles, "")), tt.want) })
	}
}

func TestSheetCountsFrom1904(t *testing.T) {
	parts := sheetParts(`<sheetData><row r="1"><c r="A1" s="0"><v>43982</v></c></row></sheetData>`,
		`<cellXfs><xf numFmtId="14"/></cellXfs>`, "")
	parts["xl/workbook.xml"] = `<workbook xmlns:r="r"><workbookPr date1904="1"/>` +
		`<sheets><sheet name="A" r:id="r1"/></sheets></workbook>`
	wantShown(t, read(t, pack(t, parts)), "1/6/2024")
}

func TestHiddenSheetsAreNotRead(t *testing.T) {
	parts := sheetParts(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`, "", "")
	parts["xl/workbook.xml"] = `<workbook xmlns:r="r"><sheets><sheet name="A" state="hidden" r:id="r1"/></sheets></workbook>`
	wantShown(t, read(t, pack(t, parts)))
}
