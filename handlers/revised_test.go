package handlers_test

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"dondoc/internal/plan"
)

// phrased is the appendix with another deadline of the task.
func phrased(t *testing.T, number, phrase string) []byte {
	t.Helper()
	return version(t, func(row string) string {
		if strings.HasPrefix(row, number+",") {
			row = strings.TrimRight(row, "\r\n")
			return row[:strings.LastIndex(row[:len(row)-1], ",")] + "," + phrase + ",\n"
		}
		return row
	})
}

// A day that was set, then overtaken by the plan and given up by it, may be set
// again.
func TestADaySetAgain(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/deadline 29 30/11/2024", "Đã xác định thời hạn")
	o.imports(phrased(t, "29", "30/11/2024"))
	o.imports(phrased(t, "29", "Theo quy định của tỉnh"))
	o.expect(adminID, in(adminID), "/deadline 29 30/11/2024", "thời hạn nhiệm vụ 29")
	if occ := o.occurrence(29, "van-phong", ""); occ == nil || occ.Due.String() != "2024-11-30" {
		t.Errorf("29: %+v", occ)
	}
}

// Nothing arose in the first quarter; then the plan makes the task an ongoing
// one: its check-in of the quarter is reported.
func TestATriggerTaskBecomesAnOngoingOne(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	o.imports(phrased(t, "24", "Thực hiện khi có VB kiến nghị"))
	o.expect(officeHead, in(officeChat), "/none 24", "Nhiệm vụ 24", "không phát sinh")
	o.imports(phrased(t, "24", "Thường xuyên"))
	occ := o.occurrence(24, "van-phong", "2024-Q1")
	if occ.Kind != plan.OccurrenceCheckIn || occ.Dropped || occ.Completion() == nil {
		t.Errorf("the check-in is %+v", occ)
	}
	o.expect(officeHead, in(officeChat), "/done 24 đã cấp", "Nhiệm vụ 24")
}

// A task whose check-in was reported is dated by a later version of the plan:
// reports and later days are about its dated work from then on.
func TestAnOngoingTaskBecomesADatedOne(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 24 đã cấp", "kỳ Quý I")
	o.imports(phrased(t, "24", "30/6/2024"))
	o.expect(officeHead, in(officeChat), "/doing 24 đang thử", "🔄 Nhiệm vụ 24: đang thực hiện\n", "hạn 30/06/2024")
	o.expect(directorID, in(leaderChat), "/deadline 24 30/09/2024 chờ kinh phí", "Gia hạn nhiệm vụ 24", "30/09/2024")
	o.set("20/03/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 24 12/BC-SXD", "🟢 Nhiệm vụ 24: Hoàn thành đúng hạn", "hạn 30/09/2024")
	if r := o.occurrence(24, "van-phong", "2024-Q1").Reports; len(r) != 1 {
		t.Errorf("its check-in has %+v", r)
	}
}

// What a deadline says is kept as it stands on paper, also where no day of it
// changes.
func TestADeadlineInOtherWords(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.imports(phrased(t, "29", "Theo hướng dẫn của Bộ Nội vụ"))
	if got := o.snapshot().Year(2024).Task(29).Schedule.Phrase; got != "Theo hướng dẫn của Bộ Nội vụ" {
		t.Errorf("the phrase is %q", got)
	}
	o.set("13/03/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 15 12/QĐ-SXD", "Hoàn thành đúng hạn")
	o.imports(phrased(t, "15", "31/3/2024"))
	if occs := o.occurrences(15, "van-phong"); len(occs) != 1 || occs[0].Status() != plan.Done {
		t.Errorf("15: %+v", occs)
	}
}

// A short title or a note alone makes a version, of which nobody is told; a file
// that has neither leaves them as they are.
func TestAnotherShortTitleOrNote(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	said := o.count(forumChat)
	p := o.snapshot().Year(2024)
	var file bytes.Buffer
	file.WriteString("#năm,2024\nSTT,Nội dung,Tên ngắn,Đơn vị chủ trì,Đơn vị phối hợp,Thời gian hoàn thành,Ghi chú\n")
	w := csv.NewWriter(&file)
	for i, g := range p.Groups {
		o.must(w.Write([]string{g.Numeral, g.Title}))
		for _, task := range p.Tasks {
			short, note := "", ""
			switch task.Number {
			case 15:
				short = "Vị trí việc làm"
			case 18:
				note = "Theo Kế hoạch 12/KH-SXD"
			}
			if task.Group == i {
				o.must(w.Write([]string{
					strconv.Itoa(task.Number), task.Content, short, task.LeadText, task.CooperatingText, task.Schedule.Phrase, note,
				}))
			}
		}
	}
	w.Flush()
	preview := o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file.Bytes())
	o.has(preview, "So với kế hoạch năm 2024 đang dùng: đổi tên ngắn 1 · đổi ghi chú 1",
		"15 · Danh mục vị trí việc làm", "“Vị trí việc làm”", "ghi chú “Theo Kế hoạch 12/KH-SXD”", "[Nhập kế hoạch]")
	o.has(o.pressed(adminID, preview, "Nhập kế hoạch"), "Đã cập nhật kế hoạch, 30 nhiệm vụ")

	o.imports(phrased(t, "29", "Theo hướng dẫn của Bộ Nội vụ"))
	p = o.snapshot().Year(2024)
	if p.Task(15).ShortTitle != "Vị trí việc làm" || p.Task(18).Note != "Theo Kế hoạch 12/KH-SXD" || p.Task(18).ShortTitle == "" {
		t.Errorf("15 is called %q, of 18 is noted %q", p.Task(15).ShortTitle, p.Task(18).Note)
	}
	if n := o.count(forumChat); n != said {
		t.Errorf("%d messages to the units", n-said)
	}
}
