package handlers_test

import (
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
