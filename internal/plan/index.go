package plan

import "slices"

// longList is from how many units on looking through a list takes longer than
// an index does.
const longList = 16

// Index makes tasks with the same units share one list, and finds a unit in a
// long list without looking through it: in a large office every unit leads the
// same tasks. The lists must not be changed afterwards.
func (p *Plan) Index() {
	var known []*Task
	share := func(list []string) ([]string, map[string]bool) {
		if len(list) < longList {
			return list, nil
		}
		for _, k := range known {
			if slices.Equal(k.Leads, list) {
				return k.Leads, k.leads
			}
		}
		has := make(map[string]bool, len(list))
		for _, u := range list {
			has[u] = true
		}
		known = append(known, &Task{Leads: list, leads: has})
		return list, has
	}
	for _, t := range slices.Concat(p.Tasks, p.Ended) {
		t.Leads, t.leads = share(t.Leads)
		t.Cooperating, t.cooperating = share(t.Cooperating)
	}
}
