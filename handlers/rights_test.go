package handlers_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dondoc/handlers"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/internal/export"
	"dondoc/internal/plan"
	"dondoc/locales"
	"dondoc/storage"
)

// The columns and rows of a table of rights. The unit is van-phong; the other
// unit is thanh-tra, whose chat is the topic of the forum; the other unit's
// group is that of p-qlxd.
var (
	columns = []string{"private", "own group", "another unit's group", "unlinked group", "topic", "elsewhere in the forum"}
	lines   = []string{"stranger", "member", "head", "head of another unit", "director", "admin", "anonymous"}
	ids     = []int64{strangerID, memberID, officeHead, inspHead, directorID, adminID, 0}
)

// Rights are a table: x allowed, - refused, ? left open by the spec; an
// anonymous admin has no private chat. Whoever writes in a unit's chat is its
// member, strangers too.
type rights [7]string

var (
	reportsOfUnit = rights{"------", "------", "xx----", "------", "------", "xxxxxx", " -----"}
	reportsOfTopc = rights{"------", "------", "------", "x---x-", "------", "xxxxxx", " -----"}
	ownLastReport = rights{"------", "------", "xx----", "x---x-", "------", "xxxxxx", " -----"}
	readsTask17   = rights{"-x----", "-x----", "xx----", "-x----", "xxxxxx", "xxxxxx", " -----"}
	readsTask2    = rights{"--x-x-", "--x-x-", "--x-x-", "x-x-x-", "xxxxxx", "xxxxxx", " -----"}
	readsOwn      = rights{"-xx-x-", "-xx-x-", "xxx-x-", "xxx-x-", "xxxxxx", "xxxxxx", " -----"}
	greetsAll     = rights{"-xx?x?", "-xx?x?", "xxx?x?", "xxx?x?", "xxxxxx", "xxxxxx", " -----"}
	speaks        = rights{"------", "------", "xx----", "x---x-", "x-----", "xxxxxx", " -----"}
	headsOfUnit   = rights{"------", "------", "xx----", "------", "------", "------", " -----"}
	admins        = rights{"------", "------", "------", "------", "------", "xxxxxx", " -----"}
	directors     = rights{"------", "------", "------", "------", "xxxxxx", "------", " -----"}
	adminsInGroup = rights{"------", "------", "------", "------", "------", "-xxxxx", " -----"}
	adminsAtUnits = rights{"------", "------", "------", "------", "------", "-xx-x-", " -----"}
	adminsAlone   = rights{"------", "------", "------", "------", "------", "x-----", " -----"}
)

// commandCases are the commands by sections 3 and 4 of the spec: both names,
// words, what an admin says instead, a part of the answer if it is allowed.
// /invite stays in private because a link in a group would be anybody's.
var commandCases = []struct {
	names           string
	args, byAdmin   string
	want            string
	replyToSomebody bool
	rights          rights
}{
	{names: "done xong", args: "17 đã làm", byAdmin: "17 van-phong đã làm", want: "kỳ Quý I", rights: reportsOfUnit},
	{names: "done xong", args: "2", byAdmin: "2 thanh-tra", want: "kỳ Quý I", rights: reportsOfTopc},
	{names: "doing danglam", args: "17", byAdmin: "17 van-phong", want: "kỳ Quý I", rights: reportsOfUnit},
	{names: "blocked vuong", args: "17 chờ", byAdmin: "17 van-phong chờ", want: "kỳ Quý I", rights: reportsOfUnit},
	{names: "none khongphatsinh", args: "17", byAdmin: "17 van-phong", want: "kỳ Quý I", rights: reportsOfUnit},
	{names: "extend giahan", args: "26 30/06/2024 chờ ý kiến", want: "gia hạn nhiệm vụ 26", rights: headsOfUnit},
	{names: "undo thuhoi", want: "Đã thu hồi", rights: ownLastReport},
	{names: "tasks viec", want: "Nhiệm vụ năm 2024", rights: readsOwn},
	{names: "task nhiemvu", args: "17", want: "Chủ trì", rights: readsTask17},
	{names: "task nhiemvu", args: "2", want: "Chủ trì", rights: readsTask2},
	{names: "history lichsu", args: "17", want: "Lịch sử nhiệm vụ 17", rights: readsTask17},
	{names: "history lichsu", args: "2", want: "Lịch sử nhiệm vụ 2", rights: readsTask2},
	{names: "due sapden", want: "30 ngày tới", rights: readsOwn},
	{names: "overdue quahan", want: "13/03/2024", rights: readsOwn},
	{names: "summary tonghop", want: "📊", rights: readsOwn},
	{names: "help trogiup", want: "bí mật nhà nước", rights: greetsAll},
	{names: "start", want: "bí mật nhà nước", rights: greetsAll},
	{names: "lang", args: "vi", want: "Ngôn ngữ: tiếng Việt", rights: speaks},
	{names: "publish giaoviec", want: "Gửi đến 3 đơn vị", rights: admins},
	{names: "return tralai", args: "2 thanh-tra thiếu số liệu", want: "2 · ", rights: admins},
	{names: "return tralai", args: "15 van-phong chưa ký", want: "15 · ", rights: directors},
	{names: "trigger phatsinh", args: "20 p-qlxd 15/05/2024", want: "20 · ", rights: admins},
	{names: "deadline thoihan", args: "29 30/11/2024", want: "29 · ", rights: admins},
	{names: "deadline thoihan", args: "26 30/04/2024 chờ", want: "26 · ", rights: directors},
	{names: "close", want: "Đóng kế hoạch", rights: admins},
	{names: "units", want: "11 đơn vị", rights: admins},
	{names: "units", args: "rename p-qhkt Phòng Mới", want: "Phòng Mới", rights: admins},
	{names: "units", args: "merge p-qhkt p-htkt", want: "Hạ tầng kỹ thuật", rights: admins},
	{names: "link", args: "p-qhkt", want: "Giao nhiệm vụ: Kế hoạch", rights: adminsInGroup},
	{names: "unlink", args: "p-qlxd", want: "Đã hủy liên kết", rights: admins},
	{names: "invite", args: "p-qhkt", want: "?start=", rights: adminsAlone},
	{names: "head", want: "là đầu mối báo cáo của", replyToSomebody: true, rights: adminsAtUnits},
	{names: "role", args: "director", want: "lãnh đạo", replyToSomebody: true, rights: adminsInGroup},
}

func TestWhoMayCommandWhatWhere(t *testing.T) {
	d := newDesk(t)
	tried := map[string]bool{}
	for _, tc := range commandCases {
		for name := range strings.FieldsSeq(tc.names) {
			tried[name] = true
			before := d.export()
			for who := range lines {
				args := tc.args
				if tc.byAdmin != "" && ids[who] == adminID {
					args = tc.byAdmin
				}
				for where := range columns {
					in := d.message(who, where, strings.TrimSpace("/"+name+" "+args))
					if tc.replyToSomebody {
						in.ReplyTo = &chat.Reply{Message: 1, From: chat.Person{ID: 777, Name: "Ngô Thị Mới"}}
					}
					d.cell(in, tc.rights[who][where], tc.want, lines[who]+", "+columns[where]+": "+in.Text)
				}
			}
			if after := d.export(); after != before {
				t.Fatalf("/%s %s: what was refused left a trace:\n%s", name, tc.args, firstDifference(before, after))
			}
		}
	}
	for _, name := range handlers.CommandNames() {
		if !tried[name] {
			t.Errorf("/%s has no line in the table of rights", name)
		}
	}
}

// cell does what may be done and takes it back, and does what may not for good.
func (d *desk) cell(in chat.Incoming, mark byte, want, what string) {
	d.Helper()
	if mark == ' ' {
		return
	}
	said := d.handle(in, mark == 'x')
	answer := said.at(in.Chat.Place)
	switch {
	case mark == 'x' && !strings.Contains(answer, want):
		d.Errorf("%s: refused: %q", what, answer)
	case mark == '-' && strings.Contains(answer, want):
		d.Errorf("%s: allowed: %q", what, answer)
	case mark == '-' && (len(said.elsewhere(in.Chat.Place)) > 0 || strings.Contains(answer, "start")):
		d.Errorf("%s: a refusal said %q and elsewhere %q", what, answer, said.elsewhere(in.Chat.Place))
	case in.From.Anonymous && !strings.Contains(answer, "ẩn danh"):
		d.Errorf("%s: an anonymous admin was told %q", what, answer)
	}
}

// readings are the ways to ask for tasks, among them those of unit tasks that
// the asker may not read.
var readings = []string{
	"/tasks", "/tasks all", "/tasks done", "/viec một cửa", "/task", "/task một cửa", "/task chức", "/tasks văn bản", "/history",
	"/summary", "/summary groups", "/summary units", "/summary Q1", "/summary 2024", "/due", "/overdue", "/task 99",
}

var taskLink = regexp.MustCompile(`/task_(\d+)`)

func TestAUnitReadsItsOwnTasksOnly(t *testing.T) {
	d := newDesk(t)
	for _, reader := range []struct {
		who   int64
		place chat.Chat
		units []string
	}{
		{inspHead, private(inspHead), []string{"thanh-tra"}},
		{inspHead, d.places[4], []string{"thanh-tra"}},
		{officeHead, private(officeHead), []string{"van-phong"}},
		{officeHead, d.places[2], []string{"p-qlxd"}}, // there he is a member like others
		{memberID, d.places[1], []string{"van-phong"}},
		{strangerID, d.places[2], []string{"p-qlxd"}},
	} {
		asks := slices.Clone(readings)
		mine := func(task *plan.Task) bool { return slices.ContainsFunc(reader.units, task.Concerns) }
		for _, task := range d.plan.Tasks {
			for _, form := range []string{"/task %d", "/history %d", "/task_%d", "/lichsu%d/2024"} {
				asks = append(asks, fmt.Sprintf(form, task.Number))
			}
		}
		for _, ask := range asks {
			said := d.handle(d.event(reader.who, reader.place, ask), false)
			for range 6 {
				d.reveals(reader.who, ask, said, mine)
				turn := said.button("›")
				if turn == nil {
					break
				}
				said = d.press(reader.who, reader.place, *turn)
			}
			for _, b := range said.buttons {
				if b.Action.Verb == "task" || b.Action.Verb == "history" {
					d.reveals(reader.who, ask+" "+b.Label, d.press(reader.who, reader.place, b), mine)
				}
			}
		}
	}
}

// reveals fails the test for what is said of tasks that are not the reader's.
func (d *desk) reveals(who int64, ask string, said saying, mine func(*plan.Task) bool) {
	d.Helper()
	for _, m := range taskLink.FindAllStringSubmatch(said.text(), -1) {
		n, _ := strconv.Atoi(m[1])
		if !mine(d.plan.Task(n)) {
			d.Errorf("%d asks %q and is offered task %d", who, ask, n)
		}
	}
	for _, task := range d.plan.Tasks {
		if !mine(task) && (strings.Contains(said.text(), "· "+task.ShortTitle) || strings.Contains(said.text(), task.Content)) {
			d.Errorf("%d asks %q and reads of task %d:\n%s", who, ask, task.Number, said.text())
		}
	}
	for secret, task := range map[string]int{"nội dung riêng 15": 15, "nội dung riêng 2": 2, "nội dung riêng 3": 3} {
		if !mine(d.plan.Task(task)) && strings.Contains(said.text(), secret) {
			d.Errorf("%d asks %q and reads the report on task %d", who, ask, task)
		}
	}
	for _, b := range said.buttons {
		for _, n := range b.Action.Tasks {
			if !mine(d.plan.Task(n)) {
				d.Errorf("%d asks %q and gets a button of task %d", who, ask, n)
			}
		}
	}
}

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

func TestPagesOfAListShowEachReaderHisOwn(t *testing.T) {
	d := newDesk(t)
	group := d.places[1]
	own := d.handle(d.event(officeHead, group, "/viec"), false).button("›")
	if own == nil {
		t.Fatal("the list of van-phong has one page")
	}
	d.refused(d.press(divHead, d.places[2], *own), "a page of van-phong's list, from the group of p-qlxd")
	d.refused(d.press(inspHead, private(inspHead), *own), "a page of van-phong's list, from a private chat")
	all := d.handle(d.event(directorID, group, "/viec"), false).button("›")
	for range 5 {
		said := d.press(memberID, group, *all)
		d.reveals(memberID, "a page of the director's list", said, func(task *plan.Task) bool { return task.Concerns("van-phong") })
		if all = said.button("›"); all == nil {
			t.Fatalf("no page after %q", said.text())
		}
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

// A head of two units speaks for each from its own chat.
func TestAChatHearsOfItsOwnUnit(t *testing.T) {
	d := newDesk(t)
	d.write(func(tx *storage.Tx) error { return tx.AddHead(officeHead, "p-qlxd", d.now()) })
	before := d.export()
	for _, text := range []string{"/undo", "/done 17", "/task 17", "/history 17", "/tasks", "/done"} {
		said := d.handle(d.event(officeHead, d.places[2], text), false)
		d.reveals(officeHead, text, said, func(task *plan.Task) bool { return task.Concerns("p-qlxd") })
		if after := d.export(); after != before {
			t.Errorf("%s in the group of p-qlxd: %s\n%s", text, said.text(), firstDifference(before, after))
			before = after
		}
	}
}

// A desk is a linked office whose program is stopped: events are handed to the
// handlers one by one, and what they say is taken from the outbox.
type desk struct {
	*testing.T
	db     *storage.DB
	h      *handlers.Handlers
	plan   *plan.Plan
	places []chat.Chat // by column; private is empty
	clock  string
	last   int // id of the last message
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	o := linked(t, "11/01/2024 09:00")
	o.stop()
	o.stop = func() {}
	d := &desk{T: t, clock: "13/03/2024 09:00", last: 1000}
	d.places = []chat.Chat{
		{},
		group(officeChat, 0), group(divChat, 0), group(otherChat, 0), group(forumChat, o.topic), group(forumChat, 0),
	}
	var err error
	d.db, err = storage.Open(t.Context(), filepath.Join(o.cfg.Data, "dondoc.db"))
	o.must(err)
	t.Cleanup(func() { o.must(d.db.Close()) })
	words, err := locales.Load()
	o.must(err)
	d.h = handlers.New(handlers.Config{
		Words: words, Lang: "vi", Location: zone, Now: d.now, Bot: func() string { return "dondoc_bot" },
	})
	o.must(d.db.Read(t.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		d.plan = snap.Current()
		return err
	}))
	for _, who := range []int64{adminID, directorID, officeHead, inspHead, divHead} { // each is known by his name
		d.handle(d.event(who, private(who), "/help"), false)
	}
	for who, text := range map[int64]string{
		officeHead: "/done 15 nội dung riêng 15", inspHead: "/done 2 nội dung riêng 2", adminID: "/done 3 thanh-tra nội dung riêng 3",
	} {
		d.handle(d.event(who, private(who), text), false)
	}
	return d
}

func group(id int64, topic int) chat.Chat {
	return chat.Chat{Place: chat.Place{Chat: id, Topic: topic}, Kind: chat.Group, Title: "Nhóm", Forum: id == forumChat}
}

func private(id int64) chat.Chat { return chat.Chat{Place: chat.Place{Chat: id}, Kind: chat.Private} }

func (d *desk) now() time.Time { return at(d.T, d.clock) }

// message is what the person of a line writes in the place of a column.
func (d *desk) message(who, where int, text string) chat.Incoming {
	place := d.places[where]
	if where == 0 {
		place = private(ids[who])
	}
	return d.event(ids[who], place, text)
}

// event is a message; nobody's is that of an anonymous admin of the group.
func (d *desk) event(who int64, place chat.Chat, text string) chat.Incoming {
	d.last++
	return chat.Incoming{
		Kind: chat.InMessage, Chat: place, From: person(who), Message: d.last, At: d.now(), Text: text,
	}
}

func person(who int64) chat.Person {
	return chat.Person{ID: who, Name: fmt.Sprintf("Người %d", who), Anonymous: who == 0}
}

// A saying is what the handlers said to one event; message is the id that its
// messages got.
type saying struct {
	outs    []chat.Outgoing
	buttons []button
	message int
}

// A button stands under a message.
type button struct {
	chat.Button
	message int
}

func (s saying) text() string {
	var parts []string
	for _, out := range s.outs {
		parts = append(parts, chat.Plain(chat.Markup(out.Text)))
	}
	return strings.Join(parts, "\n")
}

func (s saying) at(p chat.Place) string {
	s.outs = slices.DeleteFunc(slices.Clone(s.outs), func(out chat.Outgoing) bool { return out.To != p })
	return s.text()
}

func (s saying) elsewhere(p chat.Place) string {
	s.outs = slices.DeleteFunc(slices.Clone(s.outs), func(out chat.Outgoing) bool { return out.To == p })
	return s.text()
}

// button is the last one whose label holds the words, or nil.
func (s saying) button(words string) *button {
	for _, b := range slices.Backward(s.buttons) {
		if strings.Contains(b.Label, words) {
			return &b
		}
	}
	return nil
}

func (d *desk) press(who int64, place chat.Chat, b button) saying {
	d.Helper()
	in := d.event(who, place, "")
	in.Kind, in.Message = chat.InPress, b.message
	in.Press = &chat.Press{ID: "press", Button: b.ID}
	return d.handle(in, false)
}

var errTakenBack = errors.New("taken back")

// handle hands the event in; takeBack undoes what came of it.
func (d *desk) handle(in chat.Incoming, takeBack bool) (s saying) {
	d.Helper()
	err := d.db.Write(d.Context(), func(tx *storage.Tx) error {
		var last int64 // what the stopped program left
		left, err := tx.WaitingAfter(0)
		if err != nil {
			return err
		}
		for _, w := range left {
			last = w.ID
		}
		if err := d.h.Handle(tx, in); err != nil {
			return err
		}
		if err := d.take(tx, last, &s); err != nil || !takeBack {
			return err
		}
		return errTakenBack
	})
	if err != nil && !errors.Is(err, errTakenBack) {
		d.Fatalf("%+v: %v", in, err)
	}
	return s
}

// take makes messages of what was queued after the row.
func (d *desk) take(tx *storage.Tx, last int64, s *saying) error {
	waiting, err := tx.WaitingAfter(last)
	if err != nil {
		return err
	}
	d.last++
	s.message = d.last
	for _, w := range waiting {
		out, err := tx.TakeMessage(w.ID)
		if err != nil {
			return err
		}
		for _, row := range out.Buttons {
			for _, b := range row {
				s.buttons = append(s.buttons, button{b, cmp.Or(out.Message, s.message)})
			}
		}
		s.outs = append(s.outs, out)
		if err := tx.MarkSent(w.ID, s.message); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) write(fn func(tx *storage.Tx) error) {
	d.Helper()
	if err := d.db.Write(d.Context(), fn); err != nil {
		d.Fatal(err)
	}
}

// export is the whole database as its own export prints it.
func (d *desk) export() string {
	d.Helper()
	var b bytes.Buffer
	if err := export.Write(d.Context(), &b, d.db, d.now()); err != nil {
		d.Fatal(err)
	}
	return b.String()
}

// firstDifference is where two exports part, with some letters around it.
func firstDifference(x, y string) string {
	i := 0
	for i < min(len(x), len(y)) && x[i] == y[i] {
		i++
	}
	around := func(s string) string { return s[max(0, i-200):min(len(s), i+200)] }
	return "before: …" + around(x) + "…\nafter: …" + around(y) + "…"
}
