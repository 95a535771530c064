package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNoDatabase is returned where there is no file to read.
var ErrNoDatabase = errors.New("there is no database")

// OpenBeside opens the database at path for reading, beside a program that may be
// running on it. release closes it. It returns ErrNoDatabase, or
// ErrNewerSchema for a file that a later version wrote.
//
// SQLite reads a file in WAL mode by help of two more files. Where they are
// missing and cannot be made, as in a folder on a read-only file system, a
// copy in the folder for temporary files is read instead.
func OpenBeside(ctx context.Context, path string) (db *DB, release func() error, err error) {
	switch _, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, ErrNoDatabase
	case err != nil:
		return nil, nil, err
	}
	db, err = OpenReadOnly(ctx, path)
	switch {
	case err == nil:
		return db, db.Close, nil
	case errors.Is(err, ErrNewerSchema), ctx.Err() != nil, !atRest(path):
		return nil, nil, err
	}
	return openCopy(ctx, path)
}

// atRest reports whether no program has the database open: whoever has, keeps
// the index of its write-ahead log beside it.
func atRest(path string) bool {
	_, err := os.Stat(path + "-shm")
	return errors.Is(err, fs.ErrNotExist)
}

// openCopy opens a copy of a database at rest; release removes it, too.
func openCopy(ctx context.Context, path string) (db *DB, release func() error, err error) {
	dir, err := os.MkdirTemp("", "dondoc-copy-")
	if err != nil {
		return nil, nil, fmt.Errorf("copy the database: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	target := filepath.Join(dir, filepath.Base(path))
	if err := copyDatabase(target, path); err != nil {
		return nil, nil, err
	}
	if !atRest(path) {
		return nil, nil, errors.New("a program has just opened the database: try again")
	}
	if db, err = OpenReadOnly(ctx, target); err != nil {
		return nil, nil, err
	}
	return db, func() error { return errors.Join(db.Close(), os.RemoveAll(dir)) }, nil
}
