package storage

import (
	"encoding/json"
	"fmt"
	"time"
)

// AddImport keeps what was read of a plan file until somebody confirms it, and
// returns its id. draft is stored as JSON.
func (tx *Tx) AddImport(person int64, at time.Time, name string, draft any) (int64, error) {
	text, err := json.Marshal(draft)
	if err != nil {
		return 0, fmt.Errorf("keep import: %w", err)
	}
	id, err := tx.insert(`INSERT INTO imports (person, at, name, draft) VALUES (?, ?, ?, ?)`,
		person, millis(at), name, string(text))
	if err != nil {
		return 0, fmt.Errorf("keep import: %w", err)
	}
	return id, nil
}

// Import reads an import that waits to be confirmed into draft and returns the
// file's name, or ErrNotFound.
func (tx *Tx) Import(id int64, draft any) (name string, err error) {
	var text string
	err = tx.row(dest(&name, &text), `SELECT name, draft FROM imports WHERE id = ? AND settled_at IS NULL`, id)
	if err != nil {
		return "", fmt.Errorf("import %d: %w", id, err)
	}
	if err := json.Unmarshal([]byte(text), draft); err != nil {
		return "", fmt.Errorf("import %d: %w", id, err)
	}
	return name, nil
}

// SetImport stores what became of the draft.
func (tx *Tx) SetImport(id int64, draft any) error {
	text, err := json.Marshal(draft)
	if err == nil {
		_, err = tx.exec(`UPDATE imports SET draft = ? WHERE id = ? AND settled_at IS NULL`, string(text), id)
	}
	if err != nil {
		return fmt.Errorf("import %d: %w", id, err)
	}
	return nil
}

// SettleImport ends the waiting; what was read is not kept any longer.
func (tx *Tx) SettleImport(id int64, at time.Time) error {
	if _, err := tx.exec(`UPDATE imports SET settled_at = ?, draft = '' WHERE id = ?`, millis(at), id); err != nil {
		return fmt.Errorf("import %d: %w", id, err)
	}
	return nil
}

// ForgetImports removes what was read of files before the instant and never
// confirmed, and what is left of those that were settled.
func (tx *Tx) ForgetImports(before time.Time) error {
	if _, err := tx.exec(`DELETE FROM imports WHERE at < ?`, millis(before)); err != nil {
		return fmt.Errorf("forget imports: %w", err)
	}
	return nil
}
