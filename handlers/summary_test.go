package handlers_test

import (
	"slices"
	"testing"

	"dondoc/internal/botserver"
)

// The list of late work takes the summary's place, and leads back to it.
func TestTheLateListLeadsBackToTheSummary(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	m := o.say(directorID, in(leaderChat), "/summary")
	o.press(directorID, m, "Quá hạn")
	m = o.become(m, "không có nhiệm vụ quá hạn")
	o.has(m, "[Tổng hợp] [Lĩnh vực] [Đơn vị]")
	o.press(directorID, m, "Tổng hợp")
	o.has(o.become(m, "📊"), "[Quá hạn]")
	o.lacks(o.say(directorID, in(leaderChat), "/overdue"), "[")

	o.set("03/04/2024 09:00")
	m = o.say(officeHead, in(officeChat), "/summary")
	o.press(officeHead, m, "Quá hạn")
	m = o.become(m, "🔴 Quá hạn đến 03/04/2024: 2")
	o.has(m, "[Tổng hợp] [Lĩnh vực]")
	o.press(officeHead, m, "Tổng hợp")
	o.become(m, "📊")
}

// A plan of another subject is not called one of administrative reform.
func TestAPlanIsCalledByItsSubject(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(directorID, in(leaderChat), "/summary", "📊 Kế hoạch CCHC năm 2024 · đến 11/01/2024")
	o.expect(directorID, in(leaderChat), "/summary Q1", "📊 Tổng hợp Quý I năm 2024 · đến 11/01/2024")
	file := slices.Concat([]byte("#tiêu đề,Kế hoạch chuyển đổi số năm 2024 của Sở Xây dựng\n"),
		version(t, func(row string) string { return row }))
	preview := o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file)
	o.pressed(adminID, preview, "Nhập kế hoạch")
	o.expect(directorID, in(leaderChat), "/summary", "📊 Kế hoạch năm 2024 · đến 11/01/2024")
}

// One task late in two units is two pieces of late work, and the list says so.
func TestLateWorkIsCountedAsWork(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.say(directorID, in(leaderChat), "/add p-qlxd, p-htkt 15/01/2024; Rà soát quy hoạch cấp nước")
	o.set("16/01/2024 09:00")
	o.expect(directorID, in(leaderChat), "/summary", "🔴 quá hạn 1")
	o.expect(directorID, in(leaderChat), "/overdue", "🔴 Quá hạn đến 16/01/2024: 2 lượt")
	o.expect(directorID, in(leaderChat), "/task 31", "Thời gian: 15/01/2024\n") // once
}

// A refusal shows what can be done from where it is read.
func TestRefusalsFitWhoReads(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 99", "nhiệm vụ 1 đến 30", "Ví dụ: /done 5") // 1 is others'
	o.expect(officeHead, in(officeChat), "/tasks late", "Không có nhiệm vụ nào ở tình trạng “Quá hạn”")
	o.expect(officeHead, in(officeChat), "/tasks không có từ này", "Không có nhiệm vụ nào với “không có từ này”")
	o.expect(directorID, in(leaderChat), "/summary gì đó", "hoặc thêm: lĩnh vực, đơn vị, Q1, H1, Q3, 2024")
	o.expect(directorID, in(leaderChat), "/summary lĩnh vực", "Theo lĩnh vực")
	o.expect(directorID, in(leaderChat), "/summary đơn vị", "Theo đơn vị")
	o.expect(officeHead, in(officeChat), "/done 20", "Nhiệm vụ 20 do Các phòng CM, đơn vị trực thuộc Sở chủ trì")
}

// What one unit of several has reported stands behind its name.
func TestTheStateOfSeveralUnits(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(directorID, in(leaderChat), "/task 5", "Tổ Kiểm soát TTHC · Kỳ Quý I: ▫️", "Văn phòng Sở · Kỳ Quý I: ▫️")
	o.expect(officeHead, in(officeHead), "/help", "Báo cáo: /done 5")
}

// A director directs where he reads, and is told how when he just writes.
func TestADirectorRepliesToTheSummary(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	m := o.say(directorID, in(leaderChat), "/summary")
	before := o.count(officeChat)
	o.has(o.reply(directorID, m, 0, "15 làm ngay trong tuần"), "Đã gửi ý kiến chỉ đạo về nhiệm vụ 15 đến Văn phòng Sở")
	o.has(o.next(officeChat, before, 1)[0], "Ý kiến chỉ đạo · nhiệm vụ 15", "“làm ngay trong tuần”")
	o.press(directorID, m, "Quá hạn")
	o.has(o.reply(directorID, o.become(m, "không có nhiệm vụ quá hạn"), 0, "xem lại"), "bắt đầu bằng số một nhiệm vụ")
	if _, err := o.srv.Say(directorID, directorID, "/start"); err != nil {
		t.Fatal(err)
	}
	o.next(directorID, 0, 1)
	o.expect(directorID, in(directorID), "15 làm ngay", "không phải lệnh", "Ý kiến chỉ đạo: trả lời tin tổng hợp")

	m = o.say(officeHead, in(officeChat), "/summary")
	before = o.count(divChat)
	if _, err := o.srv.Post(officeHead, officeChat, botserver.Post{Text: "15 làm ngay", ReplyTo: m.ID}); err != nil {
		t.Fatal(err)
	}
	o.say(officeHead, in(officeChat), "/help")
	if o.count(divChat) != before {
		t.Error("a head directs")
	}
}
