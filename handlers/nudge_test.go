package handlers_test

import (
	"strings"
	"testing"

	"dondoc/internal/botserver"
)

func TestUnitsAreRemindedOnceADay(t *testing.T) {
	o := linked(t, "21/03/2024 09:00")
	o.set("21/03/2024 10:00")
	told := o.heard(officeChat, func() {
		o.expect(directorID, in(leaderChat), "/nhac 15", "Đã nhắc nhiệm vụ 15", "Đã gửi đến 1 đơn vị: Văn phòng Sở")
	})
	o.has(told, "🔔 Nhắc thực hiện · Văn phòng Sở", "15 · ", "hạn 31/03/2024 (Chủ nhật, tính đến hết 01/04)", "còn 10 ngày",
		"Võ Tất Dũng nhắc lúc 21/03/2024 10:00", "[✅ Hoàn thành] [🔄 Đang làm] [⚠️ Vướng mắc]")
	before := o.count(officeChat)
	o.expect(adminID, in(adminID), "/nudge 15", "Không gửi tin nhắc nhiệm vụ 15", "Hôm nay đã nhắc trước đó: Văn phòng Sở")
	o.say(officeHead, in(officeChat), "/help")
	if n := o.count(officeChat); n != before+1 {
		t.Errorf("%d messages more in the unit's chat", n-before)
	}
	o.set("22/03/2024 10:00")
	o.heard(officeChat, func() { o.expect(adminID, in(adminID), "/nudge 15", "Đã gửi đến 1 đơn vị") })
	if got := o.press(officeHead, told, "✅ Hoàn thành"); !strings.Contains(got, "Hoàn thành đúng hạn") {
		t.Errorf("its button: %s", got)
	}
	for text, want := range map[string]string{
		"15":      "Chưa nhắc: nhiệm vụ 15",
		"20":      "chưa phát sinh",
		"99":      "Không có nhiệm vụ 99",
		"15 ngay": "nêu số nhiệm vụ",
		"gấp":     "không phải số nhiệm vụ",
	} {
		o.expect(adminID, in(adminID), "/nudge "+text, want)
	}
}

// What was set off last may be due first: a unit is reminded of that, and a card
// names the days in their order.
func TestTheOldestOfWhatWasSetOff(t *testing.T) {
	o := linked(t, "21/03/2024 09:00")
	o.heard(divChat, func() { o.say(adminID, in(adminID), "/trigger 20 p-qlxd 31/05/2024") })
	o.heard(divChat, func() { o.say(adminID, in(adminID), "/trigger 20 p-qlxd 15/05/2024") })
	told := o.heard(divChat, func() { o.expect(adminID, in(adminID), "/nudge 20", "Đã gửi đến 1 đơn vị") })
	o.has(told, "hạn 15/05/2024")
	if strings.Contains(told.Text, "31/05") {
		t.Errorf("reminded of more:\n%s", told.Text)
	}
	card := o.say(adminID, in(adminID), "/task 20")
	if first, second := strings.Index(card.Text, "15/05/2024"), strings.Index(card.Text, "31/05/2024"); first < 0 || second < first {
		t.Errorf("days out of order:\n%s", card.Text)
	}
}

func TestANudgeReachesTheUnitsWithAChat(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.heard(divChat, func() { o.say(adminID, in(adminID), "/add p-qlxd, p-htkt, thanh-tra Quý II/2024; Thống kê") })
	o.heard(forumChat, func() { o.say(inspHead, o.insp(), "/done 31") })
	told := o.heard(divChat, func() {
		o.expect(adminID, in(adminID), "/nudge 31", "Đã gửi đến 1 đơn vị: P. Quản lý xây dựng",
			"chưa liên kết nhóm: P. Hạ tầng kỹ thuật")
	})
	o.has(told, "31 · Thống kê: hạn 30/06/2024")
	list := o.expect(adminID, in(adminID), "/nhac", "Chọn nhiệm vụ cần nhắc", "15 · ")
	insp := o.heard(forumChat, func() { o.press(adminID, list, label(o.turnTo(list, "2 · "), "2 · ")) })
	o.has(insp, "Kỳ Quý I, chốt 14/03: 1 nhiệm vụ chưa báo cáo (2)", "Báo cáo kỳ Quý I")
}

// turnTo turns the pages of a list until one has the button.
func (o *office) turnTo(list botserver.Message, words string) botserver.Message {
	o.Helper()
	for range 5 {
		if label(list, words) != words {
			break
		}
		was := labels(list)
		o.press(adminID, list, label(list, "›"))
		list = o.now(list, func(m botserver.Message) bool { return labels(m) != was })
	}
	return list
}

func TestANudgeWaitsForTheMorning(t *testing.T) {
	o := linked(t, "15/03/2024 09:00")
	o.set("15/03/2024 20:00") // a Friday
	before := o.count(officeChat)
	o.expect(directorID, in(leaderChat), "/nudge 26", "sẽ nhắc lúc 07:00 thứ Hai, 18/03/2024")
	o.set("17/03/2024 10:00")
	o.say(officeHead, in(officeHead), "/help")
	if o.count(officeChat) != before {
		t.Error("the unit was reminded on a Sunday")
	}
	answer := o.heard(leaderChat, func() {
		told := o.heard(officeChat, func() { o.set("18/03/2024 07:00") })
		o.has(told, "26 · ", "Võ Tất Dũng nhắc lúc 18/03/2024 07:00")
	})
	o.has(answer, "Đã nhắc nhiệm vụ 26")
}

func TestUnitsThatHaveNotReportedAreReminded(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("14/03/2024 09:00")
	for _, n := range []string{"2", "3"} {
		o.say(inspHead, o.insp(), "/done "+n)
	}
	o.set("18/03/2024 10:00")
	page := o.expect(directorID, in(leaderChat), "/summary", "[Nhắc các đơn vị chưa báo cáo]")
	if m := o.say(officeHead, in(officeChat), "/summary"); strings.Contains(labels(m), "Nhắc các đơn vị") {
		t.Errorf("a unit may remind others: %s", labels(m))
	}
	var told, answer botserver.Message
	answer = o.heard(leaderChat, func() {
		told = o.heard(forumChat, func() { o.press(directorID, page, "Nhắc các đơn vị chưa báo cáo") })
	})
	o.has(told, "Kỳ Quý I, chốt 14/03: 1 nhiệm vụ chưa báo cáo (4)", "[🗓 Báo cáo kỳ Quý I]")
	if strings.Contains(told.Text, "6 tháng") {
		t.Errorf("the window that has just opened is asked for:\n%s", told.Text)
	}
	o.has(answer, "Đã nhắc các đơn vị chưa báo cáo kỳ", "Đã gửi đến 3 đơn vị", "chưa liên kết nhóm: Tổ Kiểm soát TTHC")
	again := o.heard(leaderChat, func() { o.press(directorID, page, "Nhắc các đơn vị chưa báo cáo") })
	o.has(again, "Không gửi tin nhắc báo cáo kỳ", "Hôm nay đã nhắc trước đó")
}
