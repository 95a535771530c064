package reportfile_test

import (
	"slices"
	"testing"
	"time"

	"dondoc/internal/plan"
	"dondoc/storage"
)

const outsideContent = "Lập danh mục công trình kiểm định chất lượng năm 2024 trình Ủy ban nhân dân tỉnh phê duyệt"

// outside adds a task outside the plan, given on 15/01/2024.
func (o *office) outside(content, phrase string) {
	o.Helper()
	o.added(content, phrase, plan.NewDate(2024, time.January, 15))
}

func (o *office) added(content, phrase string, given plan.Date) {
	o.Helper()
	t := &plan.Task{
		Group: -1, Content: content, ShortTitle: plan.ShortTitle(content), Leads: []string{"p-qlxd"},
		Schedule: plan.ReadDeadline(phrase, 2024),
	}
	o.write(func(tx *storage.Tx) error { return tx.AddTask(o.plan, t, given) })
}

// extend gives the task's first occurrence a later day.
func (o *office) extend(task int, due plan.Date) {
	o.Helper()
	o.write(func(tx *storage.Tx) error {
		occs, err := tx.Occurrences(storage.Filter{Task: o.plan.Task(task).ID}, zone)
		if err != nil {
			return err
		}
		return tx.Extend(occs[0].ID, plan.Extension{
			Was: occs[0].Due, Due: due, By: 3, At: time.Date(2024, time.March, 1, 9, 0, 0, 0, zone), Reason: "chờ ý kiến",
		})
	})
}

// What a phone has no room for stands in the report.
func TestDocumentCallsATaskInFull(t *testing.T) {
	o := quarter(t)
	o.outside(outsideContent, "01/02/2024")
	got := lines(written(t, shipped(t), o.gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25)))["word/document.xml"])
	for _, want := range []string{
		"7. Nhiệm vụ ngoài kế hoạch",
		"- Quá hạn 42 ngày: " + outsideContent + " (nhiệm vụ 31; Phòng Quản lý xây dựng; thời hạn 01/02/2024).",
		"- " + outsideContent + " (nhiệm vụ 31; Phòng Quản lý xây dựng; thời hạn 01/02/2024).",
		"Ngoài kế hoạch", // over its row of the appendix
	} {
		if !slices.Contains(got, want) {
			t.Errorf("lacks %q:\n%q", want, got)
		}
	}
}

// The appendix gives the day beside the plan's words, once, and says of a later
// one that it was extended to.
func TestAppendixDays(t *testing.T) {
	o := quarter(t)
	o.outside("Rà soát quy hoạch cấp nước", "15/05/2024")
	o.extend(26, plan.NewDate(2024, time.June, 30))
	got := lines(written(t, shipped(t), o.gathered(plan.HalfYear, plan.NewDate(2024, time.June, 25)))["word/document.xml"])
	for _, want := range []string{"(31/3/2024)", "(gia hạn đến 30/6/2024)", "15/05/2024"} {
		if !slices.Contains(got, want) {
			t.Errorf("lacks %q", want)
		}
	}
	if slices.Contains(got, "(15/5/2024)") {
		t.Error("a day that the plan's words name stands twice")
	}
}

// What is done without evidence is marked, in both files; a unit that has some
// in another window is not.
func TestDoneWithoutEvidenceIsMarked(t *testing.T) {
	o := quarter(t)
	document := plan.Evidence{Kind: "document", Number: "12/BC-VP", Date: plan.NewDate(2024, time.March, 11)}
	o.report(6, "van-phong", "2024-Q1", "12/03/2024 10:00", plan.Report{
		Status: plan.Done, Note: "12/BC-VP 11/03/2024", Evidence: []plan.Evidence{document},
	})
	o.report(6, "van-phong", "2024-Q2", "12/06/2024 10:00", plan.Report{Status: plan.Done})
	o.report(6, "to-tthc", "2024-Q1", "12/03/2024 10:00", plan.Report{Status: plan.Done})
	o.report(7, "van-phong", "2024-Q1", "12/03/2024 10:00", plan.Report{Status: plan.NotArisen})
	r := o.gathered(plan.HalfYear, plan.NewDate(2024, time.June, 20))
	got := lines(written(t, shipped(t), r)["word/document.xml"])
	for _, want := range []string{
		"Văn phòng Sở: 12/BC-VP ngày 11/3/2024", "Tổ Kiểm soát TTHC: Chưa có minh chứng", "Chưa có minh chứng",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("lacks %q", want)
		}
	}
	if slices.Contains(got, "Văn phòng Sở: Chưa có minh chứng") {
		t.Error("a unit with evidence is said to have none")
	}
	tasks := rows(t, workbook(t, r), "Nhiệm vụ")
	if row := find(t, tasks, "2"); row[12] != "Chưa có minh chứng" {
		t.Errorf("the workbook of task 2: %q", row)
	}
	want := "Tổ Kiểm soát TTHC (Quý I): Chưa có minh chứng\n" +
		"Văn phòng Sở (Quý I): 12/BC-VP ngày 11/3/2024\nVăn phòng Sở (6 tháng): Chưa có minh chứng"
	if row := find(t, tasks, "6"); row[12] != want {
		t.Errorf("the workbook of task 6: %q", row[12])
	}
	if row := find(t, tasks, "15"); row[12] != "123/QĐ-SXD ngày 08/3/2024" {
		t.Errorf("the workbook of task 15: %q", row)
	}
}

// A task that was added after the closing day is none of the period's; one that
// was added before counts with all its days, as it does while the period runs.
func TestTasksAddedAroundTheClosingDay(t *testing.T) {
	o := quarter(t)
	o.added("Rà soát quy hoạch cấp nước", "Quý I và Quý IV/2024", plan.NewDate(2024, time.March, 14))
	o.added("Lập kế hoạch kiểm định", "30/9/2024", plan.NewDate(2024, time.March, 15))
	o.added("Theo dõi kiểm định", "Thường xuyên", plan.NewDate(2024, time.March, 15))
	r := o.gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 20))
	if tasks, work := r.Figures.Tasks.Total(), r.Figures.Work.Total(); tasks != 7 || work != 8 {
		t.Errorf("%d tasks, %d lượt", tasks, work)
	}
	f := workbook(t, r)
	sheet := rows(t, f, f.GetSheetList()[1])
	if row := find(t, sheet, "31"); row[6] != "31/12/2024" || row[9] != "2" {
		t.Errorf("the row of task 31: %q", row)
	}
	if last := sheet[len(sheet)-1]; last[0] != "31" {
		t.Errorf("the last row: %q", last)
	}
}
