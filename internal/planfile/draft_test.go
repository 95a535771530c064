package planfile_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

func emptyRoster(t testing.TB) *plan.Roster {
	t.Helper()
	r, err := plan.NewRoster(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReadDraftKeepsWhatItCan(t *testing.T) {
	text := "#ngày,1/1\n" + head +
		"1,Công bố,\"Văn phòng Sở; Sở X, Sở Y\",Sở X,Quý I,\n" +
		"1,,,,,\n" +
		"b),Mục,Văn phòng Sở,,2024,\n"
	draft, err := planfile.ReadDraft(strings.NewReader(text), smallRoster(t), planfile.Options{Year: 2024})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1|Công bố|Công bố|van-phong||period|2024-03-31|", "1|||||unknown||",
	}
	var got []string
	for _, task := range draft.Plan.Tasks {
		got = append(got, row(task))
	}
	if !slices.Equal(got, want) {
		t.Errorf("tasks = %q, want %q", got, want)
	}
	if unknown := []string{"Sở X", "Sở Y"}; !slices.Equal(draft.Unknown, unknown) {
		t.Errorf("unknown = %q, want %q", draft.Unknown, unknown)
	}
	codes := []string{
		"1 bad_date", "0 no_year", "3 unknown_unit", "3 unknown_unit", "3 unknown_unit", "4 same_number", "4 no_content",
		"4 no_lead", "5 bad_number",
	}
	got = nil
	for _, problem := range draft.Problems {
		got = append(got, fmt.Sprint(problem.Line, " ", problem.Code))
	}
	if !slices.Equal(got, codes) {
		t.Errorf("problems = %q, want %q", got, codes)
	}
}

func TestReadDraftBoundsProblems(t *testing.T) {
	text := head + strings.Repeat("1,x,\""+strings.Repeat("Sở X,", 100)+"\",,,\n", 1000)
	draft, err := planfile.ReadDraft(strings.NewReader(text), smallRoster(t), planfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(draft.Plan.Tasks) != 1000 || len(draft.Problems) != 500 {
		t.Errorf("%d tasks, %d problems, want 1000 and 500", len(draft.Plan.Tasks), len(draft.Problems))
	}
}

func TestDraftOfMergedRows(t *testing.T) {
	rows := []planfile.Row{
		{Line: 1, Cells: []string{"STT", "Nội dung", "Chủ trì", "Thời gian"}},
		{Line: 2, Cells: []string{"1", "2", "3", "4"}},
		{Line: 3, Cells: []string{"I. Thể chế", "I. Thể chế", "I. Thể chế", "I. Thể chế"}},
		{Line: 4, Cells: []string{"1", "Công bố", "Văn phòng Sở", "Quý I"}},
		{Line: 5, Cells: []string{"", "II. Thủ tục"}},
		{Line: 6, Cells: []string{"2", "Kiểm soát", "Văn phòng Sở", "Quý I"}},
		{Line: 7, Cells: []string{"III Bộ máy"}},
		{Line: 8, Cells: []string{"3", "Sắp xếp", "Văn phòng Sở"}},
		{Line: 9, Cells: []string{"X", "X quang", "Phòng A"}},
		{Line: 10, Cells: []string{"4", "Mua máy", "Phòng A", "Quý I"}},
		{Line: 11, Cells: []string{"", "X quang là gì"}},
	}
	draft, err := planfile.DraftOf(rows, smallRoster(t), planfile.Options{Year: 2024})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, task := range draft.Plan.Tasks {
		got = append(got, strconv.Itoa(task.Number)+" "+draft.Plan.GroupLabel(task))
	}
	want := []string{"1 I. Thể chế", "2 II. Thủ tục", "3 III. Bộ máy", "4 X. X quang"}
	if !slices.Equal(got, want) {
		t.Errorf("tasks = %q, want %q", got, want)
	}
	if last := draft.Problems[len(draft.Problems)-1]; len(draft.Problems) != 2 || last.Code != planfile.CodeNoNumber {
		t.Errorf("problems = %v, want no_year and no_number", draft.Problems)
	}
}

// Plans of other offices, with units made of the names they use.
func TestReadDraftElsewhere(t *testing.T) {
	tests := []struct {
		file          string
		year          int
		tasks, groups int
		empty         []int // numbered rows without anything else
	}{
		{"khanh-hoa-2026-kh-11.csv", 2026, 53, 10, nil},
		{"bo-gddt-2017-nhiem-vu.csv", 2017, 63, 1, []int{54, 55, 56, 57, 58, 59, 60, 61, 62, 63}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			data, err := os.ReadFile("testdata/" + tt.file)
			if err != nil {
				t.Fatal(err)
			}
			opts := planfile.Options{Year: tt.year}
			first, err := planfile.ReadDraft(strings.NewReader(string(data)), emptyRoster(t), opts)
			if err != nil {
				t.Fatal(err)
			}
			roster := rosterOf(t, first.Unknown)
			draft, err := planfile.ReadDraft(strings.NewReader(string(data)), roster, opts)
			if err != nil {
				t.Fatal(err)
			}
			if len(draft.Plan.Tasks) != tt.tasks || len(draft.Plan.Groups) != tt.groups || len(draft.Unknown) > 0 {
				t.Errorf("%d tasks, %d groups, unknown %q, want %d, %d and none",
					len(draft.Plan.Tasks), len(draft.Plan.Groups), draft.Unknown, tt.tasks, tt.groups)
			}
			checkRows(t, string(data), draft.Plan, tt.empty)
			if _, err := planfile.ReadPlan(strings.NewReader(string(data)), roster, opts); (err == nil) != (tt.empty == nil) {
				t.Errorf("ReadPlan() error = %v, empty rows %v", err, tt.empty)
			}
		})
	}
}

// rosterOf makes a unit of each name; names that fold alike are one.
func rosterOf(t *testing.T, names []string) *plan.Roster {
	t.Helper()
	var units []plan.Unit
	seen := map[string]bool{}
	for _, name := range names {
		if folded := plan.Fold(name); !seen[folded] {
			seen[folded] = true
			units = append(units, plan.Unit{Code: fmt.Sprintf("unit-%d", len(units)+1), Name: name})
		}
	}
	r, err := plan.NewRoster(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// checkRows compares the plan with the file's numbered rows, whose columns are
// number, content, lead, cooperating, product, deadline.
func checkRows(t *testing.T, data string, p *plan.Plan, empty []int) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range rows[1:] {
		number, err := strconv.Atoi(want[0])
		if err != nil {
			continue
		}
		task := p.Task(number)
		if task == nil {
			t.Errorf("no task %d", number)
			continue
		}
		got := []string{want[0], task.Content, task.LeadText, task.CooperatingText, want[4], task.Schedule.Phrase}
		want[1] = strings.TrimSpace(want[1])
		if !slices.Equal(got, want) {
			t.Errorf("task %d = %q, want %q", number, got, want)
		}
		if bare := len(task.Leads) == 0 || task.ShortTitle == ""; bare != slices.Contains(empty, number) {
			t.Errorf("task %d: leads %q, short title %q", number, task.Leads, task.ShortTitle)
		}
	}
}
