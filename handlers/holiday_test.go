package handlers_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// special is the calendar's entry of a day in the database.
func (o *office) special(day, month, year int) (s plan.SpecialDay, ok bool) {
	o.Helper()
	o.must(o.app.DB().Read(o.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		s, ok = snap.Calendar.Special(plan.NewDate(year, time.Month(month), day))
		return err
	}))
	return s, ok
}

func TestADayOffShowsWhatItMoves(t *testing.T) {
	o := linked(t, "21/03/2024 09:00")
	m := o.expect(adminID, in(adminID), "/holiday 01/04/2024 nghỉ bù <Lễ>", "thứ Hai, 01/04/2024 · nghỉ · Nghỉ bù <Lễ>",
		"Văn phòng Sở · 15, 26: 01/04 → 02/04", "Văn phòng Sở · 15, 26: 02/04 → 03/04",
		"Tính đến hết ngày · Văn phòng Sở · 15, 26: 01/04 → 02/04", "Tin tổng hợp: 01/04 → 02/04", "[Áp dụng] [Hủy]")
	if strings.Contains(m.Text, "29/03") {
		t.Errorf("what stays is said to move:\n%s", m.Text)
	}
	if _, ok := o.special(1, 4, 2024); ok {
		t.Error("the day is off before it is confirmed")
	}
	o.press(adminID, m, "Hủy")
	o.become(m, "lịch làm việc giữ nguyên")
	m = o.say(adminID, in(adminID), "/holiday 01/04/2024 nghỉ bù <Lễ>")
	o.press(adminID, m, "Áp dụng")
	o.become(m, "Đã cập nhật lịch làm việc")
	if s, _ := o.special(1, 4, 2024); s.Kind != plan.DayOff || s.Name != "Nghỉ bù <Lễ>" || s.Source != "Lê Thị Hạnh, 21/03/2024" {
		t.Errorf("stored: %+v", s)
	}
	o.expect(officeHead, in(officeChat), "/task 15", "tính đến hết 02/04")
	o.expect(adminID, in(adminID), "/holiday", "Ngày nghỉ, ngày làm bù từ 21/03/2024",
		"thứ Hai, 01/04/2024 · nghỉ · Nghỉ bù <Lễ>", "thứ Ba, 30/04/2024 · nghỉ · Ngày Chiến thắng",
		"thứ Bảy, 04/05/2024 · làm bù cho 29/04/2024", "02/09–03/09/2024 · nghỉ · Quốc khánh")
	o.set("01/04/2024 12:00")
	o.set("02/04/2024 08:00")
	o.holds(o.last(officeChat, 1), "Hết hạn hôm nay")
}

func TestAMakeUpDayThatGoes(t *testing.T) {
	o := linked(t, "11/04/2024 09:00")
	o.say(adminID, in(adminID), "/deadline 29 06/05/2024")
	m := o.expect(adminID, in(adminID), "/holiday 04/05/2024 xóa", "thứ Bảy, 04/05/2024 · xóa khỏi lịch",
		"Văn phòng Sở · 29: 04/05 → 03/05")
	o.press(adminID, m, "Áp dụng")
	o.become(m, "Đã cập nhật")
	if s, ok := o.special(4, 5, 2024); ok {
		t.Errorf("still there: %+v", s)
	}
	o.expect(adminID, in(adminID), "/holiday 04/05/2024 xóa", "không có trong danh sách")
	back := o.expect(adminID, in(adminID), "/holiday 04/05/2024 làm bù", "thứ Bảy, 04/05/2024 · làm bù",
		"Văn phòng Sở · 29: 03/05 → 04/05")
	o.press(adminID, back, "Áp dụng")
	o.become(back, "Đã cập nhật")
	if s, _ := o.special(4, 5, 2024); s.Kind != plan.DayWork {
		t.Errorf("stored: %+v", s)
	}
}

func TestARangeOfDaysOff(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	m := o.expect(adminID, in(adminID), "/holiday 20/08/2024 - 26/08/2024 Hội nghị", "20/08–26/08/2024 · nghỉ · Hội nghị",
		"Văn phòng Sở · 15, 26: 26/08 → 27/08", "Tin tổng hợp: 26/08 → 27/08")
	o.press(adminID, m, "Áp dụng")
	o.become(m, "Đã cập nhật")
	for day, want := range map[int]bool{19: false, 20: true, 23: true, 24: false, 25: false, 26: true, 27: false} {
		if _, ok := o.special(day, 8, 2024); ok != want {
			t.Errorf("%d August is listed: %v", day, ok)
		}
	}
}

func TestADayThatMovesNothing(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/holiday 05/05/2026 nghỉ", "thứ Ba, 05/05/2026 · nghỉ · Ngày nghỉ",
		"Không có tin nhắc hay thời hạn nào thay đổi", "[Áp dụng]")
}

func TestChangesOfTheCalendarThatAreNone(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	for words, want := range map[string]string{
		"31/04/2024 nghỉ Lễ":                "ngày không tồn tại",
		"30/04/2025":                        "viết ngày hoặc khoảng ngày",
		"nghỉ Lễ 30/04/2025":                "viết ngày hoặc khoảng ngày",
		"25/05/2024 nghỉ Lễ":                "thứ Bảy, 25/05/2024 vốn là ngày nghỉ cuối tuần",
		"04/05/2024 nghỉ Lễ":                "vốn là ngày nghỉ cuối tuần",
		"23/05/2024 làm bù":                 "thứ Năm, 23/05/2024 vốn là ngày làm việc",
		"23/05/2024 xóa":                    "không có trong danh sách",
		"25/05/2024-26/05/2024 nghỉ Lễ":     "đã như vậy",
		"02/02/2025-28/01/2025 nghỉ Tết":    "không hợp lệ",
		"01/01/2025-01/03/2025 nghỉ":        "không hợp lệ",
		"18/04/2024 xóa ngày này giúp":      "viết ngày hoặc khoảng ngày",
		"30/02/2024-02/03/2024 nghỉ":        "ngày không tồn tại",
		"18/04/2024 nghỉ Giỗ Tổ Hùng Vương": "lịch của thứ Năm, 18/04/2024 đã như vậy",
	} {
		o.expect(adminID, in(adminID), "/holiday "+words, "Chưa", want)
	}
}

func TestAdminsAreToldOfAYearWithoutACalendar(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.must(o.app.DB().Write(t.Context(), func(tx *storage.Tx) error {
		days, err := tx.SpecialDays()
		for _, d := range days {
			if d.Date.Year() == 2025 {
				if err := tx.DropSpecialDay(d.Date); err != nil {
					return err
				}
			}
		}
		return err
	}))
	o.expect(adminID, in(adminID), "/holiday", "Lịch năm 2025 chưa có ngày nghỉ")
	o.expect(adminID, in(adminID), "/preview", "01/02 T5 · Lê Thị Hạnh · lịch năm sau chưa có ngày nghỉ")
	told := func(n int) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		var got []botserver.Message
		if err := o.srv.WaitFor(ctx, func(w *botserver.World) bool {
			got = slices.DeleteFunc(w.FromBot(adminID), func(m botserver.Message) bool {
				return !strings.HasPrefix(m.Text, "⚠️ Lịch năm 2025 chưa có ngày nghỉ")
			})
			return len(got) >= n
		}); err != nil || len(got) != n {
			t.Errorf("told %d times, want %d", len(got), n)
		}
	}
	for i, day := range []struct{ before, at string }{
		{"01/02/2024 07:59", "01/02/2024 08:00"},
		{"01/03/2024 07:59", "01/03/2024 08:00"},
		{"01/06/2024 12:00", "03/06/2024 08:00"}, // the first is a Saturday; April and May were passed over
	} {
		o.set(day.before)
		o.say(adminID, in(adminID), "/help")
		told(i)
		o.set(day.at)
		told(i + 1)
	}
	o.set("04/06/2024 08:00")
	o.say(adminID, in(adminID), "/help")
	told(3)
}
