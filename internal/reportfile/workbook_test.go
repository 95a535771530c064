package reportfile_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"dondoc/internal/plan"
	"dondoc/internal/reportfile"
	"dondoc/storage"
)

func workbook(t *testing.T, r *reportfile.Report) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := reportfile.Workbook(&out, r, words(t)); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("REPORTFILE_OUT"); dir != "" {
		if err := os.WriteFile(dir+"/"+t.Name()+".xlsx", out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func rows(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	r, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// find returns the first row whose first cells are those.
func find(t *testing.T, rows [][]string, cells ...string) []string {
	t.Helper()
	for _, row := range rows {
		if len(row) >= len(cells) && slices.Equal(row[:len(cells)], cells) {
			return row
		}
	}
	t.Fatalf("no row %q", cells)
	return nil
}

func TestWorkbook(t *testing.T) {
	o := quarter(t)
	f := workbook(t, o.gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25)))
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Tổng hợp", "Nhiệm vụ", "Đơn vị", "Báo cáo", "Lịch sử gia hạn"}) {
		t.Errorf("sheets %q", got)
	}
	overview := rows(t, f, "Tổng hợp")
	if got := find(t, overview, "Toàn kế hoạch (nhiệm vụ)"); !slices.Equal(got[1:], []string{
		"6", "1", "0", "0", "5", "0", "100.0%", "16.7%", "37", "7", "7", "2",
	}) {
		t.Errorf("figures %q", got)
	}
	if got := find(t, overview, "Quý I"); !slices.Equal(got[1:7], []string{"14/3/2024", "37", "7", "7", "0", "30"}) {
		t.Errorf("check-ins %q", got)
	}
	tasks := rows(t, f, "Nhiệm vụ")
	if got := find(t, tasks, "15"); got[7] != "Hoàn thành đúng hạn" ||
		got[12] != "123/QĐ-SXD ngày 08/3/2024" || got[6] != "31/3/2024" {
		t.Errorf("task 15: %q", got)
	}
	if got := find(t, tasks, "26"); got[7] != "Trong hạn" || got[13] != "Hoàn thành 20/3/2024: đã ban hành đủ 5 kế hoạch" {
		t.Errorf("task 26: %q", got)
	}
	if got := find(t, tasks, "5")[10]; got != "Tổ Kiểm soát TTHC: đang rà soát 4 TTHC\nVăn phòng Sở: đã công bố 12 TTHC" {
		t.Errorf("task 5: %q", got)
	}
	if got := find(t, tasks, "24"); got[7] != "Đã báo cáo 1/1, vướng mắc" || got[11] != "chờ cấp chứng thư số" {
		t.Errorf("task 24: %q", got)
	}
	reports := rows(t, f, "Báo cáo")
	for _, row := range reports {
		if len(row) > 8 && row[1] == "26" {
			t.Errorf("a report of the next period: %q", row)
		}
	}
	if got := find(t, reports, "3"); got[5] != "02/01/2024 08:05" || got[9] != `=HYPERLINK("http://x","y")` {
		t.Errorf("report 3: %q", got)
	}
}

func TestWhatPeopleTypeIsText(t *testing.T) {
	f := workbook(t, quarter(t).gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25)))
	all := rows(t, f, "Báo cáo")
	found := map[string]bool{}
	for _, sheet := range f.GetSheetList() {
		for y, row := range rows(t, f, sheet) {
			for x, text := range row {
				at, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, err := f.GetCellFormula(sheet, at); err != nil || formula != "" {
					t.Errorf("%s %s is the formula %q, %v", sheet, at, formula, err)
				}
				kind, err := f.GetCellType(sheet, at)
				if err != nil || strings.ContainsAny(text[:min(1, len(text))], "=+-@") && kind != excelize.CellTypeSharedString {
					t.Errorf("%s %s %q is of type %d, %v", sheet, at, text, kind, err)
				}
				found[text] = true
			}
		}
	}
	for _, want := range []string{
		"<b>đã</b> theo dõi & báo cáo ]]>", "-1+1|cmd\nđã phổ biến 3 văn bản", strings.TrimSpace(long(longNote)),
	} {
		if !found[want] && !found[want+" "] {
			t.Errorf("%.40q is lost", want)
		}
	}
	all = slices.DeleteFunc(all, func(row []string) bool { return len(row) == 0 || row[0] == "" }) // of a tall one
	if len(all) != 10 {
		t.Errorf("%d rows of reports", len(all))
	}
}

func TestACellHoldsWhatItCan(t *testing.T) {
	o := openOffice(t)
	for _, unit := range o.plan.Task(1).Leads {
		o.report(1, unit, "2024-Q1", "12/03/2024 10:00", plan.Report{Status: plan.Done, Note: long(8000)})
	}
	f := workbook(t, o.gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25)))
	got := find(t, rows(t, f, "Nhiệm vụ"), "1")[10]
	if n := len(utf16.Encode([]rune(got))); n > 32767 || n < 32700 || !strings.HasSuffix(got, " …") {
		t.Errorf("%d units, ending in %q", n, got[len(got)-20:])
	}
}

func TestTheSheetsPrint(t *testing.T) {
	f := workbook(t, quarter(t).gathered(plan.HalfYear, plan.NewDate(2024, time.June, 20)))
	titles, filters := map[string]bool{}, map[string]bool{}
	for _, name := range f.GetDefinedName() {
		switch name.Name {
		case "_xlnm.Print_Titles":
			titles[name.Scope] = true
		case "_xlnm._FilterDatabase":
			filters[name.Scope] = true
		}
	}
	for _, sheet := range f.GetSheetList() {
		layout, err := f.GetPageLayout(sheet)
		if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 {
			t.Errorf("%s: layout %+v, %v", sheet, layout, err)
		}
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit == 0 {
			t.Errorf("%s: panes %+v, %v", sheet, panes, err)
		}
		if !titles[sheet] || !filters[sheet] {
			t.Errorf("%s: a row is repeated in print: %v; it can be filtered: %v", sheet, titles[sheet], filters[sheet])
		}
	}
}

func TestWhatComesAfterTheChot(t *testing.T) {
	o := quarter(t)
	day := plan.NewDate(2024, time.March, 18)
	o.write(func(tx *storage.Tx) error {
		s, err := tx.Snapshot()
		if err != nil {
			return err
		}
		chot := plan.Freeze{Period: plan.FirstQuarter, At: day.In(zone, 9*time.Hour), By: 1}
		_, _, err = tx.Freeze(s.Year(2024), chot, day, zone)
		return err
	})
	before := find(t, rows(t, workbook(t, o.gathered(plan.FirstQuarter, day)), "Tổng hợp"), "Toàn kế hoạch (nhiệm vụ)")
	o.report(6, "van-phong", "2024-Q1", "19/03/2024 10:00", plan.Report{Status: plan.Done, Note: "đến sau"})
	r := o.gathered(plan.FirstQuarter, plan.NewDate(2024, time.May, 10))
	f := workbook(t, r)
	if after := find(t, rows(t, f, "Tổng hợp"), "Toàn kế hoạch (nhiệm vụ)"); !slices.Equal(before, after) {
		t.Errorf("figures were %q, are %q", before, after)
	}
	state := rows(t, f, "Tổng hợp")[3][0]
	if !strings.HasPrefix(state, "Đã chốt số liệu 18/3/2024 09:00; mã băm SHA-256: "+r.Freeze.Hash) {
		t.Errorf("state %q", state)
	}
	reports := rows(t, f, "Báo cáo")
	if last := reports[len(reports)-1]; last[9] != "đến sau" || last[11] != "Bổ sung sau chốt" {
		t.Errorf("last report %q", last)
	}
	paper := lines(written(t, shipped(t), r)["word/document.xml"])
	if !slices.Contains(paper, "- Bổ sung sau chốt ngày 19/3/2024: Kiểm soát TTHC (nhiệm vụ 6; Văn phòng Sở): đến sau.") {
		t.Errorf("the document does not tell of it: %q", paper)
	}
	if task := find(t, rows(t, f, "Nhiệm vụ"), "6"); strings.Contains(strings.Join(task, "|"), "đến sau") {
		t.Errorf("task 6: %q", task)
	}
}

// What was decided stays on the sheet, also where the plan allows as much since.
func TestExtensionSheet(t *testing.T) {
	o := quarter(t)
	o.write(func(tx *storage.Tx) error {
		for task, days := range map[int][2]plan.Date{
			15: {plan.NewDate(2024, time.February, 29), plan.NewDate(2024, time.March, 15)},
			26: {plan.NewDate(2024, time.March, 31), plan.NewDate(2024, time.May, 31)},
		} {
			occs, err := tx.Occurrences(storage.Filter{Task: o.plan.Task(task).ID}, zone)
			if err != nil {
				return err
			}
			if err := tx.Extend(occs[0].ID, plan.Extension{
				Was: days[0], Due: days[1], By: 3, At: time.Date(2024, time.February, 1, 9, 0, 0, 0, zone), Reason: "chờ ý kiến",
			}); err != nil {
				return err
			}
		}
		return nil
	})
	sheet := rows(t, workbook(t, o.gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25))), "Lịch sử gia hạn")
	got := find(t, sheet, "1", "15")
	if want := []string{"29/02/2024", "15/3/2024", "1"}; !slices.Equal(got[4:7], want) ||
		got[10] != "Kế hoạch điều chỉnh sau đó đặt thời hạn 31/3/2024" {
		t.Errorf("task 15: %q", got)
	}
	got = find(t, sheet, "2", "26")
	if !slices.Equal(got[4:7], []string{"31/3/2024", "31/5/2024", "1"}) || len(got) > 10 && got[10] != "" {
		t.Errorf("task 26: %q", got)
	}
}

// A note that is higher than a row can be stands whole in one cell, which goes
// on over rows and pages.
func TestLongNotesAreWhole(t *testing.T) {
	f := workbook(t, quarter(t).gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25)))
	merged, err := f.GetMergeCells("Báo cáo")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(merged, func(m excelize.MergeCell) bool { return strings.HasPrefix(m.GetStartAxis(), "J") })
	if i < 0 || merged[i].GetCellValue() != long(longNote) || len(merged) != 12 {
		t.Fatalf("merged: %d cells", len(merged))
	}
	_, first, err := excelize.CellNameToCoordinates(merged[i].GetStartAxis())
	if err != nil {
		t.Fatal(err)
	}
	_, last, err := excelize.CellNameToCoordinates(merged[i].GetEndAxis())
	if err != nil {
		t.Fatal(err)
	}
	height := 0.0
	for row := first; row <= last; row++ {
		h, err := f.GetRowHeight("Báo cáo", row)
		if err != nil || h > 409 {
			t.Errorf("row %d is %g high: %v", row, h, err)
		}
		height += h
	}
	// 60 letters a line, 14.5 points each.
	if height < longNote/60*14.5 {
		t.Errorf("the note has %g points", height)
	}
	sheet := rows(t, f, "Báo cáo")
	if n := len(sheet) - 1; sheet[n][0] != "9" || sheet[first-1][0] == "" || sheet[last][0] == "" {
		t.Errorf("the rows around it: %q, %q, %q", sheet[first-1][:3], sheet[last][:3], sheet[n][:3])
	}
}

// A task that was ongoing when its check-in was reported, and is dated now, is
// in the box of its dated work.
func TestATaskThatIsOngoingNoMore(t *testing.T) {
	o := openOffice(t)
	o.report(24, "van-phong", "2024-Q1", "12/03/2024 09:00", plan.Report{Status: plan.Done, Note: "đã cấp 5 chứng thư số"})
	revised := *o.plan.Task(24)
	revised.Schedule = plan.Schedule{Phrase: "30/4/2024", Kind: plan.KindDate, Due: []plan.Date{plan.NewDate(2024, time.April, 30)}}
	o.write(func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		old := snap.Plan(o.plan.ID)
		next := *old
		next.Tasks = slices.Clone(old.Tasks)
		next.Tasks[slices.Index(old.Tasks, old.Task(24))] = &revised
		return tx.ChangePlan(plan.Compare(old, &next), plan.NewDate(2024, time.April, 1), zone)
	})
	f := workbook(t, o.gathered(plan.HalfYear, plan.NewDate(2024, time.June, 17)))
	row := find(t, rows(t, f, f.GetSheetList()[1]), "24")
	if row[7] != "Quá hạn" || row[8] != "0" || row[9] != "1" {
		t.Errorf("the row of task 24: %q", row)
	}
}
