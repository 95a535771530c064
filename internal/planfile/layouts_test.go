package planfile_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/planfile"
)

func TestTasksGoOn(t *testing.T) {
	header := []string{"STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"}
	tests := []struct {
		name string
		rows [][]string
		want []string
	}{
		{
			"a page ends within the text",
			[][]string{{"1", "Công bố đầy", "Văn phòng", "", "Quý"}, {"", "đủ thủ tục", "Sở", "", "I"}},
			[]string{"1|Công bố đầy đủ thủ tục|Công bố đầy đủ thủ tục|van-phong||period|2024-03-31|"},
		},
		{
			"parts that nobody has apart",
			[][]string{{"1", "Rà soát:", "Phòng A", "", "Quý I"}, {"a)", "thủ tục;"}, {"-", "quy trình."}},
			[]string{"1|Rà soát:\na) thủ tục;\n- quy trình.|Rà soát|p-a||period|2024-03-31|"},
		},
		{
			"merged numbers",
			[][]string{{"1", "Việc", "Văn phòng Sở", "", "Quý I"}, {"^", "^", "Phòng A", "Thanh tra XD", "^"}},
			[]string{"1|Việc|Việc|van-phong+p-a|thanh-tra|period|2024-03-31|"},
		},
		{
			"a heading with its parts",
			[][]string{
				{"1", "Ban hành các kế hoạch:"},
				{"", "- Kế hoạch một", "Văn phòng Sở", "", "Quý I"},
				{"", "- Kế hoạch hai", "Văn phòng Sở", "", "Quý I"},
			},
			[]string{"1|Ban hành các kế hoạch:\n- Kế hoạch một\n- Kế hoạch hai|Ban hành các kế hoạch|van-phong||period|2024-03-31|"},
		},
		{
			"what stands below",
			[][]string{{"1", "Việc", "Phòng A", "", "2024"}, {"Nơi nhận:", "", "", "", "GIÁM ĐỐC"}, {"- Lưu: VT", "x"}},
			[]string{"1|Việc|Việc|p-a||period|2024-12-31|"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			draft := draftOf(t, tableOf(append([][]string{header}, tt.rows...)...), smallRoster(t))
			var got []string
			for _, task := range draft.Plan.Tasks {
				got = append(got, row(task))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if problems := draft.Problems(); len(problems) != 1 {
				t.Errorf("problems %v", problems)
			}
		})
	}
}

func TestNumbersOfOtherKinds(t *testing.T) {
	header := []string{"TT", "Nhiệm vụ", "Cơ quan thực hiện", "Tiến độ"}
	duty := func(number, content string) []string { return []string{number, content, "Phòng A", "Quý I"} }
	tests := []struct {
		name       string
		rows       [][]string
		want       []string
		renumbered bool
	}{
		{
			"anew in each group",
			[][]string{{"I", "Một"}, duty("1", "a"), duty("2", "b"), {"II", "Hai"}, duty("1", "c"), duty("3", "d")},
			[]string{"1 I. Một", "2 I. Một", "3 II. Hai", "4 II. Hai"},
			true,
		},
		{
			"levels below headings",
			[][]string{
				{"I", "Một"},
				{"1", "Nhóm"},
				duty("1.1", "a"), duty("1.2.", "b"),
				{"2", "Nhóm hai"},
				duty("2.1", "c"),
				{"II", "Hai"},
				duty("3", "d"),
			},
			[]string{"1 1. Nhóm", "2 1. Nhóm", "3 2. Nhóm hai", "4 II. Hai"},
			true,
		},
		{
			"levels below tasks",
			[][]string{{"I", "Một"}, duty("1", "a"), duty("1.1", "b")},
			[]string{"1 I. Một", "2 I. Một"},
			true,
		},
		{
			"parts under a number",
			[][]string{
				{"I", "Một"},
				{"1", "Ban hành:"},
				duty("a)", "kế hoạch"), duty("đ.", "quy chế"),
				duty("2/", "b"), duty("-", "c"),
			},
			[]string{"1 1. Ban hành:", "2 1. Ban hành:", "3 I. Một", "4 I. Một"},
			true,
		},
		{
			"as they are",
			[][]string{{"I", "Một"}, duty("7", "a"), {"II", "Hai"}, duty("3", "b")},
			[]string{"3 II. Hai", "7 I. Một"},
			false,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			draft := draftOf(t, tableOf(append([][]string{header}, tt.rows...)...), smallRoster(t))
			if got := labelled(draft); !slices.Equal(got, tt.want) || draft.Renumbered != tt.renumbered {
				t.Errorf("got  %q, renumbered %v\nwant %q", got, draft.Renumbered, tt.want)
			}
			if problems := draft.Problems(); len(problems) != 1 {
				t.Errorf("problems %v", problems)
			}
		})
	}
	t.Run("none", func(t *testing.T) {
		draft := draftOf(t, tableOf(header[1:], duty("", "a")[1:], duty("", "b")[1:]), smallRoster(t))
		if got := labelled(draft); !slices.Equal(got, []string{"1 ", "2 "}) {
			t.Errorf("got %q", got)
		}
	})
}

func TestTheDayAtWhichWorkEndsCounts(t *testing.T) {
	for name, rows := range map[string][][]string{
		"two columns": {
			{"STT", "Nội dung", "Chủ trì", "Thời gian bắt đầu", "Thời gian hoàn thành"}, {"1", "a", "Phòng A", "Quý I", "Quý II"},
		},
		"two rows": {
			{"STT", "Nội dung", "Chủ trì", "Thời gian thực hiện", "<"},
			{"^", "^", "^", "Bắt đầu", "Kết thúc"},
			{"1", "a", "Phòng A", "Quý I", "Quý II"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			draft := draftOf(t, tableOf(rows...), smallRoster(t))
			if got := row(draft.Plan.Tasks[0]); got != "1|a|A|p-a||period|2024-06-30|" {
				t.Errorf("got %s", got)
			}
		})
	}
}

// Marks within the cells count beside what the columns are called.
func TestMarksInTheColumns(t *testing.T) {
	for cells, want := range map[string]string{
		"Văn phòng Sở (chủ trì);Phòng A|Thanh tra XD":              "van-phong+p-a/thanh-tra",
		"Chủ trì: Văn phòng Sở|Phối hợp: Phòng A, Thanh tra XD":    "van-phong/p-a+thanh-tra",
		"Văn phòng Sở; phối hợp: Phòng A|Thanh tra XD":             "van-phong/thanh-tra+p-a",
		"Văn phòng Sở|Phòng A (phối hợp), Thanh tra XD (phối hợp)": "van-phong/p-a+thanh-tra",
	} {
		lead, cooperating, _ := strings.Cut(cells, "|")
		draft := draftOf(t, tableOf([]string{"STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn"},
			[]string{"1", "a", lead, cooperating, "Quý I"}), smallRoster(t))
		task := draft.Plan.Tasks[0]
		if got := strings.Join(task.Leads, "+") + "/" + strings.Join(task.Cooperating, "+"); got != want || len(draft.Unknown) > 0 {
			t.Errorf("%q: %s, unknown %q, want %s", cells, got, names(draft), want)
		}
		if task.LeadText != lead || task.CooperatingText != cooperating {
			t.Errorf("the cells became %q and %q", task.LeadText, task.CooperatingText)
		}
	}
}

func TestUnitsInOneCell(t *testing.T) {
	for cell, want := range map[string]string{
		"Chủ trì: Văn phòng Sở; Phối hợp: Phòng A, Thanh tra XD":         "van-phong/p-a+thanh-tra",
		"Chủ trì: Văn phòng Sở, Phòng A\nPhối hợp: Thanh tra XD":         "van-phong+p-a/thanh-tra",
		"Văn phòng Sở chủ trì, phối hợp với Phòng A và Thanh tra XD":     "van-phong/p-a+thanh-tra",
		"Văn phòng Sở (chủ trì), Phòng A (phối hợp), Thanh tra XD":       "van-phong/p-a+thanh-tra",
		"Phối hợp: Phòng A. Chủ trì: Văn phòng Sở":                       "van-phong/p-a",
		"Văn phòng Sở; phối hợp: Các phòng CM, đơn vị trực thuộc Sở":     "van-phong/p-a",
		"Văn phòng Sở, Phòng A":                                          "van-phong+p-a/",
		norm.NFD.String("Chủ trì: Văn phòng Sở; phối hợp: Thanh tra XD"): "van-phong/thanh-tra",
	} {
		text := "TT,Nội dung,Đơn vị thực hiện,Thời hạn\n1,a,\"" + cell + "\",Quý I\n"
		draft, err := planfile.ReadDraft(strings.NewReader(text), smallRoster(t), planfile.Options{Year: 2024})
		if err != nil {
			t.Fatal(err)
		}
		task := draft.Plan.Tasks[0]
		if got := strings.Join(task.Leads, "+") + "/" + strings.Join(task.Cooperating, "+"); got != want || len(draft.Unknown) > 0 {
			t.Errorf("%q: %s, unknown %q, want %s", cell, got, names(draft), want)
		}
	}
}

// A task that goes on without end would be copied for every row of it.
func TestATaskDoesNotGoOnWithoutEnd(t *testing.T) {
	text := "#năm,2024\nSTT,Nội dung,Chủ trì,Thời gian\n1,a,Phòng A,Quý I\n" +
		strings.Repeat(",và "+strings.Repeat("b", 9_000)+",,\n", 900)
	draft, err := planfile.ReadDraft(strings.NewReader(text), smallRoster(t), planfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(draft.Plan.Tasks[0].Content); n > 100_000 {
		t.Errorf("the task has %d bytes", n)
	}
	if problems := draft.Problems(); len(problems) == 0 || problems[0].Code != planfile.CodeNoNumber {
		t.Errorf("problems %v", problems)
	}
}
