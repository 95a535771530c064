package handlers_test

import (
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

// moving is the button by which a late report is moved to the open window.
func (d *desk) moving() chat.Action {
	d.Helper()
	before := d.clock
	d.clock = "20/03/2024 09:00"
	b := d.handle(d.event(officeHead, private(officeHead), "/done 17"), false).button("Chuyển")
	d.clock = before
	if b == nil {
		d.Fatal("a report on the window before cannot be moved")
	}
	return b.Action
}

// backing is about the last report of van-phong's head.
func (d *desk) backing() chat.Action { return chat.Action{Key: d.lastWord(officeHead).Batch} }

// filling is a button of the form of van-phong.
func (d *desk) filling() chat.Action {
	d.Helper()
	b := d.handle(d.event(officeHead, private(officeHead), "/checkin"), false).button("Tất cả")
	if b == nil {
		d.Fatal("there is no form")
	}
	return b.Action
}

// wishing asks for the reason of a wish.
func (d *desk) wishing() chat.Action {
	return chat.Action{Tasks: []int{26}, Unit: "van-phong", Key: int64(d.day("30/06/2024"))}
}

// wished is a request of van-phong's head for a later day.
func (d *desk) wished() chat.Action {
	d.Helper()
	said := d.handle(d.event(officeHead, private(officeHead), "/extend 26 30/06/2024 chờ ý kiến"), false)
	b := said.button("Đồng ý")
	if b == nil {
		d.Fatalf("nobody can decide: %q", said.text())
	}
	return b.Action
}

// refusedWish is the same, which a director refused without saying why.
func (d *desk) refusedWish() chat.Action {
	d.Helper()
	a := d.wished()
	a.Verb, a.Plan, a.Arg = "answer_extension", d.plan.ID, "no"
	place := private(directorID)
	d.press(directorID, place, d.plant(place, a))
	return chat.Action{Key: a.Key}
}

func (d *desk) receipt(unit string) (id int64) {
	d.Helper()
	d.write(func(tx *storage.Tx) (err error) {
		id, err = tx.AddReceipt(d.plan.ID, unit, d.now())
		return err
	})
	return id
}

func (d *desk) triggering() chat.Action {
	return chat.Action{Tasks: []int{20}, Unit: "p-qlxd", Key: int64(d.day("15/05/2024"))}
}

// asked is a member's request to report for van-phong.
func (d *desk) asked() (a chat.Action) {
	d.Helper()
	d.write(func(tx *storage.Tx) (err error) {
		a.Arg = "yes"
		a.Key, _, err = tx.AddRequest(storage.Request{
			Person: memberID, Name: "Người 1006", Unit: "van-phong", Place: d.places[1].Place,
		}, d.now())
		return err
	})
	return a
}

// importing is a plan file that waits to be confirmed, with an unknown name.
func (d *desk) importing() (a chat.Action) {
	d.Helper()
	const file = "#năm,2025\nSTT,Nội dung,Chủ trì,Thời gian\n1,Việc,Phòng Kinh tế,Quý I\n"
	d.write(func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		draft, err := planfile.ReadDraft(strings.NewReader(file), snap.Roster, planfile.Options{})
		if err != nil {
			return err
		}
		a = chat.Action{Arg: "Phòng Kinh tế", Unit: "p-qlxd"}
		a.Key, err = tx.AddImport(adminID, d.now(), "ke-hoach.csv", draft)
		return err
	})
	return a
}

func (d *desk) day(s string) plan.Date { return plan.DateOf(at(d.T, s+" 00:00"), zone) }
