package plan_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/plan"
)

func TestFold(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"marks", "Đôn đốc, nhắc việc", "don doc, nhac viec"},
		{"every vowel", "ă â ê ô ơ ư Ắ Ậ Ễ Ộ Ở Ự ỳ ỹ", "a a e o o u a a e o o u y y"},
		{"capitals", "THANH TRA XÂY DỰNG", "thanh tra xay dung"},
		{"white space", "  Văn\u00a0 phòng\r\n\tSở ", "van phong so"},
		{"only white space", " \u00a0\n", ""},
		{"invisible", "Văn\u200b phò\u00adng\ufeff S\u2060ở", "van phong so"},
		{"invisible inside a decomposed letter", "Quy\u200b\u0301", "quy"},
		{"decomposed", norm.NFD.String("Quý IV/2024"), "quy iv/2024"},
		{"tone over either vowel", "quy chế hoà giải, hòa giải", "quy che hoa giai, hoa giai"},
		{"nothing to fold", "98/qd-sxd", "98/qd-sxd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plan.Fold(tt.in); got != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "Đ", "Quý  I/2024", "phò\u00adng", "Kiểm tra", "\u212a", "각"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := plan.Fold(s)
		if again := plan.Fold(folded); again != folded {
			t.Errorf("Fold(Fold(%q)) = %q, want %q", s, again, folded)
		}
		if got := plan.Fold(norm.NFD.String(s)); got != folded {
			t.Errorf("decomposed %q folds to %q, want %q", s, got, folded)
		}
		if got := plan.Fold(norm.NFC.String(s)); got != folded {
			t.Errorf("composed %q folds to %q, want %q", s, got, folded)
		}
		if got := plan.Fold(" " + strings.ReplaceAll(s, " ", " \n ") + "\t"); got != folded {
			t.Errorf("with more white space %q folds to %q, want %q", s, got, folded)
		}
	})
}
