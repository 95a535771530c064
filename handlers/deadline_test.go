package handlers_test

import "testing"

// A trigger task has a day once it was set off: that day is put off as any
// other.
func TestALaterDayOfATriggerTask(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(directorID, in(leaderChat), "/deadline 20 30/06/2024 chờ kết luận", "chờ phát sinh", "/phatsinh 20")
	o.expect(adminID, in(adminID), "/trigger 20 p-qlxd 15/05/2024 45/KL-TTr", "hạn 15/05/2024")
	o.expect(adminID, in(adminID), "/trigger 20 p-qlxd 15/04/2024 46/KL-TTr", "hạn 15/04/2024")
	o.expect(directorID, in(leaderChat), "/deadline 20 30/06/2024 chờ kết luận",
		"Gia hạn nhiệm vụ 20", "đến 30/06/2024\nPhòng Quản lý xây dựng")
	if e := o.occurrence(20, "p-qlxd", "T2").Extensions; len(e) != 1 || e[0].Due.String() != "2024-06-30" {
		t.Errorf("the older of the two has %+v", e)
	}
	if e := o.occurrence(20, "p-qlxd", "T1").Extensions; len(e) != 0 {
		t.Errorf("the other has %+v", e)
	}
	o.expect(divHead, in(divChat), "/done 20", "hạn 30/06/2024")
	o.expect(divHead, in(divChat), "/done 20", "hạn 15/05/2024")
	o.expect(divHead, in(divChat), "/history 20", "P. Quản lý xây dựng · 15/04 · ✅", "P. Quản lý xây dựng · 15/05 · ✅")
}

// A unit that has as late a day already does not keep the others from theirs.
func TestALaterDayForUnitsOfDifferentDays(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(adminID, in(adminID), "/add p-qlxd, thanh-tra 30/09/2024; Rà soát quy hoạch", "Đã thêm nhiệm vụ 31")
	request := o.heard(leaderChat, func() {
		o.expect(divHead, in(divChat), "/giahan 31 31/12/2024 chờ số liệu", "Đã gửi đề nghị")
	})
	o.press(directorID, request, "Đồng ý")
	o.expect(directorID, in(leaderChat), "/deadline 31 30/11/2024 chờ hướng dẫn",
		"Gia hạn nhiệm vụ 31", "đến 30/11/2024\nThanh tra xây dựng")
	for unit, want := range map[string]string{"p-qlxd": "2024-12-31", "thanh-tra": "2024-11-30"} {
		if got := o.occurrence(31, unit, "").StatedDue(); got.String() != want {
			t.Errorf("%s has %s, want %s", unit, got, want)
		}
	}
	o.expect(inspHead, o.insp(), "/done 31", "Hoàn thành đúng hạn")
	o.expect(directorID, in(leaderChat), "/deadline 31 31/10/2024", "Chưa gia hạn", "không sau thời hạn hiện nay 31/12/2024")
}

// Where the due day is no working day, who reads of it after that day reads
// until when the work is in time, too.
func TestBothDaysAreShown(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.lacks(o.say(officeHead, in(officeChat), "/doing 15 đang trình"), "tính đến hết")
	const both = "hạn 31/03/2024 (Chủ nhật, tính đến hết 01/04)"
	o.set("01/04/2024 09:00")
	for _, chat := range []place{in(officeChat), in(leaderChat)} {
		who := map[int64]int64{officeChat: officeHead, leaderChat: directorID}[chat.chat]
		o.expect(who, chat, "/due", "/task_15 Danh mục vị trí việc làm, khung năng lực · hạn 31/03 (Chủ nhật, tính đến hết 01/04)")
	}
	o.expect(officeHead, in(officeChat), "/done 15", "Hoàn thành đúng hạn", both)
	o.set("02/04/2024 09:00")
	o.expect(officeHead, in(officeChat), "/overdue", "quá hạn 1 ngày · hạn 31/03 (Chủ nhật, tính đến hết 01/04)")
	o.expect(officeHead, in(officeChat), "/done 26", "Hoàn thành quá hạn", both)
}

// Whoever sets a day hears which units are not told of it.
func TestUnitsThatAreNotToldOfADay(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	const unheard = "chưa nhận được thông báo: P. Hạ tầng kỹ thuật"
	o.expect(adminID, in(adminID), "/trigger 20 p-qlxd,p-htkt 15/05/2024 45/KL-TTr", "hạn 15/05/2024", unheard)
	o.expect(directorID, in(leaderChat), "/deadline 20 30/06/2024 chờ kết luận", "đến 30/06/2024", unheard)
	o.expect(adminID, in(adminID), "/done 20 p-htkt 12/BC-HTKT", "ghi thay")
	o.expect(adminID, in(adminID), "/return 20 p-htkt sai mẫu", "Đã trả lại", unheard)
	o.lacks(o.say(adminID, in(adminID), "/trigger 20 p-qlxd 15/05/2024"), "chưa nhận được")
}
