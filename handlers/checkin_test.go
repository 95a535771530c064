package handlers_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
)

// shows waits until the message reads as it should: edits come at their pace.
func (o *office) shows(m botserver.Message, parts ...string) botserver.Message {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), 10*time.Second)
	defer cancel()
	var now botserver.Message
	lacks := func(w *botserver.World) string {
		now, _ = w.Message(m.Chat, m.ID)
		for _, part := range parts {
			if !strings.Contains(now.Text+labels(now), part) {
				return part
			}
		}
		return ""
	}
	err := o.srv.WaitFor(ctx, func(w *botserver.World) bool { return lacks(w) == "" })
	if err != nil {
		o.srv.View(func(w *botserver.World) { o.Fatalf("the message lacks %q:\n%s%s", lacks(w), now.Text, labels(now)) })
	}
	if testing.Verbose() {
		o.Logf("── shows\n%s%s", now.Text, labels(now))
	}
	return now
}

func (o *office) reply(user int64, m botserver.Message, topic int, text string) botserver.Message {
	o.Helper()
	return o.post(user, place{m.Chat, topic}, botserver.Post{Text: text, ReplyTo: m.ID}, 1)[0]
}

// TestTheOfficeReportsInAMinute: 14 check-ins, three taps and one message.
func TestTheOfficeReportsInAMinute(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	m := o.expect(officeHead, in(officeChat), "/baocaoky", "Báo cáo kỳ Quý I · chốt 14/03/2024 · Văn phòng Sở",
		"Đã chọn 0/14", "[▫️ 5 · ", "[1/2 ›]", "[Tất cả]")
	for _, word := range []string{"Gửi báo cáo", "Như kỳ trước", "Kỳ 6 tháng"} {
		if strings.Contains(labels(m), word) {
			t.Errorf("[%s] has nothing to do yet:%s", word, labels(m))
		}
	}
	if got := o.press(officeHead, m, "Tất cả"); !strings.Contains(got, "đã chọn 14/14") {
		t.Errorf("all: %s", got)
	}
	m = o.shows(m, "Đã chọn 14/14", "[✅ 5 · ", "[Gửi báo cáo (14)]")
	m = o.reply(officeHead, m, 0, "5 đã công bố 12 TTHC\n7 đang rà soát\n24 ! chờ cấp chứng thư số")
	m = o.shows(m, "Đã ghi nội dung nhiệm vụ 5, 7, 24", "✅ 5 đã công bố 12 TTHC", "🔄 7 đang rà soát", "⚠️ 24 chờ cấp", "[🔄 7")
	told := o.count(adminID)
	if got := o.press(officeHead, m, "Gửi báo cáo (14)"); !strings.Contains(got, "11 nhiệm vụ chưa có nội dung") {
		t.Errorf("asked: %s", got)
	}
	m = o.shows(m, "[Gửi luôn (14)]", "[Bổ sung]")
	before := o.count(officeChat)
	if got := o.press(officeHead, m, "Gửi luôn (14)"); !strings.Contains(got, "Đã ghi nhận báo cáo kỳ Quý I: 14 nhiệm vụ") {
		t.Errorf("sent: %s", got)
	}
	receipt := o.next(officeChat, before, 1)[0]
	receipt = o.shows(receipt, "✅ đã thực hiện 12 · 🔄 đang thực hiện 1 · ⚠️ vướng mắc 1",
		"“đã công bố 12 TTHC”", "[Thu hồi]", "Còn 6")
	o.shows(m, "Đã gửi 14/14 nhiệm vụ · Trần Văn Bình")
	if blocked := o.next(adminID, told, 1)[0]; !strings.Contains(blocked.Text, "Vướng mắc nhiệm vụ 24") {
		t.Errorf("the admin was told: %s", blocked.Text)
	}
	occ := o.occurrence(24, "van-phong", "2024-Q1")
	if r := occ.Latest(); r == nil || r.Via != plan.ViaForm || r.Status != plan.Blocked || r.Note != "chờ cấp chứng thư số" {
		t.Errorf("stored: %+v", r)
	}
	o.expect(officeHead, in(officeChat), "/checkin", "Đã báo cáo 14/14 nhiệm vụ", "[Báo cáo bổ sung]")

	before = o.count(officeChat)
	o.press(officeHead, receipt, "Thu hồi")
	undone := o.next(officeChat, before, 1)[0]
	before = o.count(officeChat)
	o.press(officeHead, undone, "Mở lại phiếu")
	again := o.next(officeChat, before, 1)[0]
	o.shows(again, "Đã chọn 14/14", "⚠️ 24 chờ cấp chứng thư số", "[Gửi báo cáo (14)]")
}
