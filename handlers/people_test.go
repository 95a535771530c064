package handlers_test

import "testing"

// One command a message: what follows the first is its words, and of two
// commands nobody would see that one was taken for the other's note.
func TestSeveralCommandsInOneMessage(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	before := o.state()
	for _, text := range []string{
		"/done 15\n/done 26", "/done 15 /xong 26", "/done15,17 đã ký\n\n  /doing@dondoc_bot 26", "/viec\n/done 15", "/done 15; /DONE26",
	} {
		o.expect(officeHead, in(officeHead), text, "Chưa ghi nhận: tin có nhiều lệnh", "/done 15,16")
	}
	if after := o.state(); after != before {
		t.Error(firstDifference(before, after))
	}
	o.expect(officeHead, in(officeHead), "/done 15 theo /viec đã giao, 12/done\n26 hồ sơ", "Hoàn thành đúng hạn")
}
