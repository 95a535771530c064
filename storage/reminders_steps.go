package storage

import (
	"cmp"
	"slices"

	"dondoc/internal/plan"
)

// A saidStep is one step of several occurrences, as a reminder keeps it: all
// check-ins of a window have the same.
type saidStep struct {
	Due         string  `json:"due"`
	Step        string  `json:"step"`
	Day         string  `json:"day"`
	Nominal     string  `json:"nominal"`
	Occurrences []int64 `json:"occurrences"`
}

// together lists the occurrences of steps that differ in nothing else.
func together(steps []plan.Step) map[plan.Step][]int64 {
	ids := map[plan.Step][]int64{}
	for _, s := range steps {
		id := s.Occurrence
		s.Occurrence = 0
		ids[s] = append(ids[s], id)
	}
	return ids
}

// alike is how the steps of a reminder are kept.
func alike(steps []plan.Step) []saidStep {
	var out []saidStep
	for s, ids := range together(steps) {
		out = append(out, saidStep{
			Due: s.Due.String(), Step: s.Name, Day: s.Day.String(), Nominal: s.Nominal.String(), Occurrences: ids,
		})
	}
	return out
}

// unfold is the reverse of alike; the steps come by occurrence and day.
func unfold(stored []saidStep) ([]plan.Step, error) {
	var out []plan.Step
	for _, s := range stored {
		step := plan.Step{Name: s.Step}
		for _, d := range []struct {
			text string
			day  *plan.Date
		}{{s.Due, &step.Due}, {s.Day, &step.Day}, {s.Nominal, &step.Nominal}} {
			var err error
			if *d.day, err = plan.ParseDate(d.text); err != nil {
				return nil, err
			}
		}
		for _, step.Occurrence = range s.Occurrences {
			out = append(out, step)
		}
	}
	slices.SortFunc(out, func(x, y plan.Step) int {
		return cmp.Or(cmp.Compare(x.Occurrence, y.Occurrence), cmp.Compare(x.Day, y.Day), cmp.Compare(x.Name, y.Name))
	})
	return out, nil
}
