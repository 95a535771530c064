package handlers_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// sendFile sends a file with a caption and returns the bot's answer.
func (o *office) sendFile(user int64, p place, caption, name string, data []byte) botserver.Message {
	o.Helper()
	m := o.post(user, p, botserver.Post{Text: caption, File: &botserver.Upload{Name: name, Data: data}}, 1)[0]
	if testing.Verbose() {
		o.Logf("── %d sends %s\n%s%s", user, name, m.Text, labels(m))
	}
	return m
}

// pressed presses a button that changes its message, and returns the message
// as it is then.
func (o *office) pressed(user int64, m botserver.Message, label string) botserver.Message {
	o.Helper()
	o.press(user, m, label)
	var now botserver.Message
	o.must(o.srv.WaitFor(o.Context(), func(w *botserver.World) bool {
		for _, is := range w.FromBot(m.Chat) {
			if is.ID == m.ID {
				now = is
			}
		}
		return now.Text != m.Text || labels(now) != labels(m)
	}))
	if testing.Verbose() {
		o.Logf("── [%s]\n%s%s", label, now.Text, labels(now))
	}
	return now
}

// snapshot reads what the office has.
func (o *office) snapshot() (snap *storage.Snapshot) {
	o.Helper()
	o.must(o.app.DB().Read(o.Context(), func(tx *storage.Tx) (err error) {
		snap, err = tx.Snapshot()
		return err
	}))
	return snap
}

// version is the appendix with some of its rows changed.
func version(t *testing.T, change func(row string) string) []byte {
	t.Helper()
	text, err := os.ReadFile("../internal/planfile/testdata/appendix-2024.csv")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("#năm,2024\n")
	for row := range strings.SplitAfterSeq(string(text), "\n") {
		b.WriteString(change(row))
	}
	return []byte(b.String())
}

func TestAChangedPlanKeepsReportsAndNumbers(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("20/02/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 14 12/BC-SXD", "Hoàn thành đúng hạn")
	o.expect(officeHead, in(officeChat), "/danglam 15 đang soạn", "đang thực hiện")

	file := version(t, func(row string) string {
		switch {
		case strings.HasPrefix(row, "1,"):
			return "1,Xây dựng bộ chỉ số theo dõi kết quả,Văn phòng Sở,,Quý II/2024,\n" + "2" + row[1:]
		case strings.HasPrefix(row, "2,"):
			return "3" + row[1:]
		case strings.HasPrefix(row, "3,"):
			return "" // out of the plan
		case strings.HasPrefix(row, "14,"):
			return ""
		case strings.HasPrefix(row, "15,"):
			return strings.Replace(row, "Quý I/2024", "Quý II/2024", 1)
		case strings.HasPrefix(row, "24,"):
			return strings.Replace(row, ",Văn phòng Sở,", ",Phòng Quản lý xây dựng,", 1)
		}
		return row
	})
	o.expect(adminID, in(adminID), "/import", "Trả lời tin này bằng tệp kế hoạch")
	preview := o.sendFile(adminID, in(adminID), "", "ke-hoach.csv", file)
	o.has(preview, "29 nhiệm vụ", "thêm 1", "kết thúc 2", "đổi thời hạn 1", "đổi đơn vị 1", "khác số thứ tự 3",
		"[Nhập kế hoạch]", "3 · Theo dõi thi hành pháp luật: kết thúc", "trong tệp là số 2, mang số 1",
		"👥 24 · Chữ ký số: thêm chủ trì Phòng Quản lý xây dựng; thôi chủ trì Văn phòng Sở\n")
	if o.snapshot().Year(2024).Task(14) == nil {
		t.Fatal("the preview changed the plan")
	}
	o.has(o.pressed(adminID, preview, "Nhập kế hoạch"), "Đã cập nhật kế hoạch, 29 nhiệm vụ", "/giaoviec 2024")

	p := o.snapshot().Year(2024)
	if p.Title != "Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng" {
		t.Errorf("the title is %q", p.Title)
	}
	if p.Task(3) != nil || p.EndedTask(3) == nil || p.Task(31) == nil || p.Number != "98/QĐ-SXD" {
		t.Errorf("task 3 %v, 31 %v, number %s", p.Task(3), p.Task(31), p.Number)
	}
	o.expect(inspHead, o.insp(), "/done 3", "đã kết thúc từ 20/02/2024", "/lichsu 3")
	o.expect(adminID, in(adminID), "/lichsu 14", "hoàn thành", "12/BC-SXD")
	o.expect(adminID, in(adminID), "/task 14", "Đã kết thúc từ 20/02/2024")
	occ := o.occurrence(15, "van-phong", "")
	if occ.Due.String() != "2024-06-30" || occ.Status() != plan.InProgress || len(o.occurrences(15, "van-phong")) != 1 {
		t.Errorf("15 is due %s, %s", occ.Due, occ.Status())
	}
	if got := o.occurrences(24, "p-qlxd"); len(got) != 4 {
		t.Errorf("%d check-ins of 24 for the new unit", len(got))
	}
	o.expect(officeHead, in(officeChat), "/task 31", "Xây dựng bộ chỉ số")

	before := o.count(forumChat)
	m := o.expect(adminID, in(adminID), "/publish 2024", "lần này chỉ gửi phần thay đổi")
	o.press(adminID, m, "Giao nhiệm vụ")
	told := o.next(forumChat, before, 1)[0]
	o.has(told, "Không còn thực hiện: 3")
	if strings.Contains(told.Text, "2 · Kiểm tra") {
		t.Errorf("what did not change was sent again:\n%s", told.Text)
	}
	o.expect(adminID, in(adminID), "/summary", "Có thời hạn: 6 nhiệm vụ", "Đã hoàn thành 0") // 14 is out, 31 is in
}

// A later day of the plan itself takes the place of an extension, which was
// decided all the same.
func TestAChangedPlanKeepsExtensions(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(directorID, in(leaderChat), "/deadline 15 30/04/2024 chờ ý kiến của Bộ", "Gia hạn nhiệm vụ 15")
	o.expect(directorID, in(leaderChat), "/deadline 18 28/02/2025 chờ biên chế", "Gia hạn nhiệm vụ 18")
	file := version(t, func(row string) string {
		switch {
		case strings.HasPrefix(row, "15,"):
			return strings.Replace(row, "Quý I/2024", "Quý II/2024", 1)
		case strings.HasPrefix(row, "18,"):
			return strings.Replace(row, "Tháng 12/2024", "31/01/2025", 1)
		}
		return row
	})
	preview := o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file)
	o.has(o.pressed(adminID, preview, "Nhập kế hoạch"), "Đã cập nhật kế hoạch")

	m := o.expect(adminID, in(adminID), "/task 15", "30/06/2024, theo kế hoạch điều chỉnh (trước đó gia hạn 1 lần, đến 30/04/2024)")
	o.has(m, "tính đến hết 01/07")
	o.expect(adminID, in(adminID), "/history 15", "Gia hạn lần 1: 31/03/2024 → 30/04/2024", "chờ ý kiến của Bộ",
		"Kế hoạch điều chỉnh sau đó đặt thời hạn 30/06/2024")
	// The plan asks for less time than what was decided: that stands.
	m = o.expect(adminID, in(adminID), "/task 18", "31/01/2025, gia hạn lần 1 đến 28/02/2025")
	o.lacks(m, "điều chỉnh")

	o.set("01/07/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 15 9/BC-SXD", "Hoàn thành đúng hạn")
	o.expect(officeHead, in(officeChat), "/done 18 10/BC-SXD", "Hoàn thành đúng hạn")
	o.expect(adminID, in(adminID), "/summary", "đúng hạn 2 (trong đó sau gia hạn 1)")
	o.expect(directorID, in(leaderChat), "/deadline 14 31/01/2025", "Gia hạn nhiệm vụ 14")
}

// A confirmation does what its preview showed, or nothing.
func TestAPreviewThatIsOutOfDate(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	moved := func(number, from string) []byte {
		return version(t, func(row string) string {
			if strings.HasPrefix(row, number+",") {
				return strings.Replace(row, from, "Quý III/2024", 1)
			}
			return row
		})
	}
	first := o.sendFile(adminID, in(adminID), "/import", "a.csv", moved("15", "Quý I/2024"))
	second := o.sendFile(adminID, in(adminID), "/import", "b.csv", moved("18", "Tháng 12/2024"))
	o.has(o.pressed(adminID, second, "Nhập kế hoạch"), "Đã cập nhật kế hoạch")
	// The first file would now take back what the second one changed.
	first = o.pressed(adminID, first, "Nhập kế hoạch")
	o.has(first, "đổi thời hạn 2", "[Nhập kế hoạch]")
	if occ := o.occurrence(15, "van-phong", ""); occ.Due.String() != "2024-03-31" {
		t.Fatalf("it was taken over unseen: 15 is due %s", occ.Due)
	}
	o.has(o.pressed(adminID, first, "Nhập kế hoạch"), "Đã cập nhật kế hoạch")
	if occ := o.occurrence(18, "van-phong", ""); occ.Due.String() != "2024-12-31" {
		t.Errorf("18 is due %s", occ.Due)
	}
}

// Whom copies of the reports go to may change without any task.
func TestAnotherCopyListIsAChange(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	file := append([]byte("#nơi nhận,UBND tỉnh (b/c),Lưu: VP\n"), version(t, func(row string) string { return row })...)
	preview := o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file)
	o.has(preview, "đổi thông tin của văn bản ban hành", "[Nhập kế hoạch]")
	o.has(o.pressed(adminID, preview, "Nhập kế hoạch"), "Đã cập nhật kế hoạch, 30 nhiệm vụ")
	if p := o.snapshot().Year(2024); !slices.Equal(p.Recipients, []string{"UBND tỉnh (b/c)", "Lưu: VP"}) || p.Signer == "" {
		t.Errorf("copies go to %q, signed by %q", p.Recipients, p.Signer)
	}
	o.must(o.app.DB().Read(t.Context(), func(tx *storage.Tx) error {
		if _, err := tx.Import(1, new(any)); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("what was taken over still waits: %v", err)
		}
		return nil
	}))
	o.has(o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file), "Không có thay đổi")
}

func TestUnknownNamesAreLearned(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("20/12/2024 09:00")
	file := []byte("STT,Nội dung,Chủ trì,Phối hợp,Thời gian\n1,Việc một,Thanh tra xây dưng tỉnh,Sở Tài chính,Quý I\n" +
		"2,Việc hai,Phòng Kinh tế,,\"13/2026/QĐ-UBND\"\n")
	preview := o.sendFile(adminID, o.insp(), "/import", "2025.csv", file)
	o.has(preview, "Tệp không ghi năm, số, ngày", "❓ Phòng Kinh tế", "[2025]")
	if strings.Contains(labels(preview), "Nhập kế hoạch") {
		t.Error("it can be confirmed though much is open")
	}
	m := o.pressed(adminID, preview, "2025")
	o.has(m, "1 thời hạn chưa đọc được", "2 · “13/2026/QĐ-UBND”")
	m = o.pressed(adminID, m, "❓ Thanh tra xây dưng tỉnh")
	o.has(m, "Thanh tra xây dựng", "Thêm đơn vị mới")
	m = o.pressed(adminID, m, "Thanh tra xây dựng")
	m = o.pressed(adminID, m, "❓ Phòng Kinh tế")
	m = o.pressed(adminID, m, "Thêm đơn vị mới")
	m = o.pressed(adminID, m, "❓ Sở Tài chính")
	m = o.pressed(adminID, m, "Bỏ qua")
	o.has(m, "[Nhập kế hoạch]", "Kế hoạch năm 2025 được nhập mới")
	answer := o.post(adminID, o.insp(), botserver.Post{Text: "số 7/KH-SXD\nngày 18/12/2024", ReplyTo: m.ID}, 1)[0]
	o.has(answer, "Kế hoạch 7/KH-SXD ngày 18/12/2024", "[Nhập kế hoạch]")
	o.has(o.pressed(adminID, answer, "Nhập kế hoạch"), "Đã nhập kế hoạch, 2 nhiệm vụ")

	snap := o.snapshot()
	if u, ok := snap.Roster.Find("Phòng Kinh tế"); !ok || u.Code != "phong-kinh-te" || u.Kind != plan.UnitDivision {
		t.Errorf("the new unit is %+v", u)
	}
	if p := snap.Year(2025); p.Task(1).Leads[0] != "thanh-tra" || p.Office != "SỞ XÂY DỰNG" || p.Number != "7/KH-SXD" {
		t.Errorf("the plan is %+v, task 1 of %q", p, p.Task(1).Leads)
	}

	// The new plan lives beside the old one until its year begins.
	give := o.expect(adminID, in(adminID), "/publish", "năm 2025")
	o.press(adminID, give, "Giao nhiệm vụ")
	o.expect(inspHead, o.insp(), "/task 1/2025", "Việc một")
	o.expect(inspHead, o.insp(), "/task 2", "rà soát, hệ thống hóa")
	o.set("02/01/2025 09:00")
	o.expect(inspHead, o.insp(), "/task 1", "Việc một")
	o.expect(inspHead, o.insp(), "/task 2/2024", "rà soát, hệ thống hóa")
}
