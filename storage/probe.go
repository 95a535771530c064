package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// probeKey is what Probe writes.
const probeKey = "probe"

// Probe finds out whether the database can be written, by writing.
func (db *DB) Probe(ctx context.Context) error {
	return db.Write(ctx, func(tx *Tx) error {
		last, err := tx.Setting(probeKey)
		if err != nil {
			return err
		}
		next := "1"
		if last == next { // what changes nothing might reach no disk
			next = "0"
		}
		return tx.SetSetting(probeKey, next)
	})
}

// Size returns how many bytes the database has on disk, its log included.
func (db *DB) Size() (int64, error) {
	var sum int64
	for _, name := range []string{db.path, db.path + "-wal"} {
		info, err := os.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return 0, fmt.Errorf("size of the database: %w", err)
		default:
			sum += info.Size()
		}
	}
	return sum, nil
}
