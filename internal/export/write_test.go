package export_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/export"
	"dondoc/internal/plan"
	"dondoc/storage"
)

func TestAPlanThatNobodyReportedOn(t *testing.T) {
	f := openOffice(t)
	text := f.printed()
	if !bytes.HasSuffix(text, []byte("}\n")) {
		t.Errorf("the document ends in %q", text[len(text)-5:])
	}
	d := decode(t, text)
	wantJSON(t, "plan", *d.Plan, `{"number":"98/QĐ-SXD","date":"2024-01-11","year":2024,
		"title":"Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng"}`)
	if len(d.Tasks) != len(f.plan.Tasks) || len(d.People) != 0 || len(d.Plans) != 0 {
		t.Fatalf("%d tasks, %d people, %d other plans", len(d.Tasks), len(d.People), len(d.Plans))
	}
	for i, got := range d.Tasks {
		want := f.plan.Tasks[i]
		if got.Number != i+1 || got.Content != want.Content || got.ShortTitle != want.ShortTitle ||
			got.Deadline != want.Schedule.Phrase || got.Kind != string(want.Schedule.Kind) ||
			!slices.Equal(got.Leads, want.Leads) || !slices.Equal(got.Cooperating, want.Cooperating) {
			t.Errorf("task %d: %+v, want %+v", i+1, got, want)
		}
		if n := len(f.plan.Occurrences(want)); len(got.Occurrences) != n {
			t.Errorf("task %d: %d occurrences, want %d", got.Number, len(got.Occurrences), n)
		}
	}
	if got := d.Tasks[14].Group; got != "IV. Cải cách chế độ công vụ" {
		t.Errorf("group of task 15: %q", got)
	}
	wantJSON(t, "task 15", d.Tasks[14].Occurrences[0], `{"unit":"van-phong","period":"2024-03-31",
		"due":"2024-03-31","extended_due":null,"extensions":0,"effective_due":"2024-04-01",
		"status":"not_started","on_time":null,"reported_at":null,"reports":[]}`)
	wantJSON(t, "task 2", d.Tasks[1].Occurrences[2], `{"unit":"thanh-tra","period":"2024-Q3",
		"due":"2024-09-14","extended_due":null,"extensions":0,"effective_due":"2024-09-14",
		"status":"not_started","on_time":null,"reported_at":null,"reports":[]}`)
	for _, list := range []string{`"leads":null`, `"cooperating":null`, `"occurrences":null`, `"reports":null`} {
		if bytes.Contains(text, []byte(list)) {
			t.Errorf("the document has %s", list)
		}
	}
}

func TestOccurrencesStandByUnitCodeAndDueDay(t *testing.T) {
	d := decode(t, openOffice(t).printed())
	for _, task := range d.Tasks {
		type key struct{ Unit, Due string }
		var keys []key
		for _, raw := range task.Occurrences {
			var k key
			if err := json.Unmarshal(raw, &k); err != nil {
				t.Fatal(err)
			}
			keys = append(keys, k)
		}
		if !slices.IsSortedFunc(keys, func(a, b key) int {
			if c := strings.Compare(a.Unit, b.Unit); c != 0 {
				return c
			}
			return strings.Compare(a.Due, b.Due)
		}) {
			t.Errorf("task %d: %v", task.Number, keys)
		}
	}
}

func TestUnits(t *testing.T) {
	f := openOffice(t)
	f.report(f.occurrence(1, "p-qhkt", "2024-Q1"), plan.Report{
		By: 6, Via: plan.ViaForm, Status: plan.Done, At: f.at("2024-03-12 10:00"),
	})
	f.write(func(tx *storage.Tx) error {
		s, err := tx.Snapshot()
		if err != nil {
			return err
		}
		merged, _ := s.Roster.Unit("p-qhkt")
		return errors.Join(
			tx.LinkUnit("van-phong", chat.Place{Chat: -1001, Topic: 7}),
			tx.LinkUnit("thanh-tra", chat.Place{Chat: 42}),
			tx.MergeUnit(merged, "p-qlxd"),
		)
	})
	d := decode(t, f.printed())
	want := map[int]string{
		0:  `{"code":"van-phong","name":"Văn phòng Sở","kind":"van_phong","chat_id":-1001,"topic":7}`,
		1:  `{"code":"thanh-tra","name":"Thanh tra xây dựng","kind":"thanh_tra","chat_id":42}`,
		2:  `{"code":"to-tthc","name":"Tổ Kiểm soát TTHC","kind":"to","chat_id":null}`,
		9:  `{"code":"lanh-dao","name":"Ban Giám đốc","kind":"lanh_dao","chat_id":null}`,
		10: `{"code":"p-qhkt","name":"Phòng Quy hoạch - Kiến trúc","kind":"phong_cm","chat_id":null,"merged_into":"p-qlxd"}`,
	}
	if len(d.Units) != 11 {
		t.Fatalf("%d units, want 11", len(d.Units))
	}
	for i, w := range want {
		wantJSON(t, "unit", d.Units[i], w)
	}
	if slices.Contains(d.Tasks[0].Leads, "p-qhkt") {
		t.Errorf("task 1 is led by %v", d.Tasks[0].Leads)
	}
	if kept := d.find(t, 1, "p-qhkt", ""); len(kept) != 1 {
		t.Errorf("of the merged unit %d occurrences are left, want the reported one", len(kept))
	}
}

func TestPeople(t *testing.T) {
	f := openOffice(t)
	f.write(func(tx *storage.Tx) error {
		since := f.at("2024-01-12 08:00")
		_, err := tx.FirstRefusalOf(99, plan.NewDate(2024, time.March, 1))
		return errors.Join(err,
			tx.KeepName(1, "Admin"), tx.SetRole(1, plan.Admin), tx.AddHead(1, "van-phong", since),
			tx.KeepName(2, "Director"), tx.SetRole(2, plan.Director),
			tx.KeepName(3, "Head"), tx.AddHead(3, "thanh-tra", since), tx.AddHead(3, "van-phong", since),
			tx.KeepName(4, "Gone"), tx.AddHead(4, "to-tthc", since),
			tx.KeepName(5, "Gone, never reported"), tx.SetRole(5, plan.Director), tx.RemovePerson(5),
			tx.KeepName(7, "Member"),
			tx.KeepName(8, "Head once"),
		)
	})
	for _, by := range []int64{8, 4, 6} {
		f.report(f.occurrence(5, "to-tthc", "2024-Q1"), plan.Report{
			By: by, Via: plan.ViaCommand, Status: plan.InProgress, At: f.at("2024-03-01 08:00"),
		})
	}
	f.write(func(tx *storage.Tx) error { return tx.RemovePerson(4) })

	people, err := json.Marshal(decode(t, f.printed()).People)
	if err != nil {
		t.Fatal(err)
	}
	wantJSON(t, "people", people, `[
		{"id":1,"name":"Admin","role":"admin","units":["van-phong"]},
		{"id":2,"name":"Director","role":"director","units":[]},
		{"id":3,"name":"Head","role":"head","units":["van-phong","thanh-tra"]},
		{"id":4,"name":"","role":"","units":[]},
		{"id":6,"name":"","role":"","units":[]},
		{"id":8,"name":"Head once","role":"","units":[]}]`)
}

func TestOtherPlansFollow(t *testing.T) {
	f := openOffice(t)
	next := &plan.Plan{
		Year: 2025, Settings: plan.DefaultSettings(),
		Tasks: []*plan.Task{{
			Number: 1, Group: -1, Content: "Báo cáo", ShortTitle: "Báo cáo", Leads: []string{"van-phong"},
			Schedule: plan.ReadDeadline("Trước ngày 15/11", 2025),
		}},
	}
	f.write(func(tx *storage.Tx) error { return tx.AddPlan(next) })
	d := decode(t, f.printed())
	if len(d.Tasks) != len(f.plan.Tasks) {
		t.Errorf("%d tasks, want those of the plan in force", len(d.Tasks))
	}
	if len(d.Plans) != 1 || len(d.Plans[0].Tasks) != 1 {
		t.Fatalf("other plans: %+v", d.Plans)
	}
	other := d.Plans[0]
	wantJSON(t, "plan", other.Plan, `{"number":null,"date":null,"title":"","year":2025}`)
	if other.Tasks[0].Group != "" {
		t.Errorf("group of a task outside the plan: %q", other.Tasks[0].Group)
	}
	wantJSON(t, "firm day on a Friday", other.Tasks[0].Occurrences[0], `{"unit":"van-phong","period":"2025-11-14",
		"due":"2025-11-14","extended_due":null,"extensions":0,"effective_due":"2025-11-14",
		"status":"not_started","on_time":null,"reported_at":null,"reports":[]}`)
}

func TestADatabaseWithoutAPlan(t *testing.T) {
	wantJSON(t, "document", newOffice(t).printed(), `{"plan":null,"units":[],"people":[],"tasks":[],"plans":[]}`)
}

func TestTextStaysAsTyped(t *testing.T) {
	f := openOffice(t)
	const note = "<b>5 & \"6\"</b>\n\tđã xong 👍 \\ =1+1"
	f.report(f.occurrence(15, "van-phong", ""), plan.Report{
		By: 3, Via: plan.ViaCommand, Status: plan.InProgress, Note: note, At: f.at("2024-03-01 08:00"),
	})
	text := f.printed()
	if !bytes.Contains(text, []byte(`<b>5 & \"6\"</b>`)) {
		t.Error("the text is escaped for HTML")
	}
	d := decode(t, text)
	var o struct{ Reports []struct{ Note string } }
	if err := json.Unmarshal(d.find(t, 15, "van-phong", "")[0], &o); err != nil {
		t.Fatal(err)
	}
	if o.Reports[0].Note != note {
		t.Errorf("note %q, want %q", o.Reports[0].Note, note)
	}
}

// failing is an output that takes nothing.
type failing struct{ err error }

func (w failing) Write([]byte) (int, error) { return 0, w.err }

func TestAnOutputThatFails(t *testing.T) {
	f := openOffice(t)
	full := errors.New("no space left on device")
	err := export.Write(t.Context(), failing{full}, f.db, f.at("2024-03-22 08:00"))
	if !errors.Is(err, full) {
		t.Errorf("error %v, want %v", err, full)
	}
}
