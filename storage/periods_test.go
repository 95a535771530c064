package storage_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// Parts are what is there, in its order, none of it twice and never more than a
// few thousand at once.
func TestPartsAreTheWhole(t *testing.T) {
	for _, units := range []int{3, 40, 510} {
		m := filled(t, units)
		m.do(func(tx *storage.Tx) error {
			snap, err := tx.Snapshot()
			if err != nil {
				return err
			}
			for _, f := range []storage.Filter{
				{Plan: snap.Plans[0].ID}, {Task: snap.Plans[0].Task(1).ID, Dropped: true}, {Task: snap.Plans[0].Task(30).ID},
			} {
				if err := samePartsAs(t, tx, f); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func samePartsAs(t *testing.T, tx *storage.Tx, f storage.Filter) error {
	t.Helper()
	whole, err := tx.Occurrences(f, zone)
	if err != nil {
		return err
	}
	var got []*plan.Occurrence
	for occs, err := range tx.Parts(f, zone) {
		if err != nil {
			return err
		}
		if len(occs) > 12*500 { // five hundred units with a task of every month
			t.Errorf("%+v: %d occurrences at once", f, len(occs))
		}
		got = append(got, occs...)
	}
	if len(whole) == 0 || !slices.EqualFunc(got, whole, func(x, y *plan.Occurrence) bool { return x.ID == y.ID }) {
		t.Errorf("%+v: parts have %d occurrences of %d", f, len(got), len(whole))
	}
	return nil
}

// A period is counted alike as it comes and as a whole, for all units and for
// one; and once it is frozen it stays so, whatever is said later.
func TestAPeriodIsCountedAlikeByParts(t *testing.T) {
	const units = 40 // with thirty tasks more than a part has
	m := lively(t, units)
	today, later := date(t, "2024-12-20"), date(t, "2024-12-30")
	for _, period := range plan.Periods() {
		var before *plan.PeriodBook
		m.do(func(tx *storage.Tx) error {
			before = samePeriod(t, tx, period, today)
			snap, err := tx.Snapshot()
			if err != nil {
				return err
			}
			chot := plan.Freeze{Period: period, At: time.Now(), By: 1}
			pb, f, err := tx.Freeze(snap.Plans[0], chot, today, zone)
			if err != nil {
				return err
			}
			want := before.Figures()
			want.ByDue, want.DueSoon = f.ByDue, f.DueSoon // are not counted
			sameFigures(t, f, want)
			hash := plan.NewReportHash()
			hash.Add(before.Work)
			if pb.Freeze.Hash != hash.String() || hash.String() == plan.NewReportHash().String() {
				t.Errorf("%s: the hash is %s, by the whole %s", period, pb.Freeze.Hash, hash)
			}
			return nil
		})
		m.do(func(tx *storage.Tx) error {
			o := before.Work[len(before.Work)/2]
			at := o.Due.In(zone, 0)
			if o.Kind == plan.OccurrenceDated {
				at = before.Span.Opens.In(zone, 0)
			}
			r := &plan.Report{By: 1, Via: plan.ViaCommand, Status: plan.Done, At: at}
			if err := tx.AddReport(o.ID, 9, r, time.Now()); err != nil {
				return err
			}
			after := samePeriod(t, tx, period, later)
			if len(after.Later) != 1 || after.Later[0].Report.ID != r.ID {
				t.Errorf("%s: later came %+v", period, after.Later)
			}
			hash := plan.NewReportHash()
			hash.Add(after.Work)
			if after.Freeze.Hash != hash.String() || after.Freeze.By != 1 {
				t.Errorf("%s: frozen %+v, the hash over it is %s", period, after.Freeze, hash)
			}
			sameFigures(t, after.Figures(), before.Figures())
			return nil
		})
	}
}

// samePeriod holds the figures of a period against those of its book.
func samePeriod(t *testing.T, tx *storage.Tx, period plan.Period, today plan.Date) *plan.PeriodBook {
	t.Helper()
	snap, err := tx.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	whole, err := tx.PeriodBook(snap.Plans[0], period, today, zone)
	if err != nil {
		t.Fatal(err)
	}
	for _, units := range [][]string{nil, {fill.Unit(1)}, {fill.Unit(38), fill.Unit(2)}} {
		pb, got, err := tx.PeriodFigures(snap.Plans[0], period, units, today, zone)
		if err != nil {
			t.Fatal(err)
		}
		whole.Units = units
		want := whole.Figures()
		want.ByDue, want.DueSoon = got.ByDue, got.DueSoon // are not counted
		sameFigures(t, got, want)
		if units == nil && len(pb.Later) != len(whole.Later) || !reflect.DeepEqual(pb.Freeze, whole.Freeze) {
			t.Errorf("%s: %d came later, %d by the whole; frozen %+v, %+v",
				period, len(pb.Later), len(whole.Later), pb.Freeze, whole.Freeze)
		}
	}
	whole.Units = nil
	return whole
}
