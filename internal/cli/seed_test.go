package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/cli"
)

const (
	unitsFile = "mã,tên,loại,tên ngắn,tên khác,thành viên\n" +
		"vp,Văn phòng,van_phong,,,\np1,Phòng Một,phong_cm,P1,,\n"
	planHead = "#số,12/QĐ-X\n#ngày,05/01/2025\n#năm,2025\n"
	planRows = "STT,Nội dung,Đơn vị chủ trì,Đơn vị phối hợp,Thời gian hoàn thành,Ghi chú\n" +
		"I,Nhóm một,,,,\n1,Việc một,Văn phòng,Phòng Một,Quý I,\n2,Việc <hai>,Phòng Một,,Thường xuyên,\n"
)

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSeedShipped(t *testing.T) {
	clearEnvironment(t)
	seed, err := cli.SeedOf(t)
	if err != nil {
		t.Fatal(err)
	}
	if seed.Plan.Year != 2024 || len(seed.Plan.Tasks) != 30 || len(seed.Days) == 0 {
		t.Errorf("year %d, %d tasks, %d special days", seed.Plan.Year, len(seed.Plan.Tasks), len(seed.Days))
	}
	if _, ok := seed.Roster.Unit("van-phong"); !ok {
		t.Error("the shipped roster has no van-phong")
	}
}

func TestSeedFromFiles(t *testing.T) {
	clearEnvironment(t)
	units, planned := write(t, "units.csv", unitsFile), write(t, "plan.csv", planHead+planRows)
	seed, err := cli.SeedOf(t, "--units", units, "--plan", planned)
	if err != nil {
		t.Fatal(err)
	}
	if seed.Plan.Year != 2025 || len(seed.Plan.Tasks) != 2 || !slices.Equal(seed.Plan.Tasks[0].Leads, []string{"vp"}) {
		t.Errorf("year %d, %d tasks, task 1 led by %v", seed.Plan.Year, len(seed.Plan.Tasks), seed.Plan.Tasks[0].Leads)
	}
}

func TestShippedPlanForOtherUnits(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("..", "planfile", "data", "units.csv"))
	if err != nil {
		t.Fatal(err)
	}
	clearEnvironment(t)
	renamed := strings.ReplaceAll(string(source), "thanh-tra", "ttr")
	seed, err := cli.SeedOf(t, "--units", write(t, "units.csv", renamed))
	if err != nil {
		t.Fatal(err)
	}
	if got := seed.Plan.Task(2).Leads; !slices.Equal(got, []string{"ttr"}) {
		t.Errorf("task 2 is led by %v, want ttr", got)
	}
}

func TestUnusableFiles(t *testing.T) {
	units, planned := write(t, "units.csv", unitsFile), write(t, "plan.csv", planHead+planRows)
	tests := []struct {
		name  string
		args  []string
		words []string
	}{
		{"no such plan", []string{"--plan", "missing.csv"}, []string{"--plan", "missing.csv"}},
		{"no such units", []string{"--units", "missing.csv"}, []string{"--units", "missing.csv"}},
		{"a folder as plan", []string{"--plan", t.TempDir()}, []string{"--plan"}},
		{"no table", []string{"--plan", write(t, "x.csv", "hello\n")}, []string{"--plan", "x.csv", "STT"}},
		{"empty plan", []string{"--plan", write(t, "x.csv", "")}, []string{"--plan", "x.csv"}},
		{"units the plan lacks", []string{"--plan", planned}, []string{"--plan", "line 6", "Văn phòng"}},
		{"plan without a year", []string{"--units", units, "--plan", write(t, "x.csv", planRows)}, []string{"#năm"}},
		{"units without units", []string{"--units", write(t, "x.csv", "mã,tên,loại\n")}, []string{"--units", "x.csv"}},
		{"units that the shipped plan lacks", []string{"--units", units}, []string{"--units", "Các phòng CM", "--plan"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "units the plan lacks" {
				tt.args = append(tt.args, "--units", write(t, "other.csv", strings.Replace(unitsFile, "Văn phòng", "VP", 1)))
			}
			wantUnusable(t, run(t, nil, "", append([]string{"demo", "--listen", "127.0.0.1:0"}, tt.args...)...), tt.words...)
		})
	}
}

type check struct {
	Plan struct {
		Number, Date *string
		Title        string
		Year         *int
	}
	Tasks []struct {
		Number     int
		Content    string
		ShortTitle string `json:"short_title"`
		Group      string
		Deadline   string
		Kind       string
		Leads      []string
		Coop       []string `json:"cooperating"`
	}
	Problems []string
	Unknown  []string `json:"unknown_units"`
}

func TestPlanCheckJSON(t *testing.T) {
	units := write(t, "units.csv", unitsFile)
	read := func(text string) check {
		t.Helper()
		got := run(t, nil, "", "plan", "check", "--json", "--units", units, write(t, "plan.csv", text))
		if got.status != 0 || got.err != "" {
			t.Fatalf("status %d, err %q", got.status, got.err)
		}
		var c check
		if err := json.Unmarshal([]byte(got.out), &c); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text, "<hai>") && !strings.Contains(got.out, "<hai>") {
			t.Error("text is escaped for HTML")
		}
		return c
	}
	c := read(planHead + planRows)
	if *c.Plan.Number != "12/QĐ-X" || *c.Plan.Date != "2025-01-05" || *c.Plan.Year != 2025 || len(c.Problems) != 0 {
		t.Errorf("plan %+v, problems %q", c.Plan, c.Problems)
	}
	if len(c.Tasks) != 2 {
		t.Fatalf("%d tasks, want 2", len(c.Tasks))
	}
	first := c.Tasks[0]
	if first.Number != 1 || first.Content != "Việc một" || first.Group != "I. Nhóm một" || first.Deadline != "Quý I" ||
		first.Kind != "period" || !slices.Equal(first.Leads, []string{"vp"}) || !slices.Equal(first.Coop, []string{"p1"}) {
		t.Errorf("task 1: %+v", first)
	}
	if second := c.Tasks[1]; second.Kind != "ongoing" || second.Coop == nil {
		t.Errorf("task 2: %+v", second)
	}
	c = read(strings.Replace(planRows, "Phòng Một,,", "Phòng Ba,,", 1))
	if c.Plan.Number != nil || c.Plan.Date != nil || c.Plan.Year != nil || len(c.Tasks) != 2 || c.Tasks[0].Kind != "period" {
		t.Errorf("a plan without a head: %+v", c)
	}
	if !slices.Equal(c.Unknown, []string{"Phòng Ba"}) || len(c.Problems) == 0 {
		t.Errorf("unknown units %q, problems %q", c.Unknown, c.Problems)
	}
}

func TestPlanCheckForPeople(t *testing.T) {
	units := write(t, "units.csv", unitsFile)
	got := run(t, nil, "", "plan", "check", "--units", units, write(t, "plan.csv", planHead+planRows))
	if got.status != 0 || got.err != "" {
		t.Fatalf("status %d, err %q", got.status, got.err)
	}
	for _, want := range []string{"12/QĐ-X", "2 tasks in 1 group", "2025-03-31", "Quý I", "ongoing"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("the table lacks %q:\n%s", want, got.out)
		}
	}
}

func TestPlanCheckUnusable(t *testing.T) {
	wantUnusable(t, run(t, nil, "", "plan", "check", "missing.csv"), "missing.csv")
	wantUnusable(t, run(t, nil, "", "plan", "check", "--json", write(t, "x.csv", "a,b\n1,2\n")), "x.csv", "STT")
	wantUnusable(t, run(t, nil, "", "plan", "check", "--units", "missing.csv", write(t, "x.csv", planRows)), "--units")
}
