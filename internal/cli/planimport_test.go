package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"dondoc/internal/cli"
)

// testFile returns the path of a plan that the readers are tested with.
func testFile(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs("../planfile/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// An exported plan, as far as these tests look at it.
type exported struct {
	Plan struct {
		Number string
		Year   int
	}
	Units []struct{ Code string }
	Tasks []struct {
		Number      int
		Content     string
		Ended       *string
		Leads       []string
		Occurrences []struct{ Unit, Due string }
	}
}

func exportOf(t *testing.T, env map[string]string) exported {
	t.Helper()
	got := run(t, env, "", "export")
	var e exported
	if err := json.Unmarshal([]byte(got.out), &e); err != nil {
		t.Fatalf("%v: %s", err, got.err)
	}
	return e
}

func TestPlanImport(t *testing.T) {
	file := testFile(t, "appendix-python.docx")
	csv := testFile(t, "appendix-2024.csv")
	env := map[string]string{"DONDOC_DATA": t.TempDir(), "DONDOC_CLOCK": "2024-02-01T09:00:00+07:00"}
	got := run(t, env, "", "plan", "import", "--yes", file)
	if got.status != 0 || !strings.Contains(got.out, "98/QĐ-SXD of 2024-01-11 for 2024: 30 tasks in 7 groups") {
		t.Fatalf("status %d: %s%s", got.status, got.out, got.err)
	}
	if e := exportOf(t, env); len(e.Tasks) != 30 || e.Plan.Number != "98/QĐ-SXD" || len(e.Units) == 0 {
		t.Fatalf("%d tasks of %+v, %d units", len(e.Tasks), e.Plan, len(e.Units))
	}

	text, err := os.ReadFile(csv)
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for line := range strings.SplitAfterSeq(string(text), "\n") {
		if !strings.HasPrefix(line, "14,") {
			rows = append(rows, strings.Replace(line, "Quý I/2024", "Quý II/2024", 1))
		}
	}
	changed := write(t, "plan.csv", strings.Join(append(rows, "31,Tổng kết năm,Văn phòng Sở,Thanh tra XD,20/12/2024,\n"), ""))
	if got = run(t, env, "", "plan", "import", changed); got.status != 2 || !strings.Contains(got.err, "--year") {
		t.Fatalf("without a year: status %d: %s", got.status, got.err)
	}
	before := exportOf(t, env)
	if got = run(t, env, "n\n", "plan", "import", "--year", "2024", changed); got.status == 0 {
		t.Fatalf("refused, and yet status 0: %s", got.out)
	}
	if after := exportOf(t, env); len(after.Tasks) != len(before.Tasks) {
		t.Fatal("what was refused was done")
	}
	got = run(t, env, "y\n", "plan", "import", "--year", "2024", "--number", "9/QĐ-SXD", changed)
	for _, want := range []string{"- 14", "+ 31", "~ 15", `moved from "Quý I/2024" to "Quý II/2024"`} {
		if !strings.Contains(got.out, want) {
			t.Errorf("the difference lacks %q:\n%s", want, got.out)
		}
	}
	after := exportOf(t, env)
	if len(after.Tasks) != 31 || after.Plan.Number != "9/QĐ-SXD" {
		t.Fatalf("%d tasks of %+v", len(after.Tasks), after.Plan)
	}
	for _, task := range after.Tasks {
		switch {
		case (task.Ended != nil) != (task.Number == 14):
			t.Errorf("task %d ended %v", task.Number, task.Ended)
		case task.Number == 15 && (len(task.Occurrences) != 1 || task.Occurrences[0].Due != "2024-06-30"):
			t.Errorf("task 15 is due %+v", task.Occurrences)
		case task.Number == 31 && (len(task.Occurrences) != 1 || task.Occurrences[0].Due != "2024-12-20"):
			t.Errorf("task 31 is due %+v", task.Occurrences)
		}
	}
}

func TestPlanImportLearnsNames(t *testing.T) {
	file := write(t, "plan.csv", "#năm,2025\nSTT,Nội dung,Chủ trì,Thời gian\n1,Việc,Phòng Xây dựng cơ bản,Quý I\n")
	env := map[string]string{"DONDOC_DATA": t.TempDir()}
	got := run(t, env, "", "plan", "import", "--yes", file)
	if got.status != 2 || !strings.Contains(got.err, "Phòng Xây dựng cơ bản") || !strings.Contains(got.err, "nearest") ||
		strings.Count(got.err, "\n") != 1 {
		t.Fatalf("status %d: %s", got.status, got.err)
	}
	if got = run(t, map[string]string{"DONDOC_DATA": t.TempDir()}, "", "plan", "import", "--yes", "--ignore",
		"Phòng Xây dựng cơ bản", file); got.status != 2 || !strings.Contains(got.err, "no lead unit") {
		t.Errorf("a task that nobody leads: status %d: %s", got.status, got.err)
	}
	const alias = "Phòng Xây dựng cơ bản=p-qlxd"
	for _, bad := range []string{"x", "=p-qlxd", "Văn phòng Sở=p-qlxd", "Phòng X=none"} {
		wantUnusable(t, run(t, env, "", "plan", "import", "--yes", "--alias", bad, file), "--alias")
	}
	if got := run(t, env, "", "plan", "import", "--yes", "--alias", alias, file); got.status != 0 {
		t.Fatalf("status %d: %s", got.status, got.err)
	}
	if e := exportOf(t, env); len(e.Tasks) != 1 || e.Tasks[0].Leads[0] != "p-qlxd" {
		t.Errorf("%+v", e.Tasks)
	}
	if got := run(t, env, "", "plan", "import", "--yes", file); got.status != 0 {
		t.Errorf("the name was forgotten: %s", got.err)
	}
	// A check knows what the office has learned, also while a program runs.
	release, err := cli.ClaimFolder(env["DONDOC_DATA"])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = release() })
	if got := run(t, env, "", "plan", "check", file); got.status != 0 || strings.Contains(got.out, "unknown") {
		t.Errorf("a check does not know the name: %s%s", got.out, got.err)
	}
	elsewhere := map[string]string{"DONDOC_DATA": filepath.Join(t.TempDir(), "none")}
	if got := run(t, elsewhere, "", "plan", "check", file); got.status != 0 || !strings.Contains(got.out, "is unknown") {
		t.Errorf("a check of a new folder knows the name: %s%s", got.out, got.err)
	}
	if _, err := os.Stat(elsewhere["DONDOC_DATA"]); err == nil {
		t.Error("a check made the folder")
	}
}

func TestPlanFilesThatCannotBe(t *testing.T) {
	for name, text := range map[string]string{
		"a PDF": "%PDF-1.7", "no table": "a,b\n1,2\n", "half a file": "PK\x03\x04abc", "empty": "",
	} {
		t.Run(name, func(t *testing.T) {
			file := write(t, "plan.csv", text)
			wantUnusable(t, run(t, nil, "", "plan", "check", "--json", file), "cannot read the plan")
			wantUnusable(t, run(t, nil, "", "plan", "import", "--yes", file), "cannot read the plan")
		})
	}
	wantUnusable(t, run(t, nil, "", "plan", "import", "no-such-file"), "no-such-file")
}

func TestPlanCheckReadsEveryFormat(t *testing.T) {
	var files []string
	for _, name := range []string{"appendix-libreoffice.docx", "appendix-libreoffice.xlsx", "appendix-2024.csv"} {
		files = append(files, testFile(t, name)) // before the first run, which is in another folder
	}
	for _, name := range files {
		got := run(t, nil, "", "plan", "check", "--json", name)
		var check struct {
			Tasks []struct{ Kind string }
		}
		if err := json.Unmarshal([]byte(got.out), &check); err != nil || got.status != 0 || len(check.Tasks) != 30 {
			t.Errorf("%s: status %d, %d tasks, %v", name, got.status, len(check.Tasks), err)
		}
	}
}

func TestPlanImportAsks(t *testing.T) {
	env := map[string]string{"DONDOC_DATA": t.TempDir(), "DONDOC_CLOCK": "2024-02-01T09:00:00+07:00"}
	file := testFile(t, "appendix-python.docx")
	if got := run(t, env, "", "plan", "import", file); got.status != 2 || !strings.Contains(got.err, "--yes") {
		t.Errorf("nobody to be asked: %+v", got)
	}

	ctx, interrupt := context.WithCancel(t.Context())
	silent, nobody := io.Pipe() // a terminal at which nobody types
	defer nobody.Close()
	var out, errs strings.Builder
	status := make(chan int, 1)
	go func() {
		status <- cli.Main(ctx, []string{"plan", "import", file}, cli.Streams{
			In: silent, Out: writerFunc(func(text string) {
				if out.WriteString(text); strings.Contains(text, "[y/N]") {
					interrupt()
				}
			}), Err: &errs,
		})
	}()
	select {
	case got := <-status:
		if got != 1 || !strings.Contains(errs.String(), "nothing was changed") {
			t.Errorf("status %d: %s", got, &errs)
		}
	case <-time.After(time.Minute):
		t.Fatal("Ctrl-C at the question is not heard")
	}
	if e := exportOf(t, env); len(e.Tasks) > 0 {
		t.Error("the plan was taken over, though nobody agreed")
	}
}

// A writerFunc is told what is written.
type writerFunc func(text string)

func (f writerFunc) Write(p []byte) (int, error) {
	f(string(p))
	return len(p), nil
}

// What plan check prints of a file, notes included, is what export prints when
// the file was taken over, but for the occurrences.
func TestPlanCheckPrintsWhatExportDoes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "plan.csv")
	text := "#số,1/QĐ-SXD\n#ngày,11/01/2024\n#năm,2024\n#tiêu đề,Kế hoạch\n" +
		"STT,Nội dung,Tên ngắn,Đơn vị chủ trì,Thời gian hoàn thành,Ghi chú\n" +
		"1,Rà soát quy hoạch,Quy hoạch,Văn phòng Sở,Quý I và Quý III,Theo Kế hoạch 12/KH-SXD\n" +
		"2,Công khai thủ tục,,Thanh tra xây dựng,Thường xuyên,\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"DONDOC_DATA": t.TempDir(), "DONDOC_CLOCK": "2024-02-01T09:00:00+07:00"}
	checked := run(t, env, "", "plan", "check", "--json", file)
	if got := run(t, env, "", "plan", "import", "--yes", file); got.status != 0 {
		t.Fatal(got.err)
	}
	exported := run(t, env, "", "export")
	var want, got struct {
		Plan  map[string]any
		Tasks []map[string]any
	}
	if err := errors.Join(json.Unmarshal([]byte(checked.out), &got), json.Unmarshal([]byte(exported.out), &want)); err != nil {
		t.Fatal(err)
	}
	for _, task := range want.Tasks {
		delete(task, "occurrences")
	}
	if !reflect.DeepEqual(got, want) || len(got.Tasks) != 2 || got.Tasks[0]["note"] != "Theo Kế hoạch 12/KH-SXD" {
		t.Errorf("plan check: %v\nexport:     %v", got, want)
	}
}

// An office begins with its own units and its own plan: those of the shipped
// plan need not be among the units.
func TestPlanImportIntoAnOfficeOfItsOwn(t *testing.T) {
	dir := t.TempDir()
	units, file := filepath.Join(dir, "units.csv"), filepath.Join(dir, "plan.csv")
	for name, text := range map[string]string{
		units: "mã,tên,loại\np-kt,Phòng Kinh tế,phong_cm\n",
		file:  "#năm,2024\nSTT,Nội dung,Đơn vị chủ trì,Thời gian hoàn thành\n1,Rà soát,Phòng Kinh tế,Quý I\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	env := map[string]string{"DONDOC_DATA": t.TempDir(), "DONDOC_UNITS": units}
	if got := run(t, env, "", "plan", "import", "--yes", file); got.status != 0 {
		t.Fatalf("status %d: %s", got.status, got.err)
	}
	if e := exportOf(t, env); len(e.Units) != 1 || len(e.Tasks) != 1 || e.Tasks[0].Leads[0] != "p-kt" {
		t.Errorf("%+v", e)
	}
}
