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

// Exec runs any statement.
func Exec(tx *Tx, query string, args ...any) error {
	_, err := tx.exec(query, args...)
	return err
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

// MakeOlder makes a database of an earlier version.
func MakeOlder(t *testing.T, path string, version int64, rows string) {
	t.Helper()
	pool, err := openPool(path, "rwc")
	if err != nil {
		t.Fatal(err)
	}
	p, err := (&DB{path: path, pool: pool}).provider()
	if err == nil {
		_, err = p.UpTo(t.Context(), version)
	}
	if err == nil {
		_, err = pool.ExecContext(t.Context(), rows)
	}
	if err := errors.Join(err, pool.Close()); err != nil {
		t.Fatal(err)
	}
}
