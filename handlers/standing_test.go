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
