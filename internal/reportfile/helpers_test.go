package reportfile_test

import (
	"path/filepath"
	"testing"
	"time"

	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/internal/reportfile"
	"dondoc/locales"
	"dondoc/storage"
)

var zone = time.FixedZone("+07", 7*60*60)

// An office is a database with the shipped plan, given out on 11/01/2024.
type office struct {
	*testing.T
	db   *storage.DB
	plan *plan.Plan
}

func openOffice(t *testing.T) *office {
	t.Helper()
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "dondoc.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	p, roster, days, err := planfile.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	p.Published = plan.NewDate(2024, time.January, 11)
	o := &office{T: t, db: db, plan: p}
	o.write(func(tx *storage.Tx) error {
		for _, d := range days {
			if err := tx.SetSpecialDay(d); err != nil {
				return err
			}
		}
		if err := tx.AddUnits(roster); err != nil {
			return err
		}
		return tx.AddPlan(p)
	})
	return o
}

func (o *office) write(fn func(*storage.Tx) error) {
	o.Helper()
	if err := o.db.Write(o.Context(), fn); err != nil {
		o.Fatal(err)
	}
}

// report records a report of a unit on a task's occurrence: of the period, or
// the first.
func (o *office) report(task int, unit, period, at string, r plan.Report) int64 {
	o.Helper()
	var err error
	if r.At, err = time.ParseInLocation("02/01/2006 15:04", at, zone); err != nil {
		o.Fatal(err)
	}
	r.By, r.Via = 3, plan.ViaCommand
	o.write(func(tx *storage.Tx) error {
		occs, err := tx.Occurrences(storage.Filter{Task: o.plan.Task(task).ID, Unit: unit}, zone)
		if err != nil {
			return err
		}
		for _, occ := range occs {
			if period == "" || occ.Period == period {
				return tx.AddReport(occ.ID, 0, &r, r.At)
			}
		}
		o.Fatalf("no occurrence %d %s %s", task, unit, period)
		return nil
	})
	return r.ID
}

// gathered is the report of a period as of the day.
func (o *office) gathered(period plan.Period, today plan.Date) *reportfile.Report {
	o.Helper()
	var r *reportfile.Report
	o.write(func(tx *storage.Tx) error {
		s, err := tx.Snapshot()
		if err != nil {
			return err
		}
		book, err := tx.PeriodBook(s.Year(2024), period, today, zone)
		if err != nil {
			return err
		}
		names, err := tx.Names()
		if err != nil {
			return err
		}
		r = reportfile.New(book, names, zone)
		return nil
	})
	return r
}

func words(t *testing.T) locales.Localizer {
	t.Helper()
	b, err := locales.Load(locales.OnFault(func(lang, key string, err error) { t.Errorf("%s: %s: %v", lang, key, err) }))
	if err != nil {
		t.Fatal(err)
	}
	return b.In("vi")
}

// longNote is what a person may type at most.
const longNote = 4000

// quarter is an office at the end of Quý I in which people wrote what a file
// might stumble over.
func quarter(t *testing.T) *office {
	t.Helper()
	o := openOffice(t)
	o.report(15, "van-phong", "", "05/03/2024 14:20", plan.Report{Status: plan.InProgress, Note: "đã gửi dự thảo lấy ý kiến"})
	o.report(15, "van-phong", "", "13/03/2024 09:00", plan.Report{
		Status: plan.Done, Note: "123/QĐ-SXD 08/03/2024",
		Evidence: []plan.Evidence{{Kind: "document", Number: "123/QĐ-SXD", Date: plan.NewDate(2024, time.March, 8)}},
	})
	o.report(2, "thanh-tra", "2024-Q1", "02/01/2024 08:05", plan.Report{Status: plan.Done, Note: `=HYPERLINK("http://x","y")`})
	o.report(3, "thanh-tra", "2024-Q1", "12/03/2024 10:00", plan.Report{
		Status: plan.Done, Note: "<b>đã</b> theo dõi & \x00\x07báo cáo ]]>",
	})
	o.report(4, "thanh-tra", "2024-Q1", "12/03/2024 10:00", plan.Report{Status: plan.Done, Note: "-1+1|cmd\nđã phổ biến 3 văn bản"})
	o.report(5, "van-phong", "2024-Q1", "12/03/2024 10:00", plan.Report{Status: plan.Done, Note: "đã công bố 12 TTHC"})
	o.report(5, "to-tthc", "2024-Q1", "12/03/2024 10:00", plan.Report{Status: plan.InProgress, Note: "đang rà soát 4 TTHC"})
	o.report(1, "p-qlxd", "2024-Q1", "12/03/2024 10:00", plan.Report{Status: plan.Done, Note: long(longNote)})
	o.report(24, "van-phong", "2024-Q1", "14/03/2024 10:00", plan.Report{Status: plan.Blocked, Note: "chờ cấp chứng thư số"})
	o.report(26, "van-phong", "", "20/03/2024 10:00", plan.Report{Status: plan.Done, Note: "đã ban hành đủ 5 kế hoạch"})
	return o
}

func long(n int) string {
	const sentence = "Đã rà soát, cập nhật quy trình giải quyết hồ sơ theo quy định. "
	var out []rune
	for len(out) < n {
		out = append(out, []rune(sentence)...)
	}
	return string(out[:n])
}
