package handlers_test

import (
	"strings"
	"testing"

	"dondoc/handlers"
	"dondoc/internal/chat"
)

// The columns and rows of a table of rights. The unit is van-phong; the other
// unit is thanh-tra, whose chat is the topic of the forum; the other unit's
// group is that of p-qlxd.
var (
	columns = []string{"private", "own group", "another unit's group", "unlinked group", "topic", "elsewhere in the forum"}
	roles   = []string{"stranger", "member", "head", "head of another unit", "director", "admin", "anonymous"}
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
	leaders       = rights{"------", "------", "------", "------", "xxxxxx", "xxxxxx", " -----"}
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
	{names: "checkin baocaoky", args: "van-phong", want: "Báo cáo kỳ Quý I", rights: reportsOfUnit},
	{names: "checkin baocaoky", args: "thanh tra xd", want: "Báo cáo kỳ Quý I", rights: reportsOfTopc},
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
	{names: "check tukiemtra", want: "Tự kiểm tra", rights: admins},
	{names: "publish giaoviec", want: "Không có nội dung mới để gửi", rights: admins},
	{names: "return tralai", args: "2 thanh-tra thiếu số liệu", want: "2 · ", rights: admins},
	{names: "return tralai", args: "15 van-phong chưa ký", want: "15 · ", rights: directors},
	{names: "trigger phatsinh", args: "20 p-qlxd 15/05/2024", want: "20 · ", rights: admins},
	{names: "deadline thoihan", args: "29 30/11/2024", want: "29 · ", rights: admins},
	{names: "deadline thoihan", args: "26 30/04/2024 chờ", want: "26 · ", rights: directors},
	{names: "report baocao", args: "Q1", want: "Số liệu tạm tính", rights: leaders},
	{names: "add themviec", args: "p-qlxd 30/09/2024; Rà soát", want: "Đã thêm nhiệm vụ 31", rights: leaders},
	{names: "nudge nhac", args: "17", want: "Đã nhắc nhiệm vụ 17", rights: leaders},
	{names: "holiday", want: "Ngày nghỉ, ngày làm bù", rights: admins},
	{names: "holiday", args: "30/04/2025 nghỉ Lễ", want: "nghỉ · Lễ", rights: admins},
	{names: "settings", want: "Cài đặt kế hoạch năm 2024", rights: admins},
	{names: "setup", want: "Thiết lập: xong", rights: adminsAlone},
	{names: "close", want: "Đóng kế hoạch", rights: admins},
	{names: "import", want: "Trả lời tin này bằng tệp kế hoạch", rights: admins},
	{names: "preview dukien", args: "7", want: "🔭", rights: admins},
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
			for who := range roles {
				args := tc.args
				if tc.byAdmin != "" && ids[who] == adminID {
					args = tc.byAdmin
				}
				for where := range columns {
					in := d.message(who, where, strings.TrimSpace("/"+name+" "+args))
					if tc.replyToSomebody {
						in.ReplyTo = &chat.Reply{Message: 1, From: chat.Person{ID: 777, Name: "Ngô Thị Mới"}}
					}
					d.cell(in, tc.rights[who][where], tc.want, roles[who]+", "+columns[where]+": "+in.Text)
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
