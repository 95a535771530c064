package app

import (
	"context"
	"fmt"

	"dondoc/internal/plan"
	"dondoc/storage"
)

// prepare brings the database to where the program can start from, all of it
// or nothing. It reads nothing that grows with the office: that would keep the
// first poll waiting.
func (a *App) prepare(ctx context.Context) error {
	return a.db.Write(ctx, func(tx *storage.Tx) error {
		if err := a.seed(tx); err != nil {
			return err
		}
		var err error
		if a.keeper.cutOff, err = tx.BeginRun(); err != nil {
			return err
		}
		for _, id := range a.cfg.Admins {
			if err := tx.SetRole(id, plan.Admin); err != nil {
				return err
			}
		}
		return a.handlers.SetDefaultMenu(tx)
	})
}

// seed stores the first plan with its units and its calendar.
func (a *App) seed(tx *storage.Tx) error {
	planned, err := tx.HasPlan()
	if err != nil || planned {
		return err
	}
	first, err := a.cfg.Seed()
	if err != nil {
		return err
	}
	return Plant(tx, first)
}

// Plant stores units, calendar and plan in a database that has none. The plan
// may be nil.
func Plant(tx *storage.Tx, first Seed) error {
	if err := tx.AddUnits(first.Roster); err != nil {
		return fmt.Errorf("store the first units: %w", err)
	}
	if first.Plan != nil {
		if err := tx.AddPlan(first.Plan); err != nil {
			return fmt.Errorf("store the first plan: %w", err)
		}
	}
	for _, d := range first.Days {
		if err := tx.SetSpecialDay(d); err != nil {
			return fmt.Errorf("store the first calendar: %w", err)
		}
	}
	return nil
}
