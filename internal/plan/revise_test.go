package plan_test

import (
	"slices"
	"testing"

	"dondoc/internal/plan"
)

// Of a window that closed before the plan was changed a unit keeps the check-in
// that it has; one that comes to the task gets none.
func TestAUnitThatComesToAnOngoingTask(t *testing.T) {
	b := testBook(t, "2024-04-10")
	old := b.Plan.Task(2)
	var occs []*plan.Occurrence
	for _, o := range b.Plan.Occurrences(old) {
		occs = append(occs, &o)
	}
	revised := *old
	revised.Leads = []string{"thanh-tra", "p-qlxd"}
	old.Leads = []string{"thanh-tra"}
	occs = slices.DeleteFunc(occs, func(o *plan.Occurrence) bool { return o.Unit != "thanh-tra" })
	r := b.Plan.Revise(old, &revised, occs, b.Today)
	var added []string
	for _, o := range r.Add {
		added = append(added, o.Unit+" "+o.Period)
	}
	if want := []string{"p-qlxd 2024-Q2", "p-qlxd 2024-Q3", "p-qlxd 2024-Q4"}; !slices.Equal(added, want) {
		t.Errorf("added %v, want %v", added, want)
	}
	if len(r.Drop)+len(r.Move) > 0 {
		t.Errorf("%+v", r)
	}
}

func TestWorkThatIsGivenLater(t *testing.T) {
	b := testBook(t, "2024-04-10")
	given := b.Today
	for number, kind := range map[int]plan.OccurrenceKind{2: plan.OccurrenceCheckIn, 18: plan.OccurrenceDated} {
		all := b.Plan.Occurrences(b.Plan.Task(number))
		opens := map[string]plan.Date{}
		for _, o := range all {
			opens[o.Unit+o.Period] = o.Opens
		}
		later := b.Plan.OccurrencesFrom(b.Plan.Task(number), given)
		if len(later) == 0 {
			t.Errorf("task %d: nothing is left", number)
		}
		for _, o := range later {
			want := opens[o.Unit+o.Period]
			if kind == plan.OccurrenceDated {
				want = given
			}
			if o.Kind != kind || o.Due < given || o.Opens != want {
				t.Errorf("task %d: %+v", number, o)
			}
		}
	}
}
