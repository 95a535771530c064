package planfile_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

// written reads back what excelize writes: cell for cell, which keeps texts in
// one place for all, or as a stream, which keeps them in the cells.
func written(t *testing.T, roster *plan.Roster, fill func(f *excelize.File) error) *planfile.Draft {
	t.Helper()
	f := excelize.NewFile()
	var out bytes.Buffer
	if err := errors.Join(fill(f), f.Write(&out), f.Close()); err != nil {
		t.Fatal(err)
	}
	draft, err := planfile.ReadDraft(&out, roster, planfile.Options{Year: 2024})
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

// appendix returns the cells of the appendix, numbers as numbers.
func appendix(t *testing.T) [][]any {
	t.Helper()
	text, err := os.ReadFile("testdata/appendix-2024.csv")
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([][]any, len(records))
	for i, record := range records {
		for at, text := range record {
			if n, err := strconv.Atoi(text); err == nil && at == 0 {
				rows[i] = append(rows[i], n)
			} else {
				rows[i] = append(rows[i], text)
			}
		}
	}
	return rows
}

func TestTheAppendixComesInEqualFromExcelize(t *testing.T) {
	_, roster, _ := shipped(t)
	want := cells(readFile(t, "appendix-2024.csv", roster).Plan)
	rows := appendix(t)
	for name, fill := range map[string]func(f *excelize.File) error{
		"cell for cell": func(f *excelize.File) error {
			for i, row := range rows {
				if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
					return err
				}
			}
			return nil
		},
		"as a stream": func(f *excelize.File) error {
			w, err := f.NewStreamWriter("Sheet1")
			if err != nil {
				return err
			}
			for i, row := range rows {
				if err := w.SetRow("A"+strconv.Itoa(i+1), row); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	} {
		if got := cells(written(t, roster, fill).Plan); !slices.Equal(got, want) {
			t.Errorf("%s: %d tasks, want %d\n%q", name, len(got), len(want), got)
		}
	}
}

// TestTheCellsOfExcelize has what a workbook has beside texts: days, months,
// merged cells, letters of several fonts, a signature.
func TestTheCellsOfExcelize(t *testing.T) {
	draft := written(t, smallRoster(t), func(f *excelize.File) error {
		format := func(text string) int {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &text})
			if err != nil {
				t.Fatal(err)
			}
			return style
		}
		june := time.Date(2024, time.June, 1, 0, 0, 0, 0, time.UTC)
		set := func(cell string, value any) error { return f.SetCellValue("Sheet1", cell, value) }
		return errors.Join(
			set("A1", "Kế hoạch công tác năm 2024"), f.MergeCell("Sheet1", "A1", "E1"),
			f.SetSheetRow("Sheet1", "A2", &[]string{"STT", "Nội dung", "Đơn vị thực hiện", "", "Thời gian"}),
			f.SetSheetRow("Sheet1", "A3", &[]string{"", "", "Chủ trì", "Phối hợp", ""}), f.MergeCell("Sheet1", "C2", "D2"),
			f.MergeCell("Sheet1", "A2", "A3"), f.MergeCell("Sheet1", "B2", "B3"), f.MergeCell("Sheet1", "E2", "E3"),
			set("A4", 1), set("B4", "a"), set("C4", "Văn phòng Sở"), set("D4", "Thanh tra XD"), set("E4", june),
			f.SetCellStyle("Sheet1", "E4", "E4", format("mm/yyyy")),
			set("A5", 2), set("E5", june), f.SetCellStyle("Sheet1", "E5", "E5", format("dd/mm/yyyy")),
			f.SetCellRichText("Sheet1", "B5", []excelize.RichTextRun{{Text: "Rà soát "}, {Text: "b", Font: &excelize.Font{Bold: true}}}),
			f.MergeCell("Sheet1", "C4", "C5"),
			set("D7", "GIÁM ĐỐC"), set("D10", "Lê A"),
		)
	})
	var got []string
	for _, task := range draft.Plan.Tasks {
		got = append(got, row(task))
	}
	want := []string{"1|a|A|van-phong|thanh-tra|period|2024-06-30|", "2|Rà soát b|Rà soát b|van-phong||date|2024-06-01|"}
	if p := draft.Plan; !slices.Equal(got, want) || p.Title != "Kế hoạch công tác năm 2024" || p.Signer != "Lê A" {
		t.Errorf("got  %q of %q by %q\nwant %q", got, p.Title, p.Signer, want)
	}
}
