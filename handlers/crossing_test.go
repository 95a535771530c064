package handlers_test

import (
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// without is the appendix without the task.
func without(t *testing.T, number string) []byte {
	t.Helper()
	return version(t, func(row string) string {
		if strings.HasPrefix(row, number+",") {
			return ""
		}
		return row
	})
}

// imports takes a plan file over.
func (o *office) imports(file []byte) {
	o.Helper()
	preview := o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file)
	o.has(o.pressed(adminID, preview, "Nhập kế hoạch"), "kế hoạch")
}

// twoYears is an office in 2025 that has given out the plans of two years.
func twoYears(t *testing.T) *office {
	o := linked(t, "11/01/2024 09:00")
	o.set("02/01/2025 09:00")
	o.imports([]byte(strings.Replace(string(without(t, "1")), "#năm,2024", "#năm,2025\n#số,1/QĐ-SXD\n#ngày,02/01/2025", 1)))
	o.press(adminID, o.expect(adminID, in(adminID), "/publish 2025", "năm 2025"), "Giao nhiệm vụ")
	o.settle()
	return o
}

// A task may end between a question and its answer.
func TestTheReasonOfATaskThatHasEnded(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	question := o.expect(officeHead, in(officeChat), "/vuong 15", "nêu lý do vướng mắc")
	o.imports(without(t, "15"))
	m := o.post(officeHead, in(officeChat), botserver.Post{Text: "chờ kinh phí", ReplyTo: question.ID}, 1)[0]
	o.has(m, "không còn hiệu lực")
}

// So may one between a nudge in the evening and the morning that it waits for.
func TestANudgeOfATaskThatHasEnded(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 20:00")
	o.expect(adminID, in(adminID), "/nudge 15", "sẽ nhắc lúc 07:00")
	o.imports(without(t, "15"))
	o.has(o.heard(adminID, func() { o.set("14/03/2024 07:00") }), "không còn hiệu lực")
}

func TestARequestForATaskThatHasEnded(t *testing.T) {
	o, request := asked(t)
	o.imports(without(t, "15"))
	got := o.press(directorID, request, "Đồng ý")
	if !strings.Contains(got, "đã kết thúc") || strings.Contains(got, "chuyển sang đơn vị khác") {
		t.Errorf("the answer: %s", got)
	}
}

// Under a post of this year's plan the director may name a task of last year's.
func TestADirectionOnATaskOfAnotherYear(t *testing.T) {
	o := twoYears(t)
	o.set("06/01/2025 08:40")
	var post botserver.Message
	o.srv.View(func(w *botserver.World) {
		all := unasked(w, leaderChat)
		post = all[len(all)-1]
	})
	o.has(post, "năm 2025", "Ý kiến chỉ đạo")
	told := o.heard(officeChat, func() { o.reply(directorID, post, 0, "18/2024 xong trước ngày 20") })
	o.has(told, "nhiệm vụ 18/2024", "“xong trước ngày 20”")
	o.expect(directorID, in(leaderChat), "/history 18/2024", "xong trước ngày 20")
	o.lacks(o.say(directorID, in(leaderChat), "/history 18"), "xong trước ngày 20")
	o.has(o.reply(directorID, post, 0, "18/2023 xong trước ngày 20"), "Chưa gửi ý kiến chỉ đạo")
}

func TestEvidenceForAReportThatWasTakenBack(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	first := o.expect(officeHead, in(officeChat), "/done 15", "Hoàn thành đúng hạn")
	o.expect(officeHead, in(officeChat), "/undo", "Đã thu hồi")
	m := o.post(officeHead, in(officeChat), botserver.Post{Text: "123/BC-SXD 08/03/2024", ReplyTo: first.ID}, 1)[0]
	o.has(m, "Chưa ghi nhận", "thu hồi")
	second := o.expect(officeHead, in(officeChat), "/done 15", "Hoàn thành đúng hạn")
	o.expect(directorID, in(directorID), "/return 15 chưa có văn bản", "Đã trả lại")
	m = o.post(officeHead, in(officeChat), botserver.Post{Text: "123/BC-SXD 08/03/2024", ReplyTo: second.ID}, 1)[0]
	o.has(m, "Chưa ghi nhận", "trả lại")
}

// What was reported before the task went to another unit stays done: there is
// nobody left who could do it again.
func TestNoUndoAfterTheTaskWentToAnotherUnit(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 15 123/QĐ-SXD", "Hoàn thành đúng hạn")
	o.expect(adminID, in(adminID), "/units move 15 van-phong p-qlxd", "chuyển từ")
	o.expect(officeHead, in(officeChat), "/undo", "Chưa thu hồi", "chuyển sang đơn vị khác")
	if s := o.occurrence(15, "van-phong", "").Status(); s != plan.Done {
		t.Errorf("15 is %s", s)
	}

	// So it is if the whole unit became part of another.
	o.expect(divHead, in(divChat), "/done 8 đã trả lời", "Nhiệm vụ 8: đã thực hiện")
	o.expect(adminID, in(adminID), "/units merge p-qlxd p-htkt", "Đã sáp nhập")
	o.expect(divHead, in(divHead), "/undo", "Chưa thu hồi", "nhiệm vụ 8", "chuyển sang đơn vị khác")
}

func TestTasksOfTwoUnitsInOneReport(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.must(o.srv.AddMember(adminID, forumChat, officeHead))
	o.appoint(officeHead, o.insp(), "/head")
	o.expect(officeHead, in(officeHead), "/done 4 15", "Chưa ghi nhận", "Thanh tra xây dựng", "Văn phòng Sở", "lần lượt")
	o.expect(officeHead, in(officeHead), "/done 4", "Nhiệm vụ 4")
}

func TestAHeadWhoIsAdminNamesTheUnit(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.appoint(officeHead, in(officeChat), "/role admin")
	o.expect(officeHead, in(officeHead), "/done 3", "Để ghi thay, nêu rõ đơn vị: /done 3 thanh-tra")
	o.lacks(o.say(officeHead, in(officeHead), "/extend 3 30/06/2024 chờ ý kiến"), "ghi thay")
}

// What is pasted brings signs that nobody sees, and dashes of other widths.
func TestNumbersAsTheyArePasted(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 15\u200b", "Nhiệm vụ 15")
	o.expect(officeHead, in(officeChat), "/doing 5–7", "Đã ghi nhận 3 nhiệm vụ")
	o.expect(officeHead, in(officeHead), "/extend\u00a026\u00a030/06/2024\u00a0chờ ý kiến", "Đã gửi đề nghị gia hạn nhiệm vụ 26")
	o.expect(adminID, in(adminID), "/trigger\u00a020\u00a0p-qlxd\u202f15/05/2024", "Đã ghi nhận phát sinh nhiệm vụ 20")
	o.expect(adminID, in(adminID), "/add\u00a0p-qlxd\u00a030/09/2024;\u00a0Rà soát", "Đã thêm nhiệm vụ 31")
	o.expect(adminID, in(adminID), "/units\u00a0rename\nthanh-tra\u3000Thanh tra Sở", "nay là Thanh tra Sở")
}

// A request is taken back by its own button, whatever was reported since and
// however long it waits.
func TestARequestTakenBackAfterAReport(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	sent := o.expect(officeHead, in(officeHead), "/giahan 15 30/06/2024 chờ ý kiến", "Đã gửi đề nghị")
	o.expect(officeHead, in(officeHead), "/done 14 12/BC-SXD", "Hoàn thành")
	o.expect(officeHead, in(officeHead), "/giahan 15 30/07/2024 chờ ý kiến", "đang chờ ý kiến", "Thu hồi")
	o.set("20/03/2024 09:00") // nobody has answered for days
	if got := o.press(officeHead, sent, "Thu hồi"); strings.Contains(got, "Chưa") {
		t.Errorf("the answer: %s", got)
	}
	o.expect(officeHead, in(officeHead), "/giahan 15 30/07/2024 chờ ý kiến", "Đã gửi đề nghị")
}

func TestThePeriodOfAnotherYear(t *testing.T) {
	o := twoYears(t)
	o.expect(directorID, in(leaderChat), "/summary quý III/2024", "Quý III năm 2024")
	o.expect(directorID, in(leaderChat), "/summary H1", "6 tháng đầu năm 2025")
	o.expect(directorID, in(leaderChat), "/summary Q1 2023", "không có kế hoạch năm 2023")
}

// What came after the chốt and was taken back is no supplement any more.
func TestALateReportTakenBackAfterTheFreeze(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("18/03/2024 09:00")
	o.press(adminID, o.expect(adminID, in(adminID), "/report Q1", "Chốt số liệu"), "Chốt số liệu")
	o.set("19/03/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 24 đã cấp", "báo cáo chậm, bổ sung sau chốt")
	o.expect(directorID, in(leaderChat), "/summary Q1", "Bổ sung sau chốt: 1 báo cáo")
	o.expect(officeHead, in(officeChat), "/undo", "Đã thu hồi báo cáo 1 nhiệm vụ")
	o.lacks(o.say(directorID, in(leaderChat), "/summary Q1"), "Bổ sung sau chốt")
}

func TestAPlanIsClosedOnce(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	first := o.expect(adminID, in(adminID), "/close", "Đóng kế hoạch")
	second := o.expect(adminID, in(adminID), "/close", "Đóng kế hoạch")
	o.press(adminID, first, "Đóng kế hoạch")
	o.set("12/01/2024 09:00")
	if got := o.press(adminID, second, "Đóng kế hoạch"); !strings.Contains(got, "đã đóng ngày 11/01/2024") {
		t.Errorf("the answer: %s", got)
	}
	if p := o.snapshot().Year(2024); p.Closed.String() != "2024-01-11" {
		t.Errorf("closed on %s", p.Closed)
	}
}

// A direction does not reach a unit without a chat: the director is told so.
func TestADirectionToAUnitWithoutAChat(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	card := o.expect(directorID, in(leaderChat), "/task 1", "Nhiệm vụ 1")
	o.has(o.reply(directorID, card, 0, "xong trong tháng"), "Đã gửi ý kiến chỉ đạo về nhiệm vụ 1 đến Phòng Quản lý xây dựng.",
		"Chưa gửi được", "P. Hạ tầng kỹ thuật")
	card = o.expect(directorID, in(leaderChat), "/task 6", "Nhiệm vụ 6")
	m := o.reply(directorID, card, 0, "xong trong tháng")
	o.has(m, "Chưa gửi được", "Tổ Kiểm soát TTHC")
	card = o.expect(directorID, in(leaderChat), "/task 15", "Nhiệm vụ 15")
	o.lacks(o.reply(directorID, card, 0, "xong trong tháng"), "Chưa gửi được")
}

// A message counts by the day on which it was written, though it is handled
// after midnight.
func TestWordsOfTheLastMinute(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct{ written, handled, text, want string }{
		{"14/03/2024 23:59", "15/03/2024 00:05", "/done 24 đã cấp", "✅ Nhiệm vụ 24: đã thực hiện · kỳ Quý I\n"},
		{"15/03/2024 00:00", "15/03/2024 00:05", "/done 25 đã cấp", "✅ Nhiệm vụ 25: đã thực hiện · kỳ Quý I (báo cáo chậm)\n"},
		{"01/04/2024 23:59", "02/04/2024 00:05", "/done 26 đã ban hành", "🟢 Nhiệm vụ 26: Hoàn thành đúng hạn\n"},
	} {
		d.clock = c.written
		in := d.event(officeHead, private(officeHead), c.text)
		d.clock = c.handled
		if said := d.handle(in, false).text(); !strings.HasPrefix(said, c.want) {
			t.Errorf("%s, written %s:\n%s", c.text, c.written, said)
		}
	}
}

// A later day by /deadline is an extension: admins decide on it only if the
// plan's settings say so.
func TestAnAdminExtendsIfTheSettingsSaySo(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/add p-qlxd 30/09/2024; Rà soát quy hoạch", "Đã thêm nhiệm vụ 31")
	o.expect(adminID, in(adminID), "/deadline 31 31/10/2024", "Chưa thực hiện", "do lãnh đạo quyết định")
	o.pressed(adminID, o.expect(adminID, in(adminID), "/settings", "Gia hạn: lãnh đạo quyết định"), "Gia hạn")
	o.expect(adminID, in(adminID), "/deadline 31 31/10/2024", "Gia hạn nhiệm vụ 31")
}

func TestAReportTakenBackOnATaskThatHasEnded(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 14 12/BC-SXD", "Hoàn thành đúng hạn")
	o.imports(without(t, "14"))
	o.expect(officeHead, in(officeChat), "/undo", "Đã thu hồi báo cáo 1 nhiệm vụ", "Đã kết thúc từ 13/03/2024")
}

// Who heads two units sees for which of them a button reports.
func TestAnOfferToAHeadOfTwoUnits(t *testing.T) {
	d := newDesk(t)
	d.write(func(tx *storage.Tx) error { return tx.AddHead(divHead, "p-htkt", d.now()) })
	said := d.handle(d.event(divHead, private(divHead), "/done"), false)
	for _, unit := range []string{"P. Quản lý xây dựng", "P. Hạ tầng kỹ thuật"} {
		if said.button(" · "+unit) == nil {
			t.Errorf("no button for %s: %+v", unit, said.buttons)
		}
	}
	card := d.handle(d.event(divHead, private(divHead), "/task 1"), false)
	said = d.press(divHead, private(divHead), *card.button("Hoàn thành"))
	if !strings.Contains(said.text(), "báo cáo cho đơn vị nào?") || said.button("P. Hạ tầng") == nil {
		t.Fatalf("the card reports for one of them: %s", said.text())
	}
	said = d.press(divHead, private(divHead), *said.button("P. Hạ tầng"))
	if !strings.Contains(said.text(), "Phòng Hạ tầng kỹ thuật · ghi nhận") {
		t.Errorf("the report: %s", said.text())
	}
	if said = d.handle(d.event(inspHead, private(inspHead), "/done"), false); said.button("Thanh tra") != nil {
		t.Errorf("the one unit is named: %+v", said.buttons)
	}
}

// Two units of one chat that have the same task to do share its buttons: each
// head reports for his own.
func TestAReminderOfOneTaskToTwoUnitsOfAChat(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(divChat), "/link p-htkt", "Đã liên kết")
	o.expect(adminID, in(adminID), "/add p-qlxd, p-htkt 30/09/2024; Rà soát quy hoạch", "Đã thêm nhiệm vụ 31")
	o.set("16/09/2024 08:00")
	var m botserver.Message
	o.srv.View(func(w *botserver.World) {
		all := unasked(w, divChat)
		m = all[len(all)-1]
	})
	if n := strings.Count(labels(m), "[✅ 31]"); n != 1 {
		t.Errorf("%d rows for one task:%s", n, labels(m))
	}
	if got := o.press(divHead, m, "✅ 31"); !strings.Contains(got, "Nhiệm vụ 31: Hoàn thành đúng hạn") {
		t.Errorf("the answer: %s", got)
	}
	if s := o.occurrence(31, "p-htkt", "").Status(); s != plan.NotStarted {
		t.Errorf("of the other unit it is %s", s)
	}
	if s := o.occurrence(31, "p-qlxd", "").Status(); s != plan.Done {
		t.Errorf("of the head's unit it is %s", s)
	}
}

// Who became director after a request was put decides on it on the task's card.
func TestARequestForADirectorWhoCameLater(t *testing.T) {
	o, request := asked(t)
	o.appoint(directorID, in(leaderChat), "/role none")
	o.appoint(memberID, in(officeChat), "/role director")
	o.lacks(o.say(adminID, in(adminID), "/task 15"), "Đồng ý 30/06")
	card := o.expect(memberID, in(memberID), "/task 15", "đang chờ ý kiến", "[Đồng ý 30/06] [Không đồng ý 30/06]")
	card = o.pressed(memberID, card, "Đồng ý 30/06")
	o.has(card, "gia hạn lần 1 đến 30/06/2024")
	o.lacks(card, "đang chờ ý kiến", "Đồng ý")
	o.become(request, "Đồng ý gia hạn nhiệm vụ 15 đến 30/06/2024")
}
