package planfile_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

func shipped(t testing.TB) (*plan.Plan, *plan.Roster, []plan.SpecialDay) {
	t.Helper()
	p, roster, days, err := planfile.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return p, roster, days
}

func TestShippedPlanIsTheAppendix(t *testing.T) {
	file, err := os.Open("testdata/appendix-2024.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	p, _, _ := shipped(t)
	tasks := 0
	for _, row := range rows[1:] {
		number, err := strconv.Atoi(row[0])
		if err != nil {
			if label := row[0] + ". " + row[1]; !slices.ContainsFunc(p.Groups, func(g plan.Group) bool { return g.Label() == label }) {
				t.Errorf("the plan has no group %q", label)
			}
			continue
		}
		tasks++
		task := p.Task(number)
		if task == nil {
			t.Errorf("the plan has no task %d", number)
			continue
		}
		got := []string{
			row[0], task.Content, task.LeadText, task.CooperatingText, task.Schedule.Phrase, task.Note,
		}
		if !slices.Equal(got, row) {
			t.Errorf("task %d = %q, want %q", number, got, row)
		}
	}
	if len(p.Tasks) != tasks || len(p.Groups) != len(rows)-1-tasks {
		t.Errorf("the plan has %d tasks in %d groups, want %d in %d", len(p.Tasks), len(p.Groups), tasks, len(rows)-1-tasks)
	}
}

func TestShippedPlanGroups(t *testing.T) {
	p, _, _ := shipped(t)
	firsts := map[int]string{
		1: "I. Cải cách thể chế", 5: "II. Cải cách thủ tục hành chính", 13: "III. Cải cách tổ chức bộ máy",
		15: "IV. Cải cách chế độ công vụ", 19: "V. Cải cách tài chính công",
		22: "VI. Xây dựng và phát triển Chính phủ điện tử, chính quyền số",
		26: "VII. Công tác chỉ đạo điều hành và tuyên truyền cải cách hành chính",
	}
	label := ""
	for _, task := range p.Tasks {
		if first, ok := firsts[task.Number]; ok {
			label = first
		}
		if got := p.GroupLabel(task); got != label {
			t.Errorf("task %d stands in %q, want %q", task.Number, got, label)
		}
	}
}

func TestShippedPlanMeta(t *testing.T) {
	p, _, _ := shipped(t)
	got := plan.Plan{
		Number: p.Number, Date: p.Date, Title: p.Title, Year: p.Year, Parent: p.Parent, Office: p.Office,
		Place: p.Place, SignerTitle: p.SignerTitle, Signer: p.Signer,
	}
	want := plan.Plan{
		Number: "98/QĐ-SXD", Date: plan.NewDate(2024, time.January, 11), Year: 2024,
		Title:  "Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng",
		Parent: "UBND TỈNH BÌNH PHƯỚC", Office: "SỞ XÂY DỰNG", Place: "Bình Phước",
		SignerTitle: "GIÁM ĐỐC", Signer: "Võ Tất Dũng",
	}
	for name, pair := range map[string][2]string{
		"number": {got.Number, want.Number}, "date": {got.Date.String(), want.Date.String()},
		"title": {got.Title, want.Title}, "year": {strconv.Itoa(got.Year), strconv.Itoa(want.Year)},
		"parent": {got.Parent, want.Parent}, "office": {got.Office, want.Office}, "place": {got.Place, want.Place},
		"signer's title": {got.SignerTitle, want.SignerTitle}, "signer": {got.Signer, want.Signer},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s = %q, want %q", name, pair[0], pair[1])
		}
	}
	if p.Settings != plan.DefaultSettings() {
		t.Errorf("settings = %+v, want the defaults", p.Settings)
	}
}

func TestShippedPlanCounts(t *testing.T) {
	p, _, _ := shipped(t)
	kinds := map[string]int{}
	leads := map[string]int{}
	windows := map[string]map[string]int{} // period to unit to check-ins
	for _, task := range p.Tasks {
		kind := string(task.Schedule.Kind)
		if task.Schedule.Kind.Dated() {
			kind = "dated"
		}
		kinds[kind]++
		leads[strings.Join(task.Leads, " ")]++
		for _, o := range p.Occurrences(task) {
			if o.Kind != plan.OccurrenceCheckIn {
				continue
			}
			if windows[o.Period] == nil {
				windows[o.Period] = map[string]int{}
			}
			windows[o.Period][o.Unit]++
		}
	}
	check := func(what string, got, want map[string]int) {
		t.Helper()
		for key := range want {
			if got[key] != want[key] {
				t.Errorf("%s: %s %d, want %d", what, key, got[key], want[key])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	check("kinds", kinds, map[string]int{"ongoing": 22, "dated": 6, "trigger": 1, "unset": 1})
	check("leads", leads, map[string]int{
		"van-phong": 18, "to-tthc van-phong": 3, "p-qlxd p-qhkt p-htkt p-qln tt-qhkd": 4, "thanh-tra": 3,
		"mot-cua": 1, "giai-quyet-tthc": 1,
	})
	if len(windows) != 4 {
		t.Errorf("check-ins in %d windows, want 4", len(windows))
	}
	for period, units := range windows {
		sum := 0
		for _, n := range units {
			sum += n
		}
		if sum != 37 || units["van-phong"] != 14 {
			t.Errorf("%s: %d check-ins, %d of Văn phòng Sở, want 37 and 14", period, sum, units["van-phong"])
		}
	}
}

func TestShippedShortTitles(t *testing.T) {
	p, _, _ := shipped(t)
	words := map[int]string{
		2: "Kiểm tra, rà soát, hệ thống hóa văn bản QPPL", 3: "Theo dõi thi hành pháp luật",
		4: "Phổ biến, thực hiện văn bản QPPL mới", 5: "Công bố TTHC", 6: "Kiểm soát TTHC", 7: "Công khai TTHC",
		11: "Bưu chính công ích", 15: "Danh mục vị trí việc làm, khung năng lực", 24: "Chữ ký số",
		26: "Các kế hoạch của năm 2024",
	}
	lists, buttons := map[string]int{}, map[string]int{}
	for _, task := range p.Tasks {
		if n := plan.Letters(task.ShortTitle); n == 0 || n > plan.ShortTitleLetters || strings.HasSuffix(task.ShortTitle, "…") {
			t.Errorf("task %d: short title %q has %d letters", task.Number, task.ShortTitle, n)
		}
		if want, ok := words[task.Number]; ok && task.ShortTitle != want {
			t.Errorf("task %d: short title %q, want %q", task.Number, task.ShortTitle, want)
		}
		lists[task.ShortTitle]++
		buttons[plan.Cut(task.ShortTitle, plan.ButtonLetters)]++
	}
	if len(lists) != len(p.Tasks) || len(buttons) != len(p.Tasks) {
		t.Errorf("short titles of %d tasks: %d differ in lists, %d on buttons", len(p.Tasks), len(lists), len(buttons))
	}
}

func TestShippedRoster(t *testing.T) {
	_, roster, _ := shipped(t)
	want := []string{
		"van-phong van_phong Văn phòng Sở",
		"thanh-tra thanh_tra Thanh tra xây dựng",
		"to-tthc to Tổ Kiểm soát TTHC",
		"mot-cua mot_cua Bộ phận Một cửa",
		"giai-quyet-tthc mot_cua Công chức giải quyết hồ sơ TTHC",
		"p-qlxd phong_cm Phòng Quản lý xây dựng",
		"p-qhkt phong_cm Phòng Quy hoạch - Kiến trúc",
		"p-htkt phong_cm Phòng Hạ tầng kỹ thuật",
		"p-qln phong_cm Phòng Quản lý nhà và thị trường bất động sản",
		"tt-qhkd truc_thuoc Trung tâm Quy hoạch - Kiểm định xây dựng",
		"lanh-dao lanh_dao Ban Giám đốc",
	}
	var got []string
	for _, u := range roster.Units {
		got = append(got, u.Code+" "+string(u.Kind)+" "+u.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("units = %q, want %q", got, want)
	}
	for name, members := range map[string]string{
		"Các phòng CM, đơn vị trực thuộc Sở": "p-qlxd p-qhkt p-htkt p-qln tt-qhkd",
		"Các đơn vị trực thuộc Sở":           "tt-qhkd",
	} {
		codes, unknown := roster.Resolve(name)
		if strings.Join(codes, " ") != members || len(unknown) > 0 {
			t.Errorf("%s: %q, unknown %q, want %s", name, codes, unknown, members)
		}
	}
}

func TestShippedCalendar(t *testing.T) {
	_, _, days := shipped(t)
	calendar := plan.NewCalendar(days)
	for due, want := range map[string]string{
		"2024-03-31": "2024-04-01", "2024-06-30": "2024-07-01", "2024-04-30": "2024-05-02", "2024-08-31": "2024-09-04",
		"2026-08-31": "2026-09-03", "2024-05-04": "2024-05-04", "2026-01-10": "2026-01-10", "2026-08-22": "2026-08-22",
	} {
		d, err := plan.ParseDate(due)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.OnOrAfter(d).String(); got != want {
			t.Errorf("from %s the first working day is %s, want %s", due, got, want)
		}
	}
	for year, known := range map[int]bool{2023: false, 2024: true, 2025: true, 2026: true, 2027: false} {
		if calendar.Knows(year) != known {
			t.Errorf("Knows(%d) = %v", year, !known)
		}
	}
}
