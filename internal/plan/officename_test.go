package plan_test

import (
	"testing"

	"dondoc/internal/plan"
)

func TestOfficeName(t *testing.T) {
	for _, tt := range []struct {
		office, title, content, want string
	}{
		{"SỞ XÂY DỰNG", "Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng", "", "Sở Xây dựng"},
		{"SỞ CÔNG THƯƠNG", "KẾ HOẠCH CỦA SỞ CÔNG THƯƠNG", "Đăng trên trang của Sở Công Thương.", "Sở Công Thương"},
		{"SỞ XÂY DỰNG", "Kế hoạch", "tại sở xây dựng và Sở Xây dựngX; Sở Xây dựng", "Sở Xây dựng"},
		{"SỞ Y TẾ", "Kế hoạch của Sở Xây dựng", "", "SỞ Y TẾ"},
		{"Sở Y tế", "KẾ HOẠCH CỦA SỞ Y TẾ", "", "Sở Y tế"},
		{"A (B+", "x", "", "A (B+"},
		{"", "Kế hoạch của Sở", "", ""},
	} {
		p := &plan.Plan{Office: tt.office, Title: tt.title, Tasks: []*plan.Task{{Content: tt.content}}}
		if got := p.OfficeName(); got != tt.want {
			t.Errorf("%+v: got %q", tt, got)
		}
	}
}
