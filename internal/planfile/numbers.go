package planfile

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"dondoc/internal/plan"
)

// levelsForm is a number of several levels: "1.2", "2.10.1.".
var levelsForm = regexp.MustCompile(`^\d{1,3}(\.\d{1,3}){1,3}\.?$`)

// partForm marks a row that is one of several under a number: "a)", "đ.", "-".
var partForm = regexp.MustCompile(`^(?:[a-eđ]|\(?[a-zđ]\)|[a-zđ][./]|[-–+*•])$`)

// number checks the tasks' numbers and puts the tasks in their order. Numbers
// of several levels, and those that begin anew in each group, are no numbers
// for a year: then the tasks are numbered through.
func (d *drafter) number() {
	d.foldLevels()
	if d.draft.Renumbered || d.beginsAnew() {
		d.draft.Renumbered = true
		for i, e := range d.entries {
			e.task.Number = i + 1
		}
		return
	}
	lines := map[int]int{}
	for _, e := range d.entries {
		if line, twice := lines[e.task.Number]; twice {
			d.problem(e.line, CodeSameNumber, strconv.Itoa(e.task.Number), strconv.Itoa(line))
			continue
		}
		lines[e.task.Number] = e.line
	}
	slices.SortStableFunc(d.entries, func(a, b *entry) int { return cmp.Compare(a.task.Number, b.task.Number) })
}

// foldLevels makes groups of the rows over those with numbers of several
// levels: "1. Công tác chỉ đạo" over 1.1 and 1.2.
func (d *drafter) foldLevels() {
	if !slices.ContainsFunc(d.entries, func(e *entry) bool { return e.label != "" }) {
		return
	}
	d.draft.Renumbered = true
	var kept []*entry
	var groups []plan.Group
	old, over := -1, false // the group of the row before, and whether a row stands over the next ones
	for i, e := range d.entries {
		heads := e.label == "" && !e.duty && i+1 < len(d.entries) && d.entries[i+1].label != ""
		switch {
		case heads:
			groups = append(groups, plan.Group{Numeral: strconv.Itoa(e.task.Number), Title: e.task.Content})
			old, over = e.task.Group, true
			continue
		case e.task.Group != old || over && e.label == "":
			groups = append(groups, d.draft.Plan.Groups[e.task.Group])
			over = false
		}
		old = e.task.Group
		e.task.Group = len(groups) - 1
		kept = append(kept, e)
	}
	d.entries, d.draft.Plan.Groups = kept, groups
}

// beginsAnew reports whether numbers stand twice, but in no group.
func (d *drafter) beginsAnew() bool {
	type place struct{ group, number int }
	seen, all := map[place]bool{}, map[int]bool{}
	twice := false
	for _, e := range d.entries {
		at := place{e.task.Group, e.task.Number}
		if seen[at] {
			return false
		}
		seen[at] = true
		twice = twice || all[e.task.Number]
		all[e.task.Number] = true
	}
	return twice
}
