package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"dondoc/internal/chat"
)

// pressCases are buttons that somebody's message bears in the unit's group,
// with those who are there and may not press them.
var pressCases = []struct {
	by      int64
	command string
	label   string
	not     []int64
}{
	{officeHead, "/done", "26 · ", []int64{strangerID, memberID, inspHead, directorID, 0}},
	{officeHead, "/blocked", "26 · ", []int64{strangerID, memberID, inspHead, directorID, 0}},
	{officeHead, "/task 17", "Hoàn thành", []int64{strangerID, memberID, inspHead, directorID, 0}},
	{officeHead, "/checkin", "5 · ", []int64{strangerID, memberID, inspHead, directorID, 0}},
	{officeHead, "/checkin", "Tất cả", []int64{strangerID, memberID, inspHead, directorID, 0}},
	{officeHead, "/done 17", "Thu hồi", []int64{strangerID, memberID, inspHead, directorID, adminID, 0}},
	{memberID, "/done 17", "Đề nghị", []int64{0}},
	{officeHead, "/extend 26 30/06/2024 chờ", "Thu hồi", []int64{strangerID, memberID, inspHead, directorID, adminID, 0}},
	{adminID, "/publish", "Giao nhiệm vụ", []int64{strangerID, memberID, officeHead, inspHead, directorID, 0}},
	{adminID, "/publish", "Xem trước", []int64{memberID, officeHead, directorID, 0}},
	{adminID, "/close", "Đóng", []int64{memberID, officeHead, inspHead, directorID, 0}},
	{adminID, "/units", "Thanh tra", []int64{memberID, officeHead, inspHead, directorID, 0}},
	{adminID, "/units van-phong", "Thôi đầu mối", []int64{memberID, officeHead, inspHead, directorID, 0}},
	{adminID, "/units van-phong", "Xóa", []int64{memberID, officeHead, inspHead, directorID, 0}},
	{adminID, "/link p-qlxd", "Chuyển", []int64{memberID, officeHead, inspHead, directorID, 0}},
	{adminID, "/trigger 20 15/05/2024", "Tất cả", []int64{memberID, officeHead, inspHead, directorID, 0}},
}

func TestAnothersButtons(t *testing.T) {
	d := newDesk(t)
	group := d.places[1]
	d.handle(d.event(adminID, group, "/units move 30 van-phong p-qlxd"), false) // to be given out
	for _, tc := range pressCases {
		said := d.handle(d.event(tc.by, group, tc.command), false)
		b := said.button(tc.label)
		if b == nil {
			t.Fatalf("%s: no button %q in %q", tc.command, tc.label, said.text())
		}
		before := d.export()
		for _, who := range tc.not {
			d.refused(d.press(who, group, *b), fmt.Sprintf("%s [%s] pressed by %d", tc.command, b.Label, who))
		}
		for _, there := range []chat.Chat{d.places[2], d.places[4], private(tc.by)} { // the right person, another chat
			d.refused(d.press(tc.by, there, *b), fmt.Sprintf("%s [%s] pressed in chat %d", tc.command, b.Label, there.Chat))
		}
		if after := d.export(); after != before {
			t.Fatalf("%s [%s]: %s", tc.command, b.Label, firstDifference(before, after))
		}
	}
}

// refused fails the test unless all that was said is the box over a press.
func (d *desk) refused(said saying, what string) {
	d.Helper()
	if len(said.outs) != 1 || said.outs[0].Kind != chat.OutAnswer || !said.outs[0].Alert ||
		chat.Length(said.outs[0].Text) > chat.MaxAnswer {
		d.Errorf("%s: %q", what, said.text())
	}
}

func TestAnothersQuestions(t *testing.T) {
	d := newDesk(t)
	group, before := d.places[1], ""
	reply := func(who int64, place chat.Chat, to saying, text string) saying {
		in := d.event(who, place, text)
		in.ReplyTo = &chat.Reply{Message: to.message, From: chat.Person{ID: 1, Bot: true}}
		return d.handle(in, false)
	}
	question := d.handle(d.event(officeHead, group, "/blocked 17"), false)
	receipt := d.handle(d.event(officeHead, group, "/done 15 bổ sung"), false)
	before = d.export()
	for _, who := range []int64{strangerID, memberID, inspHead, directorID, 0} {
		reply(who, group, question, "chờ kinh phí")
		reply(who, group, receipt, "12/QĐ-SXD 08/03/2024")
	}
	reply(officeHead, d.places[2], question, "chờ kinh phí")
	reply(officeHead, private(officeHead), receipt, "12/QĐ-SXD 08/03/2024")
	if after := d.export(); after != before {
		t.Fatal(firstDifference(before, after))
	}
	if said := reply(officeHead, group, question, "chờ kinh phí"); !strings.Contains(said.text(), "kỳ Quý I") {
		t.Errorf("the head's own reply: %q", said.text())
	}
	if said := reply(officeHead, group, receipt, "12/QĐ-SXD 08/03/2024"); !strings.Contains(said.text(), "12/QĐ-SXD") {
		t.Errorf("the head's own evidence: %q", said.text())
	}
	card := d.handle(d.event(directorID, d.places[1], "/task 17"), false)
	for _, who := range []int64{strangerID, memberID, officeHead, adminID, 0} {
		if said := reply(who, group, card, "làm ngay trong tuần"); strings.Contains(said.text(), "làm ngay") {
			t.Errorf("%d directs: %q", who, said.text())
		}
	}
	if said := reply(directorID, group, card, "làm ngay trong tuần"); said.text() == "" {
		t.Error("the director's word was lost")
	}
}
