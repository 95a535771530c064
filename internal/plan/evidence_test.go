package plan_test

import (
	"errors"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/plan"
)

func TestReadEvidence(t *testing.T) {
	tests := []struct {
		name, note string
		want       []string // number, or number and date
	}{
		{"number and date", "123/BC-SXD 08/03/2024", []string{"123/BC-SXD 2024-03-08"}},
		{"a day of one digit", "15/BC-TTr 5/3/2024", []string{"15/BC-TTr 2024-03-05"}},
		{"ngày", "Quyết định số 98/2024/QĐ-UBND ngày 11/01/2024", []string{"98/2024/QĐ-UBND 2024-01-11"}},
		{"comma and ngày", "123/BC-SXD, ngày 08-03-2024", []string{"123/BC-SXD 2024-03-08"}},
		{"points in the date", "123/BC-SXD 8.3.2024.", []string{"123/BC-SXD 2024-03-08"}},
		{"the year of the note", "123/BC-SXD ngày 08/3", []string{"123/BC-SXD 2025-03-08"}},
		{"a year of two digits", "123/BC-SXD 08/03/23", []string{"123/BC-SXD 2023-03-08"}},
		{"without date", "45/KH", []string{"45/KH"}},
		{"in brackets", "đã gửi (45/KH-SXD) cho UBND tỉnh", []string{"45/KH-SXD"}},
		{"after a colon", "BC:15/BC-TTr", []string{"15/BC-TTr"}},
		{"no-break spaces", "số\u00a015/BC-TTr\u00a0ngày\u00a012/03/2024", []string{"15/BC-TTr 2024-03-12"}},
		{"small letters in the kind", "12/TTr-SXD 05/6/2024; 7/CTr-UBND; 3/2024/QyĐ-UBND", []string{
			"12/TTr-SXD 2024-06-05", "7/CTr-UBND", "3/2024/QyĐ-UBND",
		}},
		{"a law", "117/2025/QH15 10/12/2025", []string{"117/2025/QH15 2025-12-10"}},
		{"several", "15/BC-TTr 12/03/2024, 16/BC-TTr; 45/KH-SXD ngày 01/4/2024", []string{
			"15/BC-TTr 2024-03-12", "16/BC-TTr", "45/KH-SXD 2024-04-01",
		}},
		{"a number with a year behind another", "15/BC-TTr, 98/2024/QĐ-UBND", []string{"15/BC-TTr", "98/2024/QĐ-UBND"}},
		{"on two lines", "15/BC-TTr\n16/BC-TTr 12/03/2024", []string{"15/BC-TTr", "16/BC-TTr 2024-03-12"}},
		{"end of a sentence", "Đã ban hành 15/BC-TTr.", []string{"15/BC-TTr"}},
		{"a count is no date", "15/BC-TTr 28/30 hồ sơ", []string{"15/BC-TTr"}},
		{"29 February of a common year is no date without one", "15/BC-TTr 29/2", []string{"15/BC-TTr"}},
		{"the date of something else", "15/BC-TTr, họp 12/03/2024", []string{"15/BC-TTr"}},
		{"a year of three digits", "15/BC-TTr 08/03/202", []string{"15/BC-TTr"}},
		{"a year of five digits", "15/BC-TTr 08/03/20245", []string{"15/BC-TTr"}},
		{"a date alone", "xong ngày 08/03/2024", nil},
		{"counts alone", "20/25 hồ sơ, 3/Tháng, đạt 12/2024", nil},
		{"a word behind a stroke", "5/Hồ sơ", nil},
		{"inside a word", "CV123/BC-SXD", nil},
		{"hyphens as papers have them", "98/QĐ\u2011SXD 11/01/2024, 123/BC–SXD ngày 08/03/2024", []string{
			"98/QĐ-SXD 2024-01-11", "123/BC-SXD 2024-03-08",
		}},
		{"words", "đã công bố 12 TTHC", nil},
		{"empty", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			evidence, err := plan.ReadEvidence(tt.note, 2025)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range evidence {
				if e.Kind != "document" || e.FileID != "" || e.FileName != "" {
					t.Errorf("evidence = %+v, want a document without a file", e)
				}
				s := e.Number
				if e.Date != 0 {
					s += " " + e.Date.String()
				}
				got = append(got, s)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("ReadEvidence(%q) = %q, want %q", tt.note, got, tt.want)
			}
		})
	}
}

func TestReadEvidenceRefusesImpossibleDates(t *testing.T) {
	for _, note := range []string{
		"15/BC-TTr 30/02/2024", "15/BC-TTr ngày 12/13/2024", "15/BC-TTr 12/03/2024; 16/BC-TTr 31-4-2024",
		"15/BC-TTr 29/02/23", "15/BC-TTr 0/3/2024",
	} {
		if got, err := plan.ReadEvidence(note, 2024); !errors.Is(err, plan.ErrNoSuchDate) || got != nil {
			t.Errorf("ReadEvidence(%q) = %v, %v, want ErrNoSuchDate", note, got, err)
		}
	}
}

func TestIsCitation(t *testing.T) {
	tests := []struct {
		note string
		want bool
	}{
		{"15/BC-TTr", true},
		{"15/BC-TTr 12/03/2024.", true},
		{"98/2024/QĐ-UBND ngày 11/01/2024", true},
		{"12/TTr-SXD 05/6/2024", true},
		{" 15/BC-TTr, 16/BC-TTr;\n45/KH ", true},
		{"15/BC-TTr, 98/2024/QĐ-UBND", true},
		{"báo cáo 15/BC-TTr", false},
		{"15/BC-TTr 12/03/2024 đã gửi", false},
		{"15/BC-TTr 28/30", false},
		{"15/BC-TTr, họp 12/03/2024", false},
		{"08/03/2024", false},
		{"đã xong", false},
		{".", false},
		{"", false},
	}
	for _, tt := range tests {
		if got := plan.IsCitation(tt.note); got != tt.want {
			t.Errorf("IsCitation(%q) = %v, want %v", tt.note, got, tt.want)
		}
	}
}

func TestMarkedSecret(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"TUYỆT MẬT", true},
		{"TỐI MẬT", true},
		{"tài liệu TỐI MẬT của tỉnh", true},
		{"(TUYỆT MẬT)", true},
		{"TUYỆT\u00a0MẬT", true},
		{"TUYỆT  \n MẬT", true},
		{"15-TỐI MẬT.pdf", true},
		{"15_TỐI_MẬT.pdf", true},
		{"CV-TUYỆT-MẬT-2024.pdf", true},
		{"CV_MẬT_số_12.pdf", true},
		{"MẬT", true},
		{"  MẬT.  ", true},
		{"\u00a0MẬT\u00a0", true},
		{"kèm theo:\nMẬT\nbáo cáo", true},
		{"kèm theo:\r\nMẬT\r\nbáo cáo", true},
		{"công văn (MẬT) 12", true},
		{"công văn [ MẬT ] 12", true},
		{"(\u00a0MẬT\u00a0)", true},
		{"công văn MẬT số 12", true},
		{"MẬT\u00a0số: 12", true},
		{"MẬT SỐ 12", true},

		{"tuyệt mật", false},
		{"Tối mật", false},
		{"Tối MẬT", false},
		{"TỐI mật", false},
		{"mật", false},
		{"(mật)", false},
		{"mật số 12", false},
		{"Mật số 12", false},
		{"MẬT ĐỘ", false},
		{"MẬT ĐỘ số hồ sơ", false},
		{"MẬT KHẨU", false},
		{"(MẬT KHẨU)", false},
		{"MẬT KHẨU số 2", false},
		{"MẬT sốt", false},
		{"BẢO MẬT thông tin", false},
		{"văn bản MẬT của tỉnh", false},
		{"VĂN BẢN MẬT\nbáo cáo", false},
		{"TUYỆT MẬTX", false},
		{"XTỐI MẬT", false},
		{"TỐI TĂM, MẬT ĐỘ", false},
		{"MẶT TRẬN", false},
		{"", false},
	}
	for _, tt := range tests {
		if got := plan.MarkedSecret(tt.text); got != tt.want {
			t.Errorf("MarkedSecret(%q) = %v, want %v", tt.text, got, tt.want)
		}
	}
}

func FuzzReadEvidence(f *testing.F) {
	for _, s := range []string{
		"15/BC-TTr, 98/2024/QĐ-UBND ngày 11/01/2024", "45/KH 29/2", "12/TTr-SXD 08/03/24", "1/AA-\xff", "0/AA-.", "15/BC 28/30",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, note string) {
		got, err := plan.ReadEvidence(note, 2024)
		switch {
		case err != nil:
			if got != nil || !errors.Is(err, plan.ErrNoSuchDate) {
				t.Fatalf("ReadEvidence(%q) = %v, %v", note, got, err)
			}
			return
		case plan.IsCitation(note) && len(got) == 0:
			t.Errorf("%q is said to cite, but no document was read", note)
		}
		for _, e := range got {
			again, err := plan.ReadEvidence(e.Number, 2024)
			if err != nil || len(again) != 1 || again[0].Number != e.Number || !plan.IsCitation(e.Number) {
				t.Errorf("ReadEvidence(%q) found %q, which alone reads as %v, %v", note, e.Number, again, err)
			}
		}
	})
}

func FuzzMarkedSecret(f *testing.F) {
	for _, s := range []string{"TỐI MẬT", "kèm:\nMẬT", "(MẬT)", "MẬT số 1", "MẬT ĐỘ", "\xffMẬT"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = norm.NFC.String(s)
		marked := plan.MarkedSecret(s)
		if framed := plan.MarkedSecret("báo cáo\n" + s + "\nhết"); marked && !framed {
			t.Errorf("%q is marked, but not between other lines", s)
		}
		if !plan.MarkedSecret(s + " TUYỆT MẬT") {
			t.Errorf("a mark behind %q is not seen", s)
		}
	})
}
