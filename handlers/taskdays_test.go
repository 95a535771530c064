package handlers_test

import "testing"

// The card of a task with many days tells those that matter now: what is late or
// begun, and what is open; else the next.
func TestTheCardOfATaskWithManyDays(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/add p-qlxd hàng tháng; Báo cáo số liệu nhà ở", "Đã thêm nhiệm vụ 31")
	o.set("05/03/2024 09:00")
	o.expect(divHead, in(divChat), "/done 31", "hạn 31/01/2024")
	o.expect(divHead, in(divChat), "/doing 31 đang tổng hợp", "hạn 29/02/2024")
	card := o.expect(divHead, in(divChat), "/task 31", "\n🔴 Quá hạn 5 ngày\n",
		"Thời gian: hàng tháng · 31/03/2024 (Chủ nhật, tính đến hết 01/04)\n",
		"Hạn 29/02: 🔴 quá hạn 5 ngày · 🔄 đang thực hiện\n   “đang tổng hợp”", "Hạn 31/03: 🔵 Trong hạn, còn 26 ngày")
	o.lacks(card, "31/01", "30/04", "còn 56 ngày")
	o.expect(divHead, in(divChat), "/done 31", "hạn 29/02/2024")
	o.expect(divHead, in(divChat), "/done 31", "hạn 31/03/2024")
	card = o.expect(divHead, in(divChat), "/task 31", "Hạn 30/04: 🔵 Trong hạn, còn 56 ngày")
	o.lacks(card, "29/02:", "31/03:", "31/05:")
}

// So does that of a task that was set off several times, with the windows in
// which nothing arose named.
func TestTheCardOfATaskThatWasSetOff(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(divHead, in(divChat), "/none 20", "không phát sinh")
	o.expect(adminID, in(adminID), "/trigger 20 p-qlxd 15/05/2024 45/KL-TTr", "hạn 15/05/2024")
	o.expect(adminID, in(adminID), "/trigger 20 p-qlxd 15/04/2024 46/KL-TTr", "hạn 15/04/2024")
	o.expect(divHead, in(divChat), "/task 20", "P. Quản lý xây dựng · Kỳ Quý I: ➖ không phát sinh",
		"P. Quản lý xây dựng · Hạn 15/04: 🔵 Trong hạn", "P. Quản lý xây dựng · Hạn 15/05: 🔵 Trong hạn")
}
