package handlers_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/clock"
)

// calendar waits until the calendar has caused so many messages in the chat.
func (o *office) calendar(chat int64, n int) []botserver.Message {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), patience)
	defer cancel()
	var got []botserver.Message
	err := o.srv.WaitFor(ctx, func(w *botserver.World) bool {
		got = unasked(w, chat)
		return len(got) >= n
	})
	if err != nil || len(got) > n {
		o.Fatalf("chat %d: %d messages of the calendar, want %d", chat, len(got), n)
	}
	return got
}

func unasked(w *botserver.World, chat int64) []botserver.Message {
	return slices.DeleteFunc(w.FromBot(chat), func(m botserver.Message) bool { return !scheduled(m) })
}

func (o *office) countCalendar(chat int64) (n int) {
	o.srv.View(func(w *botserver.World) { n = len(unasked(w, chat)) })
	return n
}

// last is the latest of the calendar's messages in the chat.
func (o *office) last(chat int64, n int) botserver.Message {
	o.Helper()
	m := o.calendar(chat, n)[n-1]
	if testing.Verbose() {
		o.Logf("── %s\n%s%s", m.Date.In(zone).Format("02/01/2006 15:04"), m.Text, labels(m))
	}
	return m
}

// after lets a command go through all that waits before it in the chat.
func (o *office) quiet(user int64, p place, chat int64, n int) {
	o.Helper()
	o.say(user, p, "/help")
	o.calendar(chat, n)
}

// holds fails the test for every part that the message lacks.
func (o *office) holds(m botserver.Message, parts ...string) {
	o.Helper()
	for _, part := range parts {
		if !strings.Contains(m.Text+labels(m), part) {
			o.Errorf("it lacks %q:\n%s%s", part, m.Text, labels(m))
		}
	}
}

func (o *office) lacks(m botserver.Message, parts ...string) {
	o.Helper()
	for _, part := range parts {
		if strings.Contains(m.Text+labels(m), part) {
			o.Errorf("it has %q:\n%s%s", part, m.Text, labels(m))
		}
	}
}

// now is the message as it stands.
func (o *office) now(m botserver.Message, ready func(botserver.Message) bool) botserver.Message {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), patience)
	defer cancel()
	err := o.srv.WaitFor(ctx, func(w *botserver.World) bool {
		for _, x := range w.FromBot(m.Chat) {
			if x.ID == m.ID {
				m = x
			}
		}
		return ready(m)
	})
	if err != nil {
		o.Fatalf("the message stays as it is:\n%s%s", m.Text, labels(m))
	}
	return m
}

func TestTheMorningReminder(t *testing.T) {
	o := linked(t, "21/03/2024 09:00")
	o.set("22/03/2024 07:59")
	o.quiet(officeHead, in(officeChat), officeChat, 0)
	o.say(officeHead, in(officeChat), "/doing 26")
	o.set("22/03/2024 08:00")
	m := o.last(officeChat, 1)
	o.holds(m, "Văn phòng Sở · thứ Sáu, 22/03/2024", "Đến hạn 31/03/2024 (Quý I/2024; Chủ nhật, tính đến hết 01/04), còn 9 ngày:",
		"🔵 15 · ", "🔵 26 · ", "đang thực hiện", "Nhắc theo mốc 7 ngày (24/03 là Chủ nhật). Lần tiếp theo: 28/03.",
		"[✅ 15] [🔄 15] [⚠️ 15]", "[✅ 26]")
	o.lacks(m, "Quá hạn")

	before := o.count(officeChat)
	if got := o.press(officeHead, m, "✅ 26"); !strings.Contains(got, "Nhiệm vụ 26: Hoàn thành đúng hạn") {
		t.Errorf("the press was answered with %q", got)
	}
	o.next(officeChat, before, 1)
	m = o.now(m, func(m botserver.Message) bool { return !strings.Contains(labels(m), "26") })
	o.holds(m, "🔵 15 · ", "[✅ 15]")
	o.lacks(m, "26 · ")

	o.set("28/03/2024 08:00")
	next := o.last(officeChat, 2)
	o.holds(next, "còn 3 ngày", "mốc 3 ngày", "15 · ")
	o.lacks(next, "26 · ")
	o.now(m, func(m botserver.Message) bool { return len(m.Buttons) == 0 })

	o.say(officeHead, in(officeChat), "/done 15 123/QĐ-SXD 27/03/2024")
	o.set("29/03/2024 08:00")
	o.set("01/04/2024 08:00")
	o.set("02/04/2024 12:00")
	o.quiet(officeHead, in(officeChat), officeChat, 2)
}

func TestLateWorkStandsFirst(t *testing.T) {
	o := linked(t, "29/03/2024 09:00")
	o.set("01/04/2024 08:00")
	m := o.last(officeChat, 1)
	o.holds(m, "Hết hạn hôm nay, 31/03/2024", "Nhắc theo ngày hết hạn")
	o.set("02/04/2024 08:00")
	m = o.last(officeChat, 2)
	if !strings.HasPrefix(m.Text, "🔴 Quá hạn 1 ngày: 15 · ") {
		t.Errorf("late work is not said first:\n%s", m.Text)
	}
	o.holds(m, "Nhắc theo ngày làm việc đầu tiên sau khi quá hạn. Lần tiếp theo: 08/04.")
}

// A day's reminder is of the unit's own chat, and those without a step that
// day hear nothing.
func TestCheckInsAreAskedFor(t *testing.T) {
	o := linked(t, "06/03/2024 09:00")
	o.set("07/03/2024 08:00")
	m := o.last(officeChat, 1)
	o.holds(m, "Kỳ Quý I, chốt 14/03/2024, còn 7 ngày: ", "▫️",
		"Nhắc theo mốc 5 ngày làm việc trước ngày chốt. Lần tiếp theo: 12/03.")
	if lines := strings.Split(m.Text, "\n"); lines[len(lines)-1] != "Kỳ Quý I nhận báo cáo đến hết ngày 14/03/2024." {
		t.Errorf("the last line is %q", lines[len(lines)-1])
	}
	o.calendar(divChat, 1)
	o.calendar(forumChat, 1)
	for _, n := range []string{"2", "3", "4"} {
		o.say(inspHead, o.insp(), "/done "+n)
	}
	o.set("12/03/2024 08:00")
	o.calendar(officeChat, 2)
	o.quiet(inspHead, o.insp(), forumChat, 1)
	o.set("14/03/2024 08:00")
	o.calendar(officeChat, 3)
	o.set("15/03/2024 08:30")
	m = o.last(officeChat, 4)
	o.holds(m, "Kỳ Quý I đã chốt 14/03/2024: ", "(báo cáo chậm)", "Nhắc theo mốc 14 ngày (17/03 là Chủ nhật)")
	p := o.last(leaderChat, 1) // of the week, missed on Monday, and after the closing day
	o.holds(p, "📊", "Kỳ Quý I (chốt 14/03)", "Chưa: ")
	o.quiet(inspHead, o.insp(), forumChat, 1)
}

// Down from 25/03 to 10/04: one message, late first, and the post of the week.
func TestBackAfterTwoWeeks(t *testing.T) {
	o := linked(t, "21/03/2024 09:00")
	o.set("22/03/2024 09:00")
	o.calendar(officeChat, 1)
	o.calendar(leaderChat, 0)
	o.restart("10/04/2024 10:12")
	m := o.last(officeChat, 2)
	if !strings.HasPrefix(m.Text, "🔴 Quá hạn 9 ngày: 15 · ") {
		t.Errorf("late work is not said first:\n%s", m.Text)
	}
	o.holds(m, "Quá hạn 9 ngày: 26", "lịch hằng tuần", "Lần tiếp theo: 15/04.")
	o.calendar(leaderChat, 1)
	o.quiet(divHead, in(divChat), divChat, 0)
	o.quiet(inspHead, o.insp(), forumChat, 0)

	// A clock that was set back says nothing twice, by an hour or by days.
	for _, start := range []string{"10/04/2024 09:00", "09/04/2024 10:00", "08/04/2024 07:00"} {
		o.restart(start)
		o.quiet(officeHead, in(officeChat), officeChat, 2)
	}
	o.set("10/04/2024 11:00")
	o.quiet(officeHead, in(officeChat), officeChat, 2)
	o.calendar(leaderChat, 1)
	o.restart("06/04/2024 10:00") // a Saturday
	o.set("06/04/2024 20:00")
	o.quiet(officeHead, in(officeChat), officeChat, 2)
}

// restart stops the program and starts it again on the same data at another
// instant, which may be an earlier one.
func (o *office) restart(start string) {
	o.Helper()
	o.stop()
	o.clock = clock.NewRehearsal(at(o.T, start), 1)
	o.cfg.Clock = o.clock
	o.start()
}

func TestNothingGoesOutAtNight(t *testing.T) {
	o := linked(t, "21/03/2024 09:00")
	o.restart("22/03/2024 19:30")
	o.quiet(officeHead, in(officeChat), officeChat, 0)
	o.set("23/03/2024 10:00") // Saturday
	o.set("25/03/2024 07:30")
	o.quiet(officeHead, in(officeChat), officeChat, 0)
	o.set("25/03/2024 08:00")
	m := o.last(officeChat, 1)
	o.holds(m, "còn 6 ngày", "mốc 7 ngày (24/03 là Chủ nhật)")
	o.set("25/03/2024 08:30")
	o.calendar(leaderChat, 1)
}

func TestPublishWaitsForTheDay(t *testing.T) {
	o := open(t, "12/01/2024 19:00")
	o.post(adminID, in(officeChat), botserver.Post{Text: "/link van-phong"}, 2)
	if _, err := o.srv.Say(adminID, adminID, "/start"); err != nil {
		t.Fatal(err)
	}
	o.next(adminID, 0, 1)
	given := o.count(officeChat)
	m := o.expect(adminID, in(adminID), "/publish", "Gửi đến 1 đơn vị")
	o.press(adminID, m, "Giao nhiệm vụ")
	o.now(m, func(m botserver.Message) bool {
		return strings.Contains(m.Text, "Nhiệm vụ sẽ được giao lúc 07:00 thứ Hai, 15/01/2024")
	})
	o.quiet(officeHead, in(officeChat), officeChat, 0)
	before := o.count(adminID)
	o.set("15/01/2024 07:00")
	o.next(officeChat, given+1, 1)
	o.holds(o.next(adminID, before, 1)[0], "Đã giao nhiệm vụ cho 1 đơn vị ngày 15/01/2024")
}

func TestPreviewShowsWhatWillBeSent(t *testing.T) {
	o := linked(t, "11/03/2024 09:00")
	m := o.expect(adminID, in(adminID), "/preview 30", "🔭 11/03–09/04/2024: ", "12/03 T3 · ", "14/03 T5 · ",
		"tổng hợp sau ngày chốt", "[Tải tất cả]")
	before := o.count(adminID)
	o.press(adminID, m, "Tải tất cả")
	file := o.next(adminID, before, 1)[0]
	const line = "22/03 T6 · Văn phòng Sở · 15, 26 · mốc 7 ngày (24/03 là Chủ nhật)"
	if file.File == nil || !strings.Contains(string(file.File.Data()), line) {
		t.Errorf("the file: %+v", file.File)
	}
	o.expect(adminID, in(adminID), "/dukien 32", "không phải số ngày từ 1 đến 31")
	o.expect(adminID, in(adminID), "/dukien 0", "không phải số ngày từ 1 đến 31")
}

// TestPreviewShowsWhatWasMissed looks ahead after the program stood still for
// months: the windows that closed meanwhile are still open work.
func TestPreviewShowsWhatWasMissed(t *testing.T) {
	o := linked(t, "04/09/2024 09:00")
	o.stop()
	o.must(o.clock.Set(at(t, "30/11/2024 09:00")))
	o.start()
	o.expect(adminID, in(adminID), "/preview 3", "02/12 T2 · P. Quản lý xây dựng · kỳ Quý III: 3 nhiệm vụ · ")
	o.set("02/12/2024 08:00")
	o.holds(o.last(divChat, 1), "Kỳ Quý III", "báo cáo chậm")
}

func TestADirectorAnswersThePost(t *testing.T) {
	o := linked(t, "29/03/2024 09:00")
	o.set("01/04/2024 08:30")
	p := o.last(leaderChat, 1)
	o.holds(p, "[Lĩnh vực] [Đơn vị] [Quá hạn]")
	told := o.count(officeChat)
	o.post(directorID, in(leaderChat), botserver.Post{Text: "15 trình ký trước ngày 05/04", ReplyTo: p.ID}, 1)
	o.holds(o.next(officeChat, told, 1)[0], "Ý kiến chỉ đạo", "15", "trình ký trước ngày 05/04")
	before := o.count(leaderChat)
	o.press(directorID, p, "Đơn vị")
	o.holds(o.next(leaderChat, before, 1)[0], "Văn phòng")
}

// A deadline whose words name the day is not repeated behind it.
func TestAReminderNamesTheDayOnce(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.say(directorID, in(leaderChat), "/add p-qlxd 10/05/2024; Rà soát quy hoạch cấp nước")
	o.set("10/05/2024 08:00")
	o.holds(o.last(divChat, 1), "Hết hạn hôm nay, 10/05/2024:\n🔵 31 · Rà soát quy hoạch cấp nước")
}
