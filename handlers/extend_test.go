package handlers_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// latest is the n-th last message of the bot in a chat as it reads now.
func (o *office) latest(chat int64, n int) (m botserver.Message) {
	o.Helper()
	o.srv.View(func(w *botserver.World) {
		if all := w.FromBot(chat); len(all) >= n {
			m = all[len(all)-n]
		}
	})
	return m
}

// has fails the test unless the message has every part.
func (o *office) has(m botserver.Message, parts ...string) {
	o.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Text+labels(m), part) {
			o.Errorf("the message lacks %q:\n%s%s", part, m.Text, labels(m))
		}
	}
}

// become waits until the message reads so.
func (o *office) become(m botserver.Message, part string) botserver.Message {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), patience)
	defer cancel()
	var now botserver.Message
	err := o.srv.WaitFor(ctx, func(w *botserver.World) bool {
		i := slices.IndexFunc(w.FromBot(m.Chat), func(x botserver.Message) bool { return x.ID == m.ID })
		now = w.FromBot(m.Chat)[i]
		return strings.Contains(now.Text, part)
	})
	if err != nil {
		o.Errorf("the message never says %q:\n%s", part, now.Text)
	}
	return now
}

// label is the whole label of the button whose label holds the words.
func label(m botserver.Message, words string) string {
	for _, row := range m.Buttons {
		for _, b := range row {
			if strings.Contains(b.Text, words) {
				return b.Text
			}
		}
	}
	return words
}

// heard runs the act and returns the first message that it brings to a chat.
func (o *office) heard(chat int64, act func()) botserver.Message {
	o.Helper()
	before := o.count(chat)
	act()
	return o.next(chat, before, 1)[0]
}

// asked is an office whose head asked for a later day of task 15.
func asked(t *testing.T) (o *office, request botserver.Message) {
	o = linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	request = o.heard(leaderChat, func() {
		m := o.expect(officeHead, in(officeHead), "/giahan 15 30/06/2024 chờ ý kiến của Bộ <Nội vụ>",
			"Đã gửi đề nghị gia hạn nhiệm vụ 15 đến 30/06/2024", "thời hạn hiện nay 31/03/2024 (Chủ nhật, tính đến hết 01/04)",
			"Bộ <Nội vụ>", "[Thu hồi]")
		if strings.Contains(m.Text, "123") {
			t.Error(m.Text)
		}
	})
	return o, request
}

func TestTheDirectorGrantsALaterDay(t *testing.T) {
	o, request := asked(t)
	o.has(request, "Đề nghị gia hạn nhiệm vụ 15 đến 30/06/2024", "Văn phòng Sở · Trần Văn Bình",
		"Thời hạn hiện nay 31/03/2024 (Chủ nhật, tính đến hết 01/04) · gia hạn lần 1",
		"chờ ý kiến của Bộ <Nội vụ>", "[Đồng ý] [Không đồng ý]")
	o.expect(directorID, in(leaderChat), "/task 15", "Đề nghị gia hạn đến 30/06/2024", "đang chờ ý kiến")
	o.expect(officeHead, in(officeChat), "/extend 15 30/07/2024 cần thêm thời gian", "đã có đề nghị gia hạn đến 30/06/2024")
	if got := o.press(adminID, request, "Đồng ý"); !strings.Contains(got, "do lãnh đạo quyết định") {
		t.Errorf("an admin: %s", got)
	}
	o.set("14/03/2024 10:00")
	unit, asker := o.count(officeChat), o.count(officeHead)
	if got := o.press(directorID, request, "Đồng ý"); !strings.Contains(got, "Đồng ý gia hạn nhiệm vụ 15 đến 30/06/2024") {
		t.Errorf("the answer: %s", got)
	}
	for _, m := range []botserver.Message{o.next(officeChat, unit, 1)[0], o.next(officeHead, asker, 1)[0]} {
		o.has(m, "Đồng ý gia hạn nhiệm vụ 15 đến 30/06/2024", "hạn theo kế hoạch 31/03/2024", "gia hạn lần 1",
			"Võ Tất Dũng, 14/03/2024 10:00")
	}
	if m := o.become(request, "Võ Tất Dũng, 14/03/2024 10:00"); len(m.Buttons) > 0 {
		t.Errorf("buttons left: %s", labels(m))
	}
	o.expect(directorID, in(leaderChat), "/task 15", "31/03/2024, gia hạn lần 1 đến 30/06/2024", "tính đến hết 01/07")
	o.expect(officeHead, in(officeChat), "/history 15", "Đề nghị gia hạn đến 30/06/2024 (Trần Văn Bình)",
		"Gia hạn lần 1: 31/03/2024 → 30/06/2024 (Võ Tất Dũng)")
	o.set("01/07/2024 16:00")
	o.expect(officeHead, in(officeChat), "/done 15", "Hoàn thành đúng hạn")
	o.expect(directorID, in(leaderChat), "/summary", "trong đó sau gia hạn 1")
}

func TestTheFirstDecisionStands(t *testing.T) {
	o, inGroup := asked(t)
	if _, err := o.srv.Say(directorID, directorID, "/start"); err != nil {
		t.Fatal(err)
	}
	o.next(directorID, 0, 1)
	o.expect(officeHead, in(officeHead), "/undo", "Đã thu hồi đề nghị gia hạn nhiệm vụ 15")
	o.become(inGroup, "Đã thu hồi đề nghị")
	private := o.heard(directorID, func() {
		inGroup = o.heard(leaderChat, func() { o.say(officeHead, in(officeChat), "/extend 15 28/06/2024 chờ thẩm định") })
	})
	yes := inGroup.Buttons[0][0].CallbackData
	told := o.heard(officeChat, func() { o.press(directorID, private, "Không đồng ý") })
	o.has(told, "Không đồng ý gia hạn nhiệm vụ 15 đến 28/06/2024; thời hạn giữ nguyên 31/03/2024")
	o.become(inGroup, "Không đồng ý gia hạn")
	id, err := o.srv.PressForged(directorID, inGroup.Chat, inGroup.ID, yes)
	o.must(err)
	for _, part := range []string{"không còn hiệu lực", "Không đồng ý gia hạn nhiệm vụ 15"} {
		if got := o.answerTo(id); !strings.Contains(got, part) {
			t.Errorf("a later press lacks %q: %s", part, got)
		}
	}
	if occ := o.occurrence(15, "van-phong", ""); len(occ.Extensions) > 0 {
		t.Errorf("extended: %+v", occ.Extensions)
	}
	why := o.heard(officeChat, func() {
		o.post(directorID, in(directorID), botserver.Post{Text: "đã gia hạn cho các đơn vị khác", ReplyTo: private.ID}, 1)
	})
	o.has(why, "Lý do không đồng ý gia hạn nhiệm vụ 15", "đã gia hạn cho các đơn vị khác")
	o.expect(officeHead, in(officeChat), "/history 15", "Thu hồi đề nghị gia hạn đến 30/06/2024",
		"Không đồng ý gia hạn đến 28/06/2024", "đã gia hạn cho các đơn vị khác")
}

func TestDaysThatCannotBeAskedFor(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	for text, want := range map[string]string{
		"15 31/02/2024 chờ":        "ngày không tồn tại",
		"15 01/03/2024 chờ":        "đã qua",
		"15 31/03/2024 chờ":        "không sau thời hạn hiện nay 01/04/2024",
		"15 01/04/2024 chờ":        "không sau thời hạn hiện nay 01/04/2024", // the effective day
		"15 30/6 chờ":              "thiếu ngày",
		"15 30/06/2024":            "nêu lý do gia hạn",
		"15":                       "nêu ngày mới và lý do",
		"15,26 30/06/2024 chờ":     "một số nhiệm vụ",
		"chờ":                      "một số nhiệm vụ",
		"17 30/06/2024 chờ":        "thường xuyên, báo cáo theo kỳ, không gia hạn",
		"29 30/06/2024 chờ":        "chưa xác định thời hạn",
		"2 30/06/2024 chờ":         "Thanh tra xây dựng chủ trì",
		"99 30/06/2024 chờ":        "Không có nhiệm vụ 99",
		"15 30/06/2024 MẬT số 12":  "dấu chỉ độ mật",
		"15/2023 30/06/2024 chờ":   "không có kế hoạch năm 2023",
		"15 2024-06-30 chờ ý kiến": "thiếu ngày",
	} {
		o.expect(officeHead, in(officeChat), "/extend "+text, want)
	}
	o.say(officeHead, in(officeChat), "/done 15")
	o.expect(officeHead, in(officeChat), "/extend 15 30/06/2024 chờ", "đã hoàn thành")
	o.must(o.app.DB().Read(t.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		for _, task := range snap.Year(2024).Tasks {
			if list, err := tx.ExtensionRequests(task.ID); err != nil || len(list) > 0 {
				t.Errorf("task %d: %+v, %v", task.Number, list, err)
			}
		}
		return err
	}))
	if n := o.count(leaderChat); n != 2 { // on linking and on the director's role
		t.Errorf("the leadership heard of it: %s", o.latest(leaderChat, 1).Text)
	}
}

func TestExtendAsksForWhatIsMissing(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	list := o.expect(officeHead, in(officeChat), "/giahan", "Chọn nhiệm vụ cần đề nghị gia hạn", "15 · ")
	if strings.Contains(labels(list), " 17 · ") {
		t.Errorf("an ongoing task is offered: %s", labels(list))
	}
	question := o.heard(officeChat, func() { o.press(officeHead, list, label(list, "15 · ")) })
	o.has(question, "Nhiệm vụ 15", "thời hạn hiện nay 31/03/2024", "nêu ngày mới và lý do")
	o.asks(question, officeHead)
	reply := func(to botserver.Message, text string) botserver.Message {
		return o.post(officeHead, in(officeChat), botserver.Post{Text: text, ReplyTo: to.ID}, 1)[0]
	}
	o.has(reply(question, "chờ ý kiến"), "thiếu ngày")
	second := reply(question, "30/06/2024")
	o.has(second, "đề nghị gia hạn đến 30/06/2024", "nêu lý do gia hạn")
	o.has(reply(second, "chờ Công văn số 12 ngày 05/03/2024"), "Đã gửi đề nghị gia hạn nhiệm vụ 15 đến 30/06/2024",
		"chờ Công văn số 12")
}

// asks checks that the person's app opens the field for a reply in a group: the
// question must name him, as it answers no message of his.
func (o *office) asks(question botserver.Message, person int64) {
	o.Helper()
	if question.ForceReply == nil || question.ReplyTo == 0 && !slices.ContainsFunc(question.Entities, func(e botserver.Entity) bool {
		return e.User != nil && e.User.ID == person
	}) {
		o.Errorf("nobody is asked: %+v", question)
	}
}

func TestARequestMayOutliveItsWork(t *testing.T) {
	o, request := asked(t)
	o.say(officeHead, in(officeChat), "/done 15")
	o.press(directorID, request, "Đồng ý")
	o.become(request, "Không gia hạn: nhiệm vụ 15 đã hoàn thành")
	if occ := o.occurrence(15, "van-phong", ""); len(occ.Extensions) > 0 {
		t.Errorf("extended: %+v", occ.Extensions)
	}
	moved := o.heard(leaderChat, func() { o.say(officeHead, in(officeChat), "/extend 26 30/06/2024 chờ kinh phí") })
	o.expect(adminID, in(adminID), "/units move 26 van-phong p-qlxd", "chuyển từ Văn phòng Sở")
	o.press(directorID, moved, "Không đồng ý")
	o.become(moved, "Không gia hạn: nhiệm vụ 26 đã chuyển sang đơn vị khác")
}

func TestNobodyToDecide(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.must(o.app.DB().Write(t.Context(), func(tx *storage.Tx) error { return tx.SetRole(directorID, plan.NoRole) }))
	told := o.heard(adminID, func() {
		o.expect(officeHead, in(officeChat), "/extend 15 30/06/2024 chờ ý kiến", "Chưa gửi được đề nghị", "mời lãnh đạo")
	})
	o.has(told, "Đề nghị gia hạn nhiệm vụ 15", "của Văn phòng Sở chưa gửi được", "/invite director")
	o.expect(officeHead, in(officeChat), "/undo", "không có báo cáo nào để thu hồi")
}

func TestUndoTakesBackTheLastMessage(t *testing.T) {
	o, request := asked(t)
	o.say(officeHead, in(officeChat), "/done 26")
	o.expect(officeHead, in(officeChat), "/undo", "Đã thu hồi báo cáo", "26 · ")
	o.heard(officeHead, func() { o.say(officeHead, in(officeChat), "/undo") })
	o.become(request, "Đã thu hồi đề nghị gia hạn nhiệm vụ 15")
	o.expect(officeHead, in(officeChat), "/undo", "không có báo cáo nào để thu hồi")
}
