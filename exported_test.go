//go:build unix

package main_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
)

// exported is what the tests read of the export.
type exported struct {
	Units []exportedUnit
	Tasks []struct {
		Number      int
		Kind        string
		Leads       []string
		Occurrences []struct {
			Unit    string
			Reports []exportedReport
		}
	}
}

type exportedUnit struct {
	Code   string
	ChatID *int64 `json:"chat_id"`
}

type exportedReport struct {
	By                int64
	Via, Status, Note string
	WithdrawnAt       *string `json:"withdrawn_at"`

	unit string
	task int
}

// export runs "dondoc export", which may be beside a running program.
func (o *office) export() (x exported) {
	o.Helper()
	cmd := exec.CommandContext(o.Context(), o.bin, "export")
	var errs bytes.Buffer
	cmd.Env, cmd.Stderr = o.env, &errs
	out, err := cmd.Output()
	if err != nil || errs.Len() > 0 {
		o.Fatalf("export: %v\n%s", err, &errs)
	}
	o.must(json.Unmarshal(out, &x))
	return x
}

// ongoing returns the numbers of the unit's tasks that it is asked for again
// and again.
func (x exported) ongoing(unit string) (numbers []int) {
	for _, t := range x.Tasks {
		if t.Kind == "ongoing" && slices.Contains(t.Leads, unit) {
			numbers = append(numbers, t.Number)
		}
	}
	return numbers
}

// reports returns all that were recorded, those of an occurrence in order.
func (x exported) reports() (all []exportedReport) {
	for _, t := range x.Tasks {
		for _, o := range t.Occurrences {
			for _, r := range o.Reports {
				r.unit, r.task = o.Unit, t.Number
				all = append(all, r)
			}
		}
	}
	return all
}
