package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"dondoc/storage"
)

// ErrNoDatabase is returned where there is no file to read.
var ErrNoDatabase = errors.New("there is no database")

// Open opens the database at path for reading, beside a program that may be
// running on it. release closes it. It returns ErrNoDatabase, or
// storage.ErrNewerSchema for a file that a later version wrote.
//
// SQLite reads a file in WAL mode by help of two more files. Where they are
// missing and cannot be made, as in a folder on a read-only file system, a
// copy in the folder for temporary files is read instead.
func Open(ctx context.Context, path string) (db *storage.DB, release func() error, err error) {
	switch _, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, ErrNoDatabase
	case err != nil:
		return nil, nil, err
	}
	db, err = storage.OpenReadOnly(ctx, path)
	switch {
	case err == nil:
		return db, db.Close, nil
	case errors.Is(err, storage.ErrNewerSchema), ctx.Err() != nil, !atRest(path):
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
func openCopy(ctx context.Context, path string) (db *storage.DB, release func() error, err error) {
	dir, err := os.MkdirTemp("", "dondoc-export-")
	if err != nil {
		return nil, nil, fmt.Errorf("copy the database: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	target := filepath.Join(dir, filepath.Base(path))
	if err := copyFile(target, path); err != nil {
		return nil, nil, fmt.Errorf("copy the database: %w", err)
	}
	// A program that was killed leaves its log, with what the file lacks.
	if err := copyFile(target+"-wal", path+"-wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("copy the database's log: %w", err)
	}
	if !atRest(path) {
		return nil, nil, errors.New("a program has just opened the database: try again")
	}
	if db, err = storage.OpenReadOnly(ctx, target); err != nil {
		return nil, nil, err
	}
	return db, func() error { return errors.Join(db.Close(), os.RemoveAll(dir)) }, nil
}

func copyFile(target, source string) error {
	in, err := os.Open(source)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
