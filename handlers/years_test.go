package handlers_test

import (
	"strings"
	"testing"

	"dondoc/internal/botserver"
)

// The year that is named is closed, not the one that is in force.
func TestAnOlderPlanIsClosed(t *testing.T) {
	o := twoYears(t)
	o.set("06/01/2025 09:00")
	o.expect(directorID, in(leaderChat), "/overdue", "Kế hoạch năm 2024: quá hạn")
	o.press(adminID, o.expect(adminID, in(adminID), "/close 2024", "cải cách hành chính năm 2024"), "Đóng kế hoạch")
	if snap := o.snapshot(); snap.Year(2024).Closed == 0 || snap.Year(2025).Closed != 0 {
		t.Errorf("closed: 2024 %s, 2025 %s", snap.Year(2024).Closed, snap.Year(2025).Closed)
	}
	o.lacks(o.say(directorID, in(leaderChat), "/overdue"), "Kế hoạch năm 2024")
	o.expect(adminID, in(adminID), "/close 2023", "không có kế hoạch năm 2023")
	o.expect(adminID, in(adminID), "/close năm ngoái", "Chưa thực hiện", "/close 2025")
}

// Two plans have a task of the same number: which one is meant is said wherever
// it is not that of the plan in force, be it last year's or the next.
func TestNumbersOfTwoYears(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("20/12/2024 09:00")
	given := o.count(forumChat)
	o.imports([]byte(strings.Replace(string(without(t, "1")), "#năm,2024", "#năm,2025\n#số,1/QĐ-SXD\n#ngày,20/12/2024", 1)))
	o.press(adminID, o.expect(adminID, in(adminID), "/publish", "năm 2025"), "Giao nhiệm vụ")
	told := o.next(forumChat, given, 1)[0]
	o.has(told, "Báo cáo: /done 2/2025 · /danglam 2/2025 · /vuong 2/2025 lý do")
	o.expect(inspHead, o.insp(), "/done 2/2025", "Nhiệm vụ 2/2025: đã thực hiện · kỳ Quý I")
	o.expect(inspHead, o.insp(), "/undo", "2/2025 · Kiểm tra")

	// Whether the units took note is asked of the plan that went out last.
	o.expect(adminID, in(adminID), "/units", "⚠️ Thanh tra xây dựng (thanh-tra): chưa nhận nhiệm vụ")
	o.press(inspHead, told, "Đã nhận")
	o.expect(adminID, in(adminID), "/units", "✅ Thanh tra xây dựng (thanh-tra)")

	o.set("03/01/2025 09:00")
	o.expect(inspHead, o.insp(), "/done 2", "Nhiệm vụ 2: đã thực hiện · kỳ Quý I")
	o.expect(officeHead, in(officeChat), "/nhiemvu 18/2024", "Nhiệm vụ 18/2024 · IV.")
	o.has(o.heard(officeChat, func() {
		o.expect(adminID, in(adminID), "/nudge 18/2024", "Đã nhắc nhiệm vụ 18/2024")
	}), "18/2024 · Xếp loại chất lượng")
	o.has(o.heard(adminID, func() {
		o.expect(officeHead, in(officeChat), "/vuong 18/2024 chờ biên chế", "Nhiệm vụ 18/2024")
	}), "Vướng mắc nhiệm vụ 18/2024")
	o.expect(officeHead, in(officeChat), "/lichsu 18/2024", "Lịch sử nhiệm vụ 18/2024")
	o.expect(officeHead, in(officeChat), "/done 18/2024 45/QĐ-SXD", "Nhiệm vụ 18/2024: Hoàn thành quá hạn")
}

// A plan that is given out in its own year needs no year in its numbers.
func TestAPlanGivenOutInItsYear(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("03/01/2025 09:00")
	given := o.count(forumChat)
	o.imports([]byte(strings.Replace(string(without(t, "1")), "#năm,2024", "#năm,2025\n#số,1/QĐ-SXD\n#ngày,02/01/2025", 1)))
	o.press(adminID, o.expect(adminID, in(adminID), "/publish", "năm 2025"), "Giao nhiệm vụ")
	o.has(o.next(forumChat, given, 1)[0], "Báo cáo: /done 2 · /danglam 2 ")
}

// What a message says to send next concerns the plan that it speaks of.
func TestCommandsToSendNextOfAnotherYear(t *testing.T) {
	o := twoYears(t)
	o.set("07/01/2025 09:00")
	o.expect(officeHead, in(officeChat), "/done 18/2024 45/QĐ-SXD", "Nhiệm vụ 18/2024")
	o.has(o.heard(officeChat, func() {
		o.expect(directorID, in(leaderChat), "/return 18/2024 van-phong chưa ký", "Đã trả lại nhiệm vụ 18/2024")
	}), "nhiệm vụ 18/2024", "Báo cáo lại khi xong: /done 18/2024")
	o.has(o.heard(divChat, func() {
		o.expect(adminID, in(adminID), "/trigger 20/2024 p-qlxd 15/02/2025 45/KL-TTr", "phát sinh nhiệm vụ 20/2024")
	}), "Phát sinh nhiệm vụ 20/2024")
	o.has(o.heard(officeChat, func() {
		o.expect(adminID, in(adminID), "/deadline 29/2024 31/01/2025", "thời hạn nhiệm vụ 29/2024")
	}), "Nhiệm vụ 29/2024")
	o.has(o.heard(leaderChat, func() {
		o.expect(officeHead, in(officeChat), "/extend 13/2024 28/02/2025 chờ biên chế", "gia hạn nhiệm vụ 13/2024 đến")
	}), "gia hạn nhiệm vụ 13/2024 đến")
	o.expect(adminID, in(adminID), "/done 18/2024", "/done 18/2024 van-phong")
	o.expect(officeHead, in(officeChat), "/vuong 14/2024", "Nhiệm vụ 14/2024")
	o.expect(adminID, in(adminID), "/units move 24/2024 van-phong p-qlxd", "Nhiệm vụ 24/2024", "/giaoviec 2024")
}

// A chat that is linked after the next year's plan was given out, and before
// that year, gets the tasks of both.
func TestAChatLinkedBetweenTwoPlans(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("20/12/2024 09:00")
	o.imports([]byte(strings.Replace(string(without(t, "1")), "#năm,2024", "#năm,2025\n#số,1/QĐ-SXD\n#ngày,20/12/2024", 1)))
	o.press(adminID, o.expect(adminID, in(adminID), "/publish", "năm 2025"), "Giao nhiệm vụ")
	before := o.count(otherChat)
	o.post(adminID, in(otherChat), botserver.Post{Text: "/link p-htkt"}, 1)
	got := o.next(otherChat, before, 3)
	o.has(got[1], "cải cách hành chính năm 2024", "Phòng Hạ tầng kỹ thuật", "/done 1 ·", "[Đã nhận]")
	o.has(got[2], "Kế hoạch năm 2025", "Phòng Hạ tầng kỹ thuật", "/done 8/2025", "[Đã nhận]")
}

// The plan that was replaced stays so when its successor is closed: commands do
// not turn to last year's tasks of the same numbers.
func TestAClosedPlanBringsNoneBack(t *testing.T) {
	o := twoYears(t)
	o.set("07/01/2025 09:00")
	o.press(adminID, o.expect(adminID, in(adminID), "/close", "năm 2025"), "Đóng kế hoạch")
	o.expect(officeHead, in(officeChat), "/viec", "Nhiệm vụ năm 2025")
	o.expect(directorID, in(leaderChat), "/summary", "Kế hoạch năm 2025")
	o.expect(inspHead, o.insp(), "/baocaoky", "kế hoạch năm 2025 đã đóng")
	o.expect(officeHead, in(officeChat), "/nhiemvu 18", "Nhiệm vụ 18 · IV.")
	o.expect(officeHead, in(officeChat), "/nhiemvu 18/2024", "Nhiệm vụ 18/2024 · IV.")
}
