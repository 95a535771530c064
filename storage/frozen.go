package storage

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"dondoc/internal/plan"
)

// frozenState is what the state of a frozen period is stored as.
type frozenState struct {
	Plan *plan.Plan
	Days []plan.SpecialDay
	Work []*plan.Occurrence
}

// Freeze stores a frozen period of the plan. A period is frozen once.
func (tx *Tx) Freeze(planID int64, f *plan.Frozen) error {
	state, err := json.Marshal(frozenState{Plan: f.Plan, Days: f.Days, Work: f.Work})
	if err != nil {
		return fmt.Errorf("freeze %s: %w", f.Period, err)
	}
	if _, err := tx.exec(`INSERT INTO frozen_periods (plan, period, at, person, hash, state)
		VALUES (?, ?, ?, nullif(?, 0), ?, ?)`,
		planID, f.Period, millis(f.At), f.By, f.Hash, string(state)); err != nil {
		return fmt.Errorf("freeze %s: %w", f.Period, err)
	}
	return tx.touch()
}

// FrozenPeriod returns the period as it was frozen, or ErrNotFound.
func (tx *Tx) FrozenPeriod(planID int64, period plan.Period) (*plan.Frozen, error) {
	f := &plan.Frozen{Freeze: plan.Freeze{Period: period}}
	var state string
	err := tx.row(dest(instant{&f.At}, &f.By, &f.Hash, &state),
		`SELECT at, coalesce(person, 0), hash, state FROM frozen_periods WHERE plan = ? AND period = ?`, planID, period)
	if err != nil {
		return nil, fmt.Errorf("frozen period %s: %w", period, err)
	}
	var s frozenState
	if err := json.Unmarshal([]byte(state), &s); err != nil {
		return nil, fmt.Errorf("frozen period %s: %w", period, err)
	}
	f.Plan, f.Days, f.Work = s.Plan, s.Days, s.Work
	return f, nil
}

// PeriodBook returns the plan as it counts in the period on the day: as it was
// frozen, else as it stands. loc is the zone in which days are reckoned.
func (tx *Tx) PeriodBook(p *plan.Plan, period plan.Period, today plan.Date, loc *time.Location) (*plan.PeriodBook, error) {
	occs, err := tx.Occurrences(Filter{Plan: p.ID}, loc)
	if err != nil {
		return nil, err
	}
	if p.FrozenPeriod(period) != nil {
		f, err := tx.FrozenPeriod(p.ID, period)
		if err != nil {
			return nil, err
		}
		return f.Book(occs), nil
	}
	s, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	b := plan.Book{Plan: p, Calendar: s.Calendar, Today: today}
	return b.Period(period, occs), nil
}

func (tx *Tx) loadFreezes(p *plan.Plan) error {
	return tx.each(func(rows *sql.Rows) error {
		var f plan.Freeze
		err := rows.Scan(&f.Period, instant{&f.At}, &f.By, &f.Hash)
		p.Frozen = append(p.Frozen, f)
		return err
	}, `SELECT period, at, coalesce(person, 0), hash FROM frozen_periods WHERE plan = ? ORDER BY at, period`, p.ID)
}
