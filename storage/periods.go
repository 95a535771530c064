package storage

import (
	"time"

	"dondoc/internal/plan"
)

// PeriodBook returns the plan as it counts in the period on the day, with all of
// its work: as it was frozen, else as it stands. loc is the zone in which days
// are reckoned.
func (tx *Tx) PeriodBook(p *plan.Plan, period plan.Period, today plan.Date, loc *time.Location) (*plan.PeriodBook, error) {
	occs, err := tx.Occurrences(Filter{Plan: p.ID}, loc)
	if err != nil {
		return nil, err
	}
	pb, frozen, err := tx.beginPeriod(p, period, today)
	switch {
	case err != nil:
		return nil, err
	case frozen == nil:
		pb.Work = pb.Counted(occs)
	default:
		reports := plan.FrozenReports{}
		err = tx.frozenWork(frozen, "", func(work []*plan.Occurrence) {
			reports.Keep(work)
			pb.Work = append(pb.Work, work...)
		})
		pb.Supplement(occs, reports)
	}
	pb.Remember(occs)
	return pb, err
}

// PeriodFigures counts what PeriodBook returns, of the units or, with nil, of
// all. The book is without work, but for what came after the chốt to the work of
// all.
func (tx *Tx) PeriodFigures(
	p *plan.Plan, period plan.Period, units []string, today plan.Date, loc *time.Location,
) (*plan.PeriodBook, *plan.Figures, error) {
	pb, frozen, err := tx.beginPeriod(p, period, today)
	if err != nil {
		return nil, nil, err
	}
	pb.Units = units
	count := countOf(pb)
	switch {
	case frozen == nil:
		err = tx.now(p.ID, units, loc, func(occs []*plan.Occurrence) { count.AddAll(pb.Counted(occs)) })
	case units == nil:
		reports := plan.FrozenReports{}
		err = tx.frozenWork(frozen, "", func(work []*plan.Occurrence) {
			reports.Keep(work)
			count.AddAll(work)
		})
		if err == nil {
			err = tx.now(p.ID, nil, loc, func(occs []*plan.Occurrence) { pb.Supplement(occs, reports) })
		}
	default:
		for _, u := range units {
			if err == nil {
				err = tx.frozenWork(frozen, u, count.AddAll)
			}
		}
	}
	return pb, count.Figures(), err
}

// countOf begins to count a period, of which nobody asks what lies ahead.
func countOf(pb *plan.PeriodBook) *plan.Count {
	count := pb.Count()
	count.Ahead = pb.Today
	return count
}

// beginPeriod returns the period without its work, and as what it was frozen, if
// it was.
func (tx *Tx) beginPeriod(p *plan.Plan, period plan.Period, today plan.Date) (*plan.PeriodBook, *frozenPeriod, error) {
	if p.FrozenPeriod(period) != nil {
		frozen, err := tx.frozenPeriod(p.ID, period)
		if err != nil {
			return nil, nil, err
		}
		return frozen.book, frozen, nil
	}
	s, err := tx.Snapshot()
	if err != nil {
		return nil, nil, err
	}
	b := plan.Book{Plan: p, Calendar: s.Calendar, Today: today}
	return b.Period(period), nil, nil
}

// now hands over the occurrences of a plan as they are now, a part after the
// other: those of the units or, with nil, of all.
func (tx *Tx) now(planID int64, units []string, loc *time.Location, see func([]*plan.Occurrence)) error {
	if units == nil {
		for occs, err := range tx.Parts(Filter{Plan: planID}, loc) {
			if err != nil {
				return err
			}
			see(occs)
		}
		return nil
	}
	for _, u := range units {
		occs, err := tx.Occurrences(Filter{Plan: planID, Unit: u}, loc)
		if err != nil {
			return err
		}
		see(occs)
	}
	return nil
}
