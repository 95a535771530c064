package storage

import (
	"database/sql"
	"errors"
	"fmt"

	"dondoc/internal/plan"
)

// Setting returns a stored value, "" if there is none.
func (tx *Tx) Setting(key string) (string, error) {
	var v string
	err := tx.row(dest(&v), `SELECT value FROM settings WHERE key = ?`, key)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return "", fmt.Errorf("setting %s: %w", key, err)
	}
	return v, nil
}

// SetSetting stores a value.
func (tx *Tx) SetSetting(key, value string) error {
	if _, err := tx.exec(`INSERT INTO settings (key, value) VALUES (?1, ?2)
		ON CONFLICT (key) DO UPDATE SET value = ?2`, key, value); err != nil {
		return fmt.Errorf("setting %s: %w", key, err)
	}
	return nil
}

// ForgetSettings removes the values under keys that begin with the ASCII prefix
// if they are days before the given one.
func (tx *Tx) ForgetSettings(prefix string, before plan.Date) error {
	if _, err := tx.exec(`DELETE FROM settings WHERE key BETWEEN ?1 AND ?1 || '~' AND value < ?2`,
		prefix, before.String()); err != nil {
		return fmt.Errorf("forget settings %s: %w", prefix, err)
	}
	return nil
}

// SpecialDays returns days off and make-up days in order.
func (tx *Tx) SpecialDays() ([]plan.SpecialDay, error) {
	var out []plan.SpecialDay
	err := tx.each(func(rows *sql.Rows) error {
		var d plan.SpecialDay
		err := rows.Scan(day{&d.Date}, &d.Kind, &d.Name, &d.Source)
		out = append(out, d)
		return err
	}, `SELECT day, kind, name, source FROM calendar ORDER BY day`)
	if err != nil {
		return nil, fmt.Errorf("calendar: %w", err)
	}
	return out, nil
}

// SetSpecialDay adds a day off or a make-up day, or replaces it.
func (tx *Tx) SetSpecialDay(d plan.SpecialDay) error {
	if _, err := tx.exec(`INSERT INTO calendar (day, kind, name, source) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (day) DO UPDATE SET kind = ?2, name = ?3, source = ?4`,
		d.Date.String(), d.Kind, d.Name, d.Source); err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	return tx.touch()
}

// DropSpecialDay makes the day an ordinary one.
func (tx *Tx) DropSpecialDay(d plan.Date) error {
	if _, err := tx.exec(`DELETE FROM calendar WHERE day = ?`, d.String()); err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	return tx.touch()
}
