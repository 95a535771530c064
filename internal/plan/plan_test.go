package plan_test

import (
	"testing"
	"time"

	"dondoc/internal/plan"
)

func TestWindows(t *testing.T) {
	other := plan.DefaultSettings()
	other.Closings[0] = plan.DayOfYear{Month: time.March, Day: 10}
	other.Closings[3] = plan.DayOfYear{Month: time.November, Day: 30}
	tests := []struct {
		name     string
		settings plan.Settings
		want     [4][3]string
	}{
		{"the 14th", plan.DefaultSettings(), [4][3]string{
			{"2024-Q1", "2023-12-15", "2024-03-14"},
			{"2024-Q2", "2024-03-15", "2024-06-14"},
			{"2024-Q3", "2024-06-15", "2024-09-14"},
			{"2024-Q4", "2024-09-15", "2024-12-14"},
		}},
		{"other closing days", other, [4][3]string{
			{"2024-Q1", "2023-12-01", "2024-03-10"},
			{"2024-Q2", "2024-03-11", "2024-06-14"},
			{"2024-Q3", "2024-06-15", "2024-09-14"},
			{"2024-Q4", "2024-09-15", "2024-11-30"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := plan.Plan{Year: 2024, Settings: tt.settings}
			for i, w := range p.Windows() {
				if got := [3]string{w.Period, w.Opens.String(), w.Closes.String()}; got != tt.want[i] {
					t.Errorf("window %d = %v, want %v", i, got, tt.want[i])
				}
			}
		})
	}
}

func TestWindowIndex(t *testing.T) {
	p := plan.Plan{Year: 2024, Settings: plan.DefaultSettings()}
	for day, want := range map[string]int{
		"2023-06-01": 0, "2023-12-15": 0, "2024-03-14": 0, "2024-03-15": 1, "2024-03-20": 1, "2024-06-14": 1,
		"2024-06-15": 2, "2024-09-14": 2, "2024-09-15": 3, "2024-12-14": 3, "2024-12-15": 3, "2025-07-01": 3,
	} {
		if got := p.WindowIndex(parsedDate(t, day)); got != want {
			t.Errorf("WindowIndex(%s) = %d, want %d", day, got, want)
		}
	}
}

func TestPlanTasksAndGroups(t *testing.T) {
	p := testBook(t, "2024-01-11").Plan
	if task := p.Task(15); task == nil || task.Number != 15 || p.GroupLabel(task) != "IV. Cải cách chế độ công vụ" {
		t.Errorf("Task(15) = %+v", task)
	}
	for _, number := range []int{0, -1, 31} {
		if task := p.Task(number); task != nil {
			t.Errorf("Task(%d) = %+v", number, task)
		}
	}
	for _, group := range []int{-1, len(p.Groups)} {
		if got := p.GroupLabel(&plan.Task{Group: group}); got != "" {
			t.Errorf("the label of group %d is %q", group, got)
		}
	}
	if got := (plan.Group{Title: "Nhiệm vụ khác"}).Label(); got != "Nhiệm vụ khác" {
		t.Errorf("Label = %q", got)
	}
}

func TestTaskUnits(t *testing.T) {
	task := testBook(t, "2024-01-11").Plan.Task(5)
	tests := []struct {
		unit           string
		leads, concern bool
	}{
		{"to-tthc", true, true}, {"van-phong", true, true}, {"p-qln", false, true}, {"thanh-tra", false, false},
	}
	for _, tt := range tests {
		if task.LeadBy(tt.unit) != tt.leads || task.Concerns(tt.unit) != tt.concern {
			t.Errorf("%s: leads %v, concerned %v, want %v, %v",
				tt.unit, task.LeadBy(tt.unit), task.Concerns(tt.unit), tt.leads, tt.concern)
		}
	}
}
