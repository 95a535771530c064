package storage

import (
	"database/sql"
	"fmt"

	"dondoc/internal/plan"
)

// Everybody returns, by id, whoever has a role or a unit and whoever reported,
// each with the units in the order of the roster. Somebody who was removed, or
// whose name never came, has none.
func (tx *Tx) Everybody() ([]plan.Person, error) {
	units := map[int64][]string{}
	err := tx.each(func(rows *sql.Rows) error {
		var person int64
		var unit string
		err := rows.Scan(&person, &unit)
		units[person] = append(units[person], unit)
		return err
	}, `SELECT h.person, h.unit FROM heads h JOIN units u ON u.code = h.unit ORDER BY h.person, u.position`)
	if err != nil {
		return nil, fmt.Errorf("everybody: %w", err)
	}
	var out []plan.Person
	err = tx.each(func(rows *sql.Rows) error {
		var p plan.Person
		err := rows.Scan(&p.ID, &p.Name, &p.Role, &p.Lang)
		p.Units = units[p.ID]
		out = append(out, p)
		return err
	}, `SELECT known.id, coalesce(p.name, ''), coalesce(p.role, ''), coalesce(p.lang, '')
		FROM (SELECT person AS id FROM reports UNION SELECT person FROM heads UNION SELECT id FROM people WHERE role <> '') known
		LEFT JOIN people p ON p.id = known.id ORDER BY known.id`)
	if err != nil {
		return nil, fmt.Errorf("everybody: %w", err)
	}
	return out, nil
}

// A MergedUnit is a unit that another took over. Reports stay where they were
// given, so occurrences may still bear its code.
type MergedUnit struct {
	plan.Unit
	Into string // code of the unit that took over
}

// MergedUnits returns the units that others took over, which no roster has, in
// the order in which they once stood there, without aliases.
func (tx *Tx) MergedUnits() ([]MergedUnit, error) {
	var out []MergedUnit
	err := tx.each(func(rows *sql.Rows) error {
		var u MergedUnit
		err := rows.Scan(&u.Code, &u.Name, &u.Short, &u.Kind, &u.Into)
		out = append(out, u)
		return err
	}, `SELECT code, name, short, kind, merged FROM units WHERE merged IS NOT NULL ORDER BY position`)
	if err != nil {
		return nil, fmt.Errorf("merged units: %w", err)
	}
	return out, nil
}

// Names returns what units and people are called, in whatever plan they stood.
func (tx *Tx) Names() (*plan.Names, error) {
	snapshot, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	merged, err := tx.MergedUnits()
	if err != nil {
		return nil, err
	}
	people, err := tx.Everybody()
	if err != nil {
		return nil, err
	}
	n := &plan.Names{Units: map[string]plan.Unit{}, People: map[int64]string{}}
	for _, u := range snapshot.Roster.Units {
		n.Units[u.Code] = u
	}
	for _, u := range merged {
		n.Units[u.Code] = u.Unit
	}
	for _, p := range people {
		if p.Name != "" {
			n.People[p.ID] = p.Name
		}
	}
	return n, nil
}
