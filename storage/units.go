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

// MergeUnit gives all that from answers for to into: assignments and heads go
// over, its names become aliases. Reports stay where they were given; open
// occurrences go over unless into has the same already.
func (tx *Tx) MergeUnit(from plan.Unit, into string) error {
	for _, q := range []string{
		`INSERT INTO heads (person, unit, since) SELECT person, ?2, since FROM heads WHERE unit = ?1 ON CONFLICT DO NOTHING`,
		`DELETE FROM heads WHERE unit = ?1`,
		// What was begun and is not done goes on with the other unit.
		`INSERT OR IGNORE INTO occurrences (task, unit, kind, period, opens, due, firm, document)
			SELECT o.task, ?2, o.kind, o.period, o.opens, o.due, o.firm, o.document FROM occurrences o
			WHERE o.unit = ?1 AND EXISTS (
				SELECT 1 FROM assignments a WHERE a.task = o.task AND a.unit = o.unit AND a.role = 'lead')
			AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = o.id AND r.withdrawn_at IS NULL
				AND r.returned_at IS NULL AND (r.status = 'done' OR o.kind <> 'dated'))`,
		`INSERT INTO extensions (occurrence, was, due, decided_by, at, reason)
			SELECT n.id, e.was, e.due, e.decided_by, e.at, e.reason FROM occurrences o
			JOIN extensions e ON e.occurrence = o.id
			JOIN occurrences n ON n.task = o.task AND n.period = o.period AND n.unit = ?2
			WHERE o.unit = ?1 AND NOT EXISTS (SELECT 1 FROM extensions x WHERE x.occurrence = n.id)`,
		// So does what was written into a form and is not sent.
		`INSERT OR IGNORE INTO choices (occurrence, status, note, noted, person, since)
			SELECT n.id, c.status, c.note, c.noted, c.person, 0 FROM occurrences o
			JOIN choices c ON c.occurrence = o.id AND c.report IS NULL
			JOIN occurrences n ON n.task = o.task AND n.period = o.period AND n.unit = ?2
			WHERE o.unit = ?1`,
		`UPDATE OR IGNORE assignments SET unit = ?2 WHERE unit = ?1`,
		`DELETE FROM assignments WHERE unit = ?1`,
		`DELETE FROM extensions WHERE occurrence IN (SELECT o.id FROM occurrences o WHERE o.unit = ?1
			AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = o.id))`,
		`DELETE FROM occurrences WHERE unit = ?1
			AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = occurrences.id)`,
		`UPDATE units SET merged = ?2, chat = NULL WHERE code = ?1`,
	} {
		if _, err := tx.exec(q, from.Code, into); err != nil {
			return fmt.Errorf("merge unit: %w", err)
		}
	}
	names := append([]string{from.Code, from.Name}, from.Aliases...)
	if from.Short != "" && from.Short != from.Name {
		names = append(names, from.Short)
	}
	if err := tx.appendAliases(into, names...); err != nil {
		return err
	}
	return tx.touch()
}

// MoveTask makes the task's lead unit from be followed by into: what is open
// goes over, reports stay where they were given.
func (tx *Tx) MoveTask(task int64, from, into string) error {
	for _, q := range []string{
		// What was begun and is not done goes on with the other unit.
		`INSERT OR IGNORE INTO occurrences (task, unit, kind, period, opens, due, firm, document)
			SELECT o.task, ?3, o.kind, o.period, o.opens, o.due, o.firm, o.document FROM occurrences o
			WHERE o.task = ?1 AND o.unit = ?2 AND EXISTS (
				SELECT 1 FROM assignments a WHERE a.task = o.task AND a.unit = o.unit AND a.role = 'lead')
			AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = o.id AND r.withdrawn_at IS NULL
				AND r.returned_at IS NULL AND (r.status = 'done' OR o.kind <> 'dated'))`,
		`INSERT INTO extensions (occurrence, was, due, decided_by, at, reason)
			SELECT n.id, e.was, e.due, e.decided_by, e.at, e.reason FROM occurrences o
			JOIN extensions e ON e.occurrence = o.id
			JOIN occurrences n ON n.task = o.task AND n.period = o.period AND n.unit = ?3
			WHERE o.task = ?1 AND o.unit = ?2 AND NOT EXISTS (SELECT 1 FROM extensions x WHERE x.occurrence = n.id)`,
		// So does what was written into a form and is not sent.
		`INSERT OR IGNORE INTO choices (occurrence, status, note, noted, person, since)
			SELECT n.id, c.status, c.note, c.noted, c.person, 0 FROM occurrences o
			JOIN choices c ON c.occurrence = o.id AND c.report IS NULL
			JOIN occurrences n ON n.task = o.task AND n.period = o.period AND n.unit = ?3
			WHERE o.task = ?1 AND o.unit = ?2`,
		`UPDATE OR IGNORE assignments SET unit = ?3 WHERE task = ?1 AND unit = ?2 AND role = 'lead'`,
		`DELETE FROM assignments WHERE task = ?1 AND unit = ?2 AND role = 'lead'`,
		`DELETE FROM extensions WHERE occurrence IN (SELECT o.id FROM occurrences o WHERE o.task = ?1 AND o.unit = ?2
			AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = o.id))`,
		`DELETE FROM occurrences WHERE task = ?1 AND unit = ?2
			AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = occurrences.id)`,
	} {
		if _, err := tx.exec(q, task, from, into); err != nil {
			return fmt.Errorf("move task: %w", err)
		}
	}
	return tx.touch()
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
