package handlers_test

import (
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
)

func TestDoneIsJudgedByTheEffectiveDay(t *testing.T) {
	for day, want := range map[string]string{
		"15/03/2024 09:00": "🟢 Nhiệm vụ 15: Hoàn thành đúng hạn",
		"01/04/2024 23:50": "🟢 Nhiệm vụ 15: Hoàn thành đúng hạn", // 31/3 is a Sunday
		"02/04/2024 00:01": "🟠 Nhiệm vụ 15: Hoàn thành quá hạn",
	} {
		t.Run(day, func(t *testing.T) {
			o := linked(t, "11/01/2024 09:00")
			o.set(day)
			m := o.expect(officeHead, in(officeChat), "/done 15 123/QĐ-SXD 08/03/2024", want,
				"Danh mục vị trí việc làm", "hạn 31/03/2024", "Minh chứng: 123/QĐ-SXD ngày 08/03/2024", "[Thu hồi]")
			if m.ReplyTo == 0 {
				t.Error("the answer in a group replies to nothing")
			}
			r := o.occurrence(15, "van-phong", "").Reports
			if len(r) != 1 || r[0].Status != plan.Done || r[0].By != officeHead || r[0].Note != "123/QĐ-SXD 08/03/2024" {
				t.Errorf("stored: %+v", r)
			}
		})
	}
}

func TestACheckInGoesToItsWindow(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	o.expect(inspHead, o.insp(), "/done@DonDoc_Bot 2", "đã thực hiện", "kỳ Quý I")
	o.set("20/03/2024 09:00")
	o.expect(inspHead, o.insp(), "/done2", "kỳ 6 tháng")
	late := o.expect(inspHead, in(inspHead), "/done_3 đã theo dõi", "kỳ Quý I (báo cáo chậm)", "[Chuyển sang kỳ 6 tháng]")
	before := o.count(inspHead)
	o.press(inspHead, late, "Chuyển sang kỳ 6 tháng")
	moved := o.next(inspHead, before, 1)[0]
	if !strings.Contains(moved.Text, "kỳ 6 tháng") {
		t.Errorf("moved: %s", moved.Text)
	}
	if got := o.occurrence(3, "thanh-tra", "2024-Q1").Status(); got != plan.NotStarted {
		t.Errorf("Q1 of 3 is %s", got)
	}
	if occ := o.occurrence(3, "thanh-tra", "2024-Q2"); occ.Status() != plan.Done || occ.Latest().Note != "đã theo dõi" {
		t.Errorf("Q2 of 3 is %s", occ.Status())
	}
}

// So it is if one message reports several: they move together, if all of them
// can.
func TestSeveralCheckInsMoveToTheirWindow(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("20/03/2024 09:00")
	late := o.expect(inspHead, o.insp(), "/done 2,3 đã kiểm tra", "2: đã thực hiện · kỳ Quý I (báo cáo chậm)",
		"3: đã thực hiện · kỳ Quý I (báo cáo chậm)", "[Chuyển sang kỳ 6 tháng]")
	moved := o.heard(forumChat, func() { o.press(inspHead, late, "Chuyển sang kỳ 6 tháng") })
	o.has(moved, "Đã ghi nhận 2 nhiệm vụ", "2: đã thực hiện · kỳ 6 tháng", "3: đã thực hiện · kỳ 6 tháng", "[Chuyển sang kỳ Quý I]")
	for _, n := range []int{2, 3} {
		q1, q2 := o.occurrence(n, "thanh-tra", "2024-Q1"), o.occurrence(n, "thanh-tra", "2024-Q2")
		if q1.Completion() != nil || q2.Status() != plan.Done || q2.Latest().Note != "đã kiểm tra" {
			t.Errorf("%d: %+v, %+v", n, q1.Reports, q2.Reports)
		}
	}
	o.expect(inspHead, o.insp(), "/undo", "Đã thu hồi báo cáo 2 nhiệm vụ")
	m := o.expect(officeHead, in(officeChat), "/done 15,24", "15: Hoàn thành đúng hạn", "24: đã thực hiện · kỳ Quý I (báo cáo chậm)")
	o.lacks(m, "Chuyển sang")
}

// The list of the unit's tasks stands below the receipt, from its first page on.
func TestAReceiptLeadsToTheUnitsTasks(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	receipt := o.expect(officeHead, in(officeChat), "/done 15", "Hoàn thành đúng hạn", "[Việc của đơn vị]")
	before := o.count(officeChat)
	o.press(officeHead, receipt, "Việc của đơn vị")
	list := o.next(officeChat, before, 1)[0]
	has(t, list.Text+labels(list), "Nhiệm vụ năm 2024", "Văn phòng", "[1/3 ›]")
	if list.ReplyTo != 0 {
		t.Error("what a press asked for replies to something")
	}
	o.press(officeHead, list, "1/3 ›")
	list = o.shows(list, "[2/3 ›]")
	o.press(officeHead, list, "‹")
	o.shows(list, "[1/3 ›]")
	o.shows(receipt, "[Thu hồi]") // it is left as it was
}

func TestRefusals(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(divHead, in(divChat), "/done 2", "Chưa ghi nhận", "Thanh tra xây dựng chủ trì")
	o.expect(divHead, in(divChat), "/done 99", "Không có nhiệm vụ 99", "1 đến 30")
	o.expect(divHead, in(divChat), "/done 1,2", "Chưa ghi nhận. Nhiệm vụ 2")
	o.expect(divHead, in(divChat), "/done 20-18", "20-18")
	o.expect(divHead, in(divChat), "/done xong rồi", "không phải số nhiệm vụ")
	o.expect(officeHead, in(officeChat), "/none 15", "không báo cáo “không phát sinh”")
	o.expect(officeHead, in(officeChat), "/done 29", "chưa xác định thời hạn")
	o.expect(officeHead, in(officeChat), "/done 15 12/BC-SXD 31/02/2024", "ngày không tồn tại")
	o.expect(officeHead, in(officeChat), "/done 15 MẬT số 12", "dấu chỉ độ mật")
	o.expect(divHead, in(divChat), "/done 20", "chưa phát sinh")
	o.expect(memberID, in(divChat), "/done 1", "đầu mối gửi", "[Đề nghị làm đầu mối báo cáo]")
	o.expect(memberID, in(divChat), "/publish", "dành cho quản trị")
	o.expect(divHead, in(divChat), "/task 15", "Nhiệm vụ 15") // it cooperates
	o.expect(divHead, in(divChat), "/task 12", "đơn vị không tham gia")
	o.expect(adminID, in(adminID), "/done 2", "Để ghi thay, nêu rõ đơn vị")
	o.expect(adminID, in(adminID), "/return 15 van-phong chưa có văn bản", "do lãnh đạo quyết định")
	for _, n := range []int{1, 2, 15, 20} {
		for _, u := range []string{"p-qlxd", "thanh-tra", "van-phong"} {
			if occs := o.occurrences(n, u); len(occs) > 0 && len(occs[0].Reports) > 0 {
				t.Errorf("task %d of %s has a report", n, u)
			}
		}
	}
}

func TestAnAdminRecordsForAUnit(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("12/03/2024 10:00")
	o.expect(adminID, in(adminID), "/done 2 thanh-tra 15/BC-TTr 12/03/2024", "kỳ Quý I",
		"Văn phòng Sở ghi thay", "15/BC-TTr ngày 12/03/2024")
	r := o.occurrence(2, "thanh-tra", "2024-Q1").Reports[0]
	if r.Via != plan.ViaBehalf || r.By != adminID {
		t.Errorf("stored: %+v", r)
	}
}

func TestUndoAndReturn(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	m := o.expect(officeHead, in(officeChat), "/done 15,26", "Đã ghi nhận 2 nhiệm vụ")
	before := o.count(officeChat)
	o.press(officeHead, m, "Thu hồi")
	o.next(officeChat, before, 1)
	if got := o.occurrence(15, "van-phong", "").Status(); got != plan.NotStarted {
		t.Errorf("after undo: %s", got)
	}
	o.expect(officeHead, in(officeChat), "/undo", "không có báo cáo nào để thu hồi")
	o.expect(officeHead, in(officeChat), "/xong 15", "Hoàn thành đúng hạn")
	o.expect(officeHead, in(officeChat), "/danglam 15", "đã hoàn thành ngày", "/tralai")
	o.expect(officeHead, in(officeChat), "/done 15 45/QĐ-SXD", "ghi nhận bổ sung")
	before = o.count(officeChat)
	o.expect(directorID, in(leaderChat), "/return 15 van-phong chưa ký số", "Đã trả lại nhiệm vụ 15")
	if told := o.next(officeChat, before, 1)[0].Text; !strings.Contains(told, "chưa ký số") {
		t.Errorf("the unit was told: %s", told)
	}
	occ := o.occurrence(15, "van-phong", "")
	if occ.Status() != plan.InProgress || occ.Reports[len(occ.Reports)-1].ReturnReason != "chưa ký số" {
		t.Errorf("after return: %s", occ.Status())
	}
	o.set("02/04/2024 08:00")
	o.expect(officeHead, in(officeChat), "/done 15", "Hoàn thành quá hạn")
}

func TestTriggerAndDeadline(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	told := o.count(divChat)
	o.expect(adminID, in(adminID), "/trigger 20 p-qlxd 15/05/2024 45/KL-TTr", "hạn 15/05/2024")
	o.next(divChat, told, 1)
	o.expect(divHead, in(divChat), "/done 20", "Hoàn thành đúng hạn")
	o.expect(adminID, in(adminID), "/trigger 20 15/05/2024", "giao đơn vị nào", "[Tất cả đơn vị chủ trì]")
	o.expect(adminID, in(adminID), "/thoihan 29 31/11/2024", "ngày không tồn tại")
	o.expect(adminID, in(adminID), "/deadline 29 10/01/2024", "đã qua")
	told = o.count(officeChat)
	o.expect(adminID, in(adminID), "/deadline 29 30/11/2024", "30/11/2024")
	o.next(officeChat, told, 1)
	o.expect(adminID, in(adminID), "/deadline 15 30/04/2024", "do lãnh đạo quyết định")
	told = o.count(officeChat)
	o.expect(directorID, in(leaderChat), "/deadline 15 30/04/2024 chờ ý kiến", "Gia hạn nhiệm vụ 15")
	o.next(officeChat, told, 1)
	o.expect(directorID, in(leaderChat), "/task 15", "gia hạn lần 1 đến 30/04/2024", "tính đến hết 02/05")
	o.set("02/05/2024 10:00")
	o.expect(officeHead, in(officeChat), "/done 15", "Hoàn thành đúng hạn")
	o.expect(directorID, in(leaderChat), "/summary", "trong đó sau gia hạn 1")
}

func TestThePlanOnOneScreen(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	o.say(officeHead, in(officeChat), "/done 15 123/QĐ-SXD 08/03/2024")
	o.say(officeHead, in(officeChat), "/blocked 24 chờ cấp chứng thư số")
	o.set("22/03/2024 09:00")
	o.expect(directorID, in(directorID), "/start")
	m := o.expect(directorID, in(directorID), "/summary", "đến 22/03/2024", "Có thời hạn: 6 nhiệm vụ", "▰▱",
		"đúng hạn 1", "trong hạn 5", "100% (1/1)", "16,7% (1/6)", "Kỳ Quý I (chốt 14/03): đã báo cáo 1/37",
		"Kỳ 6 tháng (chốt 14/06): đã báo cáo 0/37", "⚠️ 24", "26 (31/03)", "20, 29")
	if len([]rune(m.Text)) > 900 {
		t.Errorf("%d letters do not fit one screen", len([]rune(m.Text)))
	}
	o.expect(directorID, in(directorID), "/summary units", "P. Quản lý xây dựng")
	o.expect(directorID, in(directorID), "/summary groups", "IV. Cải cách chế độ công vụ")
	o.expect(inspHead, o.insp(), "/summary", "Thanh tra xây dựng", "Kỳ Quý I (chốt 14/03): đã báo cáo 0/3")
	o.expect(officeHead, in(officeChat), "/viec", "Trong hạn", "/task_26")
	o.expect(officeHead, in(officeChat), "/viec chu ky so", "/task_24")
	o.expect(officeHead, in(officeChat), "/quahan", "không có nhiệm vụ quá hạn")
	o.expect(officeHead, in(officeChat), "/due", "/task_26")
	o.expect(officeHead, in(officeChat), "/lichsu 15", "123/QĐ-SXD")
	o.expect(officeHead, in(officeChat), "/task_24", "Triển khai chữ ký số", "chờ cấp chứng thư số")
	o.expect(adminID, in(adminID), "/units", "chưa có nhóm", "chưa nhận nhiệm vụ")
	o.set("05/04/2024 09:00")
	o.expect(directorID, in(directorID), "/overdue", "/task_26", "quá hạn 4 ngày")
}

func TestEvidenceInItsForms(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	file := &botserver.Upload{Name: "quyết định <1>.pdf", Data: []byte("%PDF")}
	m := o.post(officeHead, in(officeChat), botserver.Post{Text: "/done 15 đã ký", File: file}, 1)[0]
	if !strings.Contains(m.Text, "quyết định <1>.pdf") {
		t.Errorf("caption: %s", m.Text)
	}
	id, err := o.srv.Post(officeHead, officeChat, botserver.Post{File: file})
	o.must(err)
	m = o.post(officeHead, in(officeChat), botserver.Post{Text: "/done 26", ReplyTo: id}, 1)[0]
	ev := o.occurrence(26, "van-phong", "").Reports[0].Evidence
	if len(ev) != 1 || ev[0].FileName != "quyết định <1>.pdf" {
		t.Errorf("reply: %+v", ev)
	}
	before := o.count(officeHead)
	_, err = o.srv.Album(officeHead, officeHead, botserver.Post{Text: "/done 13", File: file}, botserver.Post{File: file})
	o.must(err)
	o.next(officeHead, before, 1)
	o.say(officeHead, in(officeHead), "/help")
	if ev := o.occurrence(13, "van-phong", "").Reports[0].Evidence; len(ev) != 2 {
		t.Errorf("album: %+v", ev)
	}
}

func TestWhatPeopleTypeIsText(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	note := `<b>"đậm"</b> & 'x' 👍🏽 ` + "\u200f\u202e" + `ngược ` + strings.Repeat("dài ", 900)
	o.expect(inspHead, o.insp(), "/doing 2 "+note, `<b>"đậm"</b> & 'x' 👍🏽`)
	o.expect(inspHead, o.insp(), "/task 2", `<b>"đậm"</b>`, "Nguyễn <b>An</b> & Co")
	o.expect(inspHead, o.insp(), "/history 2", `<b>"đậm"</b>`)
	o.expect(adminID, in(adminID), "/units rename p-qlxd Phòng <i>X</i> & Y", "Phòng <i>X</i> & Y")
	o.expect(adminID, in(adminID), "/units", "Phòng <i>X</i> & Y")
}

func TestAPlanOfThePastIsGivenOutOnlyWhenAskedTwice(t *testing.T) {
	o := open(t, "23/11/2026 09:00")
	o.say(adminID, in(adminID), "/start")
	o.stop()
	before := o.count(adminID)
	o.start()
	if told := o.next(adminID, before, 1)[0].Text; !strings.Contains(told, "năm 2024, đã kết thúc hơn 90 ngày") {
		t.Errorf("at start: %s", told)
	}
	m := o.say(adminID, in(adminID), "/publish")
	o.press(adminID, m, "Giao nhiệm vụ")
	o.say(adminID, in(adminID), "/help") // the press is handled
	var asked botserver.Message
	o.srv.View(func(w *botserver.World) { asked, _ = w.Message(adminID, m.ID) })
	if !strings.Contains(asked.Text, "Vẫn giao kế hoạch năm 2024?") || !strings.Contains(labels(asked), "[Vẫn giao]") {
		t.Errorf("asked: %s%s", asked.Text, labels(asked))
	}
}

func TestAnEditedCommandIsNotRunAgain(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	before := o.count(divChat)
	id, err := o.srv.Say(divHead, divChat, "/doing 1 một")
	o.must(err)
	o.next(divChat, before, 1)
	o.must(o.srv.EditMessage(divHead, divChat, id, "/done 1 hai"))
	if said := o.next(divChat, before+1, 1)[0].Text; !strings.Contains(said, "Nội dung sửa trong tin đã gửi không được ghi nhận") {
		t.Errorf("after an edit: %s", said)
	}
	if r := o.occurrence(1, "p-qlxd", "2024-Q1").Reports; len(r) != 1 || r[0].Status != plan.InProgress {
		t.Errorf("stored: %+v", r)
	}
}

func TestEnglishInAGroup(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(divHead, in(divChat), "/lang en", "Language: English")
	o.expect(divHead, in(divChat), "/done 1", "Task 1", "Q1 check-in")
}

func TestGivingOutAgainSendsOnlyWhatIsNew(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	m := o.expect(adminID, in(adminID), "/publish", "Không có nội dung mới", "7 đơn vị chưa liên kết nhóm")
	o.lacks(m, "[")
	o.say(adminID, in(adminID), "/units move 30 van-phong p-qlxd")
	insp, div := o.count(forumChat), o.count(divChat)
	m = o.expect(adminID, in(adminID), "/publish", "Gửi đến 2 đơn vị: Văn phòng Sở · P. Quản lý xây dựng", "Đã giao ngày 11/01/2024")
	o.press(adminID, m, "Giao nhiệm vụ")
	o.become(m, "Đã giao nhiệm vụ cho 2 đơn vị")
	o.has(o.next(divChat, div, 1)[0], "Điều chỉnh nhiệm vụ năm 2024", "30 · ")
	if o.count(forumChat) != insp {
		t.Error("a unit without changes heard of them")
	}
}
