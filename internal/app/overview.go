package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dondoc/internal/plan"
	"dondoc/scheduler"
	"dondoc/storage"
)

// An Overview is how the plan in force stands, counted as /summary counts it.
type Overview struct {
	Book        plan.Book // as of today; its Plan is nil without one
	Roster      *plan.Roster
	Occurrences []*plan.Occurrence
	Figures     *plan.Figures
	Next        []scheduler.Message // what will be said if nobody reports meanwhile
}

// foresight is how far an Overview looks ahead.
const foresight = 90 * 24 * time.Hour

// Overview returns how the plan in force stands now.
func (a *App) Overview(ctx context.Context) (*Overview, error) {
	o := &Overview{Figures: &plan.Figures{}}
	err := a.db.Read(ctx, func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		now := a.cfg.Clock.Now()
		o.Roster = snap.Roster
		today := plan.DateOf(now, a.cfg.Location)
		o.Book = plan.Book{Plan: snap.Current(today), Calendar: snap.Calendar, Today: today}
		if o.Book.Plan == nil {
			return nil
		}
		o.Occurrences, err = tx.Occurrences(storage.Filter{Plan: o.Book.Plan.ID}, a.cfg.Location)
		if err != nil {
			return err
		}
		o.Figures = o.Book.Figures(o.Occurrences)
		o.Next, err = forecast(tx, now, a.cfg.Location)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("overview: %w", err)
	}
	return o, nil
}

func forecast(tx *storage.Tx, now time.Time, loc *time.Location) ([]scheduler.Message, error) {
	office, err := scheduler.Load(tx, now, loc)
	if err != nil || office == nil {
		return nil, err
	}
	var list []scheduler.Message
	err = office.Ahead(tx, now, now.Add(foresight), func(m scheduler.Message) { list = append(list, m) })
	slices.SortStableFunc(list, func(x, y scheduler.Message) int { return x.At.Compare(y.At) })
	return list, err
}
