package handlers_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// shows waits until the message reads as it should: edits come at their pace.
func (o *office) shows(m botserver.Message, parts ...string) botserver.Message {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), patience)
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
	if got := o.press(officeHead, m, "Tất cả"); !strings.Contains(got, "tổng số 14/14") {
		t.Errorf("all: %s", got)
	}
	m = o.shows(m, "Đã chọn 14/14", "[✅ 5 · ", "[Gửi báo cáo (14)]")
	m = o.reply(officeHead, m, 0, "5 đã công bố 12 TTHC\n7 đang rà soát\n24 ! chờ cấp chứng thư số")
	m = o.shows(m, "Đã ghi nội dung nhiệm vụ 5, 7, 24", "✅ 5 đã công bố 12 TTHC", "🔄 7 đang rà soát", "⚠️ 24 chờ cấp", "[🔄 7")
	told := o.count(adminID)
	for range 2 { // who taps twice has not seen the question
		has(t, o.tap(officeHead, m, "Gửi báo cáo (14)"), "11 nhiệm vụ chưa có nội dung")
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

// tap presses the button whose label holds the words, even if its sign has
// changed since, and returns the short answer.
func (o *office) tap(user int64, m botserver.Message, words string) string {
	o.Helper()
	return o.answerTo(o.press0(user, m, words))
}

// press0 is tap without waiting for the answer.
func (o *office) press0(user int64, m botserver.Message, words string) string {
	o.Helper()
	for _, row := range m.Buttons {
		for _, b := range row {
			if strings.Contains(b.Text, words) {
				id, err := o.srv.PressForged(user, m.Chat, m.ID, b.CallbackData)
				o.must(err)
				return id
			}
		}
	}
	o.Fatalf("no button %q in%s", words, labels(m))
	return ""
}

// newest is the bot's next message in the chat after what do causes.
func (o *office) newest(chatID int64, do func()) botserver.Message {
	o.Helper()
	before := o.count(chatID)
	do()
	return o.next(chatID, before, 1)[0]
}

func has(t *testing.T, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("%q lacks %q", got, part)
		}
	}
}

func TestTwoHeadsFillInOneForm(t *testing.T) {
	t.Parallel()
	o := linked(t, "11/01/2024 09:00")
	o.appoint(memberID, o.insp(), "/head")
	o.set("13/03/2024 09:00")
	here := o.expect(inspHead, o.insp(), "/baocaoky", "Đã chọn 0/3")
	has(t, o.tap(inspHead, here, "2 · "), "2 · ", "✅ đã thực hiện", "Đã chọn 1/3")
	there := o.expect(memberID, in(memberID), "/checkin", "Đã chọn 1/3", "[✅ 2 · ", "[▫️ 3 · ")

	// At once: another row counts, the same row means what was seen.
	first, second := o.press0(inspHead, here, "3 · "), o.press0(memberID, there, "4 · ")
	has(t, o.answerTo(first)+o.answerTo(second), "3 · ", "4 · ", "Đã chọn 3/3")
	o.shows(here, "Đã chọn 3/3")
	there = o.shows(there, "Đã chọn 3/3", "[Gửi báo cáo (3)]")
	o.srv.SetHook(func(method string, p map[string]string) *botserver.Fault {
		if method != "editMessageText" || p["chat_id"] != strconv.Itoa(memberID) {
			return nil
		}
		return &botserver.Fault{Kind: botserver.FaultSlow, Delay: 6 * time.Second}
	})
	has(t, o.tap(inspHead, here, "3 · "), "➖")
	has(t, o.tap(memberID, there, "3 · "), "➖ không phát sinh")
	has(t, o.tap(memberID, there, "Gửi báo cáo"), "Chưa gửi: phiếu vừa thay đổi, đã chọn 3/3")
	o.srv.SetHook(nil)
	o.shows(there, "[➖ 3 · ")
	here = o.shows(here, "[➖ 3 · ")

	// A restart between taps; then one sends, and both are done.
	o.stop()
	o.start()
	has(t, o.tap(inspHead, here, "3 · "), "▫️ chưa chọn", "Đã chọn 2/3")
	there = o.shows(there, "[▫️ 3 · ", "[Gửi báo cáo (2)]")
	there = o.reply(memberID, there, 0, "2: đã rà soát 3 văn bản\n- 4 ! thiếu người")
	has(t, there.Text, "Đã ghi nội dung nhiệm vụ 2, 4", "✅ 2 đã rà soát 3 văn bản", "⚠️ 4 thiếu người")
	here = o.shows(here, "⚠️ 4 thiếu người")
	receipt := o.newest(memberID, func() { has(t, o.tap(memberID, there, "Gửi báo cáo"), "2 nhiệm vụ") })
	has(t, receipt.Text+labels(receipt), "✅ đã thực hiện 1 · ⚠️ vướng mắc 1", "[Báo cáo tiếp (1)]")
	o.shows(here, "Đã gửi 2/3 nhiệm vụ · Đỗ Minh")
	for n, want := range map[int]plan.Status{2: plan.Done, 3: plan.NotStarted, 4: plan.Blocked} {
		occ := o.occurrence(n, "thanh-tra", "2024-Q1")
		if occ.Status() != want || want != plan.NotStarted && (occ.Latest().By != memberID || occ.Latest().Via != plan.ViaForm) {
			t.Errorf("task %d: %+v", n, occ.Reports)
		}
	}
	has(t, o.newest(memberID, func() { o.press(memberID, receipt, "Báo cáo tiếp (1)") }).Text, "Đã chọn 0/1")
}

// TestRapidTaps: 14 tasks tapped as fast as one can; each press is answered,
// and the message is edited a few times only.
func TestRapidTaps(t *testing.T) {
	t.Parallel()
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	m := o.expect(officeHead, in(officeChat), "/baocaoky", "Đã chọn 0/14")
	var presses []string
	for _, n := range []string{"5 · ", "6 · ", "7 · ", "11 · ", "16 · ", "17 · ", "19 · ", "22 · ", "5 · ", "5 · "} {
		presses = append(presses, o.press0(officeHead, m, "▫️ "+n))
	}
	presses = append(presses, o.press0(officeHead, m, "1/2 ›"))
	for _, id := range presses {
		if got := o.answerTo(id); strings.Contains(got, "không còn hiệu lực") {
			t.Errorf("a press was refused: %s", got)
		}
	}
	m = o.shows(m, "Đã chọn 7/14", "[▫️ 23 · ", "[2/2 ›]")
	for _, n := range []string{"23 · ", "24 · ", "25 · ", "27 · ", "28 · ", "30 · "} {
		presses = append(presses, o.press0(officeHead, m, "▫️ "+n))
	}
	for _, id := range presses {
		o.answerTo(id)
	}
	o.shows(m, "Đã chọn 13/14", "[✅ 30 · ")
	o.srv.View(func(w *botserver.World) {
		edits := slices.DeleteFunc(w.CallsOf("editMessageText"), func(c botserver.Call) bool { return c.Chat != officeChat })
		for i := 1; i < len(edits); i++ {
			if d := edits[i].At.Sub(edits[i-1].At); d < 2*time.Second {
				t.Errorf("edited again after %v", d)
			}
		}
		if len(edits) >= len(presses) {
			t.Errorf("%d edits for %d presses", len(edits), len(presses))
		}
	})
}

func TestWhoOpensWhichForm(t *testing.T) {
	t.Parallel()
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	o.expect(divHead, in(divChat), "/baocaoky thanh-tra", "Báo cáo của Thanh tra xây dựng do lãnh đạo")
	o.expect(adminID, in(leaderChat), "/baocaoky lanh-dao", "không chủ trì nhiệm vụ thường xuyên")
	o.expect(officeHead, in(officeChat), "/baocaoky phòng lạ", "không có đơn vị")
	m := o.expect(officeHead, in(officeChat), "/baocaoky", "Đã chọn 0/14")
	for _, user := range []int64{memberID, inspHead} {
		has(t, o.tap(user, m, "5 · "), "do lãnh đạo đơn vị hoặc công chức đầu mối gửi")
	}

	// A head of two units is asked which.
	o.must(o.srv.AddMember(adminID, divChat, inspHead))
	o.appoint(inspHead, in(divChat), "/head")
	m = o.expect(inspHead, in(inspHead), "/baocaoky", "chọn đơn vị", "[Thanh tra xây dựng (3)]", "[P. Quản lý xây dựng (3)]")
	o.tap(inspHead, m, "Thanh tra")
	o.shows(m, "Báo cáo kỳ Quý I · chốt 14/03/2024 · Thanh tra xây dựng", "Đã chọn 0/3")

	// An admin fills it in for a unit that phoned.
	m = o.expect(adminID, in(adminID), "/baocaoky", "chọn đơn vị", "[Thanh tra xây dựng (3)]", "[1/2 ›]")
	o.tap(adminID, m, "1/2 ›")
	o.shows(m, "[2/2 ›]")
	m = o.expect(adminID, in(adminID), "/baocaoky thanh-tra", "Đã chọn 0/3")
	m = o.reply(adminID, m, 0, "2,3,4 đã thực hiện")
	told := o.count(forumChat)
	receipt := o.newest(adminID, func() { o.tap(adminID, m, "Gửi báo cáo (3)") })
	has(t, receipt.Text, "Văn phòng Sở ghi thay")
	has(t, o.next(forumChat, told, 1)[0].Text, "ghi thay báo cáo của đơn vị", "3 nhiệm vụ · Thanh tra")
	if r := o.occurrence(3, "thanh-tra", "2024-Q1").Latest(); r.Via != plan.ViaBehalf || r.By != adminID {
		t.Errorf("stored: %+v", r)
	}

	// The button that a reminder bears opens the form as a new message.
	o.must(o.app.DB().Write(o.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		_, err = tx.Enqueue(chat.Outgoing{
			Kind: chat.OutSend, To: chat.Place{Chat: officeChat}, Priority: chat.Reminder, Text: "nhắc",
			Buttons: [][]chat.Button{{
				{Label: "Báo cáo kỳ", Action: chat.Action{Verb: "checkin", Plan: snap.Year(2024).ID, Unit: "van-phong", Arg: "2024-Q1"}},
				{Label: "Thanh tra", Action: chat.Action{Verb: "checkin", Plan: snap.Year(2024).ID, Unit: "thanh-tra", Arg: "2024-Q1"}},
			}},
		})
		return err
	}))
	reminder := o.newest(officeChat, o.app.Wake)
	opened := o.newest(officeChat, func() { o.tap(officeHead, reminder, "Báo cáo kỳ") })
	has(t, opened.Text, "Đã chọn 0/14")
	all := o.newest(officeChat, func() { o.tap(adminID, reminder, "Thanh tra") })
	has(t, all.Text, "Đã báo cáo 3/3")
	o.shows(reminder, "nhắc", "[Báo cáo kỳ]")
}

func TestAFormInAGroupThatMoves(t *testing.T) {
	t.Parallel()
	const super = -1002000000009
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	m := o.expect(officeHead, in(officeChat), "/baocaoky", "Đã chọn 0/14")
	o.tap(officeHead, m, "5 · ")
	o.shows(m, "Đã chọn 1/14")
	o.must(o.srv.Upgrade(officeChat, super))
	private := o.newest(officeHead, func() { o.say(officeHead, in(officeHead), "/baocaoky") })
	anew := o.newest(super, func() { o.tap(officeHead, private, "6 · ") }) // the old message stayed behind
	has(t, anew.Text, "Đã chọn 2/14")
	o.tap(officeHead, anew, "7 · ")
	o.shows(anew, "Đã chọn 3/14")
	o.shows(private, "Đã chọn 3/14")
	o.tap(officeHead, private, "11 · ")
	o.shows(anew, "Đã chọn 4/14")
	if n := o.count(super); n != 1 {
		t.Errorf("%d messages in the supergroup", n)
	}
}
