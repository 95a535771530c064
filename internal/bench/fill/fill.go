// Package fill builds databases of any size, to measure with: as many units as
// are asked for, each with its head and a linked chat, and the shipped plan's
// thirty tasks, every one of them led by all units.
package fill

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

// The people of the office itself. Each can be written to in private.
const (
	Admin    int64 = 1
	Director int64 = 2
)

const firstPerson int64 = 1_000_000

// Person is the head of the unit with the index, counted from 0. The unit's
// chat is this person's private one, so it bears the same id.
func Person(unit int) int64 { return firstPerson + int64(unit) }

// Unit is the code of the unit with the index.
func Unit(unit int) string { return fmt.Sprintf("don-vi-%05d", unit+1) }

// Size says how large the database is to be.
type Size struct {
	Units   int
	Reports bool // the whole year was reported on
}

// File makes the database in a file that is not there yet.
func File(ctx context.Context, path string, s Size, loc *time.Location) error {
	db, err := storage.Open(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(Database(ctx, db, s, loc), db.Close())
}

// Database fills an empty database. The plan is of 2024, given out on the day
// of its decision.
func Database(ctx context.Context, db *storage.DB, s Size, loc *time.Location) error {
	p, roster, days, err := office(s.Units)
	if err != nil {
		return err
	}
	err = db.Write(ctx, func(tx *storage.Tx) error {
		if err := tx.AddUnits(roster); err != nil {
			return err
		}
		for _, d := range days {
			if err := tx.SetSpecialDay(d); err != nil {
				return err
			}
		}
		if err := tx.AddPlan(p); err != nil {
			return err
		}
		return tx.SetPublished(p.ID, p.Date)
	})
	if err != nil {
		return fmt.Errorf("fill in the plan: %w", err)
	}
	if err := db.Write(ctx, func(tx *storage.Tx) error { return people(tx, s.Units, p.Date.In(loc, 0)) }); err != nil {
		return fmt.Errorf("fill in the people: %w", err)
	}
	if !s.Reports {
		return nil
	}
	return year(ctx, db, s.Units, loc)
}

// office is the shipped plan with other units, and with work of every month and
// quarter beside that of the whole year.
func office(units int) (*plan.Plan, *plan.Roster, []plan.SpecialDay, error) {
	p, _, days, err := planfile.Shipped()
	if err != nil {
		return nil, nil, nil, err
	}
	list := make([]plan.Unit, units)
	codes := make([]string, units)
	for i := range list {
		codes[i] = Unit(i)
		list[i] = plan.Unit{
			Code: codes[i], Kind: plan.UnitSubordinate,
			Name: fmt.Sprintf("Đơn vị trực thuộc số %d", i+1), Short: fmt.Sprintf("Đơn vị %d", i+1),
		}
	}
	roster, err := plan.NewRoster(list, nil)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("fill in the units: %w", err)
	}
	for _, t := range p.Tasks {
		t.Leads, t.Cooperating = codes, nil
	}
	for number, phrase := range map[int]string{1: "Hàng tháng", 5: "Hàng quý", 6: "Hàng quý"} {
		p.Task(number).Schedule = plan.ReadDeadline(phrase, p.Year)
	}
	return p, roster, days, nil
}

func people(tx *storage.Tx, units int, since time.Time) error {
	for id, role := range map[int64]plan.Role{Admin: plan.Admin, Director: plan.Director} {
		if err := meet(tx, id, string(role)); err != nil {
			return err
		}
		if err := tx.SetRole(id, role); err != nil {
			return err
		}
	}
	for i := range units {
		id := Person(i)
		if err := meet(tx, id, fmt.Sprintf("Đầu mối %d", i+1)); err != nil {
			return err
		}
		if err := tx.AddHead(id, Unit(i), since); err != nil {
			return err
		}
		if err := tx.LinkUnit(Unit(i), chat.Place{Chat: id}); err != nil {
			return err
		}
	}
	return nil
}

func meet(tx *storage.Tx, id int64, name string) error {
	if err := tx.KeepName(id, name); err != nil {
		return err
	}
	return tx.KeepChat(chat.Chat{Place: chat.Place{Chat: id}, Kind: chat.Private, Title: name})
}
