package handlers_test

import (
	"strings"
	"testing"
)

// A unit that moves takes its tasks along, all of them, with what it has still
// to take note of.
func TestNoteIsTakenInTheNewChat(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	move := o.expect(adminID, in(otherChat), "/link p-qlxd", "Chuyển về nhóm này")
	o.press(adminID, move, "Chuyển về đây")
	o.settle()
	all := o.answersIn(otherChat)
	posted := all[len(all)-1]
	o.has(posted, "Chủ trì 4 nhiệm vụ", "[Đã nhận]")
	if got := o.press(memberID, posted, "Đã nhận"); !strings.Contains(got, "Đã ghi nhận") {
		t.Errorf("taking note in the new chat: %s", got)
	}
	o.expect(adminID, in(adminID), "/units p-qlxd", "Đã nhận nhiệm vụ: Đỗ Minh")
	o.expect(adminID, in(adminID), "/units move 15 van-phong p-qlxd", "chuyển từ")
	o.press(adminID, o.expect(adminID, in(divChat), "/link p-qlxd", "Chuyển"), "Chuyển về đây")
	o.settle()
	all = o.answersIn(divChat)
	o.has(all[len(all)-1], "Giao nhiệm vụ", "Chủ trì 5 nhiệm vụ", "15 · ", "[Đã nhận]")
}

// A check-in that another unit gave before the task came is not asked for again,
// and the refusal says so.
func TestACheckInOfATaskThatCameLater(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(divHead, in(divChat), "/done 1", "kỳ Quý I")
	o.expect(adminID, in(adminID), "/units merge p-qlxd van-phong", "Đã sáp nhập")
	o.expect(officeHead, in(officeChat), "/done 1 bổ sung", "Chưa ghi nhận", "báo cáo kỳ Quý I", "từ 15/03/2024", "/lichsu 1")
	o.set("15/03/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 1", "kỳ 6 tháng")
}
