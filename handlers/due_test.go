package handlers_test

import "testing"

// What is late of last year's plan is late still, and answers say which year's.
func TestLateWorkOfLastYear(t *testing.T) {
	o := twoYears(t)
	o.expect(officeHead, in(officeChat), "/overdue", "Kế hoạch năm 2024: quá hạn 6 lượt. Xem: /quahan 2024")
	m := o.expect(directorID, in(leaderChat), "/overdue 2024", "🔴 Quá hạn đến 02/01/2025: 6 lượt", "/task_15_2024")
	o.lacks(m, "Kế hoạch năm 2024")
	o.expect(directorID, in(leaderChat), "/overdue 2023", "không có kế hoạch năm 2023")
	o.expect(officeHead, in(officeChat), "/done 15/2024 12/QĐ-SXD", "Nhiệm vụ 15/2024: Hoàn thành quá hạn")
	o.expect(officeHead, in(officeChat), "/task 15/2024", "Nhiệm vụ 15/2024 · IV.")
	o.expect(officeHead, in(officeChat), "/history 15/2024", "Lịch sử nhiệm vụ 15/2024 · ")
	o.expect(officeHead, in(officeChat), "/done 15", "Nhiệm vụ 15: ")
	o.expect(officeHead, in(officeChat), "/overdue", "Kế hoạch năm 2024: quá hạn 5 lượt")
}
