package planfile_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

const unitsHead = "mã,tên,loại,tên ngắn,tên khác,thành viên\n"

func TestReadUnits(t *testing.T) {
	tests := []struct{ name, text string }{
		{"as shipped", unitsHead + "van-phong,Văn phòng Sở,van_phong,VP,Văn phòng;VP Sở,\np-a,Phòng A,phong_cm,,,\n" +
			"cac-phong,\"Các phòng, đơn vị\",nhom,,Các phòng;,phong_cm;van-phong\n"},
		{"byte order mark, CRLF, semicolons", "\ufeffMã;Tên;Loại;Tên ngắn;Tên khác;Thành viên\r\n" +
			"van-phong;Văn phòng Sở;van_phong;VP;\"Văn phòng; VP Sở\";\r\np-a;Phòng A;phong_cm;;;\r\n" +
			"cac-phong;Các phòng, đơn vị;nhom;;Các phòng;\"phong_cm; van-phong\"\r\n"},
		{"another order, a comment", "# mẫu\nthành viên,loại,tên khác,tên,tên ngắn,mã,ghi chú\n" +
			",van_phong,Văn phòng;VP Sở,Văn phòng Sở,VP,van-phong,x\n# p-b\n,phong_cm,,Phòng A,,p-a,\n" +
			"phong_cm;van-phong,nhom,Các phòng,\"Các phòng, đơn vị\",,cac-phong,\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			roster, err := planfile.ReadUnits(strings.NewReader(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, u := range roster.Units {
				got = append(got, strings.Join([]string{u.Code, u.Name, string(u.Kind), u.Short, strings.Join(u.Aliases, "+")}, "|"))
			}
			for _, c := range roster.Collectives {
				got = append(got, strings.Join([]string{
					c.Code, c.Name, strings.Join(c.Aliases, "+"), strings.Join(roster.Members(c), "+"),
				}, "|"))
			}
			want := []string{
				"van-phong|Văn phòng Sở|van_phong|VP|Văn phòng+VP Sở", "p-a|Phòng A|phong_cm||",
				"cac-phong|Các phòng, đơn vị|Các phòng|p-a+van-phong",
			}
			if !slices.Equal(got, want) {
				t.Errorf("roster = %q, want %q", got, want)
			}
		})
	}
}

func TestReadUnitsRefuses(t *testing.T) {
	const a = "a,Phòng A,phong_cm,,,\n"
	tests := []struct {
		name, text string
		code       planfile.Code
		want       string
	}{
		{"empty file", "", planfile.CodeNoHeader, `no header row: name the columns "mã", "tên", "loại"`},
		{"a column is missing", "mã,tên\na,Phòng A\n", planfile.CodeNoHeader, "no header row"},
		{"no units", unitsHead, planfile.CodeNoUnits, "no units"},
		{"no code", unitsHead + ",Phòng A,phong_cm\n", planfile.CodeBadCode, `line 2: "" is no unit code`},
		{"bad code", unitsHead + "phòng_a,Phòng A,phong_cm\n", planfile.CodeBadCode, `line 2: "phòng_a" is no unit code`},
		{"long code", unitsHead + strings.Repeat("a", 33) + ",Phòng A,phong_cm\n", planfile.CodeBadCode, "up to 32"},
		{"code twice", unitsHead + a + "a,Phòng B,phong_cm\n", planfile.CodeSameCode, "line 3: code a stands in line 2 already"},
		{"no name", unitsHead + "a,,phong_cm\n", planfile.CodeNoName, "line 2: unit a has no name"},
		{
			"name twice", unitsHead + a + "b,Phòng B,phong_cm,,PHÒNG A;x,\n", planfile.CodeNameTaken,
			`line 3: the name "PHÒNG A" belongs to both a and b`,
		},
		{
			"unknown kind", unitsHead + "a,Phòng A,phong\n", planfile.CodeUnknownKind,
			`line 2: kind "phong" is unknown: write one of van_phong, thanh_tra, phong_cm, truc_thuoc, to, mot_cua, lanh_dao, nhom`,
		},
		{
			"unknown member", unitsHead + a + "c,Các phòng,nhom,,,phong_cm;b\n", planfile.CodeUnknownMember,
			`line 3: collective c: member "b" is neither`,
		},
		{"no members", unitsHead + a + "c,Các phòng,nhom,,,\n", planfile.CodeNoMembers, "line 3: collective c has no members"},
		{
			"members of no kind here", unitsHead + a + "c,Các phòng,nhom,,,to\n", planfile.CodeNoMembers,
			"line 3: collective c has no members",
		},
		{"not UTF-8", unitsHead + "a,\xff,phong_cm\n", planfile.Code(grid.NotUTF8), "line 2: the text is not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := planfile.ReadUnits(strings.NewReader(tt.text))
			checkError(t, err, tt.code, tt.want)
		})
	}
}

func FuzzReadUnits(f *testing.F) {
	shipped, err := os.ReadFile("data/units.csv")
	if err != nil {
		f.Fatal(err)
	}
	start, _, _ := strings.Cut(string(shipped), "\nto-tthc,") // long seeds slow fuzzing down
	f.Add(start)
	f.Add("mã;tên;loại;thành viên\na;A;nhom;\"b\n;to\"\nb;B;to;\n")
	f.Fuzz(func(t *testing.T, text string) {
		roster, err := planfile.ReadUnits(strings.NewReader(text))
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("error %q takes several lines", err)
			}
			return
		}
		for _, u := range roster.Units {
			if found, ok := roster.Find(u.Code); !ok || found.Code != u.Code {
				t.Errorf("Find(%q) = %q, %v", u.Code, found.Code, ok)
			}
		}
		for _, c := range roster.Collectives {
			if len(roster.Members(c)) == 0 {
				t.Errorf("collective %s has no members", c.Code)
			}
		}
	})
}

func TestReadCalendar(t *testing.T) {
	text := "\ufeffkind;date;name\r\noff;2024-02-08;Tết Nguyên đán\r\nwork;2024-05-04;\r\n"
	days, err := planfile.ReadCalendar(strings.NewReader(text))
	want := []plan.SpecialDay{
		{Date: plan.NewDate(2024, 2, 8), Kind: plan.DayOff, Name: "Tết Nguyên đán"},
		{Date: plan.NewDate(2024, 5, 4), Kind: plan.DayWork},
	}
	if err != nil || !slices.Equal(days, want) {
		t.Errorf("ReadCalendar() = %v, %v, want %v", days, err, want)
	}
}

func TestReadCalendarRefuses(t *testing.T) {
	const calendarHead = "date,kind,name,source\n"
	tests := []struct {
		name, text string
		code       planfile.Code
		want       string
	}{
		{"no header", "2024-02-08,off,Tết,\n", planfile.CodeNoHeader, `name the columns "date", "kind"`},
		{
			"date that does not exist", calendarHead + "2024-02-30,off,Tết,\n", planfile.CodeBadDate,
			`line 2: there is no date "2024-02-30"`,
		},
		{
			"date twice", calendarHead + "2024-02-08,off,,\n2024-02-08,work,,\n", planfile.CodeSameDate,
			"line 3: date 2024-02-08 stands in line 2 already",
		},
		{
			"unknown kind", calendarHead + "2024-02-08,nghỉ,,\n", planfile.CodeUnknownKind,
			`line 2: kind "nghỉ" is unknown: write one of off, work`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := planfile.ReadCalendar(strings.NewReader(tt.text))
			checkError(t, err, tt.code, tt.want)
		})
	}
}
