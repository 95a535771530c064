package handlers_test

import (
	"testing"

	"dondoc/internal/botserver"
)

func TestTheWindowOfAForm(t *testing.T) {
	t.Parallel()
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	m := o.expect(inspHead, o.insp(), "/baocaoky", "Báo cáo kỳ Quý I · chốt 14/03/2024 · Thanh tra")
	m = o.reply(inspHead, m, o.topic, "2 đã rà soát 15/BC-TTr 12/03/2024\n3 đang theo dõi\n4 không phát sinh")
	o.newest(forumChat, func() { o.tap(inspHead, m, "Gửi báo cáo (3)") })
	if r := o.occurrence(2, "thanh-tra", "2024-Q1").Latest(); len(r.Evidence) != 1 || r.Evidence[0].Number != "15/BC-TTr" {
		t.Errorf("evidence: %+v", r)
	}

	// The window before is not reported by the office, but by the inspectorate.
	o.set("20/03/2024 09:00")
	late := o.expect(officeHead, in(officeHead), "/baocaoky", "Báo cáo chậm kỳ Quý I", "[Kỳ 6 tháng]")
	o.tap(officeHead, late, "Kỳ 6 tháng")
	late = o.shows(late, "Báo cáo kỳ 6 tháng · chốt 14/06/2024", "[Kỳ Quý I]")
	o.tap(officeHead, late, "5 · ")
	late = o.shows(late, "Đã chọn 1/14")
	receipt := o.newest(officeHead, func() {
		o.tap(officeHead, late, "Gửi báo cáo (1)")
		o.tap(officeHead, o.shows(late, "[Gửi luôn (1)]"), "Gửi luôn (1)")
	})
	has(t, receipt.Text, "Đã ghi nhận báo cáo kỳ 6 tháng: 1 nhiệm vụ")

	m = o.expect(inspHead, o.insp(), "/baocaoky", "Báo cáo kỳ 6 tháng", "[Như kỳ trước]", "Đã chọn 0/3")
	has(t, o.tap(inspHead, m, "Như kỳ trước"), "Đã chọn thêm 3")
	o.shows(m, "✅ 2 đã rà soát 15/BC-TTr", "🔄 3 đang theo dõi", "➖ 4 không phát sinh")

	// Later all windows can be reached, the one before first.
	o.set("20/09/2024 09:00")
	m = o.expect(officeHead, in(officeHead), "/baocaoky", "Báo cáo chậm kỳ Quý III", "[Kỳ Quý I] [Kỳ 6 tháng] [Kỳ Năm]")
	o.tap(officeHead, m, "Kỳ Quý I")
	m = o.shows(m, "Báo cáo chậm kỳ Quý I ", "Đã chọn 0/14")
	o.tap(officeHead, m, "6 · ")
	m = o.shows(m, "Đã chọn 1/14")
	o.newest(officeHead, func() {
		o.tap(officeHead, m, "Gửi báo cáo (1)")
		has(t, o.tap(officeHead, o.shows(m, "[Gửi luôn (1)]"), "Gửi luôn (1)"), "kỳ Quý I, bổ sung sau chốt: 1")
	})
	if r := o.occurrence(6, "van-phong", "2024-Q1").Latest(); r == nil {
		t.Error("the first quarter has no report")
	}
}

func TestRepliesToAForm(t *testing.T) {
	t.Parallel()
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	m := o.expect(inspHead, o.insp(), "/baocaoky", "Đã chọn 0/3")
	for text, want := range map[string]string{
		"2 đã rà soát\n17 đã làm":             "Chưa ghi dòng nào. Dòng 2: nhiệm vụ 17 không thuộc phiếu này. Phiếu có",
		"2 đã rà soát\ntrong đó 3 văn bản":    "Dòng 2 “trong đó 3 văn bản” không đọc được",
		"2 đã rà soát\n\n3 !":                 "Dòng 3 “3 !” thiếu lý do",
		"2 báo cáo 12/BC-TTr ngày 31/02/2024": "ngày không tồn tại",
		"2 báo cáo MẬT số 12":                 "dấu chỉ độ mật",
		"đồng ý":                              "không đọc được",
	} {
		has(t, o.reply(inspHead, m, o.topic, text).Text, want)
	}
	file := o.post(inspHead, o.insp(), botserver.Post{
		Text: "2 đã rà soát", ReplyTo: m.ID, File: &botserver.Upload{Name: "a.pdf", Data: []byte("%PDF")},
	}, 1)[0]
	has(t, file.Text, "phiếu không nhận tệp")
	// A member who talks is not answered; one who reports is told who may.
	_, err := o.srv.Post(memberID, forumChat, botserver.Post{Text: "hay quá", ReplyTo: m.ID, Topic: o.topic})
	o.must(err)
	has(t, o.reply(memberID, m, o.topic, "2 đã rà soát").Text, "do lãnh đạo đơn vị hoặc công chức đầu mối gửi")
	o.shows(m, "Đã chọn 0/3")

	// A task that is reported already comes back: a later report stands.
	o.expect(inspHead, o.insp(), "/done 3 đã theo dõi", "kỳ Quý I")
	m = o.expect(inspHead, o.insp(), "/baocaoky", "Đã chọn 0/2")
	m = o.reply(inspHead, m, o.topic, "3 đã theo dõi, kiến nghị 2 việc")
	has(t, m.Text, "Đã chọn 1/3", "kiến nghị 2 việc")
	o.newest(forumChat, func() { o.tap(inspHead, m, "Gửi báo cáo (1)") })
	if r := o.occurrence(3, "thanh-tra", "2024-Q1").Latest(); r.Note != "đã theo dõi, kiến nghị 2 việc" {
		t.Errorf("stands: %+v", r)
	}

	// [Bổ sung] asks for what lacks, in a reply of its own.
	m = o.expect(inspHead, o.insp(), "/baocaoky", "Đã chọn 0/2")
	o.tap(inspHead, m, "Tất cả")
	o.tap(inspHead, o.shows(m, "[Gửi báo cáo (2)]"), "Gửi báo cáo (2)")
	m = o.shows(m, "2 nhiệm vụ chưa có nội dung: 2, 4")
	question := o.newest(forumChat, func() { o.tap(inspHead, m, "Bổ sung") })
	has(t, question.Text, "Chưa có nội dung", "2 · ", "4 · ")
	m = o.reply(inspHead, question, o.topic, "2 đã rà soát")
	receipt := o.newest(forumChat, func() { o.tap(inspHead, m, "Gửi báo cáo (2)") }) // it asked once
	has(t, receipt.Text, "Đã ghi nhận báo cáo kỳ Quý I: 2 nhiệm vụ")

	// All is reported: again, and only what is chosen.
	m = o.expect(inspHead, o.insp(), "/baocaoky", "Đã báo cáo 3/3", "[Báo cáo bổ sung]")
	o.tap(inspHead, m, "Báo cáo bổ sung")
	m = o.shows(m, "Báo cáo bổ sung kỳ Quý I", "Đã chọn 0/3", "[▫️ 2 · ")
	m = o.reply(inspHead, m, o.topic, "4 đang phổ biến")
	has(t, o.newest(forumChat, func() { o.tap(inspHead, m, "Gửi báo cáo (1)") }).Text, "1 nhiệm vụ", "🔄 đang thực hiện 1")
	if n := len(o.occurrence(2, "thanh-tra", "2024-Q1").Reports); n != 1 {
		t.Errorf("task 2 has %d reports", n)
	}
}

func TestAFormThatTimeHasPassed(t *testing.T) {
	t.Parallel()
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	m := o.expect(inspHead, o.insp(), "/baocaoky", "Đã chọn 0/3")
	o.tap(inspHead, m, "Tất cả")
	m = o.shows(m, "Đã chọn 3/3")

	o.expect(inspHead, in(inspHead), "/done 2 theo lệnh", "kỳ Quý I")
	has(t, o.tap(inspHead, m, "2 · "), "Nhiệm vụ 2 không còn trong phiếu. Hiện nay: ✅ đã thực hiện")
	m = o.shows(m, "Đã chọn 2/2", "[Gửi báo cáo (2)]")
	o.expect(adminID, in(adminID), "/units move 3 thanh-tra van-phong", "chuyển từ")
	has(t, o.tap(inspHead, m, "3 · "), "không còn hiệu lực")
	m = o.shows(m, "Đã chọn 1/1")

	older := m
	m = o.expect(inspHead, o.insp(), "/baocaoky", "Đã chọn 1/1", "[✅ 4 · ")
	o.shows(older, "tiếp tục ở tin mới hơn")
	has(t, o.tap(inspHead, older, "4 · "), "Nút hoặc câu hỏi này không còn hiệu lực")
	o.tap(inspHead, m, "4 · ")
	m = o.shows(m, "[➖ 4 · ")
	o.newest(forumChat, func() {
		has(t, o.tap(inspHead, m, "Gửi báo cáo (1)"), "Đã ghi nhận") // nothing arose: no sentence is asked for
		has(t, o.tap(inspHead, m, "Gửi báo cáo (1)"), "không còn hiệu lực")
	})
	if r := o.occurrence(2, "thanh-tra", "2024-Q1").Reports; len(r) != 1 || r[0].Note != "theo lệnh" {
		t.Errorf("the form overrode a command: %+v", r)
	}

	// What was written goes where the task goes.
	m = o.expect(divHead, in(divHead), "/baocaoky", "Phòng Quản lý xây dựng", "Đã chọn 0/3")
	m = o.reply(divHead, m, 0, "1 đã tham mưu 2 văn bản")
	o.say(adminID, in(adminID), "/units merge p-qlxd thanh-tra")
	has(t, o.tap(divHead, m, "1 · "), "không còn nhiệm vụ", "/baocaoky")
	o.shows(m, "không còn nhiệm vụ")
	o.expect(divHead, in(divHead), "/baocaoky", "Thanh tra xây dựng", "đã tham mưu 2 văn bản")

	open := o.expect(officeHead, in(officeHead), "/baocaoky", "Đã chọn 1/15", "[✅ 3 · ") // task 3 came
	closing := o.say(adminID, in(adminID), "/close")
	o.tap(adminID, closing, "Đóng kế hoạch")
	o.shows(closing, "Đã đóng kế hoạch")
	has(t, o.tap(officeHead, open, "5 · "), "đã đóng ngày 13/03/2024")
	o.shows(open, "phiếu không gửi được nữa")
	o.expect(officeHead, in(officeHead), "/baocaoky", "kế hoạch năm 2024 đã đóng")
}

// Whoever copies the example of a short form must not be refused.
func TestTheExampleOfAShortForm(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.say(inspHead, o.insp(), "/done 2 đã rà soát")
	m := o.expect(inspHead, o.insp(), "/checkin", "3 đã xử lý 12 hồ sơ\n4 đang rà soát")
	o.lacks(m, "4 ! thiếu kinh phí")
	o.has(o.reply(inspHead, m, o.topic, "3 đã xử lý 12 hồ sơ\n4 đang rà soát"), "Đã chọn 2/2")
}
