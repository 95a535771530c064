package handlers_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

// complete is a linked office in which no unit lacks a chat or a head.
func complete(t *testing.T, start string) *office {
	t.Helper()
	o := linked(t, start)
	for _, unit := range []string{"to-tthc", "mot-cua", "giai-quyet-tthc", "p-qhkt", "p-htkt", "p-qln", "tt-qhkd"} {
		o.post(adminID, in(officeChat), botserver.Post{Text: "/link " + unit}, 2)
		o.appoint(officeHead, in(officeChat), "/head "+unit)
	}
	return o
}

// becomes waits until the message reads so.
func (o *office) becomes(m botserver.Message, parts ...string) {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), patience)
	defer cancel()
	var now botserver.Message
	err := o.srv.WaitFor(ctx, func(w *botserver.World) bool {
		now, _ = w.Message(m.Chat, m.ID)
		for _, part := range parts {
			if !strings.Contains(now.Text+labels(now), part) {
				return false
			}
		}
		return true
	})
	if err != nil {
		o.Errorf("the message stays\n%s%s\nwant in it %q", now.Text, labels(now), parts)
	}
}

func TestCheckOfAnOfficeInOrder(t *testing.T) {
	o := complete(t, "11/03/2024 09:00")
	m := o.expect(adminID, in(adminID), "/tukiemtra", "11/03/2024 09:00 (Asia/Ho_Chi_Minh, +07:00)",
		"giờ diễn tập", "2024, 2025", "Sao lưu gần nhất: ", "VP Sở: đang hỏi Telegram")
	if first, _, _ := strings.Cut(m.Text, "\n"); first != "✅ Tự kiểm tra: bình thường." || len(m.Buttons) > 0 {
		t.Errorf("all is in order, and the check says\n%s", m.Text)
	}
	o.becomes(m, "VP Sở: bot là thành viên, chỉ nhận lệnh", "Thanh tra: bot là thành viên", "đặt bot làm quản trị viên")

	o.must(o.srv.SetAdmin(officeChat, o.srv.Bot().ID, true, false))
	o.srv.SetPrivacy(false)
	m = o.expect(adminID, in(adminID), "/check", "✅")
	o.becomes(m, "VP Sở: bot là quản trị viên, nhận mọi tin", "P. QLXD: bot là thành viên, nhận mọi tin")
	o.expect(directorID, in(leaderChat), "/check", "dành cho quản trị")
}

// TestCheckNamesWhatIsWrong also shows that a chat which is open again is no
// matter any more.
func TestCheckNamesWhatIsWrong(t *testing.T) {
	o := complete(t, "11/03/2024 09:00")
	o.stop()
	o.cfg.Log = slog.New(slog.DiscardHandler) // it complains, with good reason
	o.start()
	o.srv.SetHook(func(method string, p map[string]string) *botserver.Fault {
		if method == "sendMessage" && p["chat_id"] == "-2002" {
			return &botserver.Fault{Kind: botserver.FaultRefuse, Code: 400, Description: "Bad Request: TOPIC_CLOSED"}
		}
		return nil
	})
	before := o.count(divChat)
	if _, err := o.srv.Say(divHead, divChat, "/viec"); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	o.must(o.app.DB().Write(o.Context(), func(tx *storage.Tx) error {
		_, err := tx.StoreUpdate(storage.Update{
			ID: 1, Chat: officeChat, At: o.clock.Now(), Payload: []byte(`{"update_id":1,"message":7}`),
		})
		return err
	}))
	o.app.Wake()
	o.until("two failures", func(tx *storage.Tx) bool {
		asides, err := tx.SetAsides(now.Add(-time.Hour))
		o.must(err)
		refused, err := tx.Undelivered(now.Add(-time.Hour))
		o.must(err)
		return len(asides) == 1 && len(refused) == 1
	})
	o.must(o.srv.RemoveMember(adminID, divChat, o.srv.Bot().ID))
	o.until("the mark", func(tx *storage.Tx) bool {
		rec, err := tx.Chat(divChat)
		return err == nil && rec.Gone
	})
	m := o.expect(adminID, in(adminID), "/check", "3 mục cần xử lý", "1 lệnh không xử lý được", "VP Sở: update not understood",
		"1 tin Telegram không nhận", "P. QLXD: sendMessage: Bad Request: TOPIC_CLOSED", "1 nơi: P. QLXD", "[Đã xem]")
	o.press(adminID, m, "Đã xem")
	o.becomes(m, "1 mục cần xử lý", "1 nơi: P. QLXD")
	o.settle() // what was asked of the chat while it was shut is answered
	o.srv.SetHook(nil)
	o.must(o.srv.AddMember(adminID, divChat, o.srv.Bot().ID))
	o.until("the mark's end", func(tx *storage.Tx) bool {
		rec, err := tx.Chat(divChat)
		return err == nil && !rec.Gone
	})
	o.expect(adminID, in(adminID), "/check", "✅")
	o.expect(divHead, in(divChat), "/viec", "Phòng Quản lý xây dựng")
	if got := o.count(divChat); got != before+1 {
		t.Errorf("%d messages since, want 1: what Telegram refuses for good comes no more", got-before)
	}
}

// until waits for a state of the database.
func (o *office) until(what string, ready func(tx *storage.Tx) bool) {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), patience)
	defer cancel()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for done := false; !done; {
		o.must(o.app.DB().Read(o.Context(), func(tx *storage.Tx) error {
			done = ready(tx)
			return nil
		}))
		select {
		case <-look.C:
		case <-ctx.Done():
			o.Fatalf("%s: not in time", what)
		}
	}
}

func TestCheckOfBackups(t *testing.T) {
	o := complete(t, "11/03/2024 09:00")
	folder := filepath.Join(o.cfg.Data, "backups")
	var made []os.DirEntry
	o.until("a backup", func(*storage.Tx) bool {
		made, _ = os.ReadDir(folder)
		return len(made) == 1 && strings.HasSuffix(made[0].Name(), "Z.db")
	})
	o.expect(adminID, in(adminID), "/check", "✅", "Sao lưu gần nhất")
	o.must(os.Rename(filepath.Join(folder, made[0].Name()), filepath.Join(folder, "dondoc-20240310T203000Z.db")))
	o.expect(adminID, in(adminID), "/check", "1 mục", "Bản sao lưu gần nhất: 11/03/2024 03:30", "chỗ trống")
	o.stop()
	o.start() // makes up for it
	o.until("another backup", func(*storage.Tx) bool {
		made, _ = os.ReadDir(folder)
		return len(made) == 2 && strings.HasSuffix(made[1].Name(), "Z.db")
	})
	o.expect(adminID, in(adminID), "/check", "✅")
}

func TestCheckOfTheCalendar(t *testing.T) {
	o := open(t, "11/03/2024 09:00")
	o.stop()
	o.cfg.Data = t.TempDir()
	o.cfg.Seed = func() (app.Seed, error) {
		p, r, days, err := planfile.Shipped()
		seed := app.Seed{Plan: p, Roster: r}
		for _, d := range days {
			if d.Date < plan.NewDate(2025, time.January, 1) {
				seed.Days = append(seed.Days, d)
			}
		}
		return seed, err
	}
	o.start()
	o.expect(adminID, in(adminID), "/check", "Chưa có ngày nghỉ, ngày làm bù năm 2025", "/holiday",
		"10 đơn vị chủ trì chưa có nhóm và đầu mối", "[Đơn vị]")
	o.set("02/12/2025 09:00") // the plan's reminders have ended
	if m := o.expect(adminID, in(adminID), "/check", "10 đơn vị"); strings.Contains(m.Text, "Chưa có ngày nghỉ") {
		t.Errorf("no reminder reaches 2025 any more: %s", m.Text)
	}
}
