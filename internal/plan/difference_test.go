package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/plan"
)

// version makes a plan of tasks "5|content|units|phrase".
func version(tasks ...string) *plan.Plan {
	p := &plan.Plan{Year: 2024, Groups: []plan.Group{{Numeral: "I", Title: "Một"}}, Settings: plan.DefaultSettings()}
	for _, text := range tasks {
		f := strings.Split(text, "|")
		t := &plan.Task{Content: f[1], ShortTitle: plan.ShortTitle(f[1]), Schedule: plan.ReadDeadline(f[3], 2024)}
		if _, err := fmt.Sscan(f[0], &t.Number); err != nil {
			panic(err)
		}
		t.Leads = strings.Fields(f[2])
		p.Tasks = append(p.Tasks, t)
	}
	return p
}

// told writes a difference as the tests compare it.
func told(d *plan.Difference) []string {
	var out []string
	for _, c := range d.Changes {
		var line string
		switch {
		case c.Old == nil:
			line = fmt.Sprintf("+%d", c.New.Number)
		case c.New == nil:
			line = fmt.Sprintf("-%d", c.Old.Number)
		default:
			line = fmt.Sprintf("%d", c.New.Number)
		}
		for _, mark := range []struct {
			set  bool
			text string
		}{
			{c.FileNumber != 0, fmt.Sprintf(" in the file %d", c.FileNumber)},
			{c.Reworded, " reworded"},
			{c.Moved, " moved"},
			{c.Reassigned, " reassigned"},
			{c.Regrouped, " regrouped"},
		} {
			if mark.set {
				line += mark.text
			}
		}
		out = append(out, line)
	}
	return out
}

func TestCompare(t *testing.T) {
	const (
		a = "Công bố thủ tục hành chính của Sở"
		b = "Kiểm tra, rà soát văn bản quy phạm pháp luật"
		c = "Xây dựng kế hoạch chuyển đổi số năm 2024"
	)
	old := func() *plan.Plan {
		p := version("1|"+a+"|x|Quý I", "2|"+b+"|x y|Thường xuyên", "3|"+c+"|y|Quý II")
		p.Tasks = append(p.Tasks, &plan.Task{Number: 4, Group: -1, Content: "Việc phát sinh"})
		p.Ended = []*plan.Task{{Number: 5, Content: "Việc đã bỏ", Ended: 1, Schedule: plan.ReadDeadline("2024", 2024)}}
		return p
	}
	tests := []struct {
		name  string
		tasks []string
		want  []string
	}{
		{"nothing", []string{"1|" + a + "|x|Quý I", "2|" + b + "|y x|Thường xuyên", "3|" + c + "|y|Quý II"}, []string{"1", "2", "3"}},
		{
			"case, marks and spaces",
			[]string{"1|CÔNG BỐ  thủ tục hành chính, của Sở.|x|Quý I", "2|" + b + "|x y|Thường xuyên", "3|" + c + "|y|Quý II"},
			[]string{"1", "2", "3"},
		},
		{
			"one before the others",
			[]string{"1|Việc hoàn toàn mới|x|Quý I", "2|" + a + "|x|Quý I", "3|" + b + "|x y|Thường xuyên", "4|" + c + "|y|Quý II"},
			[]string{"1 in the file 2", "2 in the file 3", "3 in the file 4", "+6 in the file 1"},
		},
		{
			"reworded, moved, reassigned",
			[]string{
				"1|" + a + " và của các đơn vị|x|Quý I", "2|" + b + "|x|Thường xuyên", "3|" + c + "|y|Quý III",
			},
			[]string{"1 reworded", "2 reassigned", "3 moved"},
		},
		{
			"left out, and renumbered with other words",
			[]string{"1|" + b + " toàn tỉnh|x y|Thường xuyên", "2|" + c + "|y|Quý II"},
			[]string{"-1", "2 in the file 1 reworded", "3 in the file 2"},
		},
		{
			"another task under the same number",
			[]string{"1|" + a + "|x|Quý I", "2|Tổ chức hội nghị tổng kết|x|Quý IV", "3|" + c + "|y|Quý II"},
			[]string{"1", "-2", "3", "+6 in the file 2"},
		},
		{
			"back again",
			[]string{"1|" + a + "|x|Quý I", "2|" + b + "|x y|Thường xuyên", "3|" + c + "|y|Quý II", "7|Việc đã bỏ||2024"},
			[]string{"1", "2", "3", "5 in the file 7"},
		},
		{
			"a number that none had",
			[]string{"1|" + a + "|x|Quý I", "2|" + b + "|x y|Thường xuyên", "3|" + c + "|y|Quý II", "9|Việc mới|x|2024"},
			[]string{"1", "2", "3", "+9"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := plan.Compare(old(), version(tt.tasks...))
			if got := told(d); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if same := tt.name == "nothing" || tt.name == "case, marks and spaces"; d.Same() != same && tt.name != "back again" {
				t.Errorf("Same() = %v", d.Same())
			}
		})
	}
}

// asked writes occurrences as unit:period, done ones with a mark.
func revised(r plan.Revision) string {
	var parts []string
	for _, o := range r.Add {
		parts = append(parts, "+"+o.Unit+":"+o.Period)
	}
	for _, o := range r.Move {
		parts = append(parts, fmt.Sprint(o.ID, ">", o.Period))
	}
	for _, id := range r.Drop {
		parts = append(parts, fmt.Sprint("-", id))
	}
	return strings.Join(parts, " ")
}

// What a new version says of the decision itself is a change, what it leaves
// open or only writes in capitals is none.
func TestRedecided(t *testing.T) {
	old := &plan.Plan{
		Number: "98/QĐ-SXD", Date: parsedDate(t, "2024-01-11"), Title: "Kế hoạch của Sở Xây dựng", Parent: "UBND TỈNH",
		Office: "SỞ XÂY DỰNG", Place: "Bình Phước", SignerTitle: "GIÁM ĐỐC", Signer: "Võ Tất Dũng", Recipients: []string{"Lưu: VT"},
	}
	for name, tt := range map[string]struct {
		change func(p *plan.Plan)
		want   bool
	}{
		"nothing":        {func(*plan.Plan) {}, false},
		"left open":      {func(p *plan.Plan) { *p = plan.Plan{} }, false},
		"in capitals":    {func(p *plan.Plan) { p.Title = "KẾ HOẠCH CỦA SỞ XÂY DỰNG" }, false},
		"number":         {func(p *plan.Plan) { p.Number = "99/QĐ-SXD" }, true},
		"day":            {func(p *plan.Plan) { p.Date++ }, true},
		"title":          {func(p *plan.Plan) { p.Title = "Kế hoạch khác" }, true},
		"office above":   {func(p *plan.Plan) { p.Parent = "UBND TỈNH A" }, true},
		"office":         {func(p *plan.Plan) { p.Office = "SỞ A" }, true},
		"place":          {func(p *plan.Plan) { p.Place = "A" }, true},
		"signer's title": {func(p *plan.Plan) { p.SignerTitle = "PHÓ GIÁM ĐỐC" }, true},
		"signer":         {func(p *plan.Plan) { p.Signer = "A" }, true},
		"copies":         {func(p *plan.Plan) { p.Recipients = []string{"Lưu: VP"} }, true},
	} {
		revised := *old
		tt.change(&revised)
		d := plan.Compare(old, &revised)
		if d.Redecided() != tt.want || d.Same() == tt.want {
			t.Errorf("%s: decided anew %v, the same %v", name, d.Redecided(), d.Same())
		}
	}
}

func TestRevise(t *testing.T) {
	const q1, q2, q3 = "2024-03-31", "2024-06-30", "2024-09-30"
	done := []plan.Report{{ID: 1, Status: plan.Done}}
	begun := []plan.Report{{ID: 1, Status: plan.InProgress}}
	dated := func(id int64, unit, due string, reports []plan.Report) *plan.Occurrence {
		d, err := plan.ParseDate(due)
		if err != nil {
			t.Fatal(err)
		}
		return &plan.Occurrence{ID: id, Unit: unit, Kind: plan.OccurrenceDated, Period: due, Due: d, Reports: reports}
	}
	checkIn := func(id int64, period string, reports []plan.Report) *plan.Occurrence {
		return &plan.Occurrence{ID: id, Unit: "x", Kind: plan.OccurrenceCheckIn, Period: period, Reports: reports}
	}
	dropped := dated(9, "x", q2, nil)
	dropped.Dropped = true
	trigger := &plan.Occurrence{ID: 8, Unit: "x", Kind: plan.OccurrenceDated, Period: "T1", Due: 1}
	tests := []struct {
		name, old, phrase, units string
		have                     []*plan.Occurrence
		want                     string
	}{
		{"a later day", "Quý I", "Quý II", "x", []*plan.Occurrence{dated(1, "x", q1, nil)}, "1>" + q2},
		{"begun work moves", "Quý I", "Quý II", "x", []*plan.Occurrence{dated(1, "x", q1, begun)}, "1>" + q2},
		{"done work stays", "Quý I", "Quý II", "x", []*plan.Occurrence{dated(1, "x", q1, done)}, ""},
		{"one becomes two", "Quý I", "Quý I và Quý III", "x", []*plan.Occurrence{dated(1, "x", q1, done)}, "+x:" + q3},
		{
			"two become one", "Quý I và Quý II", "Quý III", "x",
			[]*plan.Occurrence{dated(1, "x", q1, done), dated(2, "x", q2, nil)},
			"-2",
		},
		{"another unit", "Quý I", "Quý I", "y", []*plan.Occurrence{dated(1, "x", q1, nil)}, "+y:" + q1},
		{"one more unit", "Quý I", "Quý I", "x y", []*plan.Occurrence{dated(1, "x", q1, nil)}, "+y:" + q1},
		{"back to a day", "Quý I", "Quý II", "x", []*plan.Occurrence{dropped, dated(1, "x", q1, nil)}, "9>" + q2 + " -1"},
		{
			"to check-ins", "Quý I", "Thường xuyên", "x",
			[]*plan.Occurrence{dated(1, "x", q1, begun)},
			"+x:2024-Q2 +x:2024-Q3 +x:2024-Q4 -1",
		},
		{
			"from check-ins", "Thường xuyên", "Quý III", "x",
			[]*plan.Occurrence{checkIn(1, "2024-Q1", begun), checkIn(2, "2024-Q2", nil)},
			"+x:" + q3 + " -2",
		},
		{"a set day stays", "Theo quy định của tỉnh", "Theo hướng dẫn của Bộ", "x", []*plan.Occurrence{dated(1, "x", q1, nil)}, ""},
		{"a set day gives way", "Theo quy định của tỉnh", "Quý II", "x", []*plan.Occurrence{dated(1, "x", q1, nil)}, "1>" + q2},
		{"triggers stay", "Theo yêu cầu", "Quý II", "x", []*plan.Occurrence{trigger}, "+x:" + q2},
		{"no day any more", "Quý I", "Theo yêu cầu", "x", []*plan.Occurrence{dated(1, "x", q1, nil)}, "-1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := version("1|a|x|"+tt.old, "1|a|"+tt.units+"|"+tt.phrase)
			p.Published = plan.NewDate(2024, time.January, 11)
			r := p.Revise(p.Tasks[0], p.Tasks[1], tt.have, plan.NewDate(2024, time.April, 1))
			if got := revised(r); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
