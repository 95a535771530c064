package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"dondoc/handlers"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// More rows for the tables of rights, see rights_test.go.
var (
	signsOfUnit  = rights{"-x----", "-x----", "xx----", "-x----", "-x----", "-x----", " -----"}
	asksToReport = rights{"-xx-x-", "-xx-x-", "-xx-x-", "-xx-x-", "-xx-x-", "-xx-x-", " -----"}
	officeHeads  = rights{"------", "------", "xx----", "------", "------", "------", " -----"}
)

// A cellCase is what a button or a reply means, with who may do it where by
// sections 3 to 6 of the spec, whatever the message is on which it stands. A
// row of the program's table without a case fails the test: add one here.
type cellCase struct {
	verb   string
	action func(d *desk) chat.Action
	rights rights
}

// A replyCase is one of a reply.
type replyCase struct {
	cellCase
	says, want string // the reply, and a part of the answer to it
}

// cited is a reply that suits what asks for a reason or for evidence.
const cited = "12/QĐ-SXD 08/03/2024"

func fixed(a chat.Action) func(*desk) chat.Action { return func(*desk) chat.Action { return a } }

var pressCells = []cellCase{
	{"done", fixed(chat.Action{Tasks: []int{17}, Unit: "van-phong"}), reportsOfUnit},
	{"done", fixed(chat.Action{Tasks: []int{2}, Unit: "thanh-tra"}), reportsOfTopc},
	{"doing", fixed(chat.Action{Tasks: []int{17}, Unit: "van-phong"}), reportsOfUnit},
	{"blocked", fixed(chat.Action{Tasks: []int{17}, Unit: "van-phong", Arg: "chờ"}), reportsOfUnit},
	{"none", fixed(chat.Action{Tasks: []int{17}, Unit: "van-phong"}), reportsOfUnit},
	{"checkin", fixed(chat.Action{Unit: "van-phong"}), reportsOfUnit},
	{"form_open", fixed(chat.Action{Unit: "van-phong"}), reportsOfUnit},
	{"form", (*desk).filling, reportsOfUnit},
	{"remind", fixed(chat.Action{}), ownLastReport},
	{"undo", (*desk).backing, officeHeads},
	{"move_report", (*desk).moving, officeHeads},
	{"extend", fixed(chat.Action{Tasks: []int{26}, Unit: "van-phong", Arg: "30/06/2024 chờ"}), officeHeads},
	{"answer_extension", (*desk).wished, directors},
	{"receive", func(d *desk) chat.Action { return chat.Action{Unit: "van-phong", Key: d.receipt("van-phong")} }, signsOfUnit},
	{"tasks", fixed(chat.Action{Page: 1, Unit: "van-phong"}), readsOwn},
	{"task", fixed(chat.Action{Tasks: []int{17}}), readsTask17},
	{"task", fixed(chat.Action{Tasks: []int{2}}), readsTask2},
	{"history", fixed(chat.Action{Tasks: []int{17}}), readsTask17},
	{"history", fixed(chat.Action{Tasks: []int{2}}), readsTask2},
	{"due", fixed(chat.Action{Unit: "van-phong"}), readsOwn},
	{"overdue", fixed(chat.Action{Unit: "van-phong"}), readsOwn},
	{"summary", fixed(chat.Action{Unit: "van-phong"}), readsOwn},
	{"picture", fixed(chat.Action{Unit: "van-phong"}), readsOwn},
	{"report", fixed(chat.Action{Arg: "Q1"}), leaders},
	{"freeze", func(d *desk) chat.Action {
		d.clock = "18/03/2024 09:00"
		return chat.Action{Arg: "Q1"}
	}, admins},
	{"publish", fixed(chat.Action{Arg: "preview"}), admins},
	{"publish", fixed(chat.Action{Arg: "go"}), admins},
	{"trigger", (*desk).triggering, admins},
	{"setup", fixed(chat.Action{Arg: "plan"}), adminsAlone},
	{"setup", fixed(chat.Action{Arg: "units", Unit: "p-qhkt"}), adminsAlone},
	{"close", fixed(chat.Action{Arg: "go"}), admins},
	{"import", (*desk).importing, admins},
	{"import_name", (*desk).importing, admins},
	{"import_unit", (*desk).importing, admins},
	{"import_new", (*desk).importing, admins},
	{"import_skip", (*desk).importing, admins},
	{"settings", fixed(chat.Action{Arg: "extend"}), admins},
	{"nudge", fixed(chat.Action{Tasks: []int{17}}), leaders},
	{"nudge", fixed(chat.Action{Arg: "check_ins"}), leaders},
	{"holiday", fixed(chat.Action{Arg: "30/04/2027 nghỉ Lễ"}), admins},
	{"preview", fixed(chat.Action{Key: 5}), admins},
	{"check", fixed(chat.Action{Arg: "seen"}), admins},
	{"link", fixed(chat.Action{Unit: "p-qhkt", Arg: "go"}), adminsInGroup},
	{"units", fixed(chat.Action{Unit: "van-phong"}), admins},
	{"ask_head", fixed(chat.Action{Unit: "van-phong"}), asksToReport},
	{"decide_head", (*desk).asked, admins},
	{"drop_head", fixed(chat.Action{Unit: "p-qlxd", Person: divHead}), admins},
	{"remove_person", fixed(chat.Action{Unit: "p-qlxd", Person: divHead}), admins},
}

var replyCells = []replyCase{
	{cellCase{"done", fixed(chat.Action{Tasks: []int{17}, Unit: "van-phong"}), reportsOfUnit}, cited, "kỳ Quý I"},
	{cellCase{"doing", fixed(chat.Action{Tasks: []int{17}, Unit: "van-phong"}), reportsOfUnit}, cited, "kỳ Quý I"},
	{cellCase{"blocked", fixed(chat.Action{Tasks: []int{17}, Unit: "van-phong"}), reportsOfUnit}, cited, "kỳ Quý I"},
	{cellCase{"none", fixed(chat.Action{Tasks: []int{17}, Unit: "van-phong"}), reportsOfUnit}, cited, "kỳ Quý I"},
	{cellCase{"evidence", (*desk).backing, reportsOfUnit}, cited, "12/QĐ-SXD"},
	{cellCase{"form", (*desk).filling, reportsOfUnit}, "17 đã rà soát", "Báo cáo kỳ Quý I"},
	{cellCase{"extend", (*desk).wishing, officeHeads}, cited, "gia hạn nhiệm vụ 26"},
	{cellCase{"answer_extension", (*desk).refusedWish, directors}, cited, "Đã gửi lý do"},
	{cellCase{"add", fixed(chat.Action{}), leaders}, "p-qlxd 30/09/2024; Rà soát", "Đã thêm nhiệm vụ 31"},
	{cellCase{"settings", fixed(chat.Action{Arg: "reminder"}), admins}, "08:30", "08:30"},
	{cellCase{"import", (*desk).importing, admins}, "số 7/KH-SXD; ngày 05/01/2025; năm 2025", "7/KH-SXD ngày 05/01/2025"},
	{cellCase{"direct", fixed(chat.Action{Tasks: []int{17}}), directors}, cited, "ý kiến"},
}

func TestWhoMayPressWhatWhere(t *testing.T) {
	d := newDesk(t)
	tried := map[string]bool{}
	for _, tc := range pressCells {
		tried[tc.verb] = true
		action, planted := tc.complete(d), map[chat.Place]button{}
		d.cells(tc, func(who int64, place chat.Chat, mark byte) (bool, string) {
			b, ok := planted[place.Place]
			if !ok {
				b = d.plant(place, action)
				planted[place.Place] = b
			}
			said := d.pressing(who, place, b, mark == 'x')
			boxed := len(said.outs) == 1 && said.outs[0].Kind == chat.OutAnswer && said.outs[0].Alert
			return !boxed, said.text()
		})
	}
	everyRow(t, "press", handlers.PressVerbs(), tried)
}

func TestWhoMayReplyWhatWhere(t *testing.T) {
	d := newDesk(t)
	tried := map[string]bool{}
	for _, tc := range replyCells {
		tried[tc.verb] = true
		action, planted := tc.complete(d), map[chat.Place]int{}
		d.cells(tc.cellCase, func(who int64, place chat.Chat, mark byte) (bool, string) {
			if planted[place.Place] == 0 {
				planted[place.Place] = d.plantQuestion(place, action)
			}
			in := d.event(who, place, tc.says)
			in.ReplyTo = &chat.Reply{Message: planted[place.Place], From: chat.Person{ID: 1, Bot: true}}
			said := d.handle(in, mark == 'x').at(place.Place)
			return strings.Contains(said, tc.want), said
		})
	}
	everyRow(t, "reply", handlers.ReplyVerbs(), tried)
}

// everyRow fails the test for each row that has no case.
func everyRow(t *testing.T, kind string, verbs []string, tried map[string]bool) {
	t.Helper()
	for _, v := range verbs {
		if !tried[v] {
			t.Errorf("%s: nothing is said of who may %s it where; add it to the cases in cells_test.go", v, kind)
		}
	}
}

func (tc cellCase) complete(d *desk) chat.Action {
	d.clock = "13/03/2024 09:00"
	a := tc.action(d)
	a.Verb, a.Plan = tc.verb, d.plan.ID
	return a
}

// cells tries a case as everybody everywhere. What may be done is taken back;
// what may not must leave no trace.
func (d *desk) cells(tc cellCase, try func(who int64, place chat.Chat, mark byte) (allowed bool, said string)) {
	d.Helper()
	before := d.export()
	for who := range roles {
		for where := range columns {
			mark := tc.rights[who][where]
			if mark == ' ' {
				continue
			}
			place := d.places[where]
			if where == 0 {
				place = private(ids[who])
			}
			what := fmt.Sprintf("%s, %s: %s", roles[who], columns[where], tc.verb)
			if allowed, said := try(ids[who], place, mark); allowed != (mark == 'x') {
				d.Errorf("%s: allowed %t: %q", what, allowed, said)
			}
		}
	}
	if after := d.export(); after != before {
		d.Fatalf("%s: %s", tc.verb, firstDifference(before, after))
	}
}

// plant puts a message with a button into a place.
func (d *desk) plant(place chat.Chat, a chat.Action) button {
	d.Helper()
	id := d.put(chat.Outgoing{
		Kind: chat.OutSend, To: place.Place, Text: "?", Buttons: [][]chat.Button{{{Label: "?", Action: a}}},
	})
	return button{id.Buttons[0][0], id.Message}
}

// plantQuestion puts a message into a place to which a reply means the action.
func (d *desk) plantQuestion(place chat.Chat, a chat.Action) int {
	d.Helper()
	return d.put(chat.Outgoing{Kind: chat.OutSend, To: place.Place, Text: "?", OnReply: &a}).Message
}

func (d *desk) put(out chat.Outgoing) (sent chat.Outgoing) {
	d.Helper()
	d.last++
	d.write(func(tx *storage.Tx) error {
		id, err := tx.Enqueue(out)
		if err != nil {
			return err
		}
		if sent, err = tx.TakeMessage(id); err != nil {
			return err
		}
		return tx.MarkSent(id, sent.To.Chat, d.last)
	})
	sent.Message = d.last
	return sent
}

func (d *desk) pressing(who int64, place chat.Chat, b button, takeBack bool) saying {
	d.Helper()
	in := d.event(who, place, "")
	in.Kind, in.Message = chat.InPress, b.message
	in.Press = &chat.Press{ID: "press", Button: b.ID}
	return d.handle(in, takeBack)
}

func (d *desk) lastWord(who int64) (w storage.LastWord) {
	d.Helper()
	d.write(func(tx *storage.Tx) (err error) {
		w, err = tx.LastWordOf(who)
		return err
	})
	return w
}
