package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
	"dondoc/storage"
)

func TestATaskOutsideThePlan(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("20/05/2024 09:00")
	office, insp := o.count(officeChat), o.count(forumChat)
	told := o.heard(divChat, func() {
		o.expect(directorID, in(leaderChat), "/themviec Phòng Quản lý xây dựng, p-htkt Trước ngày 15/11; Rà soát quy hoạch <cấp nước>",
			"Đã thêm nhiệm vụ 31 · Rà soát quy hoạch <cấp nước>", "Thời gian: Trước ngày 15/11 (14/11/2024)",
			"Đã giao cho 1 đơn vị: P. Quản lý xây dựng", "1 đơn vị chưa liên kết nhóm: P. Hạ tầng kỹ thuật")
	})
	o.has(told, "📌 Nhiệm vụ phát sinh 31", "Ngoài kế hoạch năm 2024 · Phòng Quản lý xây dựng", "/done 31", "[Đã nhận]")
	if strings.Contains(told.Text, "Phối hợp") {
		t.Errorf("more than the new task is given out:\n%s", told.Text)
	}
	if got := o.press(divHead, told, "Đã nhận"); !strings.Contains(got, "Đã ghi nhận") {
		t.Errorf("taking note: %s", got)
	}
	o.expect(divHead, in(divChat), "/task 31", "Nhiệm vụ 31 · Ngoài kế hoạch", "Phòng Hạ tầng kỹ thuật", "14/11/2024")
	o.expect(divHead, in(divChat), "/tasks", "/task_31")
	o.expect(adminID, in(adminID), "/summary groups", "Ngoài kế hoạch\n🔵 1")
	o.expect(adminID, in(adminID), "/publish", "Không có nội dung mới")
	if o.count(officeChat) != office || o.count(forumChat) != insp {
		t.Error("units that have nothing to do with the task heard of it")
	}
	o.expect(divHead, in(divChat), "/done 31 12/BC-QLXD", "Nhiệm vụ 31: Hoàn thành đúng hạn")
	if task := o.task(31); task.Group != -1 || !slices.Equal(task.Leads, []string{"p-qlxd", "p-htkt"}) {
		t.Errorf("stored: %+v", task)
	}
}

// task reads a task from the database.
func (o *office) task(number int) (task *plan.Task) {
	o.Helper()
	o.must(o.app.DB().Read(o.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		task = snap.Year(2024).Task(number)
		return err
	}))
	return task
}

func TestAnAddedTaskAsksForWhatIsAhead(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("20/05/2024 09:00")
	for i, tc := range []struct{ phrase, periods string }{
		{"Thường xuyên", "2024-Q2 2024-Q3 2024-Q4"},
		{"Hằng quý", "2024-06-30 2024-09-30 2024-12-31"},
		{"Quý I và Quý IV/2024", "2024-12-31"},
		{"20/05/2024", "2024-05-20"},
		{"Theo hướng dẫn của tỉnh", ""},
	} {
		o.newest(officeChat, func() {
			o.expect(adminID, in(adminID), "/add van-phong "+tc.phrase+"; Nội dung", "Đã thêm nhiệm vụ", "Đã giao cho 1 đơn vị")
		})
		var periods []string
		for _, occ := range o.occurrences(31+i, "van-phong") {
			periods = append(periods, occ.Period)
			if occ.Kind == plan.OccurrenceDated && occ.Opens.String() < "2024-05-20" {
				t.Errorf("%s: %s is open from %q on", tc.phrase, occ.Period, occ.Opens)
			}
		}
		if got := strings.Join(periods, " "); got != tc.periods {
			t.Errorf("%s: %s, want %s", tc.phrase, got, tc.periods)
		}
	}
	o.expect(officeHead, in(officeChat), "/done 31", "kỳ 6 tháng")
}

func TestACollectiveGetsAnAddedTask(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/add Các phòng CM, đơn vị trực thuộc Sở; Quý II/2024; nội dung",
		"Chưa thêm nhiệm vụ: viết đơn vị, thời hạn")
	o.expect(adminID, in(adminID), "/add Các phòng CM, đơn vị trực thuộc Sở, thanh tra xd Quý II/2024; Thống kê; báo cáo số liệu",
		"Đã thêm nhiệm vụ 31 · Thống kê; báo cáo số liệu", "Đã giao cho 2 đơn vị", "4 đơn vị chưa liên kết nhóm")
	if n := len(o.task(31).Leads); n != 6 {
		t.Errorf("%d lead units", n)
	}
}

func TestTasksThatCannotBeAdded(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("20/12/2024 09:00")
	for words, want := range map[string]string{
		"van-phong 31/12/2024 nội dung":                             "viết đơn vị, thời hạn, dấu chấm phẩy",
		"van-phong; nội dung":                                       "viết đơn vị, thời hạn, dấu chấm phẩy",
		"van-phong 31/12/2024;":                                     "viết đơn vị, thời hạn, dấu chấm phẩy",
		"p-khong 31/12/2024; nội dung":                              "không có đơn vị “p-khong”",
		"van-phong, phòng lạ 31/12/2024; nội dung":                  "không có đơn vị “phòng lạ”",
		"van-phong sớm nhất; nội dung":                              "không đọc được thời hạn “sớm nhất”",
		"van-phong hàng tuần; nội dung":                             "không đọc được thời hạn “hàng tuần”",
		"van-phong 31/11/2024; nội dung":                            "không đọc được thời hạn",
		"van-phong Quý III/2024; nội dung":                          "30/09/2024 đã qua",
		"van-phong Thường xuyên; nội dung":                          "các kỳ báo cáo năm 2024 đã chốt",
		"van-phong 31/12/2024; " + strings.Repeat("nội dung ", 230): "dài quá",
	} {
		o.expect(adminID, in(adminID), "/add "+words, "Chưa", want)
	}
	if task := o.task(31); task != nil {
		t.Errorf("added: %+v", task)
	}
	question := o.expect(adminID, in(adminID), "/add", "Trả lời tin này: đơn vị, thời hạn; nội dung")
	answer := o.post(adminID, in(adminID), botserver.Post{Text: "van-phong 31/12/2024; Nội dung", ReplyTo: question.ID}, 1)[0]
	o.has(answer, "Đã thêm nhiệm vụ 31 · Nội dung")
}

func TestAListIsExtendedByItsOldestDay(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.heard(officeChat, func() {
		o.say(adminID, in(adminID), "/add van-phong Quý II và Quý IV/2024; Báo cáo số liệu nhà ở")
	})
	o.set("20/02/2024 09:00")
	request := o.heard(leaderChat, func() {
		o.expect(officeHead, in(officeChat), "/extend 31 30/07/2024 chờ số liệu", "thời hạn hiện nay 30/06/2024")
	})
	o.heard(officeChat, func() { o.press(directorID, request, "Đồng ý") })
	o.expect(officeHead, in(officeChat), "/history 31", "Gia hạn lần 1: 30/06/2024 → 30/07/2024")
	for _, occ := range o.occurrences(31, "van-phong") {
		if want := occ.Period == "2024-06-30"; (len(occ.Extensions) > 0) != want {
			t.Errorf("%s: %+v", occ.Period, occ.Extensions)
		}
	}
}
