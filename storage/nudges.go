package storage

import (
	"fmt"
	"strconv"
	"time"

	"dondoc/internal/plan"
)

// A Nudge reminds a unit because a person asked for it.
type Nudge struct {
	Plan   int64
	Unit   string
	Task   int // the task's number; 0 for check-ins that are not reported
	Day    plan.Date
	At     time.Time
	Person int64
}

// AddNudge records a nudge and reports whether it is the first of its unit,
// matter and day.
func (tx *Tx) AddNudge(n Nudge) (bool, error) {
	what := "check_ins"
	if n.Task != 0 {
		what = strconv.Itoa(n.Task)
	}
	rows, err := tx.changed(`INSERT INTO nudges (plan, unit, what, day, at, person) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, n.Plan, n.Unit, what, n.Day.String(), millis(n.At), n.Person)
	if err != nil {
		return false, fmt.Errorf("nudge: %w", err)
	}
	return rows > 0, nil
}
