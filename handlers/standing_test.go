package handlers_test

import (
	"errors"
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

func TestNobodyDecidesForHisOwnUnit(t *testing.T) {
	d := newDesk(t)
	d.handle(d.event(divHead, private(divHead), "/done 1"), false)
	d.write(func(tx *storage.Tx) error {
		return errors.Join(tx.AddHead(adminID, "p-qlxd", d.now()), tx.AddHead(directorID, "van-phong", d.now()))
	})
	before := d.export()
	for who, texts := range map[int64][]string{
		adminID:    {"/return 1 p-qlxd thiếu số liệu", "/return 15 van-phong thiếu", "/deadline 26 30/04/2024"},
		directorID: {"/return 15 van-phong thiếu", "/deadline 26 30/04/2024"},
	} {
		for _, text := range texts {
			if said := d.handle(d.event(who, private(who), text), false); !strings.HasPrefix(said.text(), "Chưa thực hiện") {
				t.Errorf("%d %s: %q", who, text, said.text())
			}
		}
	}
	if after := d.export(); after != before {
		t.Error(firstDifference(before, after))
	}
}

// Rights are those of the moment: who was relieved of a unit speaks for it no
// longer, though he still does for another.
func TestRightsEndWithTheRole(t *testing.T) {
	d := newDesk(t)
	d.clock = "20/03/2024 09:00"
	d.write(func(tx *storage.Tx) error { return tx.AddHead(officeHead, "p-qlxd", d.now()) })
	alone := private(officeHead)
	late := d.handle(d.event(officeHead, alone, "/done 17 nội dung riêng"), false)
	list := d.handle(d.event(officeHead, alone, "/tasks"), false)
	question := d.handle(d.event(officeHead, alone, "/blocked 22"), false)
	card := d.handle(d.event(officeHead, alone, "/task 17"), false)
	d.write(func(tx *storage.Tx) error { return tx.DropHead(officeHead, "van-phong") })
	asked := d.event(officeHead, alone, "chờ kinh phí")
	asked.ReplyTo = &chat.Reply{Message: question.message, From: chat.Person{ID: 1, Bot: true}}
	backed := d.event(officeHead, alone, "12/QĐ-SXD 08/03/2024")
	backed.ReplyTo = &chat.Reply{Message: late.message, From: chat.Person{ID: 1, Bot: true}}
	before := d.export()
	for _, tc := range []struct {
		what string
		act  func() saying
	}{
		{"a reply to a question", func() saying { return d.handle(asked, false) }},
		{"a reply to a receipt", func() saying { return d.handle(backed, false) }},
		{"[Chuyển sang kỳ]", func() saying { return d.press(officeHead, alone, *late.button("Chuyển sang")) }},
		{"[Thu hồi]", func() saying { return d.press(officeHead, alone, *late.button("Thu hồi")) }},
		{"[Việc của đơn vị]", func() saying { return d.press(officeHead, alone, *late.button("Việc")) }},
		{"[Hoàn thành]", func() saying { return d.press(officeHead, alone, *card.button("Hoàn thành")) }},
		{"[Lịch sử]", func() saying { return d.press(officeHead, alone, *card.button("Lịch sử")) }},
		{"a page", func() saying { return d.press(officeHead, alone, *list.button("›")) }},
	} {
		d.reveals(officeHead, tc.what, tc.act(), func(task *plan.Task) bool { return task.Concerns("p-qlxd") })
		if after := d.export(); after != before {
			t.Errorf("%s: %s", tc.what, firstDifference(before, after))
			before = after
		}
	}
}

// Over Telegram an anonymous admin is GroupAnonymousBot, whoever he is.
func TestAnonymousAdminsAreToldSo(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	for _, text := range []string{"/done 2", "/link p-qhkt", "/units", "/start", "/tasks"} {
		m := o.post(adminID, o.insp(), botserver.Post{Text: text, Anonymous: true}, 1)[0]
		if !strings.Contains(m.Text, "ẩn danh") {
			t.Errorf("%s: %s", text, m.Text)
		}
	}
	if occ := o.occurrence(2, "thanh-tra", ""); len(occ.Reports) > 0 {
		t.Errorf("reported: %+v", occ.Reports)
	}
	o.expect(adminID, o.insp(), "/link p-qhkt", "Quy hoạch") // the same person by name
}

// A form that stands in the private chat of somebody who was relieved of the
// unit is not kept up there: what others enter is no longer for his eyes.
func TestAFormEndsWithTheRole(t *testing.T) {
	d := newDesk(t)
	alone, group := private(officeHead), d.places[1]
	d.handle(d.event(officeHead, alone, "/checkin"), false)
	d.write(func(tx *storage.Tx) error {
		return errors.Join(tx.DropHead(officeHead, "van-phong"),
			tx.KeepName(memberID, "Người 1006"), tx.AddHead(memberID, "van-phong", d.now()))
	})
	form := d.handle(d.event(memberID, group, "/checkin"), false)
	pressed := d.press(memberID, group, *form.button("Tất cả"))
	for _, said := range []saying{form, pressed} {
		if text := said.at(alone.Place); text != "" {
			t.Errorf("who was relieved reads:\n%s", text)
		}
	}
}

// Of who is removed the reports stay, and the name stands nowhere.
func TestTheNameGoesWithThePerson(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	asked := o.expect(memberID, in(officeChat), "/done 15", "Đề nghị làm đầu mối")
	admin, group := o.count(adminID), o.count(officeChat)
	o.press(memberID, asked, "Đề nghị làm đầu mối báo cáo")
	o.press(adminID, o.next(adminID, admin, 1)[0], "Đồng ý")
	o.next(officeChat, group, 1)
	o.expect(memberID, in(officeChat), "/done 15 đã ký", "Hoàn thành đúng hạn")
	if !strings.Contains(o.state(), "Đỗ Minh") {
		t.Fatal("the head has no name")
	}
	page := o.expect(adminID, in(adminID), "/units van-phong", "Đỗ Minh")
	for _, row := range page.Buttons {
		if strings.Contains(row[0].Text, "Đỗ Minh") {
			id, err := o.srv.Press(adminID, adminID, page.ID, row[1].CallbackData)
			o.must(err)
			o.answerTo(id)
		}
	}
	if after := o.state(); strings.Contains(after, "Đỗ Minh") || !strings.Contains(after, "đã ký") {
		t.Errorf("the name or the report: %s", after)
	}
	o.expect(adminID, in(adminID), "/history 15", "đã rời đơn vị", "đã ký")
}
