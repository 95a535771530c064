package handlers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// choices reads the plan's settings from the database.
func (o *office) choices() (s plan.Settings) {
	o.Helper()
	o.must(o.app.DB().Read(o.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		s = snap.Year(2024).Settings
		return err
	}))
	return s
}

// change presses a button of /settings and answers the question with the text.
func (o *office) change(label, text string) botserver.Message {
	o.Helper()
	page := o.say(adminID, in(adminID), "/settings")
	question := o.heard(adminID, func() { o.press(adminID, page, label) })
	return o.post(adminID, in(adminID), botserver.Post{Text: text, ReplyTo: question.ID}, 1)[0]
}

func TestSettingsOfHours(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/settings", "Tin nhắc: 08:00", "Tin tổng hợp: 08:30, ngày làm việc đầu tuần",
		"Khung giờ gửi tin: 07:00–18:00", "Quý I 14/3, 6 tháng 14/6, Quý III 14/9, Năm 14/12",
		"tính đến hết ngày làm việc tiếp theo", "Gia hạn: lãnh đạo quyết định")
	before := o.choices()
	for _, tc := range []struct{ label, text, want string }{
		{"Giờ nhắc", "25:00", "không phải giờ"},
		{"Giờ nhắc", "sáng sớm", "không phải giờ"},
		{"Giờ nhắc", "06:59", "phải nằm trong khung giờ gửi tin 07:00–18:00"},
		{"Giờ tổng hợp", "18:00", "phải nằm trong khung giờ gửi tin 07:00–18:00"},
		{"Khung giờ", "08:10-18:00", "giờ gửi tin nhắc 08:00"},
		{"Khung giờ", "18:00-07:00", "kết thúc trước khi bắt đầu"},
		{"Khung giờ", "07:00", "không phải giờ"},
	} {
		o.has(o.change(tc.label, tc.text), "Chưa đổi", tc.want)
	}
	if after := o.choices(); after != before {
		t.Errorf("what was refused changed something: %+v", after)
	}
	o.has(o.change("Giờ nhắc", "8h15"), "Tin nhắc: 08:15")
	o.has(o.change("Giờ tổng hợp", "9:00"), "Tin tổng hợp: 09:00")
	o.has(o.change("Khung giờ", "07:30 – 17:30"), "Khung giờ gửi tin: 07:30–17:30")
	page := o.say(adminID, in(adminID), "/settings")
	o.press(adminID, page, "Ngày tổng hợp")
	o.press(adminID, o.become(page, "ngày nào trong tuần"), "Thứ Ba hằng tuần (nếu nghỉ: ngày làm việc tiếp theo)")
	o.press(adminID, o.become(page, "thứ Ba hằng tuần"), "Ngày nghỉ")
	o.press(adminID, o.become(page, "Đổi sang giữ đúng ngày"), "Đổi")
	o.press(adminID, o.become(page, "giữ đúng ngày\n"), "Gia hạn")
	o.become(page, "lãnh đạo và quản trị quyết định")
	s := o.choices()
	want := before
	want.ReminderAt, want.PostAt, want.PostDay = plan.At(8, 15), plan.At(9, 0), time.Tuesday
	want.DayFrom, want.DayTo = plan.At(7, 30), plan.At(17, 30)
	want.MoveToWorkingDay, want.AdminsExtend = false, true
	if s != want {
		t.Errorf("stored: %+v", s)
	}
}

func TestAClosingDayMovesWhatIsOpen(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("20/05/2024 09:00")
	o.say(officeHead, in(officeChat), "/done 17") // still to the first window: it was asked
	o.say(officeHead, in(officeChat), "/done 17")
	for text, want := range map[string]string{
		"31/6":  "không có trong mọi năm",
		"29/2":  "không có trong mọi năm",
		"giữa":  "không phải ngày/tháng",
		"19/5":  "đã qua",
		"14/9":  "sai thứ tự",
		"20/12": "sai thứ tự",
	} {
		o.has(o.change("Chốt 6 tháng", text), "Chưa đổi", want)
	}
	if labels := labels(o.say(adminID, in(adminID), "/settings")); strings.Contains(labels, "Chốt Quý I]") {
		t.Errorf("a closed window can be moved: %s", labels)
	}
	o.has(o.change("Chốt 6 tháng", "20/6"), "Kỳ 6 tháng chốt ngày 20/06/2024",
		"36 báo cáo kỳ chưa gửi theo ngày mới; 1 đã gửi giữ nguyên")
	for _, want := range []string{
		"17 2024-Q1 2024-03-14", "17 2024-Q2 2024-06-14", "16 2024-Q2 2024-06-20", "16 2024-Q3 2024-09-14",
	} {
		var task int
		var period, due string
		if _, err := fmt.Sscan(want, &task, &period, &due); err != nil {
			t.Fatal(err)
		}
		occ := o.occurrence(task, "van-phong", period)
		if occ.Due.String() != due {
			t.Errorf("%d %s closes %s, want %s", task, period, occ.Due, due)
		}
		if period == "2024-Q3" && occ.Opens.String() != "2024-06-21" {
			t.Errorf("the next window opens %s", occ.Opens)
		}
	}
	o.set("19/06/2024 09:00")
	o.expect(officeHead, in(officeChat), "/summary", "Kỳ 6 tháng (chốt 20/06)")
}

func TestAdminsDecideExtensionsWhereThePlanSaysSo(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	page := o.say(adminID, in(adminID), "/settings")
	o.press(adminID, page, "Gia hạn")
	o.become(page, "lãnh đạo và quản trị quyết định")
	o.heard(forumChat, func() { o.say(adminID, in(adminID), "/add thanh-tra 30/06/2024; Kiểm tra") })
	put := o.heard(adminID, func() {
		o.expect(inspHead, o.insp(), "/extend 31 30/07/2024 chờ kết luận", "Đã gửi đề nghị gia hạn nhiệm vụ 31")
	})
	told := o.heard(forumChat, func() { o.press(adminID, put, "Đồng ý") })
	o.has(told, "Đồng ý gia hạn nhiệm vụ 31 đến 30/07/2024", "Lê Thị Hạnh")
	before := o.count(adminID)
	request := o.heard(leaderChat, func() { o.say(officeHead, in(officeChat), "/extend 15 30/06/2024 chờ ý kiến") })
	if o.count(adminID) != before {
		t.Error("the office is asked to decide on its own work")
	}
	if got := o.press(adminID, request, "Đồng ý"); !strings.Contains(got, "do lãnh đạo quyết định") {
		t.Errorf("an admin on the office's own work: %s", got)
	}
}
