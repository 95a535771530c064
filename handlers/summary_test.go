package handlers_test

import (
	"slices"
	"testing"
)

// A plan of another subject is not called one of administrative reform.
func TestAPlanIsCalledByItsSubject(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.expect(directorID, in(leaderChat), "/summary", "📊 Kế hoạch CCHC năm 2024 · đến 11/01/2024")
	o.expect(directorID, in(leaderChat), "/summary Q1", "📊 Tổng hợp Quý I năm 2024 · đến 11/01/2024")
	file := slices.Concat([]byte("#tiêu đề,Kế hoạch chuyển đổi số năm 2024 của Sở Xây dựng\n"),
		version(t, func(row string) string { return row }))
	preview := o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file)
	o.pressed(adminID, preview, "Nhập kế hoạch")
	o.expect(directorID, in(leaderChat), "/summary", "📊 Kế hoạch năm 2024 · đến 11/01/2024")
}
