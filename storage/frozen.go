package storage

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dondoc/internal/plan"
)

// frozenState is what the state of a frozen period is stored as. Its work stands
// in frozen_work; before there was such a table, it stood here.
type frozenState struct {
	Plan *plan.Plan
	Days []plan.SpecialDay
	Work []*plan.Occurrence
}

// Freeze freezes a period of the plan as it counts on the day, and returns it
// without its work, and its figures; loc is the zone in which days are reckoned.
// A period is frozen once.
func (tx *Tx) Freeze(
	p *plan.Plan, f plan.Freeze, today plan.Date, loc *time.Location,
) (*plan.PeriodBook, *plan.Figures, error) {
	fail := func(err error) (*plan.PeriodBook, *plan.Figures, error) {
		return nil, nil, fmt.Errorf("freeze %s: %w", f.Period, err)
	}
	days, err := tx.SpecialDays()
	if err != nil {
		return fail(err)
	}
	b := plan.Book{Plan: p, Calendar: plan.NewCalendar(days), Today: today}
	pb := b.Period(f.Period)
	figures, hash, err := tx.freezeWork(pb, loc)
	if err != nil {
		return fail(err)
	}
	f.Hash, pb.Freeze = hash, &f
	state, err := json.Marshal(frozenState{Plan: p, Days: days})
	if err != nil {
		return fail(err)
	}
	if _, err := tx.exec(`INSERT INTO frozen_periods (plan, period, at, person, hash, state)
		VALUES (?, ?, ?, nullif(?, 0), ?, ?)`,
		p.ID, f.Period, millis(f.At), f.By, hash, string(state)); err != nil {
		return fail(err)
	}
	return pb, figures, tx.touch()
}

// freezeWork stores what counts in the period, and returns its figures and the
// hash over it.
func (tx *Tx) freezeWork(pb *plan.PeriodBook, loc *time.Location) (*plan.Figures, string, error) {
	count, hash, n := countOf(pb), plan.NewReportHash(), 0
	for occs, err := range tx.Parts(Filter{Plan: pb.Plan.ID}, loc) {
		if err != nil {
			return nil, "", err
		}
		work := pb.Counted(occs)
		if len(work) == 0 {
			continue
		}
		count.AddAll(work)
		hash.Add(work)
		packed, err := pack(work)
		if err != nil {
			return nil, "", err
		}
		byUnit := func(x, y *plan.Occurrence) int { return strings.Compare(x.Unit, y.Unit) }
		if _, err := tx.exec(`INSERT INTO frozen_work (plan, period, part, first_unit, last_unit, work)
			VALUES (?, ?, ?, ?, ?, ?)`, pb.Plan.ID, pb.Span.Period, n,
			slices.MinFunc(work, byUnit).Unit, slices.MaxFunc(work, byUnit).Unit, packed); err != nil {
			return nil, "", err
		}
		n++
	}
	return count.Figures(), hash.String(), nil
}

// pack makes work small: as JSON that of a large office's year is more than all
// the rest of the database.
func pack(work []*plan.Occurrence) ([]byte, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	err = errors.Join(json.NewEncoder(z).Encode(work), z.Close())
	return packed.Bytes(), err
}

func unpack(packed []byte) (work []*plan.Occurrence, err error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	err = json.NewDecoder(z).Decode(&work)
	return work, errors.Join(err, z.Close())
}

// A frozenPeriod is a period as it was frozen.
type frozenPeriod struct {
	plan int64
	book *plan.PeriodBook
	work []*plan.Occurrence // if it is older than frozen_work
}

func (tx *Tx) frozenPeriod(planID int64, period plan.Period) (*frozenPeriod, error) {
	f := &plan.Frozen{Freeze: plan.Freeze{Period: period}}
	var text string
	err := tx.row(dest(instant{&f.At}, &f.By, &f.Hash, &text),
		`SELECT at, coalesce(person, 0), hash, state FROM frozen_periods WHERE plan = ? AND period = ?`, planID, period)
	if err != nil {
		return nil, fmt.Errorf("frozen period %s: %w", period, err)
	}
	var state frozenState
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		return nil, fmt.Errorf("frozen period %s: %w", period, err)
	}
	f.Plan, f.Days = state.Plan, state.Days
	return &frozenPeriod{planID, f.Book(), state.Work}, nil
}

// frozenWork hands over what a frozen period counts, a part after the other: of
// one unit, or with "" of all.
func (tx *Tx) frozenWork(f *frozenPeriod, unit string, see func([]*plan.Occurrence)) error {
	other := func(o *plan.Occurrence) bool { return unit != "" && o.Unit != unit }
	see(slices.DeleteFunc(slices.Clone(f.work), other))
	err := tx.each(func(rows *sql.Rows) error {
		var packed sql.RawBytes
		if err := rows.Scan(&packed); err != nil {
			return err
		}
		work, err := unpack(packed)
		if err != nil {
			return err
		}
		see(slices.DeleteFunc(work, other))
		return nil
	}, `SELECT work FROM frozen_work WHERE plan = ?1 AND period = ?2 AND (?3 = '' OR ?3 BETWEEN first_unit AND last_unit)
		ORDER BY part`, f.plan, f.book.Span.Period, unit)
	if err != nil {
		return fmt.Errorf("frozen period %s: %w", f.book.Span.Period, err)
	}
	return nil
}

func (tx *Tx) loadFreezes(p *plan.Plan) error {
	return tx.each(func(rows *sql.Rows) error {
		var f plan.Freeze
		err := rows.Scan(&f.Period, instant{&f.At}, &f.By, &f.Hash)
		p.Frozen = append(p.Frozen, f)
		return err
	}, `SELECT period, at, coalesce(person, 0), hash FROM frozen_periods WHERE plan = ? ORDER BY at, period`, p.ID)
}
