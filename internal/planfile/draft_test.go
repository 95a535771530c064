package planfile_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/grid"
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
		"1b,Mục,Văn phòng Sở,,2024,\n"
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
	if unknown := []string{"Sở X", "Sở Y"}; !slices.Equal(names(draft), unknown) {
		t.Errorf("unknown = %q, want %q", names(draft), unknown)
	}
	codes := []string{
		"1 bad_date", "3 unknown_unit", "3 unknown_unit", "3 unknown_unit", "4 same_number", "4 no_content", "4 no_lead",
		"5 bad_number", "0 no_year",
	}
	got = nil
	for _, problem := range draft.Problems() {
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
	if len(draft.Plan.Tasks) != 1000 || len(draft.Problems()) != 500 {
		t.Errorf("%d tasks, %d problems, want 1000 and 500", len(draft.Plan.Tasks), len(draft.Problems()))
	}
}

// names are the names that the draft's roster does not have.
func names(draft *planfile.Draft) []string {
	var list []string
	for _, u := range draft.Unknown {
		list = append(list, u.Name)
	}
	return list
}

// tableOf makes a document of one table. A cell "<" goes on from the left, a
// cell "^" from above.
func tableOf(rows ...[]string) *grid.Document {
	t := &grid.Table{}
	for i, texts := range rows {
		row := grid.Row{Line: i + 1}
		for at, text := range texts {
			cell := grid.Cell{Text: text}
			switch text {
			case "<":
				cell = grid.Cell{Text: row.Cells[at-1].Text, Left: true}
			case "^":
				cell = grid.Cell{Text: t.Rows[i-1].Cells[at].Text, Above: true}
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return &grid.Document{Blocks: []grid.Block{{Table: t}}}
}

func draftOf(t *testing.T, doc *grid.Document, roster *plan.Roster) *planfile.Draft {
	t.Helper()
	draft, err := planfile.DraftOf(doc)
	if err != nil {
		t.Fatal(err)
	}
	draft.Settle(roster, 2024)
	return draft
}

func labelled(draft *planfile.Draft) []string {
	var got []string
	for _, task := range draft.Plan.Tasks {
		got = append(got, strconv.Itoa(task.Number)+" "+draft.Plan.GroupLabel(task))
	}
	return got
}

func TestDraftOfMergedRows(t *testing.T) {
	draft := draftOf(t, tableOf(
		[]string{"STT", "Nội dung", "Chủ trì", "Thời gian"},
		[]string{"1", "2", "3", "4"},
		[]string{"I. Thể chế", "<", "<", "<"},
		[]string{"1", "Công bố", "Văn phòng Sở", "Quý I"},
		[]string{"", "II. Thủ tục"},
		[]string{"2", "Kiểm soát", "Văn phòng Sở", "Quý I"},
		[]string{"III Bộ máy"},
		[]string{"3", "Sắp xếp", "Văn phòng Sở"},
		[]string{"X", "X quang", "Phòng A"},
		[]string{"4", "Mua máy", "Phòng A", "Quý I"},
		[]string{"Lĩnh vực không số", "<", "<", "<"},
		[]string{"5", "Việc khác", "Phòng A", "Quý I"},
	), smallRoster(t))
	want := []string{"1 I. Thể chế", "2 II. Thủ tục", "3 III. Bộ máy", "4 X. X quang", "5 Lĩnh vực không số"}
	if got := labelled(draft); !slices.Equal(got, want) {
		t.Errorf("tasks = %q, want %q", got, want)
	}
	if problems := draft.Problems(); len(problems) != 1 || problems[0].Code != planfile.CodeNoYear {
		t.Errorf("problems = %v, want no_year", problems)
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
			roster := rosterOf(t, names(first))
			draft, err := planfile.ReadDraft(strings.NewReader(string(data)), roster, opts)
			if err != nil {
				t.Fatal(err)
			}
			if len(draft.Plan.Tasks) != tt.tasks || len(draft.Plan.Groups) != tt.groups || len(draft.Unknown) > 0 {
				t.Errorf("%d tasks, %d groups, unknown %q, want %d, %d and none",
					len(draft.Plan.Tasks), len(draft.Plan.Groups), names(draft), tt.tasks, tt.groups)
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
		for i := range want {
			want[i] = norm.NFC.String(strings.TrimSpace(want[i]))
		}
		if !slices.Equal(got, want) {
			t.Errorf("task %d = %q, want %q", number, got, want)
		}
		if bare := len(task.Leads) == 0 || task.ShortTitle == ""; bare != slices.Contains(empty, number) {
			t.Errorf("task %d: leads %q, short title %q", number, task.Leads, task.ShortTitle)
		}
	}
}
