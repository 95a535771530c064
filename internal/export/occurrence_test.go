package export_test

import (
	"testing"
	"time"

	"dondoc/internal/plan"
	"dondoc/storage"
)

// A reported is what was said of one occurrence, and how it must be exported.
type reported struct {
	name         string
	task         int
	unit, period string
	do           func(f *office, occurrence int64)
	want         string
}

func done(f *office, at string) plan.Report {
	return plan.Report{By: 3, Via: plan.ViaCommand, Status: plan.Done, At: f.at(at)}
}

var reportedCases = []reported{
	{
		name: "done with evidence", task: 15, unit: "van-phong",
		do: func(f *office, id int64) {
			f.report(id, plan.Report{
				By: 3, Via: plan.ViaButton, Status: plan.InProgress, At: f.at("2024-03-05 14:20"),
			})
			r := done(f, "2024-03-13 09:00")
			r.Note = "123/QĐ-SXD 08/03/2024"
			r.Evidence = []plan.Evidence{
				{Kind: "document", Number: "123/QĐ-SXD", Date: plan.NewDate(2024, time.March, 8)},
				{Kind: "file", FileID: "secret-id", FileName: "Đề án.docx"},
				{Kind: "photo", FileID: "secret-id"},
			}
			f.report(id, r)
		},
		want: `{"unit":"van-phong","period":"2024-03-31","due":"2024-03-31","extended_due":null,"extensions":0,
			"effective_due":"2024-04-01","status":"done","on_time":true,"reported_at":"2024-03-13T09:00:00+07:00","reports":[
			{"at":"2024-03-05T14:20:00+07:00","by":3,"via":"button","status":"in_progress","note":"","evidence":[],
			"withdrawn_at":null,"returned_at":null,"return_reason":null},
			{"at":"2024-03-13T09:00:00+07:00","by":3,"via":"command","status":"done","note":"123/QĐ-SXD 08/03/2024",
			"evidence":[{"kind":"document","number":"123/QĐ-SXD","date":"2024-03-08","file_name":null},
			{"kind":"file","number":null,"date":null,"file_name":"Đề án.docx"},
			{"kind":"photo","number":null,"date":null,"file_name":null}],
			"withdrawn_at":null,"returned_at":null,"return_reason":null}]}`,
	},
	{
		name: "done late, a minute into the next day", task: 26, unit: "van-phong",
		do: func(f *office, id int64) { f.report(id, done(f, "2024-04-02 00:01")) },
		want: `{"unit":"van-phong","period":"2024-03-31","due":"2024-03-31","extended_due":null,"extensions":0,
			"effective_due":"2024-04-01","status":"done","on_time":false,"reported_at":"2024-04-02T00:01:00+07:00","reports":[
			{"at":"2024-04-02T00:01:00+07:00","by":3,"via":"command","status":"done","note":"","evidence":[],
			"withdrawn_at":null,"returned_at":null,"return_reason":null}]}`,
	},
	{
		name: "extended twice, to a day off, then done", task: 13, unit: "van-phong",
		do: func(f *office, id int64) {
			f.extend(id, plan.NewDate(2024, time.December, 31), plan.NewDate(2025, time.January, 15))
			f.extend(id, plan.NewDate(2025, time.January, 15), plan.NewDate(2025, time.January, 31)) // Tết
			f.report(id, done(f, "2025-02-03 16:00"))
		},
		want: `{"unit":"van-phong","period":"2024-12-31","due":"2024-12-31","extended_due":"2025-01-31","extensions":2,
			"extended":[
			{"at":"2024-12-20T09:00:00+07:00","by":2,"from":"2024-12-31","due":"2025-01-15","reason":"…"},
			{"at":"2024-12-20T09:00:00+07:00","by":2,"from":"2025-01-15","due":"2025-01-31","reason":"…"}],
			"effective_due":"2025-02-03","status":"done","on_time":true,"reported_at":"2025-02-03T16:00:00+07:00","reports":[
			{"at":"2025-02-03T16:00:00+07:00","by":3,"via":"command","status":"done","note":"","evidence":[],
			"withdrawn_at":null,"returned_at":null,"return_reason":null}]}`,
	},
	{
		name: "returned", task: 14, unit: "van-phong",
		do: func(f *office, id int64) {
			f.report(id, done(f, "2024-06-03 08:00"))
			f.write(func(tx *storage.Tx) error {
				_, err := tx.Return(id, 1, f.at("2024-06-04 10:30"), "thiếu phụ lục")
				return err
			})
		},
		want: `{"unit":"van-phong","period":"2024-12-31","due":"2024-12-31","extended_due":null,"extensions":0,
			"effective_due":"2024-12-31","status":"in_progress","on_time":null,"reported_at":null,"reports":[
			{"at":"2024-06-03T08:00:00+07:00","by":3,"via":"command","status":"done","note":"","evidence":[],
			"withdrawn_at":null,"returned_at":"2024-06-04T10:30:00+07:00","return_reason":"thiếu phụ lục"}]}`,
	},
	{
		name: "withdrawn", task: 18, unit: "van-phong",
		do: func(f *office, id int64) {
			batch := f.report(id, done(f, "2024-06-03 08:00"))
			f.write(func(tx *storage.Tx) error { return tx.Withdraw(batch, f.at("2024-06-03 08:02")) })
		},
		want: `{"unit":"van-phong","period":"2024-12-31","due":"2024-12-31","extended_due":null,"extensions":0,
			"effective_due":"2024-12-31","status":"not_started","on_time":null,"reported_at":null,"reports":[
			{"at":"2024-06-03T08:00:00+07:00","by":3,"via":"command","status":"done","note":"","evidence":[],
			"withdrawn_at":"2024-06-03T08:02:00+07:00","returned_at":null,"return_reason":null}]}`,
	},
	{
		name: "check-in in time, though the work goes on", task: 3, unit: "thanh-tra", period: "2024-Q2",
		do: func(f *office, id int64) {
			f.report(id, plan.Report{
				By: 3, Via: plan.ViaForm, Status: plan.InProgress, Note: "đang rà soát", At: f.at("2024-06-14 23:59"),
			})
		},
		want: `{"unit":"thanh-tra","period":"2024-Q2","due":"2024-06-14","extended_due":null,"extensions":0,
			"effective_due":"2024-06-14","status":"in_progress","on_time":true,"reported_at":"2024-06-14T23:59:00+07:00","reports":[
			{"at":"2024-06-14T23:59:00+07:00","by":3,"via":"form","status":"in_progress","note":"đang rà soát","evidence":[],
			"withdrawn_at":null,"returned_at":null,"return_reason":null}]}`,
	},
	{
		name: "late check-in, recorded for the unit", task: 2, unit: "thanh-tra", period: "2024-Q1",
		do: func(f *office, id int64) {
			r := done(f, "2024-03-15 00:00")
			r.By, r.Via = 1, plan.ViaBehalf
			f.report(id, r)
		},
		want: `{"unit":"thanh-tra","period":"2024-Q1","due":"2024-03-14","extended_due":null,"extensions":0,
			"effective_due":"2024-03-14","status":"done","on_time":false,"reported_at":"2024-03-15T00:00:00+07:00","reports":[
			{"at":"2024-03-15T00:00:00+07:00","by":1,"via":"behalf","status":"done","note":"","evidence":[],
			"withdrawn_at":null,"returned_at":null,"return_reason":null}]}`,
	},
	{
		name: "nothing arose for a trigger task", task: 20, unit: "p-qlxd",
		do: func(f *office, id int64) {
			f.report(id, plan.Report{By: 3, Via: plan.ViaCommand, Status: plan.NotArisen, At: f.at("2024-03-01 08:00")})
		},
		want: `{"unit":"p-qlxd","period":"2024-Q1","due":null,"extended_due":null,"extensions":0,
			"effective_due":null,"status":"not_arisen","on_time":null,"reported_at":null,"reports":[
			{"at":"2024-03-01T08:00:00+07:00","by":3,"via":"command","status":"not_arisen","note":"","evidence":[],
			"withdrawn_at":null,"returned_at":null,"return_reason":null}]}`,
	},
}

func (f *office) extend(occurrence int64, was, due plan.Date) {
	f.t.Helper()
	f.write(func(tx *storage.Tx) error {
		return tx.Extend(occurrence, plan.Extension{Was: was, Due: due, By: 2, At: f.at("2024-12-20 09:00"), Reason: "…"})
	})
}

func TestReportedOccurrences(t *testing.T) {
	f := openOffice(t)
	f.write(func(tx *storage.Tx) error {
		_, err := tx.AddOccurrence(&plan.Occurrence{
			TaskID: f.plan.Task(20).ID, Unit: "p-qlxd", Kind: plan.OccurrenceUndated, Period: "2024-Q1",
		}, "")
		return err
	})
	for _, tt := range reportedCases {
		tt.do(f, f.occurrence(tt.task, tt.unit, tt.period))
	}
	d := decode(t, f.printed())
	for _, tt := range reportedCases {
		t.Run(tt.name, func(t *testing.T) {
			got := d.find(t, tt.task, tt.unit, tt.period)
			if len(got) != 1 {
				t.Fatalf("%d occurrences, want 1", len(got))
			}
			wantJSON(t, "occurrence", got[0], tt.want)
		})
	}
}
