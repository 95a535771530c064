package handlers_test

import (
	"testing"

	"dondoc/internal/botserver"
)

// What is said of a task of last year's plan, and what to send, names the year:
// this year's task of that number is another.
func TestTasksOfAnotherYearAreCalledByIt(t *testing.T) {
	o := twoYears(t)
	o.set("06/01/2025 10:00")
	o.expect(officeHead, in(officeChat), "/done 18/2024", "Nhiệm vụ 18/2024: Hoàn thành quá hạn")
	o.expect(officeHead, in(officeChat), "/doing 18/2024", "/done 18/2024 số văn bản")
	o.expect(officeHead, in(officeChat), "/none 15/2024", "/danglam 15/2024 hoặc /done 15/2024")
	o.expect(officeHead, in(officeChat), "/done 99/2024", "/done 5/2024")
	told := o.heard(officeChat, func() { o.say(directorID, in(leaderChat), "/return 18/2024 van-phong sai mẫu") })
	o.has(told, "18/2024 · ", "Báo cáo lại khi xong: /done 18/2024")
	receipt := o.expect(officeHead, in(officeChat), "/done 18/2024 12/BC-SXD", "Nhiệm vụ 18/2024")
	o.expect(officeHead, in(officeChat), "/undo", "18/2024 · ")
	m := o.post(officeHead, in(officeChat), botserver.Post{Text: "13/BC-SXD", ReplyTo: receipt.ID}, 1)[0]
	o.has(m, "/done 18/2024 số văn bản")
	request := o.heard(leaderChat, func() { o.say(officeHead, in(officeChat), "/giahan 14/2024 30/01/2025 chờ số liệu") })
	o.has(request, "nhiệm vụ 14/2024 đến 30/01/2025")
	o.expect(adminID, in(adminID), "/trigger 20/2024 p-qlxd 30/01/2025 45/KL-TTr", "nhiệm vụ 20/2024")
	o.lacks(o.say(officeHead, in(officeChat), "/done 15"), "15/2025")
}
