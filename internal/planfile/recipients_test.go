package planfile_test

import (
	"slices"
	"strings"
	"testing"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

func TestTheCopyList(t *testing.T) {
	task := tableOf([]string{"STT", "Nội dung", "Chủ trì", "Thời gian"}, []string{"1", "a", "Phòng A", "Quý I"}).Blocks[0]
	signature := func(list string) grid.Block {
		return tableOf([]string{list, "GIÁM ĐỐC\n\n\nLê A"}).Blocks[0]
	}
	text := func(lines ...string) []grid.Block {
		var blocks []grid.Block
		for _, line := range lines {
			blocks = append(blocks, grid.Block{Text: line})
		}
		return blocks
	}
	below := tableOf(
		[]string{"STT", "Nội dung", "Chủ trì", "Thời gian"}, []string{"1", "a", "Phòng A", "Quý I"},
		[]string{"Nơi nhận:", "", "", "GIÁM ĐỐC"}, []string{"- Sở Nội vụ;"}, []string{"- Lưu: VT."}, []string{"", "", "", "Lê A"},
	).Blocks
	tests := []struct {
		name   string
		blocks []grid.Block
		want   string
	}{
		{
			"of a decision above its appendix",
			[]grid.Block{
				signature("Nơi nhận:\n- Như Điều 3;\n- UBND tỉnh (b/c);\n- Ban  Giám đốc;\n– Các phòng, đơn vị;\n- Lưu VT, VP.\nx"), task,
			},
			"UBND tỉnh (b/c)|Ban Giám đốc|Các phòng, đơn vị|Lưu: VT, VP",
		},
		{
			"of a plan below its table",
			[]grid.Block{task, signature("NƠI NHẬN\nSở Nội vụ;\nLưu: VT")},
			"Sở Nội vụ|Lưu: VT",
		},
		{
			"the first of two",
			[]grid.Block{signature("Nơi nhận:\n- Sở Nội vụ;"), task, signature("Nơi nhận:\n- Như trên;\n- Lưu: VP.")},
			"Sở Nội vụ",
		},
		{
			"in paragraphs",
			append(text("Nơi nhận:", "- Sở Nội vụ;", "- Lưu: VT.", "GIÁM ĐỐC"), task),
			"Sở Nội vụ|Lưu: VT",
		},
		{"in one line", append(text("Nơi nhận: Sở Nội vụ; Thanh tra tỉnh; lưu VT", "x"), task), "Sở Nội vụ|Thanh tra tỉnh|Lưu: VT"},
		{"in the rows below the tasks", below, "Sở Nội vụ|Lưu: VT"},
		{"a sentence that only names it", append(text("Nơi nhận hồ sơ: Bộ phận Một cửa", "- a"), task), ""},
		{"none", []grid.Block{task}, ""},
		{"what is no list", append(text("Nơi nhận:", strings.Repeat("dài ", 200), "- a"), task), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			draft := draftOf(t, &grid.Document{Blocks: tt.blocks}, smallRoster(t))
			if got := strings.Join(draft.Plan.Recipients, "|"); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if len(draft.Plan.Tasks) != 1 {
				t.Errorf("%d tasks", len(draft.Plan.Tasks))
			}
		})
	}
}

func TestTheCopyListInALine(t *testing.T) {
	const head = "STT,Nội dung,Chủ trì,Thời gian\n1,a,Phòng A,Quý I\n"
	for text, want := range map[string]string{
		"#năm,2025\n#nơi nhận,Sở Nội vụ,\"Các phòng, đơn vị\",Lưu VT\n": "Sở Nội vụ|Các phòng, đơn vị|Lưu: VT",
		"#năm,2025\n#Nơi nhận,- Sở Nội vụ; - Lưu: VT.\n":                "Sở Nội vụ|Lưu: VT",
		"#năm,2025\n#nơi nhận,\n":                                       "",
	} {
		p, err := planfile.ReadPlan(strings.NewReader(text+head), smallRoster(t), planfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(p.Recipients, "|"); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// What the office keeps from one plan to the next.
func TestCompleteKeepsTheCopyList(t *testing.T) {
	before := &plan.Plan{Year: 2025, Title: "Kế hoạch A của Sở Xây dựng", Recipients: []string{"Sở Nội vụ", "Lưu: VT"}}
	draft := &planfile.Draft{Plan: &plan.Plan{Year: 2025, Title: "KẾ HOẠCH A CỦA SỞ XÂY DỰNG"}}
	draft.Complete(before)
	if p := draft.Plan; !slices.Equal(p.Recipients, before.Recipients) || p.Title != before.Title {
		t.Errorf("%q, %q", p.Title, p.Recipients)
	}
	draft = &planfile.Draft{Plan: &plan.Plan{Year: 2025, Title: "Kế hoạch B", Recipients: []string{"Lưu: VP"}}}
	draft.Complete(before)
	if p := draft.Plan; !slices.Equal(p.Recipients, []string{"Lưu: VP"}) || p.Title != "Kế hoạch B" {
		t.Errorf("%q, %q", p.Title, p.Recipients)
	}
}
