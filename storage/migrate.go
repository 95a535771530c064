package storage

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Migrations only go forward: an older program refuses a newer file.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

func (db *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	p, err := goose.NewProvider(database.DialectSQLite3, db.pool, files)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

// migrate applies what is missing, each file in a transaction of its own.
func (db *DB) migrate(ctx context.Context) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	if err := refuseNewer(ctx, p); err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return asDamage(fmt.Errorf("migrate database: %w", err))
	}
	return nil
}

// newest is the version that this program makes of a file.
func newest(p *goose.Provider) int64 {
	sources := p.ListSources()
	return sources[len(sources)-1].Version
}

// checkSchema refuses a file that this program cannot read as it is.
func (db *DB) checkSchema(ctx context.Context) error {
	have, want, err := db.schemas(ctx)
	if err == nil && have < want {
		return fmt.Errorf("the database has schema %d, this version needs %d: start dondoc once", have, want)
	}
	return err
}

// schemas returns the version of the file's schema and the one that this
// program makes of it, or ErrForeign, or ErrNewerSchema if it cannot.
func (db *DB) schemas(ctx context.Context) (have, want int64, err error) {
	if have, err = db.schema(ctx); err != nil {
		return 0, 0, err
	}
	p, err := db.provider()
	if err != nil {
		return 0, 0, err
	}
	if want = newest(p); have > want {
		return 0, 0, ErrNewerSchema
	}
	return have, want, nil
}

func refuseNewer(ctx context.Context, p *goose.Provider) error {
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return asDamage(fmt.Errorf("read schema version: %w", err))
	}
	if have > newest(p) {
		return ErrNewerSchema
	}
	return nil
}
