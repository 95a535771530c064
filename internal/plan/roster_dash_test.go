package plan_test

import (
	"slices"
	"testing"
)

func TestNamesApartByADash(t *testing.T) {
	r := testRoster(t)
	all := []string{"p-qhkt", "p-qln", "tt-qhkd"}
	for _, tt := range []struct {
		cell           string
		codes, unknown []string
	}{
		{"Văn phòng Sở - Thanh tra XD", []string{"van-phong", "thanh-tra"}, nil},
		{"Văn phòng Sở – Thanh tra XD — Phòng Tổ", []string{"van-phong", "thanh-tra", "p-to"}, nil},
		{"Phòng Quy hoạch - Kiến trúc", []string{"p-qhkt"}, nil},
		{"Văn phòng - Phòng Quy hoạch - Kiến trúc - Thanh tra XD", []string{"van-phong", "p-qhkt", "thanh-tra"}, nil},
		{
			"Thanh tra XD - các phòng CM, đơn vị trực thuộc Sở; Văn phòng",
			append(append([]string{"thanh-tra"}, all...), "van-phong"), nil,
		},
		{"Văn phòng Sở\u00a0-\u00a0Thanh tra XD, Phòng Tổ", []string{"van-phong", "thanh-tra", "p-to"}, nil},
		{"Văn phòng Sở - Sở Nội vụ", nil, []string{"Văn phòng Sở - Sở Nội vụ"}},
		{"Sở Nội vụ - Văn phòng Sở", nil, []string{"Sở Nội vụ - Văn phòng Sở"}},
		{"Văn phòng Sở-Thanh tra XD", nil, []string{"Văn phòng Sở-Thanh tra XD"}},
		{"Văn phòng Sở -Thanh tra XD", nil, []string{"Văn phòng Sở -Thanh tra XD"}},
		{"Văn phòng Sở (- Thanh tra XD", nil, []string{"Văn phòng Sở (- Thanh tra XD"}},
		{"Văn phòng Sở - ", []string{"van-phong"}, nil},
	} {
		codes, unknown := r.Resolve(tt.cell)
		if !slices.Equal(codes, tt.codes) || !slices.Equal(unknown, tt.unknown) {
			t.Errorf("Resolve(%q) = %q, %q, want %q, %q", tt.cell, codes, unknown, tt.codes, tt.unknown)
		}
	}
}
