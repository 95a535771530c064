package storage

import (
	"database/sql"
	"fmt"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// AddUnits stores a roster after what is there.
func (tx *Tx) AddUnits(r *plan.Roster) error {
	var position int
	if err := tx.row(dest(&position), `SELECT coalesce(max(position), 0) FROM units`); err != nil {
		return fmt.Errorf("add units: %w", err)
	}
	for _, u := range r.Units {
		position++
		if err := tx.addUnit(position, u, ""); err != nil {
			return err
		}
	}
	for _, c := range r.Collectives {
		position++
		u := plan.Unit{Code: c.Code, Name: c.Name, Kind: plan.UnitCollective, Aliases: c.Aliases}
		if err := tx.addUnit(position, u, strings.Join(c.Members, ";")); err != nil {
			return err
		}
	}
	return tx.touch()
}

func (tx *Tx) addUnit(position int, u plan.Unit, members string) error {
	if _, err := tx.exec(`INSERT INTO units (code, position, name, short, kind, members) VALUES (?, ?, ?, ?, ?, ?)`,
		u.Code, position, u.Name, u.Short, u.Kind, members); err != nil {
		return fmt.Errorf("add unit %s: %w", u.Code, err)
	}
	for i, a := range u.Aliases {
		if err := tx.addAlias(u.Code, i, a); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) addAlias(unit string, position int, name string) error {
	if _, err := tx.exec(`INSERT INTO unit_aliases (unit, position, name) VALUES (?, ?, ?)`, unit, position, name); err != nil {
		return fmt.Errorf("add alias of %s: %w", unit, err)
	}
	return nil
}

// loadRoster reads units and collectives; units merged into others are left
// out, their names being aliases of those.
func (tx *Tx) loadRoster() (*plan.Roster, error) {
	aliases := map[string][]string{}
	err := tx.each(func(rows *sql.Rows) error {
		var unit, name string
		err := rows.Scan(&unit, &name)
		aliases[unit] = append(aliases[unit], name)
		return err
	}, `SELECT unit, name FROM unit_aliases ORDER BY unit, position`)
	if err != nil {
		return nil, err
	}
	var units []plan.Unit
	var collectives []plan.Collective
	err = tx.each(func(rows *sql.Rows) error {
		var u plan.Unit
		var members string
		if err := rows.Scan(&u.Code, &u.Name, &u.Short, &u.Kind, &members); err != nil {
			return err
		}
		if u.Kind == plan.UnitCollective {
			collectives = append(collectives, plan.Collective{
				Code: u.Code, Name: u.Name, Aliases: aliases[u.Code],
				Members: strings.FieldsFunc(members, func(r rune) bool { return r == ';' }),
			})
			return nil
		}
		u.Aliases = aliases[u.Code]
		units = append(units, u)
		return nil
	}, `SELECT code, name, short, kind, members FROM units WHERE merged IS NULL ORDER BY position`)
	if err != nil {
		return nil, err
	}
	return plan.RosterOf(units, collectives), nil
}

// checkNames returns a *plan.NameTakenError if two units or collectives share a
// name.
func (tx *Tx) checkNames() error {
	r, err := tx.loadRoster()
	if err != nil {
		return err
	}
	_, err = plan.NewRoster(r.Units, r.Collectives)
	return err
}

// LinkUnit makes the place the unit's chat; the zero Place unlinks it.
func (tx *Tx) LinkUnit(unit string, p chat.Place) error {
	var chatID any
	if p.Chat != 0 {
		chatID = p.Chat
	}
	if _, err := tx.exec(`UPDATE units SET chat = ?, topic = ? WHERE code = ?`, chatID, p.Topic, unit); err != nil {
		return fmt.Errorf("link unit: %w", err)
	}
	return tx.touch()
}

// RenameUnit gives the unit a new name; the old one stays as an alias, so that
// older papers are still understood. The new name must be nobody else's: it
// returns a *plan.NameTakenError otherwise.
func (tx *Tx) RenameUnit(u plan.Unit, name, short string) error {
	if _, err := tx.exec(`UPDATE units SET name = ?, short = ? WHERE code = ?`, name, short, u.Code); err != nil {
		return fmt.Errorf("rename unit: %w", err)
	}
	if err := tx.appendAliases(u.Code, u.Name); err != nil {
		return err
	}
	if err := tx.touch(); err != nil {
		return err
	}
	return tx.checkNames()
}

// AddAlias gives the unit one more name. The name must be nobody's: it returns
// a *plan.NameTakenError otherwise.
func (tx *Tx) AddAlias(unit, name string) error {
	if err := tx.appendAliases(unit, name); err != nil {
		return err
	}
	if err := tx.touch(); err != nil {
		return err
	}
	return tx.checkNames()
}

// AddUnit stores a unit after those that are there. Its names must be nobody's:
// it returns a *plan.NameTakenError otherwise.
func (tx *Tx) AddUnit(u plan.Unit) error {
	var position int
	if err := tx.row(dest(&position), `SELECT coalesce(max(position), 0) + 1 FROM units`); err != nil {
		return fmt.Errorf("add unit: %w", err)
	}
	if err := tx.addUnit(position, u, ""); err != nil {
		return err
	}
	if err := tx.touch(); err != nil {
		return err
	}
	return tx.checkNames()
}

func (tx *Tx) appendAliases(unit string, names ...string) error {
	var n int
	if err := tx.row(dest(&n), `SELECT coalesce(max(position) + 1, 0) FROM unit_aliases WHERE unit = ?`, unit); err != nil {
		return fmt.Errorf("add alias: %w", err)
	}
	for i, name := range names {
		if err := tx.addAlias(unit, n+i, name); err != nil {
			return err
		}
	}
	return nil
}
