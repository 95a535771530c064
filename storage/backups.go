package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Backups are the latest copies of a database, in a folder of their own.
type Backups struct {
	Folder string
	Keep   int // how many
}

// backupTime is the layout of the names, in UTC: sorted they stand in the order
// of their making.
const backupTime = "dondoc-20060102T150405Z.db"

// Make adds a copy of the database, taken at the real instant, and removes what
// is above the number to keep. It returns the copy's file.
func (b Backups) Make(ctx context.Context, db *DB, at time.Time) (path string, err error) {
	if err := os.MkdirAll(b.Folder, 0o700); err != nil {
		return "", fmt.Errorf("make the folder of backups: %w", err)
	}
	if err := b.sweep(); err != nil {
		return "", err
	}
	path = filepath.Join(b.Folder, at.UTC().Format(backupTime))
	if err := db.Backup(ctx, path); err != nil {
		return "", err
	}
	return path, b.prune(at)
}

// Latest returns the file of the latest copy, as far as the clock can be
// believed; ErrNotFound if there is none.
func (b Backups) Latest(now time.Time) (path string, err error) {
	names, err := b.names()
	if err != nil {
		return "", err
	}
	if len(names) == 0 {
		return "", fmt.Errorf("backup: %w", ErrNotFound)
	}
	names = asOf(names, now)
	return filepath.Join(b.Folder, names[len(names)-1]), nil
}

// LatestBy returns when the latest of the copies taken up to now was taken;
// ErrNotFound if there is none. Those of instants that are still to come were
// taken while the machine's clock was wrong, and do not say how old the latest
// is.
func (b Backups) LatestBy(now time.Time) (time.Time, error) {
	names, err := b.names()
	if err != nil {
		return time.Time{}, err
	}
	for _, name := range slices.Backward(names) {
		if at, err := time.Parse(backupTime, name); err == nil && !at.After(now) {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("backup: %w", ErrNotFound)
}

// names lists the copies, oldest first. Other files in the folder are none of
// its business.
func (b Backups) names() ([]string, error) {
	entries, err := os.ReadDir(b.Folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	var names []string
	for _, e := range entries {
		if _, err := time.Parse(backupTime, e.Name()); err == nil {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// asOf puts the names that bear an instant to come before the others, in which
// order they are pruned: those of a clock that was ahead would else outlast all
// others. Where it is the clock of now that is wrong, and behind, the oldest goes
// first all the same.
func asOf(names []string, now time.Time) []string {
	come, found := slices.BinarySearch(names, now.UTC().Format(backupTime))
	if found {
		come++
	}
	return slices.Concat(names[come:], names[:come])
}

// prune removes what is above the number to keep, never what was copied now.
func (b Backups) prune(now time.Time) error {
	names, err := b.names()
	if err != nil {
		return err
	}
	names = asOf(names, now)
	var errs []error
	for _, name := range names[:max(0, len(names)-b.Keep)] {
		errs = append(errs, os.Remove(filepath.Join(b.Folder, name)))
	}
	return errors.Join(errs...)
}

// sweep removes what a process left that was killed while it made a copy.
func (b Backups) sweep() error {
	entries, err := os.ReadDir(b.Folder)
	if err != nil {
		return fmt.Errorf("list backups: %w", err)
	}
	var errs []error
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "dondoc-") && strings.Contains(e.Name(), partialMark) {
			errs = append(errs, os.Remove(filepath.Join(b.Folder, e.Name())))
		}
	}
	return errors.Join(errs...)
}
