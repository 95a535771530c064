package planfile

import (
	"cmp"
	"slices"
	"strconv"

	"dondoc/internal/plan"
)

// A Draft is a plan as far as its file can be read. It can be stored as JSON
// and settled again.
type Draft struct {
	// Plan has every numbered row as a task, even one without content or with
	// the number of another.
	Plan *plan.Plan
	// Lines are where the tasks stand in the file, in the order of the plan.
	Lines []int
	// Faults are the problems that no unit and no year could mend. No more than
	// 500 are listed.
	Faults []*Error
	// Renumbered says that the file's own numbers begin anew in each group, or
	// have several levels, so that the tasks were numbered through.
	Renumbered bool
	// NamesYear says that the year stands in the file.
	NamesYear bool
	// Ignored are unknown names that mean no unit of the office.
	Ignored []string
	// Unknown lists the names that the roster does not have, in the order of the
	// file.
	Unknown []UnknownName
}

// An UnknownName is a unit's name that the roster does not have.
type UnknownName struct {
	Name    string
	Tasks   []int       // the numbers of the tasks that use it
	Nearest []plan.Unit // those whose names are most like it
	lines   []int       // of the tasks
}

// maxNearest is how many units an unknown name is compared with; maxUnknown
// bounds that work.
const (
	maxNearest = 3
	maxUnknown = 200
)

// Settle reads what depends on more than the file: units by the roster, phrases
// without a year by the plan's, or by the given one if the file names none.
func (d *Draft) Settle(roster *plan.Roster, year int) {
	if !d.NamesYear {
		d.Plan.Year = year
	}
	d.Unknown = nil
	seen := map[string]int{}
	for at, t := range d.Plan.Tasks {
		t.Schedule = plan.ReadDeadline(t.Schedule.Phrase, d.Plan.Year)
		lead, also := duties(t.LeadText, t.CooperatingText)
		leads, strange := roster.Resolve(lead)
		cooperating, more := roster.Resolve(also)
		t.Leads = leads
		// One that leads does not also cooperate.
		t.Cooperating = slices.DeleteFunc(cooperating, t.LeadBy)
		for _, name := range append(strange, more...) {
			if slices.Contains(d.Ignored, name) {
				continue
			}
			i, known := seen[name]
			if !known {
				i = len(d.Unknown)
				seen[name] = i
				d.Unknown = append(d.Unknown, UnknownName{Name: name})
				if i < maxUnknown {
					d.Unknown[i].Nearest = roster.Nearest(name, maxNearest)
				}
			}
			d.Unknown[i].Tasks = append(d.Unknown[i].Tasks, t.Number)
			d.Unknown[i].lines = append(d.Unknown[i].lines, d.Lines[at])
		}
	}
}

// Problems are what ReadPlan refuses the file for, in the order of the file;
// CodeNoYear is among them even if Settle was told a year. No more than 500 are
// listed.
func (d *Draft) Problems() []*Error {
	all := slices.Clone(d.Faults)
	if !d.NamesYear {
		all = append(all, &Error{Code: CodeNoYear})
	}
	all = append(all, d.unitProblems()...)
	slices.SortStableFunc(all, func(a, b *Error) int { return cmp.Compare(order(a.Line), order(b.Line)) })
	return all[:min(len(all), maxProblems)]
}

// order puts what concerns the whole file behind its lines.
func order(line int) uint { return uint(line) - 1 }

func (d *Draft) unitProblems() []*Error {
	var all []*Error
	strange := map[int]bool{} // lines with an unknown unit
	for _, u := range d.Unknown {
		for i, number := range u.Tasks {
			strange[u.lines[i]] = true
			if len(all) == maxProblems {
				return all
			}
			args := []string{strconv.Itoa(number), u.Name}
			if len(u.Nearest) > 0 {
				args = append(args, u.Nearest[0].Name)
			}
			all = append(all, newProblem(u.lines[i], CodeUnknownUnit, args...))
		}
	}
	for i, t := range d.Plan.Tasks {
		if len(t.Leads) == 0 && !strange[d.Lines[i]] {
			all = append(all, newProblem(d.Lines[i], CodeNoLead, strconv.Itoa(t.Number)))
		}
	}
	return all
}
