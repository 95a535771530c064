package storage

import (
	"database/sql"
	"errors"
	"testing"
)

// LimitPages makes the connection act as if the disk were nearly full.
func LimitPages(tx *Tx) error {
	var limit int
	return tx.row(dest(&limit), `PRAGMA max_page_count = 80`)
}

// MakeForeign makes another program's database.
func MakeForeign(t *testing.T, path string) { runOn(t, path, `CREATE TABLE notes (text TEXT)`) }

// MakeNewer makes a later version's database of this version's.
func MakeNewer(t *testing.T, path string) {
	runOn(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
}

func runOn(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), query)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
