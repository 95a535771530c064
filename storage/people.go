package storage

import (
	"fmt"
	"strings"
	"time"

	"dondoc/internal/plan"
)

// Person returns somebody whom the office let in, or ErrNotFound.
func (tx *Tx) Person(id int64) (plan.Person, error) {
	p := plan.Person{ID: id}
	var units string
	err := tx.row(dest(&p.Name, &p.Role, &p.Lang, &units), `SELECT name, role, lang, coalesce((
		SELECT group_concat(unit, ' ') FROM heads WHERE person = people.id), '')
		FROM people WHERE id = ?`, id)
	if err != nil {
		return p, fmt.Errorf("person %d: %w", id, err)
	}
	p.Units = strings.Fields(units)
	if len(p.Units) > 1 { // of several the order counts
		p.Units, err = list[string](tx, `SELECT h.unit FROM heads h JOIN units u ON u.code = h.unit
			WHERE h.person = ? ORDER BY u.position`, id)
	}
	return p, err
}

// People returns everybody with a role or a unit, by id.
func (tx *Tx) People() ([]plan.Person, error) {
	return tx.people(`SELECT id FROM people INDEXED BY people_role WHERE role <> ''
		UNION SELECT person FROM heads ORDER BY id`)
}

// Named lists everybody whose name is kept, or who has a role or a unit, by
// name.
func (tx *Tx) Named() ([]int64, error) {
	ids, err := list[int64](tx, `SELECT id FROM people WHERE name <> '' OR role <> ''
		OR id IN (SELECT person FROM heads) ORDER BY name, id`)
	if err != nil {
		return nil, fmt.Errorf("people with a name: %w", err)
	}
	return ids, nil
}

// WithRole returns everybody who has the role, by id.
func (tx *Tx) WithRole(r plan.Role) ([]plan.Person, error) {
	return tx.people(`SELECT id FROM people WHERE role = ? AND role <> '' ORDER BY id`, r)
}

// people returns those whose ids the query finds.
func (tx *Tx) people(query string, args ...any) ([]plan.Person, error) {
	ids, err := list[int64](tx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	out := make([]plan.Person, len(ids))
	for i, id := range ids {
		if out[i], err = tx.Person(id); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// KeepName stores what somebody is called now; an empty name changes nothing.
func (tx *Tx) KeepName(id int64, name string) error {
	if _, err := tx.exec(`INSERT INTO people (id, name) VALUES (?1, ?2)
		ON CONFLICT (id) DO UPDATE SET name = ?2 WHERE ?2 <> '' AND name <> ?2`, id, name); err != nil {
		return fmt.Errorf("keep name: %w", err)
	}
	return nil
}

// SetRole gives the person the role, or takes it with NoRole.
func (tx *Tx) SetRole(id int64, r plan.Role) error {
	if _, err := tx.exec(`INSERT INTO people (id, name, role) VALUES (?1, '', ?2)
		ON CONFLICT (id) DO UPDATE SET role = ?2`, id, r); err != nil {
		return fmt.Errorf("set role: %w", err)
	}
	return nil
}

// SetPersonLang stores the language that the person reads in private.
func (tx *Tx) SetPersonLang(id int64, lang string) error {
	if _, err := tx.exec(`UPDATE people SET lang = ? WHERE id = ?`, lang, id); err != nil {
		return fmt.Errorf("set language: %w", err)
	}
	return nil
}

// AddHead makes the person head of the unit.
func (tx *Tx) AddHead(person int64, unit string, since time.Time) error {
	if _, err := tx.exec(`INSERT INTO heads (person, unit, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		person, unit, millis(since)); err != nil {
		return fmt.Errorf("add head: %w", err)
	}
	return tx.touch()
}

// DropHead ends the person's being head of the unit.
func (tx *Tx) DropHead(person int64, unit string) error {
	if _, err := tx.exec(`DELETE FROM heads WHERE person = ? AND unit = ?`, person, unit); err != nil {
		return fmt.Errorf("drop head: %w", err)
	}
	return tx.touch()
}

// RemovePerson takes role, units and name; what the person reported stays, what
// he asked for to be head goes.
func (tx *Tx) RemovePerson(id int64) error {
	if _, err := tx.exec(`DELETE FROM heads WHERE person = ?`, id); err != nil {
		return fmt.Errorf("remove person: %w", err)
	}
	if _, err := tx.exec(`UPDATE people SET role = '', name = '' WHERE id = ?`, id); err != nil {
		return fmt.Errorf("remove person: %w", err)
	}
	if _, err := tx.exec(`DELETE FROM requests WHERE person = ? AND decided_at IS NULL`, id); err != nil {
		return fmt.Errorf("remove person: %w", err)
	}
	if _, err := tx.exec(`UPDATE requests SET name = '' WHERE person = ?`, id); err != nil {
		return fmt.Errorf("remove person: %w", err)
	}
	return tx.touch()
}

// FirstRefusalOf reports whether a stranger was not yet refused on the day,
// and remembers that he is now.
func (tx *Tx) FirstRefusalOf(person int64, on plan.Date) (bool, error) {
	n, err := tx.changed(`INSERT INTO people (id, name, refused_on) VALUES (?1, '', ?2)
		ON CONFLICT (id) DO UPDATE SET refused_on = ?2 WHERE refused_on <> ?2`, person, on.String())
	if err != nil {
		return false, fmt.Errorf("refuse: %w", err)
	}
	return n > 0, nil
}

// Trail records who changed a role, a link or a unit.
func (tx *Tx) Trail(at time.Time, person int64, act, detail string) error {
	if _, err := tx.exec(`INSERT INTO trail (at, person, act, detail) VALUES (?, ?, ?, ?)`,
		millis(at), person, act, detail); err != nil {
		return fmt.Errorf("trail: %w", err)
	}
	return nil
}
