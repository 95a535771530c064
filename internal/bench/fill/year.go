package fill

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"dondoc/internal/plan"
	"dondoc/storage"
)

// unitsAtOnce is how many units' reports are one transaction.
const unitsAtOnce = 100

// year reports on everything: most of it in time, some late, some blocked, and
// some not at all, so that no figure is nought.
func year(ctx context.Context, db *storage.DB, units int, loc *time.Location) error {
	for first := 0; first < units; first += unitsAtOnce {
		err := db.Write(ctx, func(tx *storage.Tx) error {
			for unit := first; unit < min(first+unitsAtOnce, units); unit++ {
				if err := unitYear(tx, unit, loc); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("fill in the reports: %w", err)
		}
	}
	return nil
}

func unitYear(tx *storage.Tx, unit int, loc *time.Location) error {
	occs, err := tx.Occurrences(storage.Filter{Unit: Unit(unit)}, loc)
	if err != nil {
		return err
	}
	var batch int64
	for i, o := range occs {
		if r := report(o, unit+i, loc); r != nil {
			r.By = Person(unit)
			if err := tx.AddReport(o.ID, batch, r, r.At); err != nil {
				return err
			}
			batch = cmp.Or(batch, r.ID)
		}
	}
	return nil
}

// report is what is said of an occurrence; turn deals out the cases.
func report(o *plan.Occurrence, turn int, loc *time.Location) *plan.Report {
	r := &plan.Report{Via: plan.ViaForm, Status: plan.Done, Day: o.Due - 2}
	if o.Kind == plan.OccurrenceCheckIn {
		r.Status, r.Note = plan.InProgress, "Đã thực hiện theo kế hoạch, không có vướng mắc."
	}
	const cases = 20
	switch turn % cases {
	case 0:
		return nil
	case 1:
		r.Status, r.Note = plan.Blocked, "Chờ ý kiến của cơ quan có thẩm quyền."
	case 2, 3:
		r.Day = o.Due + 10
	case 4:
		r.Evidence = []plan.Evidence{{Kind: "document", Number: fmt.Sprintf("%d/BC", turn), Date: r.Day}}
	}
	r.At = plan.At(10, 0).On(r.Day, loc)
	return r
}
