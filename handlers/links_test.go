package handlers_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"dondoc/bot"
	"dondoc/handlers"
	"dondoc/internal/botserver"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// invite asks for an invitation and returns its links: to a private chat and,
// of a unit, to a group.
func (o *office) invite(words string) (links []string) {
	o.Helper()
	m := o.expect(adminID, in(adminID), "/invite "+words, "https://t.me/dondoc_bot?start")
	for word := range strings.FieldsSeq(m.Text) {
		if strings.HasPrefix(word, "https://") {
			links = append(links, word)
		}
	}
	return links
}

func (o *office) person(id int64) (p plan.Person) {
	o.Helper()
	o.must(o.app.DB().Read(o.Context(), func(tx *storage.Tx) (err error) {
		p, err = tx.Person(id)
		return err
	}))
	return p
}

// trail is who did what, newest last, as far as it concerns roles and links.
func (o *office) trail() []string {
	o.Helper()
	var acts []string
	for line := range strings.Lines(o.state()) {
		if rest, ok := strings.CutPrefix(line, "trail: "); ok {
			cells := strings.Split(strings.TrimSpace(rest), " | ")
			acts = append(acts, strings.Join(cells[2:], " "))
		}
	}
	return acts
}

func (o *office) state() string {
	o.Helper()
	o.settle()
	return state(o.T, o.app.DB(), o.cfg.Data, o.clock.Now())
}

func TestLinksAre128BitsAndStandNowhere(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	seen := map[string]bool{}
	for _, words := range []string{"director", "admin", "p-qhkt", "p-qhkt"} {
		for _, link := range o.invite(words) {
			_, token, _ := strings.Cut(link, "=")
			raw, err := base64.RawURLEncoding.DecodeString(token)
			if err != nil || len(raw) != 16 || seen[token] {
				t.Errorf("%s: %d bytes, again %t (%v)", link, len(raw), seen[token], err)
			}
			seen[token] = true
			if strings.Contains(o.state(), token) {
				t.Errorf("%s: the token is kept", link)
			}
		}
	}
}

// TestALinkLetsOneInOnce lets two people open a link at one moment, and
// Telegram deliver it again.
func TestALinkLetsOneInOnce(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	link := o.invite("director")[0]
	before := o.count(adminID)
	var again atomic.Int32
	o.srv.SetHook(func(method string, _ map[string]string) *botserver.Fault {
		if method == "getUpdates" && again.Add(1) < 4 {
			return &botserver.Fault{Kind: botserver.FaultRedeliver}
		}
		return nil
	})
	for _, id := range []int64{memberID, strangerID, memberID} {
		_, err := o.srv.OpenLink(id, link)
		o.must(err)
	}
	told := o.next(adminID, before, 1)
	if n := o.count(adminID) - before; n != 1 || !strings.Contains(told[0].Text, "Đỗ Minh (mã 1006)") {
		t.Errorf("the admin was told %d times: %s", n, told[0].Text)
	}
	if p := o.person(memberID); p.Role != plan.Director {
		t.Errorf("who came first is %q", p.Role)
	}
	if p := o.person(strangerID); p.Role != plan.NoRole {
		t.Errorf("who came second is %q", p.Role)
	}
	if got := o.trail(); got[len(got)-2] != "1001 invite director" || got[len(got)-1] != "1006 link_used director" {
		t.Errorf("the trail is %q", got)
	}
	if m := o.answersIn(strangerID); len(m) != 1 || !strings.Contains(m[0].Text, "không còn hiệu lực") {
		t.Errorf("who came second was told %v", m)
	}
}

func (o *office) answersIn(chat int64) (all []botserver.Message) {
	o.Helper()
	o.settle()
	o.srv.View(func(w *botserver.World) { all = w.FromBot(chat) })
	return all
}

func TestALinkIsGoodForSevenDays(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	early, late := o.invite("director")[0], o.invite("director")[0]
	o.set("18/01/2024 08:59")
	_, err := o.srv.OpenLink(memberID, early)
	o.must(err)
	o.next(memberID, 0, 1)
	o.set("18/01/2024 09:05")
	before := o.count(strangerID)
	_, err = o.srv.OpenLink(strangerID, late)
	o.must(err)
	o.next(strangerID, before, 1)
	if in, out := o.person(memberID).Role, o.person(strangerID).Role; in != plan.Director || out != plan.NoRole {
		t.Errorf("within seven days %q, after them %q", in, out)
	}
}

// TestALinkOpensOneKindOfChat: who was given a link to bind a group does not
// become head by it, nor does a personal one bind a group.
func TestALinkOpensOneKindOfChat(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	links := o.invite("p-qhkt")
	alone, group := links[0], links[1]
	_, err := o.srv.OpenLink(strangerID, strings.Replace(group, "startgroup", "start", 1))
	o.must(err)
	if m := o.next(strangerID, 0, 1)[0]; !strings.Contains(m.Text, "không còn hiệu lực") {
		t.Errorf("a group's link in private: %s", m.Text)
	}
	before := o.count(otherChat)
	_, err = o.srv.OpenGroupLink(strangerID, strings.Replace(alone, "start", "startgroup", 1), otherChat)
	o.must(err)
	if m := o.next(otherChat, before, 1)[0]; !strings.Contains(m.Text, "tin nhắn riêng") {
		t.Errorf("a personal link in a group: %s", m.Text)
	}
	if strings.Contains(o.state(), "heads: 1007") {
		t.Error("a stranger became head")
	}
}

// TestAGroupsLinkNeedsItsAdmin: a member of the group binds nothing, its
// administrator does, once, and the admins hear of it.
func TestAGroupsLinkNeedsItsAdmin(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	link := o.invite("p-qhkt")[1]
	before, admin := o.count(otherChat), o.count(adminID)
	_, err := o.srv.OpenGroupLink(memberID, link, otherChat)
	o.must(err)
	if m := o.next(otherChat, before, 1)[0]; !strings.Contains(m.Text, "quản trị viên của nhóm") {
		t.Errorf("a member: %s", m.Text)
	}
	before = o.count(otherChat)
	_, err = o.srv.OpenGroupLink(strangerID, link, otherChat) // who owns the group
	o.must(err)
	if m := o.next(otherChat, before, 1)[0]; !strings.Contains(m.Text, "Quy hoạch") {
		t.Errorf("the group's owner: %s", m.Text)
	}
	if m := o.next(adminID, admin, 1)[0]; !strings.Contains(m.Text, "Người Lạ (mã 1007)") {
		t.Errorf("the admin was told %q", m.Text)
	}
	before = o.count(divChat)
	_, err = o.srv.OpenGroupLink(adminID, link, divChat)
	o.must(err)
	if m := o.next(divChat, before, 1)[0]; !strings.Contains(m.Text, "không còn hiệu lực") {
		t.Errorf("a second group: %s", m.Text)
	}
	if got := o.trail(); !slices.Equal(got[len(got)-3:], []string{
		"1001 invite head p-qhkt", "1007 link_used group p-qhkt", "1007 link p-qhkt -2005",
	}) {
		t.Errorf("the trail is %q", got)
	}
}

// TestTheLastAdminStays tries every way by which an admin can lose his role.
func TestTheLastAdminStays(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	id, err := o.srv.Say(adminID, officeChat, "Tôi ở đây.")
	o.must(err)
	o.post(adminID, in(officeChat), botserver.Post{Text: "/head", ReplyTo: id}, 1)
	reply := func(text string) {
		t.Helper()
		m := o.post(adminID, in(officeChat), botserver.Post{Text: text, ReplyTo: id}, 1)[0]
		if !strings.Contains(m.Text, "quản trị duy nhất") {
			t.Errorf("%s: %s", text, m.Text)
		}
	}
	reply("/role none")
	reply("/role director")
	page := o.expect(adminID, in(adminID), "/units van-phong", "Xóa")
	own := slices.IndexFunc(page.Buttons, func(row []botserver.Button) bool { return strings.Contains(row[0].Text, "Hạnh") })
	press, err := o.srv.Press(adminID, adminID, page.ID, page.Buttons[own][1].CallbackData)
	o.must(err)
	if got := o.answerTo(press); !strings.Contains(got, "quản trị duy nhất") {
		t.Errorf("[Xóa] was answered %q", got)
	}
	before := o.count(adminID)
	_, err = o.srv.OpenLink(adminID, o.invite("director")[0])
	o.must(err)
	o.next(adminID, before, 2)
	o.say(adminID, in(adminID), "/units merge p-qhkt p-htkt")
	if p := o.person(adminID); p.Role != plan.Admin {
		t.Errorf("the last admin is %q", p.Role)
	}
	for _, act := range o.trail() {
		if strings.Contains(act, " role ") && act != "1001 role director 1002" || strings.Contains(act, "remove") {
			t.Errorf("what was refused is in the trail: %q", act)
		}
	}
}

// Who opens the link by which he came once more is greeted.
func TestALinkOpenedAgainByWhoCameByIt(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	link := o.invite("director")[0]
	o.letIn(strangerID, link)
	told := o.count(adminID)
	m := o.heard(strangerID, func() {
		_, err := o.srv.OpenLink(strangerID, link)
		o.must(err)
	})
	o.has(m, "Theo dõi kế hoạch năm 2024")
	o.removes("Người Lạ")
	m = o.heard(strangerID, func() {
		_, err := o.srv.OpenLink(strangerID, link)
		o.must(err)
	})
	o.has(m, "không còn hiệu lực")
	if p := o.person(strangerID); p.Role != plan.NoRole || told+1 != o.count(adminID) {
		t.Errorf("who was removed came back as %q; the admin got %d messages", p.Role, o.count(adminID)-told)
	}
}

// Each start without an admin shows a link; the first that is opened makes the
// others worthless.
func TestLinksOfAFirstAdmin(t *testing.T) {
	d := newDesk(t)
	d.write(func(tx *storage.Tx) error { return tx.RemovePerson(adminID) })
	var tokens []string
	for range 2 { // two starts
		d.write(func(tx *storage.Tx) error {
			link, err := handlers.NewAdminLink(tx, d.now(), bot.Links{Username: func() string { return "dondoc_bot" }})
			_, token, _ := strings.Cut(link, "?start=")
			tokens = append(tokens, token)
			return err
		})
	}
	for i, want := range []string{"quản trị (Văn phòng)", "không còn hiệu lực"} {
		who := []int64{memberID, strangerID}[i]
		said := d.handle(d.event(who, private(who), "/start "+tokens[i]), false)
		if text := said.at(private(who).Place); !strings.Contains(text, want) {
			t.Errorf("link %d: %q", i+1, text)
		}
	}
}
