package cli_test

import (
	"archive/zip"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"dondoc/internal/cli"
)

func TestReport(t *testing.T) {
	dir, _ := dataFolder(t)
	release, err := cli.ClaimFolder(dir) // a program runs on it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = release() })
	out := filepath.Join(t.TempDir(), "a", "b")
	env := map[string]string{"DONDOC_DATA": dir}
	got := run(t, env, "", "report", "Q1", "--out", out, "--year", "2024")
	workbook, document := filepath.Join(out, "bao-cao-2024-Q1.xlsx"), filepath.Join(out, "bao-cao-2024-Q1.docx")
	if got.status != 0 || got.err != "" || got.out != workbook+"\n"+document+"\n" {
		t.Fatalf("%+v", got)
	}
	f, err := excelize.OpenFile(workbook)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Tổng hợp")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 5 && r[0] == "Toàn kế hoạch (nhiệm vụ)" })
	if at < 0 || !slices.Equal(rows[at][1:7], []string{"6", "1", "0", "0", "5", "0"}) {
		t.Errorf("figures: %q", rows)
	}
	if left, err := os.ReadDir(out); err != nil || len(left) != 2 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
	again := run(t, env, "", "report", "quý", "I", "--out", out)
	if again.status != 0 || again.out != got.out {
		t.Errorf("again: %+v", again)
	}
	english := run(t, map[string]string{"DONDOC_DATA": dir, "DONDOC_LANG": "en"}, "", "report", "2024", "--out", out)
	if english.status != 0 || !strings.HasSuffix(english.out, "bao-cao-2024.docx\n") {
		t.Errorf("the year in English: %+v", english)
	}
}

func TestReportRefusesWhatCannotBe(t *testing.T) {
	dir, _ := dataFolder(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	for want, tc := range map[string]struct {
		env  map[string]string
		args []string
	}{
		`"Q2" is no period`:          {nil, []string{"Q2"}},
		"contradict each other":      {nil, []string{"Q1/2024", "--year", "2025"}},
		"holds no plan of 2031":      {nil, []string{"Q1", "--year", "2031"}},
		"has not begun: it begins":   {map[string]string{"DONDOC_CLOCK": "2024-03-20T08:00:00+07:00"}, []string{"Q3"}},
		"holds no dondoc.db":         {map[string]string{"DONDOC_DATA": t.TempDir()}, []string{"Q1"}},
		"cannot make the folder":     {nil, []string{"Q1", "--out", filepath.Join(file, "x")}},
		"no Word document":           {map[string]string{"DONDOC_REPORT_TEMPLATE": file}, []string{"Q1"}},
		"no such file or directory":  {map[string]string{"DONDOC_REPORT_TEMPLATE": file + "x"}, []string{"Q1"}},
		`expected "<period> ..."`:    {nil, nil},
		"--report-template (DONDOC_": {nil, []string{"Q1", "--report-template", file}},
	} {
		env := map[string]string{"DONDOC_DATA": dir}
		maps.Copy(env, tc.env)
		args := append([]string{"report"}, tc.args...)
		if !slices.Contains(args, "--out") {
			args = append(args, "--out", out)
		}
		got := run(t, env, "", args...)
		if got.status != 2 || strings.Count(got.err, "\n") != 1 || !strings.Contains(got.err, want) || got.out != "" {
			t.Errorf("%s %q: %+v", want, args, got)
		}
	}
	if left, err := os.ReadDir(out); err != nil || len(left) != 0 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

// A template that names what there is not ends every start with one line.
func TestABrokenTemplateEndsTheStart(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.docx")
	f, err := os.Create(broken)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(f)
	w, err := archive.Create("word/document.xml")
	if err == nil {
		_, err = io.WriteString(w, `<w:document xmlns:w="w"><w:p><w:r><w:t>{{.Ofice}}</w:t></w:r></w:p></w:document>`)
	}
	if err != nil || archive.Close() != nil || f.Close() != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"run"}, {"demo"}, {}} {
		got := run(t, map[string]string{
			"DONDOC_DATA": t.TempDir(), "DONDOC_REPORT_TEMPLATE": broken, "TELEGRAM_BOT_TOKEN": "123456:abc",
		}, "", command...)
		if got.status != 2 || strings.Count(got.err, "\n") != 1 || !strings.Contains(got.err, "Ofice") {
			t.Errorf("%q: %+v", command, got)
		}
	}
}
