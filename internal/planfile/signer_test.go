package planfile_test

import (
	"testing"

	"dondoc/internal/grid"
)

func TestTheSigner(t *testing.T) {
	header := []string{"STT", "Nội dung", "Chủ trì", "Thời gian"}
	task := tableOf(header, []string{"1", "a", "Phòng A", "Quý I"}).Blocks[0]
	signed := func(right string) []grid.Block {
		return []grid.Block{task, tableOf([]string{"Nơi nhận:\n- Sở Nội vụ;\n- Lưu: VT.", right}).Blocks[0]}
	}
	text := func(lines ...string) []grid.Block {
		blocks := []grid.Block{task}
		for _, line := range lines {
			blocks = append(blocks, grid.Block{Text: line})
		}
		return blocks
	}
	rows := func(below ...[]string) []grid.Block {
		return tableOf(append([][]string{header, {"1", "a", "Phòng A", "Quý I"}, {"2", "b", "Phòng A", "Quý I"}}, below...)...).Blocks
	}
	tests := []struct {
		name        string
		blocks      []grid.Block
		title, want string
	}{
		{"beside the copy list", signed("GIÁM ĐỐC\n\n\nVõ  Tất Dũng"), "GIÁM ĐỐC", "Võ Tất Dũng"},
		{
			"for the chairman", signed("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLê Văn A"),
			"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Lê Văn A",
		},
		{"in paragraphs", text("Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC", "Đã ký", "Lê A"), "GIÁM ĐỐC", "Lê A"},
		{
			"in rows below the tasks",
			rows([]string{"Nơi nhận:", "", "", "KT. GIÁM ĐỐC"}, []string{"- Lưu: VT.", "", "", "PHÓ GIÁM ĐỐC"},
				[]string{"", "", "", "Lê A"}),
			"KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Lê A",
		},
		{
			"above the appendix, and again below it",
			append([]grid.Block{tableOf([]string{"Nơi nhận:", "GIÁM ĐỐC\nLê A"}).Blocks[0]}, signed("GIÁM ĐỐC\nLê A")...),
			"GIÁM ĐỐC", "Lê A",
		},
		{"two people", rows([]string{"TRƯỞNG PHÒNG", "", "", "GIÁM ĐỐC"}, []string{"Lê A", "", "", "Lê B"}), "", ""},
		{
			"beside whoever drew it up", rows([]string{"NGƯỜI LẬP", "", "", "GIÁM ĐỐC"}, []string{"Lê A", "", "", "Lê B"}),
			"GIÁM ĐỐC", "Lê B",
		},
		{"not signed yet", signed("GIÁM ĐỐC"), "", ""},
		{"an office below", signed("GIÁM ĐỐC\nSở Xây Dựng"), "", ""},
		{"a sentence below", text("GIÁM ĐỐC", "Căn cứ Luật"), "", ""},
		{"a school", signed("TRƯỜNG CHÍNH TRỊ\nLê A"), "", ""},
		{"a title in a sentence", text("Giám đốc", "Lê A"), "", ""},
		{"on behalf of whom alone", signed("TM. ỦY BAN NHÂN DÂN\nLê A"), "", ""},
		{"a name of one word", signed("GIÁM ĐỐC\nDũng"), "", ""},
		{
			"among the tasks",
			rows([]string{"", "c", "GIÁM ĐỐC", "Quý I"}, []string{"", "d", "Lê A", "Quý I"}, []string{"3", "đ", "Phòng A", "Quý I"}),
			"", "",
		},
		{"none", []grid.Block{task}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := draftOf(t, &grid.Document{Blocks: tt.blocks}, smallRoster(t)).Plan
			if p.SignerTitle != tt.title || p.Signer != tt.want {
				t.Errorf("%q, %q; want %q, %q", p.SignerTitle, p.Signer, tt.title, tt.want)
			}
		})
	}
}

// TestTheSignerOfFiles reads files as programs write them; those of other
// offices are tables alone.
func TestTheSignerOfFiles(t *testing.T) {
	_, roster, _ := shipped(t)
	for name, want := range map[string]string{
		"appendix-libreoffice.docx": "GIÁM ĐỐC, Võ Tất Dũng", "appendix-2024.csv": ", ", "bo-gddt-2017-nhiem-vu.csv": ", ",
		"khanh-hoa-2026-kh-11.csv": ", ",
	} {
		if p := readFile(t, name, roster).Plan; p.SignerTitle+", "+p.Signer != want {
			t.Errorf("%s: %q, %q", name, p.SignerTitle, p.Signer)
		}
	}
}
