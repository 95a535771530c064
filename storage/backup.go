package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// partialMark is in the names of files that are not whole yet.
const partialMark = ".partial-"

// Backup writes the database as it stands into a new file, beside programs that
// may be writing to it, and reads that file through. It fails with fs.ErrExist
// if there is a file; where it fails it leaves none behind.
//
// The copy is made by VACUUM INTO: it is one consistent state, and pages that
// are free, with what was overwritten on them, are no part of it.
func (db *DB) Backup(ctx context.Context, path string) (err error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("back up to %s: %w", path, fs.ErrExist))
	}
	partial, err := newPartial(path)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(partial))
		}
	}()
	if err := db.vacuumInto(ctx, partial); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if err := syncFile(partial); err != nil { // SQLite leaves that to others
		return fmt.Errorf("back up: %w", err)
	}
	if err := Check(ctx, partial); err != nil {
		return fmt.Errorf("check the backup: %w", err)
	}
	if err := os.Rename(partial, path); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

// vacuumInto runs on a connection of its own: it reads and writes each page once
// and needs hardly a cache of them, of which the driver keeps the memory for
// good.
func (db *DB) vacuumInto(ctx context.Context, target string) (err error) {
	pool, err := openPool(db.path, "ro", "cache_size(-64)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	_, err = pool.ExecContext(ctx, `VACUUM INTO ?`, target)
	return err
}

// newPartial makes an empty file that only its owner reads, for what is to
// stand at path once it is whole.
func newPartial(path string) (string, error) {
	absolute, err := filepath.Abs(path) // or SQLite might take it for a URI
	if err != nil {
		return "", fmt.Errorf("back up to %s: %w", path, err)
	}
	f, err := os.CreateTemp(filepath.Dir(absolute), filepath.Base(absolute)+partialMark+"*")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncFolder makes a renaming last. Not every system can sync a folder; then
// there is nothing more to be done.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	_ = f.Sync()
	if err := f.Close(); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
