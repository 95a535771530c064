package handlers_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
	"dondoc/storage"
)

// database opens the office's database while the program is stopped.
func (o *office) database(fn func(db *storage.DB) error) {
	o.Helper()
	db, err := storage.Open(o.Context(), filepath.Join(o.cfg.Data, "dondoc.db"))
	o.must(err)
	o.must(fn(db))
	o.must(db.Close())
}

// cutOff makes the last answer of Telegram lie so far back.
func (o *office) cutOff(span time.Duration) (from time.Time) {
	o.Helper()
	now := time.Now()
	from = now.Add(-span)
	o.database(func(db *storage.DB) error {
		return db.Write(o.Context(), func(tx *storage.Tx) error {
			return tx.StorePoll(storage.Poll{Real: from, Program: o.clock.Now()})
		})
	})
	return from
}

func moment(at time.Time) string { return at.In(zone).Format("02/01/2006 15:04") }

func TestChatsAreToldOnceOfALongOutage(t *testing.T) {
	o := linked(t, "11/03/2024 09:00")
	o.expect(strangerID, in(strangerID), "/start", "liên kết mời") // who takes no part hears nothing
	chats := []int64{officeChat, divChat, forumChat, leaderChat, adminID}
	before := map[int64]int{}
	for _, id := range append(chats, strangerID, otherChat, directorID) {
		before[id] = o.count(id)
	}
	o.stop()
	from := o.cutOff(60 * time.Hour)
	if _, err := o.srv.Post(officeHead, officeChat, botserver.Post{Text: "/viec"}); err != nil { // said meanwhile
		t.Fatal(err)
	}
	o.start()
	for _, id := range chats {
		m := o.next(id, before[id], 1)[0]
		first, _, _ := strings.Cut(m.Text, "\n")
		if !strings.Contains(first, moment(from)) || !strings.Contains(first, moment(from.Add(36*time.Hour))) ||
			!strings.Contains(m.Text, "/viec") {
			t.Errorf("chat %d is told:\n%s", id, m.Text)
		}
		if id == forumChat && m.Topic != o.topic {
			t.Errorf("told in topic %d, want %d", m.Topic, o.topic)
		}
	}
	o.next(officeChat, before[officeChat], 2) // and the answer comes after it
	o.stop()
	o.start()
	o.expect(adminID, in(adminID), "/check", "2 mục cần xử lý", moment(from), "[Đã xem]")
	for _, id := range chats {
		want := before[id] + 1
		if id == officeChat || id == adminID {
			want++
		}
		if got := o.count(id); got != want {
			t.Errorf("chat %d has %d messages, want %d", id, got, want)
		}
	}
	for _, id := range []int64{strangerID, otherChat, directorID} {
		if o.count(id) != before[id] {
			t.Errorf("chat %d was told", id)
		}
	}
}

func TestAShortOutageIsNoMatter(t *testing.T) {
	o := linked(t, "11/03/2024 09:00")
	before := o.count(officeChat)
	o.stop()
	o.cutOff(23 * time.Hour)
	o.start()
	if m := o.expect(adminID, in(adminID), "/check", "1 mục cần xử lý", "chưa có nhóm"); strings.Contains(m.Text, "liên lạc") {
		t.Errorf("shown: %s", m.Text)
	}
	if got := o.count(officeChat); got != before {
		t.Errorf("%d messages, want %d", got, before)
	}
}

// TestChatsAreToldOfARestoredBackup goes back two hours.
func TestChatsAreToldOfARestoredBackup(t *testing.T) {
	o := linked(t, "11/03/2024 09:00")
	before := o.count(officeChat)
	o.stop()
	from := o.cutOff(2 * time.Hour)
	path := filepath.Join(o.cfg.Data, "dondoc.db")
	file := filepath.Join(t.TempDir(), "backup.db")
	o.database(func(db *storage.DB) error { return db.Backup(o.Context(), file) })
	o.start()
	o.say(officeHead, in(officeChat), "/doing 17 sau khi sao lưu")
	o.say(adminID, in(adminID), "/help") // has been asked for, which says that the other arrived
	o.stop()
	r, err := storage.PrepareRestore(o.Context(), file, path)
	o.must(err)
	now := time.Now()
	_, err = r.Finish(o.Context(), storage.Poll{Real: now, Program: o.clock.Now()})
	o.must(err)
	o.start()
	m := o.next(officeChat, before+1, 1)[0]
	stamp := moment(from)
	if !strings.Contains(m.Text, "từ "+stamp) || !strings.Contains(m.Text, "không còn trong dữ liệu") {
		t.Errorf("told:\n%s", m.Text)
	}
	if occ := o.occurrence(17, "van-phong", "2024-Q1"); len(occ.Reports) != 0 {
		t.Errorf("restored with %d reports", len(occ.Reports))
	}
	m = o.expect(adminID, in(adminID), "/check", "2 mục cần xử lý", "Dữ liệu được khôi phục lúc "+moment(now),
		"báo cáo gửi từ "+stamp+" đến ", "[Đã xem]")
	if strings.Contains(m.Text, "Mất liên lạc") {
		t.Errorf("a restoration is shown as an outage:\n%s", m.Text)
	}
	m = o.shows(m, "VP Sở: bot là thành viên") // with the buttons that it has then
	o.press(adminID, m, "Đã xem")
	o.becomes(m, "1 mục cần xử lý")
}
