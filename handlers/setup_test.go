package handlers_test

import (
	"regexp"
	"strings"
	"testing"

	"dondoc/internal/botserver"
)

// startLink finds the link that opens the bot in private.
var startLinkText = regexp.MustCompile(`https://t\.me/\S+\?start=\S+`)

// page presses a button and returns the message as it is after that.
func (o *office) page(m botserver.Message, label, want string) botserver.Message {
	o.Helper()
	o.press(adminID, m, label)
	return o.now(m, func(m botserver.Message) bool { return strings.Contains(m.Text, want) })
}

// TestAnOfficeIsSetUp goes the way of somebody who knows nothing but what the
// bot tells him, with a restart on the way.
func TestAnOfficeIsSetUp(t *testing.T) {
	o := open(t, "11/01/2024 09:00")
	m := o.expect(adminID, in(adminID), "/start", "Thiết lập: xong 2/6 bước", "✅ 1 · Kế hoạch năm 2024: 30 nhiệm vụ",
		"⚠️ 2 · Đơn vị: 10/10 đơn vị chủ trì chưa đủ", "▫️ 3 · Lãnh đạo: chưa có", "✅ 4 · Giờ: nhắc 08:00, gửi tin 07:00–18:00",
		"▫️ 6 · Giao nhiệm vụ: chưa giao", "/setup")

	m = o.page(m, "1 Kế hoạch", "Bước 1")
	o.holds(m, "98/QĐ-SXD ngày 11/01/2024", "30 nhiệm vụ", "[2 Đơn vị]")
	m = o.page(m, "2 Đơn vị", "Bước 2")
	o.holds(m, "10 đơn vị chủ trì chưa đủ nhóm, đầu mối", "Thanh tra", "/units")

	before := o.count(adminID)
	o.press(adminID, m, "Liên kết cho mọi đơn vị còn thiếu")
	links := o.next(adminID, before, 10)
	var inspection botserver.Message
	for _, l := range links {
		if strings.Contains(l.Text, "Thanh tra xây dựng") {
			inspection = l
		}
	}
	o.holds(inspection, "Chuyển cho đầu mối của Thanh tra xây dựng", "startgroup=")
	_, err := o.srv.OpenLink(inspHead, startLinkText.FindString(inspection.Text))
	o.must(err)
	o.settle()

	o.stop()
	o.start()
	m = o.expect(adminID, in(adminID), "/setup", "9/10 đơn vị chủ trì chưa đủ")
	m = o.page(m, "3 Lãnh đạo", "Bước 3")
	link := o.heard(adminID, func() { o.press(adminID, m, "Tạo liên kết") })
	o.holds(link, "Liên kết mời lãnh đạo")
	_, err = o.srv.OpenLink(directorID, startLinkText.FindString(link.Text))
	o.must(err)
	o.settle()
	m = o.page(m, "Các bước", "Thiết lập")
	o.holds(m, "xong 3/6", "✅ 3 · Lãnh đạo: 1 người")

	o.holds(o.heard(adminID, func() { o.press(adminID, m, "4 Giờ") }), "Cài đặt kế hoạch năm 2024")
	o.holds(o.heard(adminID, func() { o.press(adminID, m, "5 Tự kiểm tra") }), "đơn vị chủ trì chưa có", "/invite MÃ")
	question := o.heard(adminID, func() { o.press(adminID, m, "6 Giao nhiệm vụ") })
	o.press(adminID, question, "Giao nhiệm vụ")
	o.settle()
	o.expect(adminID, in(adminID), "/setup", "✅ 6 · Giao nhiệm vụ: ngày 11/01/2024")
	o.expect(adminID, in(adminID), "/start", "bí mật nhà nước")
}

func TestNothingIsLeftToSetUp(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	for _, unit := range []string{"to-tthc", "mot-cua", "giai-quyet-tthc", "p-qhkt", "p-htkt", "p-qln", "tt-qhkd"} {
		link := o.say(adminID, in(adminID), "/invite "+unit)
		_, err := o.srv.OpenLink(divHead, startLinkText.FindString(link.Text))
		o.must(err)
		o.settle()
	}
	o.expect(adminID, in(adminID), "/setup", "xong 6/6 bước", "✅ 2 · Đơn vị: 10 đơn vị chủ trì đủ nhóm, đầu mối",
		"Thiết lập đã xong")
}

// TestThePlanOfAnEarlierYear must not be taken for this year's.
func TestThePlanOfAnEarlierYear(t *testing.T) {
	o := open(t, "11/01/2026 09:00")
	m := o.expect(adminID, in(adminID), "/setup", "⚠️ 1 · Kế hoạch năm 2024, không phải năm 2026")
	o.holds(o.page(m, "1 Kế hoạch", "Bước 1"), "Dùng kế hoạch khác: gửi /import")
}

// TestASecondAdminIsLedToo lets somebody in while there is an office to set up.
func TestASecondAdminIsLedToo(t *testing.T) {
	o := open(t, "11/01/2024 09:00")
	link := o.expect(adminID, in(adminID), "/invite admin", "Liên kết mời quản trị")
	before := o.count(memberID)
	_, err := o.srv.OpenLink(memberID, startLinkText.FindString(link.Text))
	o.must(err)
	got := o.next(memberID, before, 2)
	o.holds(got[0], "Đã ghi nhận")
	o.holds(got[1], "Thiết lập: xong")
}

// TestARoleIsNotYetAChat is about somebody who got a role in a group and whom
// the bot cannot write to before he has opened it: he hears nothing, so nothing
// says that he does.
func TestARoleIsNotYetAChat(t *testing.T) {
	o := open(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/start", "Thiết lập")
	o.post(adminID, in(officeChat), botserver.Post{Text: "/link van-phong"}, 2)
	id, err := o.srv.Post(memberID, officeChat, botserver.Post{Text: "Đã vào nhóm."})
	o.must(err)
	m := o.post(adminID, in(officeChat), botserver.Post{Text: "/role director", ReplyTo: id}, 1)[0]
	o.holds(m, "Chưa nhận được tin riêng", "/start")
	o.expect(adminID, in(adminID), "/setup", "Lãnh đạo: chưa có người nhận tổng hợp")
	o.expect(adminID, in(adminID), "/check", "1 lãnh đạo, quản trị chưa nhận được tin riêng của bot: Đỗ Minh")

	o.say(memberID, in(memberID), "/start")
	o.expect(adminID, in(adminID), "/setup", "✅ 3 · Lãnh đạo: 1 người")
	m = o.say(adminID, in(adminID), "/check")
	if strings.Contains(m.Text, "Đỗ Minh") {
		t.Errorf("/check says %q of somebody who can be written to", m.Text)
	}
}
