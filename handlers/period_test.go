package handlers_test

import (
	"path"
	"regexp"
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// periodFiles are what /report sends after its message.
var periodFiles = []string{".xlsx", ".docx"}

// period asks for a period's report and returns the message and its files by
// extension.
func (o *office) period(user int64, p place, text string, parts ...string) (botserver.Message, map[string][]byte) {
	o.Helper()
	all := o.post(user, p, botserver.Post{Text: text}, 1+len(periodFiles))
	if testing.Verbose() {
		o.Logf("── %d: %s\n%s%s", user, text, all[0].Text, labels(all[0]))
	}
	return all[0], o.files(all, text, parts...)
}

func (o *office) files(all []botserver.Message, what string, parts ...string) map[string][]byte {
	o.Helper()
	for _, part := range parts {
		if !strings.Contains(all[0].Text+labels(all[0]), part) {
			o.Errorf("%q: the answer lacks %q:\n%s%s", what, part, all[0].Text, labels(all[0]))
		}
	}
	files := map[string][]byte{}
	for i, ext := range periodFiles {
		f := all[i+1].File
		if f == nil || path.Ext(f.Name) != ext {
			o.Fatalf("%q: message %d bears the file %+v", what, i+1, f)
		}
		files[ext] = f.Data()
	}
	return files
}

var hashShown = regexp.MustCompile(`mã [0-9a-f]{12}`)

func TestAPeriodIsProvisionalUntilItsChot(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	o.say(officeHead, in(officeChat), "/done 15")
	o.say(inspHead, o.insp(), "/done 2")
	o.expect(adminID, in(adminID), "/baocao", "[Quý I năm 2024]", "[6 tháng đầu năm 2024]", "[Năm 2024]")
	o.period(adminID, in(adminID), "/report q1", "Báo cáo Quý I năm 2024 · đến 13/03/2024",
		"Số liệu tạm tính; ngày chốt kỳ báo cáo 14/03/2024")
	o.expect(adminID, in(adminID), "/report q3", "chưa bắt đầu; bắt đầu từ 15/06/2024")
	o.expect(adminID, in(adminID), "/report quý 2", "không rõ kỳ “quý 2”")
	o.expect(adminID, in(adminID), "/report Q1 2023", "không có kế hoạch năm 2023")

	o.set("20/03/2024 09:00")
	o.say(officeHead, in(officeChat), "/done 26")
	o.say(inspHead, o.insp(), "/done 3")
	m, _ := o.period(adminID, in(adminID), "/baocao quý I", "đến 14/03/2024",
		"Số liệu tạm tính; chốt từ 15/03, tự động chốt ngày 22/03", "Đã hoàn thành 1:", "đã báo cáo 2/37", "[Chốt số liệu]")
	o.period(adminID, in(adminID), "/report H1", "đến 20/03/2024", "Đã hoàn thành 2:")
	if told, _ := o.period(directorID, in(leaderChat), "/report Q1", "Số liệu tạm tính"); labels(told) != "" {
		t.Errorf("the director is offered%s", labels(told))
	}
	before := o.count(adminID)
	o.press(adminID, m, "Chốt số liệu")
	o.next(adminID, before, len(periodFiles))
	o.set("21/03/2024 09:00")
	first, _ := o.period(adminID, in(adminID), "/report Q1", "🔒 Đã chốt số liệu 20/03/2024 09:0",
		"Đã hoàn thành 1:", "đã báo cáo 2/37")
	if n := o.count(adminID); n != before+1+2*len(periodFiles) {
		t.Errorf("%d messages after the press and a command", n-before)
	}

	// What comes later changes nothing but the supplement.
	o.expect(inspHead, o.insp(), "/done 4", "kỳ Quý I (báo cáo chậm, bổ sung sau chốt)")
	o.say(inspHead, o.insp(), "/undo")
	o.say(inspHead, o.insp(), "/done 4 đã phổ biến")
	told := o.count(officeChat)
	o.expect(directorID, in(leaderChat), "/return 15 van-phong chưa ký số", "Đã trả lại")
	o.next(officeChat, told, 1)
	o.must(o.app.DB().Write(t.Context(), func(tx *storage.Tx) error {
		return tx.SetSpecialDay(plan.SpecialDay{Date: plan.NewDate(2024, 3, 13), Kind: plan.DayOff})
	}))
	o.set("10/05/2024 09:00")
	again, _ := o.period(adminID, in(adminID), "/report Q1 2024",
		"Đã hoàn thành 1:", "đã báo cáo 2/37", "Bổ sung sau chốt: 2 báo cáo")
	if x, y := hashShown.FindString(first.Text), hashShown.FindString(again.Text); x == "" || x != y {
		t.Errorf("the hash was %q, is %q", x, y)
	}
	o.expect(directorID, in(leaderChat), "/summary", "Kỳ 6 tháng")
	o.expect(inspHead, o.insp(), "/summary Q1", "Quý I năm 2024 · đến 14/03/2024", "🔒 Đã chốt", "đã báo cáo 2/3")
}

func TestTheBotFreezesAfterFiveWorkingDays(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	before := o.count(adminID)
	o.set("22/03/2024 16:59")
	o.expect(directorID, in(leaderChat), "/summary", "Kỳ Quý I")
	o.restart("22/03/2024 20:00")
	o.set("25/03/2024 06:59") // nobody is written to at night, so the chốt waits, too
	o.quiet(officeHead, in(officeChat), officeChat, o.countCalendar(officeChat))
	if n := o.count(adminID); n != before {
		t.Fatalf("%d messages too early", n-before)
	}
	o.set("25/03/2024 07:00")
	m := o.next(adminID, before, 1)[0]
	for _, part := range []string{"Đã tự động chốt số liệu Quý I năm 2024", "🔒 Đã chốt số liệu 25/03/2024 07:00", "[Tệp báo cáo]"} {
		if !strings.Contains(m.Text+labels(m), part) {
			t.Errorf("the admin is told without %q:\n%s%s", part, m.Text, labels(m))
		}
	}
	o.set("26/03/2024 09:00")
	if text := o.say(directorID, in(leaderChat), "/summary").Text; regexp.MustCompile("Kỳ Quý I ").MatchString(text) {
		t.Errorf("a frozen window is shown still:\n%s", text)
	}
	if n := o.count(adminID); n != before+1 {
		t.Errorf("%d messages", n-before)
	}
	o.press(adminID, m, "Tệp báo cáo")
	o.next(adminID, before, 1+len(periodFiles)) // the message itself is edited
}

// Of a period that closed before the plan was given out nobody was asked: there
// is nothing that the bot would freeze, but an admin may.
func TestAPeriodBeforeTheGivingOut(t *testing.T) {
	o := linked(t, "20/03/2024 09:00")
	m, _ := o.period(adminID, in(adminID), "/report Q1", "kế hoạch giao ngày 20/03/2024, sau ngày chốt kỳ 14/03",
		"không tự động chốt", "[Chốt số liệu]")
	o.lacks(m, "tự động chốt ngày", "/37")
	before := o.count(adminID)
	o.set("29/03/2024 09:00")
	o.expect(directorID, in(leaderChat), "/summary", "Kỳ 6 tháng")
	if n := o.count(adminID); n != before {
		t.Errorf("%d messages to the admin: it was frozen", n-before)
	}
	o.press(adminID, m, "Chốt số liệu")
	o.next(adminID, before, len(periodFiles))
	o.period(adminID, in(adminID), "/report Q1", "🔒 Đã chốt số liệu 29/03/2024 09:0")
}

func TestAPeriodThatThePlanDidNotReach(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	m := o.say(adminID, in(adminID), "/close")
	o.press(adminID, m, "Đóng kế hoạch")
	o.set("25/03/2024 09:00")
	m, _ = o.period(adminID, in(adminID), "/report Q1 2024", "kế hoạch đóng ngày 11/01/2024, trước ngày chốt kỳ 14/03")
	o.lacks(m, "tự động chốt ngày")
}

func TestAPeriodOfAPlanThatWasNotGivenOut(t *testing.T) {
	o := open(t, "20/03/2024 09:00")
	if _, err := o.srv.Say(adminID, adminID, "/start"); err != nil {
		t.Fatal(err)
	}
	o.next(adminID, 0, 1)
	m, _ := o.period(adminID, in(adminID), "/report Q1", "kế hoạch chưa giao (/giaoviec), chưa chốt số liệu")
	o.lacks(m, "tự động", "Chốt số liệu")
}
