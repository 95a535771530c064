package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Errors of files that cannot be used.
var (
	ErrForeign = errors.New("this is no database of dondoc")
	ErrDamaged = errors.New("the database is damaged")
)

// Check reads a database file through: that it is one of dondoc's, that this
// version can read it, that every page, index and reference is in order. It
// returns ErrForeign, ErrNewerSchema or ErrDamaged if not.
func Check(ctx context.Context, path string) (err error) {
	pool, err := openPool(path, "ro")
	if err != nil {
		return err
	}
	db := &DB{path: path, pool: pool}
	defer func() { err = errors.Join(err, pool.Close()) }()
	if _, _, err := db.schemas(ctx); err != nil {
		return err
	}
	if err := db.findings(ctx, "integrity_check"); err != nil {
		return err
	}
	return db.references(ctx)
}

// schema returns the version of the file's schema, or ErrForeign.
func (db *DB) schema(ctx context.Context) (int64, error) {
	var tables int
	err := db.pool.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema
		WHERE type = 'table' AND name IN ('goose_db_version', 'plans', 'reports', 'outbox')`).Scan(&tables)
	switch {
	case hasCode(err, sqlite3.SQLITE_NOTADB), err == nil && tables < 4:
		return 0, ErrForeign
	case err != nil:
		return 0, asDamage(fmt.Errorf("read schema: %w", err))
	}
	var version int64
	err = db.pool.QueryRowContext(ctx,
		`SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&version)
	if err != nil {
		return 0, asDamage(fmt.Errorf("read schema version: %w", err))
	}
	return version, nil
}

// refuseForeign returns ErrForeign for a file that holds tables, and not
// dondoc's. Nothing is changed in it. Whatever else may be wrong with a file,
// that it is not there for one, shows when it is opened.
func refuseForeign(ctx context.Context, path string) error {
	pool, err := openPool(path, "rw")
	if err != nil {
		return err
	}
	var tables, own int
	err = pool.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(name IN ('goose_db_version', 'plans')), 0) FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`).Scan(&tables, &own)
	if err == nil && tables > own && own < 2 {
		return errors.Join(ErrForeign, pool.Close())
	}
	return pool.Close()
}

// QuickCheck looks for damage while others read and write; of indexes it sees
// less than Check. It returns ErrDamaged with what was found.
func (db *DB) QuickCheck(ctx context.Context) error { return db.findings(ctx, "quick_check") }

// maxFindings bounds how much of a damage is told.
const maxFindings = 3

func (db *DB) findings(ctx context.Context, pragma string) (err error) {
	rows, err := db.pool.QueryContext(ctx, fmt.Sprintf(`PRAGMA %s(%d)`, pragma, maxFindings))
	if err != nil {
		return asDamage(fmt.Errorf("check database: %w", err))
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var found []error
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return asDamage(fmt.Errorf("check database: %w", err))
		}
		if text != "ok" {
			found = append(found, errors.New(text))
		}
	}
	if err := rows.Err(); err != nil {
		return asDamage(fmt.Errorf("check database: %w", err))
	}
	if len(found) > 0 {
		return fmt.Errorf("%w: %w", ErrDamaged, errors.Join(found...))
	}
	return nil
}

// references looks for rows that refer to what is not there.
func (db *DB) references(ctx context.Context) error {
	var table, parent string
	err := db.pool.QueryRowContext(ctx,
		`SELECT "table", "parent" FROM pragma_foreign_key_check LIMIT 1`).Scan(&table, &parent)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return asDamage(fmt.Errorf("check references: %w", err))
	}
	return fmt.Errorf("%w: a row of %s refers to none of %s", ErrDamaged, table, parent)
}

// asDamage adds ErrDamaged to an error that says so in SQLite's way.
func asDamage(err error) error {
	if hasCode(err, sqlite3.SQLITE_CORRUPT) || hasCode(err, sqlite3.SQLITE_NOTADB) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// hasCode reports whether the error is SQLite's with the primary code.
func hasCode(err error, code int) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code()&0xff == code
}
