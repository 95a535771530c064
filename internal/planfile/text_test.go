package planfile_test

import (
	"slices"
	"testing"

	"dondoc/internal/grid"
	"dondoc/internal/planfile"
)

func TestTheDecisionInTheTextAbove(t *testing.T) {
	table := tableOf([]string{"STT", "Nội dung", "Chủ trì", "Thời gian"}, []string{"1", "a", "Phòng A", "Quý I"}).Blocks[0]
	tests := []struct {
		name                      string
		text                      []string
		number, day, title, place string
		year                      int
	}{
		{
			"a plan",
			[]string{
				"Số: 12/KH-SXD", "Huế, ngày 30 tháng 12 năm 2024", "KẾ HOẠCH", "Cải cách hành chính năm 2025",
				"Căn cứ Nghị quyết số 76/NQ-CP",
			},
			"12/KH-SXD", "2024-12-30", "Kế hoạch Cải cách hành chính năm 2025", "Huế", 2025,
		},
		{
			"an appendix alone",
			[]string{
				"PHỤ LỤC I", "Phân công nhiệm vụ năm 2026", "(Ban hành kèm theo Kế hoạch số 5/KH-SNV ngày 5 tháng 01 năm 2026 của Sở)",
			},
			"5/KH-SNV", "2026-01-05", "Phân công nhiệm vụ năm 2026", "", 2026,
		},
		{
			"the second appendix",
			[]string{"Phụ lục số II", "PHÂN CÔNG NHIỆM VỤ NĂM 2025"},
			"", "", "PHÂN CÔNG NHIỆM VỤ NĂM 2025", "", 2025,
		},
		{"a title alone", []string{"Phân công nhiệm vụ năm 2025"}, "", "", "Phân công nhiệm vụ năm 2025", "", 2025},
		{
			"not yet numbered",
			[]string{"Số:      /KH-SXD", "Huế, ngày     tháng     năm 2024", "Kế hoạch công tác năm 2024 của Sở"},
			"", "", "Kế hoạch công tác năm 2024 của Sở", "", 2024,
		},
		{"nothing", []string{"Căn cứ Quyết định số 34/2020/QĐ-UBND ngày 29/12/2020 của UBND tỉnh;"}, "", "", "", "", 2030},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := &grid.Document{}
			for _, text := range tt.text {
				doc.Blocks = append(doc.Blocks, grid.Block{Text: text})
			}
			doc.Blocks = append(doc.Blocks, table)
			draft, err := planfile.DraftOf(doc)
			if err != nil {
				t.Fatal(err)
			}
			draft.Settle(smallRoster(t), 2030)
			p := draft.Plan
			day := ""
			if !p.Date.IsZero() {
				day = p.Date.String()
			}
			if p.Number != tt.number || day != tt.day || p.Title != tt.title || p.Place != tt.place || p.Year != tt.year {
				t.Errorf("%q of %q for %d: %q, %q", p.Number, day, p.Year, p.Title, p.Place)
			}
		})
	}
}

// A table of indicators before, and an older plan behind, are not the plan; the
// next page of it is.
func TestTheTableAmongOthers(t *testing.T) {
	header := []string{"STT", "Nội dung", "Chủ trì", "Thời gian"}
	doc := &grid.Document{}
	for _, rows := range [][][]string{
		{{"STT", "Chỉ tiêu", "Đơn vị tính"}, {"1", "Hồ sơ đúng hạn", "%"}},
		{header, {"1", "a", "Phòng A", "Quý I"}},
		{{"2", "b", "Phòng A", "Quý II"}},
		{header, {"3", "c", "Phòng A", "Quý III"}},
		{header, {"1", "cũ", "Phòng A", "Quý IV"}},
		{{"Nơi nhận:", "GIÁM ĐỐC"}},
	} {
		doc.Blocks = append(doc.Blocks, tableOf(rows...).Blocks...)
	}
	draft := draftOf(t, doc, smallRoster(t))
	if got := labelled(draft); !slices.Equal(got, []string{"1 ", "2 ", "3 "}) {
		t.Errorf("got %q", got)
	}
}
