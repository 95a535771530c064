package planfile_test

import (
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

const (
	head = "STT,\"Nội dung, nhiệm vụ\",Đơn vị chủ trì,Đơn vị phối hợp,Thời gian hoàn thành,Ghi chú\n"
	one  = "1,Công bố TTHC,Văn phòng Sở,Thanh tra XD,Quý I,gấp\n"
)

func smallRoster(t testing.TB) *plan.Roster {
	t.Helper()
	r, err := plan.NewRoster([]plan.Unit{
		{Code: "van-phong", Name: "Văn phòng Sở", Kind: plan.UnitOffice},
		{Code: "thanh-tra", Name: "Thanh tra xây dựng", Kind: plan.UnitInspection, Aliases: []string{"Thanh tra XD"}},
		{Code: "p-a", Name: "Phòng A", Kind: plan.UnitDivision},
	}, []plan.Collective{
		{Code: "cac-phong", Name: "Các phòng CM, đơn vị trực thuộc Sở", Members: []string{"phong_cm", "truc_thuoc"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// row is a task as the tests compare it.
func row(t *plan.Task) string {
	due := make([]string, len(t.Schedule.Due))
	for i, d := range t.Schedule.Due {
		due[i] = d.String()
	}
	return strings.Join([]string{
		strconv.Itoa(t.Number), t.Content, t.ShortTitle, strings.Join(t.Leads, "+"), strings.Join(t.Cooperating, "+"),
		string(t.Schedule.Kind), strings.Join(due, "+"), t.Note,
	}, "|")
}

func TestReadPlanLayouts(t *testing.T) {
	const want = "1|Công bố TTHC|Công bố TTHC|van-phong|thanh-tra|period|2024-03-31|gấp"
	tests := []struct{ name, text string }{
		{"as the appendix", "#năm,2024\n" + head + one},
		{"byte order mark and CRLF", "\ufeff" + strings.ReplaceAll("#năm,2024\n"+head+one, "\n", "\r\n")},
		{"semicolons", "#năm;2024;;;;\nSTT;Nội dung, nhiệm vụ;Đơn vị chủ trì;Đơn vị phối hợp;Thời gian hoàn thành;Ghi chú\n" +
			"1;Công bố TTHC;Văn phòng Sở;Thanh tra XD;Quý I;gấp\n"},
		{"tabs", "#năm\t2024\nSTT\tNội dung\tChủ trì\tPhối hợp\tThời hạn\tGhi chú\n" +
			"1\tCông bố TTHC\tVăn phòng Sở\tThanh tra XD\tQuý I\tgấp\n"},
		{"another order, other words, further columns", "#năm,2024\n" +
			"Số TT,THỜI HẠN HOÀN THÀNH,Sản phẩm,Cơ quan phối hợp,Cơ quan chủ trì thực hiện,Ghi chú,Tên nhiệm vụ,Kết quả\n" +
			"1,Quý I,Quyết định,Thanh tra XD,Văn phòng Sở,gấp,Công bố TTHC,x\n"},
		{"plain names", "#năm,2024\nstt,noi_dung,chu_tri,phoi_hop,san_pham,thoi_gian,ghi_chu\n" +
			"1,Công bố TTHC,Văn phòng Sở,Thanh tra XD,,Quý I,gấp\n"},
		{"decomposed", norm.NFD.String("#năm,2024\nSTT,Nội dung,Chủ trì,Phối hợp,Thời gian,Ghi chú\n") + one},
		{"header on two rows", "#năm,2024\nTT,Nội dung,Đơn vị thực hiện,,Thời gian,Ghi chú\n,,Chủ trì,Phối hợp,,\n" + one},
		{"merged header on two rows", "#năm,2024\nTT,Nội dung,Thực hiện,Thực hiện,Thời gian,Ghi chú\n" +
			"TT,Nội dung,Chủ trì,Phối hợp,Thời gian,Ghi chú\n" + one},
		{"title above, numbered columns below", "#năm,2024\nPHỤ LỤC\nKèm theo Quyết định\n" + head + "(1),(2),(3),(4),(5),(6)\n" + one},
		{"header repeated", "#năm,2024\n" + head + one + head + "\n,,,,,\n"},
		{"signature below", "#năm,2024\n" + head + one + ",,,,GIÁM ĐỐC,\n"},
		{"number with a dot", "#năm,2024\n" + head + "01." + one[1:]},
		{"year of the date", "#ngày,05-2-2024\n" + head + one},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := planfile.ReadPlan(strings.NewReader(tt.text), smallRoster(t), planfile.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Tasks) != 1 || row(p.Tasks[0]) != want {
				t.Errorf("%d tasks, the first %s, want %s", len(p.Tasks), row(p.Tasks[0]), want)
			}
			if len(p.Groups) != 1 || p.GroupLabel(p.Tasks[0]) != "" {
				t.Errorf("groups = %v, want one without a name", p.Groups)
			}
		})
	}
}

func TestReadPlanTasks(t *testing.T) {
	text := "#năm,2024\nSTT,Nội dung,Chủ trì,Phối hợp,Thời gian,Tên ngắn\n" +
		"A,Phần thứ nhất,,,,\n" +
		"II,Nhóm hai,,,,\n" +
		"7,Tiếp tục thực hiện X,\"Các phòng CM, đơn vị trực thuộc Sở; Văn phòng Sở\",\"Phòng A, Thanh tra XD\",Thường xuyên,\n" +
		"II.1. Nhóm con,,,,,\n" +
		"3,\"Ban hành:\r\n- kế hoạch\",Văn phòng Sở,,Theo quy định của tỉnh,  Các   kế hoạch \n" +
		"IX. Trống,,,,,\n"
	p, err := planfile.ReadPlan(strings.NewReader(text), smallRoster(t), planfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"II.1. Nhóm con: 3|Ban hành:\n- kế hoạch|Các kế hoạch|van-phong||unset||",
		"II. Nhóm hai: 7|Tiếp tục thực hiện X|X|p-a+van-phong|thanh-tra|ongoing||",
	}
	var got []string
	for _, task := range p.Tasks {
		got = append(got, p.GroupLabel(task)+": "+row(task))
	}
	if !slices.Equal(got, want) {
		t.Errorf("tasks = %q, want %q", got, want)
	}
	if len(p.Groups) != 2 {
		t.Errorf("groups = %v, want those with tasks", p.Groups)
	}
}

func TestReadPlanMeta(t *testing.T) {
	text := "# Số ,12/QĐ\n#NĂM,2025\n#ngay,31/12/2024\n#tiêu đề,Kế hoạch A, B,,\n#địa danh,\n" +
		"#người ký,KT. GIÁM ĐỐC,PHÓ GIÁM ĐỐC,Lê A\n" + head + one
	p, err := planfile.ReadPlan(strings.NewReader(text), smallRoster(t), planfile.Options{Year: 2030})
	if err != nil {
		t.Fatal(err)
	}
	got := []string{p.Number, strconv.Itoa(p.Year), p.Date.String(), p.Title, p.Place, p.SignerTitle, p.Signer}
	want := []string{"12/QĐ", "2025", "2024-12-31", "Kế hoạch A, B", "", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC", "Lê A"}
	if !slices.Equal(got, want) {
		t.Errorf("ReadPlan() read %q, want %q", got, want)
	}
	p, err = planfile.ReadPlan(strings.NewReader(head+one), smallRoster(t), planfile.Options{Year: 2030})
	if err != nil || p.Year != 2030 || p.Tasks[0].Schedule.Due[0] != plan.NewDate(2030, time.March, 31) {
		t.Errorf("ReadPlan() without a year gives %+v, %v, want 2030", p, err)
	}
}

func TestReadPlanRefuses(t *testing.T) {
	year := "#năm,2024\n"
	long := strings.Repeat("x", 100_001)
	tests := []struct {
		name, text string
		code       planfile.Code
		want       string
	}{
		{
			"empty file", " \n", planfile.Code(grid.Empty), "the file is empty",
		},
		{
			"other table", "a,b\n1,2\n", planfile.CodeNoHeader,
			`no header row: name the columns "STT", "Nội dung, nhiệm vụ", "Đơn vị chủ trì", "Thời gian hoàn thành"`,
		},
		{"no header", "1,Công bố,Văn phòng Sở,,Quý I\n", planfile.CodeNoHeader, `no header row`},
		{
			"a column is missing", "#năm,2024\nSTT,Nội dung,Phối hợp,Thời gian\n", planfile.CodeNoHeader,
			`line 2: no header row: name the columns "Đơn vị chủ trì"`,
		},
		{"no tasks", year + head + "I,Nhóm,,,,\n", planfile.CodeNoTasks, "no tasks: "},
		{
			"number twice", year + head + one + "2" + one[1:] + one, planfile.CodeSameNumber,
			"line 5: number 1 stands in line 3 already",
		},
		{"number that is none", year + head + "1a" + one[1:], planfile.CodeBadNumber, `line 3: "1a" is no task number`},
		{"number zero", year + head + "0" + one[1:], planfile.CodeBadNumber, `line 3: "0" is no task number`},
		{"number too great", year + head + "10000" + one[1:], planfile.CodeBadNumber, `line 3: "10000" is no task number`},
		{"negative number", year + head + "-1" + one[1:], planfile.CodeBadNumber, `line 3: "-1" is no task number`},
		{"numbered like a group", year + head + "IV" + one[1:], planfile.CodeBadNumber, `line 3: "IV" is no task number`},
		{"no number", year + head + one[1:], planfile.CodeNoNumber, `line 3: the task "Công bố TTHC" has no number`},
		{"no content", year + head + "1,,Văn phòng Sở,,Quý I,\n", planfile.CodeNoContent, "line 3: task 1 has no content"},
		{"no lead", year + head + "1,Công bố,,Văn phòng Sở,Quý I,\n", planfile.CodeNoLead, "line 3: task 1 has no lead unit"},
		{
			"unknown lead", year + head + "1,Công bố,\"Văn phòng Sở, Thanh tra XDD\",,Quý I,\n", planfile.CodeUnknownUnit,
			`line 3: task 1: unit "Thanh tra XDD" is unknown: write a known name or add this one to the units; ` +
				`nearest: "Thanh tra xây dựng"`,
		},
		{
			"unknown cooperating", year + head + "1,Công bố,Văn phòng Sở,Phòng Á Ấ,Quý I,\n", planfile.CodeUnknownUnit,
			`unit "Phòng Á Ấ" is unknown`,
		},
		{
			"date that does not exist", "#ngày,30/02/2024\n" + head + one, planfile.CodeBadDate,
			`line 1: there is no date "30/02/2024"`,
		},
		{"month before day", "#ngày,12/31/2024\n" + head + one, planfile.CodeBadDate, `line 1: there is no date "12/31/2024"`},
		{"year that is none", "#năm,24\n" + head + one, planfile.CodeBadYear, `line 1: "24" is no year`},
		{"no year", head + one, planfile.CodeNoYear, "the plan's year is missing: put a line #năm,2024 before the header"},
		{
			"unknown key", "#năm,2024\n#số hiệu,98\n" + head + one, planfile.CodeBadKey,
			`line 2: key "số hiệu" is unknown or stands twice: write "số", "ngày"`,
		},
		{"key twice", year + year + head + one, planfile.CodeBadKey, `line 2: key "năm" is unknown or stands twice`},
		{"not UTF-8", "#năm,2024\n\xc3,x\n" + head + one, planfile.Code(grid.NotUTF8), "line 2: the text is not UTF-8"},
		{
			"quote not closed", year + head + "1,\"Công bố,Văn phòng Sở,,Quý I,\n", planfile.Code(grid.BadQuote),
			"line 3: a quotation mark",
		},
		{
			"quote inside", year + head + "1,Công \"bố\",Văn phòng Sở,,Quý I,\n", planfile.Code(grid.BadQuote),
			"line 3: a quotation mark",
		},
		{
			"long cell", year + head + "1," + long + ",Văn phòng Sở,,Quý I,\n", planfile.Code(grid.LongCell),
			"line 3: a cell has more than 100000 bytes",
		},
		{
			"line breaks in cells count", year + head + "1,\"a\nb\nc\",Văn phòng Sở,,Quý I,\n" + one, planfile.CodeSameNumber,
			"line 6: number 1 stands in line 3",
		},
		{
			"too many rows", year + head + strings.Repeat("I,x\n", 2000), planfile.Code(grid.ManyRows),
			"line 2001: the table has more than 2000 rows",
		},
		{"too large", strings.Repeat("x\n", 5<<20) + "\n", planfile.Code(grid.TooLarge), "the file has more than 10485760 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := planfile.ReadPlan(strings.NewReader(tt.text), smallRoster(t), planfile.Options{})
			checkError(t, err, tt.code, tt.want)
		})
	}
}

func checkError(t *testing.T, err error, code planfile.Code, text string) {
	t.Helper()
	var got planfile.Code
	if e, ok := errors.AsType[*planfile.Error](err); ok {
		got = e.Code
	} else if e, ok := errors.AsType[*grid.Error](err); ok {
		got = planfile.Code(e.Code)
	} else {
		t.Fatalf("error = %v, want *planfile.Error or *grid.Error", err)
	}
	if got != code {
		t.Errorf("error %v has the code %s, want %s", err, got, code)
	}
	if !strings.Contains(err.Error(), text) {
		t.Errorf("error = %s, want %s", err, text)
	}
	if strings.ContainsAny(err.Error(), "\r\n") || strings.Contains(err.Error(), "%!") {
		t.Errorf("error %q is no single clear line", err)
	}
}

func TestReadPlanBlankRowsDoNotCount(t *testing.T) {
	text := "#năm,2024\n" + head + one + strings.Repeat(",,,,,\n", 3000)
	if _, err := planfile.ReadPlan(strings.NewReader(text), smallRoster(t), planfile.Options{}); err != nil {
		t.Error(err)
	}
}

func TestReadPlanReaderFails(t *testing.T) {
	broken := errors.New("broken")
	r := io.MultiReader(strings.NewReader(head), iotest.ErrReader(broken))
	if _, err := planfile.ReadPlan(r, smallRoster(t), planfile.Options{}); !errors.Is(err, broken) {
		t.Errorf("ReadPlan() error = %v, want the reader's", err)
	}
}

func FuzzReadPlan(f *testing.F) {
	shipped, err := os.ReadFile("data/plan-2024.csv")
	if err != nil {
		f.Fatal(err)
	}
	start, _, _ := strings.Cut(string(shipped), "\nII,") // long seeds slow fuzzing down
	f.Add(start)
	f.Add("#năm,2024\n" + head + one)
	f.Add("#ngày;31/12/2024\nTT;Nội dung;Thực hiện;;Thời gian\n;;Chủ trì;Phối hợp;\nII.1. x;;;\n1;\"a\n\";b;c;Quý I\n")
	roster := smallRoster(f)
	f.Fuzz(func(t *testing.T, text string) {
		draft, err := planfile.ReadDraft(strings.NewReader(text), roster, planfile.Options{Year: 2024})
		if err != nil {
			return
		}
		p, err := planfile.ReadPlan(strings.NewReader(text), roster, planfile.Options{Year: 2024})
		if err == nil && len(p.Tasks) != len(draft.Plan.Tasks) {
			t.Errorf("%d tasks, in the draft %d", len(p.Tasks), len(draft.Plan.Tasks))
		}
		for _, task := range draft.Plan.Tasks {
			if task.Group < 0 || task.Group >= len(draft.Plan.Groups) {
				t.Errorf("task %d is in group %d of %d", task.Number, task.Group, len(draft.Plan.Groups))
			}
			if err == nil && (task.Content == "" || len(task.Leads) == 0) {
				t.Errorf("task %d was let in without content or lead", task.Number)
			}
		}
		for _, problem := range draft.Problems() {
			if strings.ContainsAny(problem.Error(), "\r\n") {
				t.Errorf("problem %q takes several lines", problem)
			}
		}
	})
}
