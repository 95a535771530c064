package reportfile_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"dondoc/internal/export"
	"dondoc/internal/plan"
)

// An exported is what others read of `dondoc export`.
type exported struct {
	Units []struct{ Code, Name string }
	Tasks []struct {
		Number      int
		Kind        string
		Occurrences []struct {
			Unit, Period string
			Due          *string
			EffectiveDue *string    `json:"effective_due"`
			ReportedAt   *time.Time `json:"reported_at"`
		}
	}
}

func (o *office) exported() exported {
	o.Helper()
	var out bytes.Buffer
	if err := export.Write(o.Context(), &out, o.db, time.Date(2024, time.March, 25, 9, 0, 0, 0, zone)); err != nil {
		o.Fatal(err)
	}
	var e exported
	if err := json.Unmarshal(out.Bytes(), &e); err != nil {
		o.Fatal(err)
	}
	return e
}

// The figures of the workbook are those that anybody can count in the export.
func TestTheFiguresAreThoseOfTheExport(t *testing.T) {
	o := quarter(t)
	o.report(21, "van-phong", "", "01/03/2024 10:00", plan.Report{Status: plan.Done})
	o.report(6, "to-tthc", "2024-Q1", "16/03/2024 10:00", plan.Report{Status: plan.NotArisen}) // late, but before the chốt
	f := workbook(t, o.gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 18)))
	closes := time.Date(2024, time.March, 15, 0, 0, 0, 0, zone)

	type counted struct{ asked, reported, inTime, dated, done int }
	units, all := map[string]*counted{}, counted{}
	e := o.exported()
	for _, u := range e.Units {
		units[u.Code] = &counted{}
	}
	for _, task := range e.Tasks {
		for _, occ := range task.Occurrences {
			u := units[occ.Unit]
			byClosing := occ.ReportedAt != nil && occ.ReportedAt.Before(closes)
			switch {
			case task.Kind == "ongoing" && occ.Period == "2024-Q1":
				u.asked++
				if occ.ReportedAt != nil {
					u.reported++
				}
				if byClosing {
					u.inTime++
				}
			case task.Kind != "ongoing" && occ.Due != nil:
				u.dated++
				if byClosing {
					u.done++
				}
			}
		}
	}
	sheet := rows(t, f, "Đơn vị")
	for _, u := range e.Units {
		want := units[u.Code]
		if *want == (counted{}) {
			continue
		}
		for _, row := range sheet {
			if row[1] != u.Name {
				continue
			}
			got := counted{
				asked: number(t, row[2]), reported: number(t, row[3]), inTime: number(t, row[4]),
				dated: number(t, row[6]), done: number(t, row[7]) + number(t, row[9]),
			}
			if got != *want {
				t.Errorf("%s: %+v, by the export %+v", u.Name, got, *want)
			}
			all.asked, all.reported, all.inTime = all.asked+got.asked, all.reported+got.reported, all.inTime+got.inTime
			all.dated, all.done = all.dated+got.dated, all.done+got.done
		}
	}
	if want := (counted{asked: 37, reported: 8, inTime: 7, dated: 6, done: 2}); all != want {
		t.Errorf("all units: %+v, want %+v", all, want)
	}
	row := find(t, rows(t, f, "Tổng hợp"), "Toàn kế hoạch (lượt thực hiện)")
	if number(t, row[1]) != all.dated || number(t, row[2])+number(t, row[4]) != all.done ||
		number(t, row[9]) != all.asked || number(t, row[10]) != all.reported {
		t.Errorf("the whole plan: %q, by the export %+v", row, all)
	}
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
