package planfile_test

import (
	"bytes"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

func readFile(t testing.TB, name string, roster *plan.Roster) *planfile.Draft {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	draft, err := planfile.ReadDraft(bytes.NewReader(data), roster, planfile.Options{Year: 2024})
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

// cells is a task as it stands in the file, cell for cell.
func cells(p *plan.Plan) []string {
	var out []string
	for _, t := range p.Tasks {
		out = append(out, strings.Join([]string{
			p.GroupLabel(t), strconv.Itoa(t.Number), t.Content, t.LeadText, t.CooperatingText, t.Schedule.Phrase, t.Note,
			strings.Join(t.Leads, "+"), strings.Join(t.Cooperating, "+"), string(t.Schedule.Kind),
		}, "|"))
	}
	return out
}

// The appendix as other programs write it: LibreOffice, and libraries of
// Python, with a heading above, a header over two rows, merged cells, pages.
func TestTheAppendixComesInEqual(t *testing.T) {
	_, roster, _ := shipped(t)
	want := cells(readFile(t, "appendix-2024.csv", roster).Plan)
	for name, named := range map[string]bool{
		"appendix-libreoffice.xlsx": false, "appendix-libreoffice.docx": true, "appendix-openpyxl.xlsx": true,
		"appendix-python.docx": true,
	} {
		t.Run(name, func(t *testing.T) {
			draft := readFile(t, name, roster)
			if got := cells(draft.Plan); !slices.Equal(got, want) {
				for i := range min(len(got), len(want)) {
					if got[i] != want[i] {
						t.Errorf("got  %s\nwant %s", got[i], want[i])
					}
				}
				t.Errorf("%d tasks, want %d", len(got), len(want))
			}
			p := draft.Plan
			if draft.NamesYear != named || p.Year != 2024 {
				t.Errorf("year %d, in the file: %v", p.Year, draft.NamesYear)
			}
			if named && (p.Number != "98/QĐ-SXD" || p.Date.String() != "2024-01-11" || p.Office != "SỞ XÂY DỰNG" ||
				p.Parent != "UBND TỈNH BÌNH PHƯỚC" ||
				!strings.EqualFold(p.Title, "Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng")) {
				t.Errorf("the plan is %q of %s: %q, by %q, %q", p.Number, p.Date, p.Title, p.Parent, p.Office)
			}
			for _, problem := range draft.Problems() {
				if problem.Code != planfile.CodeNoYear {
					t.Error(problem)
				}
			}
		})
	}
}

func TestColumnsInAnotherOrder(t *testing.T) {
	draft := readFile(t, "columns-openpyxl.xlsx", smallRoster(t))
	var got []string
	for _, task := range draft.Plan.Tasks {
		got = append(got, row(task))
	}
	want := []string{
		"1|Tháng, không phải ngày đầu tháng|Tháng, không phải ngày đầu tháng|van-phong|thanh-tra|period|2024-06-30|",
		"2|Một ngày|Một ngày|van-phong|p-a|date|2024-06-01|",
		`4|=HYPERLINK("http://x.test","Bấm")|=HYPERLINK("http://x.test","Bấm")|thanh-tra+p-a||period|2024-12-31|`,
		"5|Số kèm chấm|Số kèm chấm|p-a||period|2024-03-31|",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	// A formula for which the file keeps no value is not evaluated.
	if p := draft.Problems(); p[0].Code != planfile.CodeBadNumber || p[0].Args[0] != "=A3+1" {
		t.Errorf("problems %v", p)
	}
}
