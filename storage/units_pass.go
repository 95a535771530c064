package storage

import (
	"fmt"

	"dondoc/internal/plan"
)

// MergeUnit gives all that from answers for to into: assignments and heads go
// over, its names become aliases. Reports stay where they were given; open
// occurrences go over unless into has the same already.
func (tx *Tx) MergeUnit(from plan.Unit, into string) error {
	if err := tx.passWork(from.Code, into, 0); err != nil {
		return fmt.Errorf("merge unit: %w", err)
	}
	for _, q := range []string{
		`INSERT INTO heads (person, unit, since) SELECT person, ?2, since FROM heads WHERE unit = ?1 ON CONFLICT DO NOTHING`,
		`DELETE FROM heads WHERE unit = ?1`,
		`UPDATE OR IGNORE assignments SET unit = ?2 WHERE unit = ?1`,
		`DELETE FROM assignments WHERE unit = ?1`,
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
	if err := tx.passWork(from, into, task); err != nil {
		return fmt.Errorf("move task: %w", err)
	}
	for _, q := range []string{
		`UPDATE OR IGNORE assignments SET unit = ?2 WHERE task = ?3 AND unit = ?1 AND role = 'lead'`,
		`DELETE FROM assignments WHERE task = ?3 AND unit = ?1 AND role = 'lead'`,
	} {
		if _, err := tx.exec(q, from, into, task); err != nil {
			return fmt.Errorf("move task: %w", err)
		}
	}
	return tx.touch()
}

// passWork gives what from has still to do, of the task or, with 0, of all, to
// into. What was reported stays.
func (tx *Tx) passWork(from, into string, task int64) error {
	for _, q := range []string{
		// What set off a trigger task here is not what set it off there.
		`UPDATE occurrences SET period = 'T' || (substr(period, 2) + (
				SELECT max(CAST(substr(x.period, 2) AS INTEGER)) FROM occurrences x
				WHERE x.task = occurrences.task AND x.unit IN (?1, ?2) AND x.period GLOB 'T[0-9]*'))
			WHERE unit = ?1 AND ?3 IN (0, task) AND period GLOB 'T[0-9]*' AND EXISTS (
				SELECT 1 FROM occurrences x
				WHERE x.task = occurrences.task AND x.unit = ?2 AND x.period = occurrences.period)`,
		// What was begun and is not done goes on with the other unit.
		`INSERT OR IGNORE INTO occurrences (task, unit, kind, period, opens, due, firm, document)
			SELECT o.task, ?2, o.kind, o.period, o.opens, o.due, o.firm, o.document FROM occurrences o
			WHERE o.unit = ?1 AND ?3 IN (0, o.task) AND EXISTS (
				SELECT 1 FROM assignments a WHERE a.task = o.task AND a.unit = o.unit AND a.role = 'lead')
			AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = o.id AND r.withdrawn_at IS NULL
				AND r.returned_at IS NULL AND (r.status = 'done' OR o.kind <> 'dated'))`,
		`INSERT INTO extensions (occurrence, was, due, decided_by, at, reason)
			SELECT n.id, e.was, e.due, e.decided_by, e.at, e.reason FROM occurrences o
			JOIN extensions e ON e.occurrence = o.id
			JOIN occurrences n ON n.task = o.task AND n.period = o.period AND n.unit = ?2
			WHERE o.unit = ?1 AND ?3 IN (0, o.task) AND NOT EXISTS (SELECT 1 FROM extensions x WHERE x.occurrence = n.id)`,
		// So does what was written into a form and is not sent.
		`INSERT OR IGNORE INTO choices (occurrence, status, note, noted, person, since)
			SELECT n.id, c.status, c.note, c.noted, c.person, 0 FROM occurrences o
			JOIN choices c ON c.occurrence = o.id AND c.report IS NULL
			JOIN occurrences n ON n.task = o.task AND n.period = o.period AND n.unit = ?2
			WHERE o.unit = ?1 AND ?3 IN (0, o.task)`,
		`DELETE FROM extensions WHERE occurrence IN (SELECT o.id FROM occurrences o
			WHERE o.unit = ?1 AND ?3 IN (0, o.task) AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = o.id))`,
		`DELETE FROM occurrences WHERE unit = ?1 AND ?3 IN (0, task)
			AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = occurrences.id)`,
	} {
		if _, err := tx.exec(q, from, into, task); err != nil {
			return err
		}
	}
	return nil
}
