package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// One command a message: what follows the first is its words, and of two
// commands nobody would see that one was taken for the other's note.
func TestSeveralCommandsInOneMessage(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	before := o.state()
	for _, text := range []string{
		"/done 15\n/done 26", "/done 15 /xong 26", "/done15,17 đã ký\n\n  /doing@dondoc_bot 26", "/viec\n/done 15", "/done 15; /DONE26",
	} {
		o.expect(officeHead, in(officeHead), text, "Chưa ghi nhận: tin có nhiều lệnh", "/done 15,16")
	}
	if after := o.state(); after != before {
		t.Error(firstDifference(before, after))
	}
	o.expect(officeHead, in(officeHead), "/done 15 theo /viec đã giao, 12/done\n26 hồ sơ", "Hoàn thành đúng hạn")
}

// In a forum several topics may serve units, and all of them share one menu.
func TestTheMenuOfAForum(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	topic, err := o.srv.AddTopic(adminID, forumChat, "Quy hoạch")
	o.must(err)
	second := place{forumChat, topic}
	o.expect(adminID, second, "/link p-qhkt", "Đã liên kết")
	o.appoint(memberID, second, "/head")
	menus := func(when string, inspector, member, other string) {
		t.Helper()
		for who, want := range map[int64]string{inspHead: inspector, memberID: member, adminID: other} {
			got := "nothing"
			switch names := o.menu(who, forumChat); {
			case slices.Contains(names, "done"):
				got = "reports"
			case slices.Contains(names, "viec"):
				got = "reads"
			}
			if got != want {
				t.Errorf("%s: %d %s, want %s", when, who, got, want)
			}
		}
	}
	menus("two topics are linked", "reports", "reports", "reads")
	o.expect(adminID, in(forumChat), "/lang vi", "Ngôn ngữ")
	menus("the language is set in a topic that serves nobody", "reports", "reports", "reads")
	o.expect(adminID, second, "/unlink", "Đã hủy liên kết")
	menus("one topic is unlinked", "reports", "reads", "reads")
	o.expect(adminID, o.insp(), "/unlink", "Đã hủy liên kết")
	menus("both are", "nothing", "nothing", "nothing")
}

// A menu shows what its reader may use now, whatever took it from him or gave it.
func TestTheMenuInAGroupFollowsTheRole(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	reports := func(who, chat int64, want bool) {
		t.Helper()
		if names := o.menu(who, chat); slices.Contains(names, "done") != want {
			t.Errorf("the menu of %d in %d is %v", who, chat, names)
		}
	}
	reports(officeHead, officeChat, true)
	page := o.expect(adminID, in(adminID), "/units van-phong", "Trần Văn Bình")
	o.press(adminID, page, "Xóa khỏi danh sách")
	reports(officeHead, officeChat, false)
	o.appoint(memberID, o.insp(), "/head")
	o.expect(adminID, in(adminID), "/units merge thanh-tra p-qlxd", "Đã sáp nhập")
	reports(inspHead, forumChat, false)
	reports(memberID, divChat, true)
	const super = -1002000000777
	o.must(o.srv.Upgrade(divChat, super))
	reports(memberID, super, true)
	reports(divHead, super, true)
}

// removes has the admin remove somebody who is known by name.
func (o *office) removes(name string) {
	o.Helper()
	list := o.expect(adminID, in(adminID), "/units", "[Danh sách người dùng]")
	o.press(adminID, list, "Danh sách người dùng")
	list = o.shows(list, "người dùng", name)
	o.press(adminID, list, "Xóa: "+name)
	o.settle()
}

// Who heads no unit can be removed too: a director who left, a head who was
// relieved before, a member who took note of the tasks.
func TestWhoHeadsNoUnitIsRemoved(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(officeHead, in(officeChat), "/done 15", "Hoàn thành")
	page := o.expect(adminID, in(adminID), "/units van-phong", "Trần Văn Bình")
	o.press(adminID, page, "Thôi đầu mối: Trần Văn Bình")
	o.removes("Trần Văn Bình")
	o.expect(adminID, in(adminID), "/history 15", "đã rời đơn vị")
	o.expect(directorID, in(directorID), "/summary", "📊")
	o.removes("Võ Tất Dũng")
	o.expect(directorID, in(directorID), "/summary", "liên kết mời")
	if state := o.state(); strings.Contains(state, "Trần Văn Bình") || strings.Contains(state, "people: 1002 | Võ") {
		t.Errorf("a name is left: %s", state)
	}
	o.removes("Lê Thị Hạnh") // refused: she is the only admin
	if p := o.person(adminID); p.Role != plan.Admin || p.Name == "" {
		t.Errorf("the last admin is %+v", p)
	}
}

// What somebody asked for before he was removed is no longer answered.
func TestRequestsOfWhoWasRemoved(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.appoint(memberID, in(divChat), "/head")
	asked := o.expect(memberID, in(officeChat), "/done 15", "Đề nghị làm đầu mối")
	request := o.heard(adminID, func() { o.press(memberID, asked, "Đề nghị làm đầu mối báo cáo") })
	o.removes("Đỗ Minh")
	if got := o.press(adminID, request, "Đồng ý"); !strings.Contains(got, "không còn hiệu lực") {
		t.Errorf("the request of who was removed: %s", got)
	}
	if p := o.person(memberID); len(p.Units) > 0 {
		t.Errorf("who was removed is head of %v", p.Units)
	}
}

// What becomes of a request is told to the unit, and to who made it only while
// he speaks for the unit.
func TestARequestOfWhoWasRelieved(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.say(directorID, in(directorID), "/help")
	put := o.heard(directorID, func() {
		o.expect(officeHead, in(officeHead), "/extend 26 30/06/2024 chờ ý kiến", "Đã gửi đề nghị")
	})
	page := o.expect(adminID, in(adminID), "/units van-phong", "Trần Văn Bình")
	o.press(adminID, page, "Thôi đầu mối: Trần Văn Bình")
	before := o.count(officeHead)
	o.has(o.heard(officeChat, func() { o.press(directorID, put, "Đồng ý") }), "Đồng ý gia hạn nhiệm vụ 26")
	if n := o.count(officeHead); n != before {
		t.Errorf("who was relieved was told: %s", o.answersIn(officeHead)[before].Text)
	}
}

// An anonymous admin who answers the bot is told that nothing is recorded, not
// left to believe it was; talk below the bot's messages is left alone.
func TestAnonymousRepliesAreToldSo(t *testing.T) {
	d := newDesk(t)
	group := d.places[1]
	question := d.handle(d.event(officeHead, group, "/blocked 17"), false)
	form := d.handle(d.event(officeHead, group, "/checkin"), false)
	receipt := d.handle(d.event(officeHead, group, "/done 15 bổ sung"), false)
	before := d.export()
	for _, tc := range []struct {
		to   saying
		text string
		file *chat.File
		told bool
	}{
		{question, "chờ kinh phí", nil, true},
		{form, "17 đã rà soát", nil, true},
		{form, "các anh chị xem nhé", nil, false},
		{receipt, "cảm ơn", nil, false},
		{receipt, "", &chat.File{ID: "f", Name: "qd.pdf"}, true},
		{saying{message: 1}, "chờ kinh phí", nil, false},
	} {
		in := d.event(0, group, tc.text)
		in.ReplyTo, in.File = &chat.Reply{Message: tc.to.message, From: chat.Person{ID: 1, Bot: true}}, tc.file
		if said := d.handle(in, false).text(); strings.Contains(said, "ẩn danh") != tc.told || !tc.told && said != "" {
			t.Errorf("%q was answered %q", tc.text, said)
		}
	}
	if after := d.export(); after != before {
		t.Error(firstDifference(before, after))
	}
}

// What is changed in a reply is not taken; who changed it is told so once.
func TestAnEditedReplyIsNotTaken(t *testing.T) {
	d := newDesk(t)
	group := d.places[1]
	question := d.handle(d.event(officeHead, group, "/blocked 17"), false)
	reply := d.event(officeHead, group, "chờ kinh phí")
	reply.ReplyTo = &chat.Reply{Message: question.message, From: chat.Person{ID: 1, Bot: true}}
	d.handle(reply, false)
	reply.Kind, reply.Text = chat.InEdited, "chờ kinh phí quý II"
	for i, want := range []string{"không được ghi nhận", ""} {
		if said := d.handle(reply, false).text(); want == "" && said != "" || !strings.Contains(said, want) {
			t.Errorf("edit %d was answered %q", i+1, said)
		}
	}
}

// Who writes beside the topics of a forum is told of all that serve units.
func TestEveryTopicOfAForumIsNamed(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	topic, err := o.srv.AddTopic(adminID, forumChat, "Quy hoạch")
	o.must(err)
	o.expect(adminID, place{forumChat, topic}, "/link p-qhkt", "Đã liên kết")
	o.expect(memberID, in(forumChat), "/done 1", "Thanh tra xây dựng", fmt.Sprintf("/%d", o.topic),
		"Phòng Quy hoạch - Kiến trúc", fmt.Sprintf("/%d", topic))
}

// A box over a press bears no button: it says how to ask.
func TestAMemberWhoPressesIsToldHowToAsk(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	card := o.expect(officeHead, in(officeChat), "/task 15", "[✅ Hoàn thành]")
	if got := o.press(memberID, card, "✅ Hoàn thành"); !strings.Contains(got, "Đề nghị làm đầu mối báo cáo: gửi /done") {
		t.Errorf("a member was told %q", got)
	}
	o.expect(memberID, in(officeChat), "/done", "[Đề nghị làm đầu mối báo cáo]")
}

// What a button does has no command to be named in its refusal.
func TestWhatAFormerAdminPresses(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.appoint(memberID, in(officeChat), "/role admin")
	o.expect(memberID, in(memberID), "/start", "Điều hành")
	o.must(o.srv.AddMember(adminID, divChat, strangerID))
	asked := o.expect(strangerID, in(divChat), "/done 1", "Đề nghị làm đầu mối")
	request := o.heard(memberID, func() { o.press(strangerID, asked, "Đề nghị làm đầu mối báo cáo") })
	o.appoint(memberID, in(officeChat), "/role director")
	if got := o.press(memberID, request, "Đồng ý"); !strings.HasPrefix(got, "Chưa thực hiện: việc này dành cho quản trị") {
		t.Errorf("a former admin was told %q", got)
	}
	o.expect(adminID, in(divChat), "/unlink", "Đã hủy")
	if got := o.press(strangerID, asked, "Đề nghị làm đầu mối báo cáo"); !strings.Contains(got, "việc này thực hiện trong nhóm") {
		t.Errorf("where nobody can ask: %q", got)
	}
}

// Whoever becomes head by a link finds a head's commands in the unit's group,
// too.
func TestTheMenuInAGroupOfAHeadByLink(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.letIn(memberID, o.invite("van-phong")[0])
	for _, id := range []int64{memberID, officeChat} {
		if names := o.menu(memberID, id); !slices.Contains(names, "done") {
			t.Errorf("the menu in %d is %v", id, names)
		}
	}
}
