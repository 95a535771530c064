package handlers_test

import (
	"strings"
	"testing"

	"dondoc/storage"
)

// A request that nobody answered is told anew after a day, to who is admin then;
// where no admin can be written to, nobody is left to wait.
func TestARequestToReportThatWaits(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	asked := o.expect(memberID, in(officeChat), "/done 15", "Đề nghị làm đầu mối")
	press := func() string { return o.press(memberID, asked, "Đề nghị làm đầu mối báo cáo") }
	told := func(when string, id int64, want int, act func()) {
		t.Helper()
		before := o.count(id)
		act()
		if n := o.count(id) - before; n != want {
			t.Errorf("%s: %d got %d messages", when, id, n)
		}
	}
	told("asked", adminID, 1, func() { press() })
	told("asked again", adminID, 0, func() {
		if got := press(); !strings.Contains(got, "đang chờ") {
			t.Error(got)
		}
	})
	o.set("12/01/2024 09:01")
	told("asked the next day", adminID, 1, func() {
		if got := press(); !strings.Contains(got, "Đã chuyển đề nghị") {
			t.Error(got)
		}
	})
}

func TestARequestToReportThatReachesNobody(t *testing.T) {
	d := newDesk(t)
	d.write(func(tx *storage.Tx) error { return tx.SetGone(adminID, true, d.now()) })
	asked := d.handle(d.event(memberID, d.places[1], "/done 15"), false)
	before := d.export()
	if said := d.press(memberID, d.places[1], *asked.button("Đề nghị")).text(); !strings.Contains(said, "Chưa chuyển được đề nghị") {
		t.Errorf("a member is told %q", said)
	}
	if after := d.export(); after != before {
		t.Error(firstDifference(before, after))
	}
}

// The chat of a unit that is unlinked from elsewhere hears of it.
func TestAChatHearsThatItIsUnlinked(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	told := o.heard(divChat, func() { o.expect(adminID, in(adminID), "/unlink p-qlxd", "Đã hủy liên kết") })
	o.has(told, "không còn nhận tin của đơn vị")
	before := o.count(officeChat)
	o.expect(adminID, in(officeChat), "/unlink", "Đã hủy liên kết")
	if n := o.count(officeChat) - before; n != 1 {
		t.Errorf("where it is done %d messages say so", n)
	}
}
