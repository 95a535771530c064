package plan_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/plan"
)

func TestShortTitle(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"nothing to drop", "Công bố TTHC", "Công bố TTHC"},
		{"one leading phrase", "Triển khai chữ ký số.", "Chữ ký số"},
		{"several", "Tiếp tục triển khai thực hiện cơ chế một cửa", "Cơ chế một cửa"},
		{"joined by a comma", "Triển khai, thực hiện Đề án 06", "Đề án 06"},
		{"joined by a word", "Triển khai và thực hiện Đề án 06", "Đề án 06"},
		{"with its link", "Thực hiện nghiêm việc đánh giá công chức", "Đánh giá công chức"},
		{"link without leading phrase stays", "Việc làm cho người lao động", "Việc làm cho người lao động"},
		{"only leading phrases", "Tiếp tục thực hiện", "Tiếp tục thực hiện"},
		{"upper case", "TĂNG CƯỜNG KỶ LUẬT", "KỶ LUẬT"},
		{"decomposed", norm.NFD.String("Kịp thời sửa đổi quy chế"), "Sửa đổi quy chế"},
		{"line break inside a phrase", "Tiếp\ntục rà soát\r\nchức năng", "Rà soát chức năng"},
		{
			"ends before a list", "Ban hành các kế hoạch của năm 2024:\n- Kế hoạch công tác;\n- Kế hoạch kiểm tra.",
			"Ban hành các kế hoạch của năm 2024",
		},
		{"a list from the start", "- Chuẩn hóa dữ liệu;\n- Làm sạch dữ liệu.", "Chuẩn hóa dữ liệu"},
		{
			"cut at a word", "Tăng cường công tác tuyên truyền cải cách hành chính nhà nước bằng nhiều hình thức",
			"Tuyên truyền cải cách hành chính nhà nước…",
		},
		{"first letter with a stroke", "Thực hiện đánh giá", "Đánh giá"},
		{"empty", "", ""},
		{"blank", " \n\t", ""},
		{"only a bullet", "-", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plan.ShortTitle(tt.content); got != tt.want {
				t.Errorf("ShortTitle(%q) = %q, want %q", tt.content, got, tt.want)
			}
		})
	}
}

func TestCut(t *testing.T) {
	tests := []struct {
		name    string
		s       string
		letters int
		want    string
	}{
		{"fits", "Chữ ký số", 24, "Chữ ký số"},
		{"fits exactly", "Chữ ký số", 9, "Chữ ký số"},
		{"one letter short", "Chữ ký số", 8, "Chữ ký…"},
		{"the sign needs room", "Chữ ký số", 6, "Chữ…"},
		{"comma before the sign goes", "Danh mục, khung năng lực", 12, "Danh mục…"},
		{"a comma needs no room", "Danh mục, khung năng lực", 9, "Danh mục…"},
		{"letters, not bytes or decomposed runes", norm.NFD.String("Chữ ký số"), 9, "Chữ ký số"},
		{"first word too long", "Nghiêngngả ngả", 5, "Nghi…"},
		{"first word of marks", strings.Repeat("x\u0323\u0304", 5), 3, "x\u0323\u0304x\u0323\u0304…"},
		{"spaces", "  Chữ \n ký   số ", 24, "Chữ ký số"},
		{"only punctuation", "......", 3, "..…"},
		{"room for nothing else", "Chữ ký", 1, "…"},
		{"no room", "Chữ ký", 0, ""},
		{"negative", "Chữ ký", -3, ""},
		{"empty", "", 24, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plan.Cut(tt.s, tt.letters); got != tt.want {
				t.Errorf("Cut(%q, %d) = %q, want %q", tt.s, tt.letters, got, tt.want)
			}
		})
	}
}

func FuzzShortTitle(f *testing.F) {
	for _, s := range []string{"Tiếp tục thực hiện", "- a:\n+ b", "…", "\u0301", "\xbb", strings.Repeat("đ", 60)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, letters := range []int{plan.ButtonLetters, plan.ShortTitleLetters} {
			got := plan.Cut(plan.ShortTitle(s), letters)
			if n := plan.Letters(got); n > letters {
				t.Errorf("Cut(ShortTitle(%q), %d) = %q has %d letters", s, letters, got, n)
			}
			if utf8.ValidString(s) && !utf8.ValidString(got) {
				t.Errorf("Cut(ShortTitle(%q), %d) = %q is not UTF-8", s, letters, got)
			}
		}
	})
}
