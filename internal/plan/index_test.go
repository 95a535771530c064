package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"dondoc/internal/plan"
)

// Tasks answer the same before and after they are indexed.
func TestIndex(t *testing.T) {
	many := func(first int) []string {
		var list []string
		for i := range 40 {
			list = append(list, fmt.Sprintf("p-%d", first+i))
		}
		return list
	}
	p := &plan.Plan{
		Tasks: []*plan.Task{
			{Leads: many(0), Cooperating: []string{"p-50"}},
			{Leads: []string{"p-1"}, Cooperating: many(10)},
			{Leads: many(0), Cooperating: many(20)},
		},
		Ended: []*plan.Task{{Leads: many(30)}},
	}
	answers := func() []string {
		var out []string
		for i, task := range slices.Concat(p.Tasks, p.Ended) {
			for n := range 80 {
				unit := fmt.Sprintf("p-%d", n)
				out = append(out, fmt.Sprint(i, unit, task.LeadBy(unit), task.Concerns(unit), len(task.Leads), len(task.Cooperating)))
			}
		}
		return out
	}
	before := answers()
	p.Index()
	if got := answers(); !slices.Equal(got, before) {
		t.Errorf("the answers differ")
	}
	if &p.Tasks[0].Leads[0] != &p.Tasks[2].Leads[0] {
		t.Error("the same units stand twice")
	}
}
