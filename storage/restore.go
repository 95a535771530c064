package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"dondoc/internal/chat"
)

// A Restoration is a copy of a backup that may take a database's place.
type Restoration struct {
	path  string // of the database
	copy  string
	State time.Time // when the chat service had last answered by the backup, real; zero if never
}

// ErrSameFile says that a database was to be restored from itself.
var ErrSameFile = errors.New("this is the database itself")

// PrepareRestore copies the file source to beside the database at path and reads
// it through; source itself is left as it is. It returns ErrForeign,
// ErrDamaged, ErrNewerSchema or ErrSameFile for a file that cannot be restored.
func PrepareRestore(ctx context.Context, source, path string) (*Restoration, error) {
	switch same, err := sameFile(source, path); {
	case err != nil:
		return nil, err
	case same:
		return nil, ErrSameFile
	}
	partial, err := newPartial(path)
	if err != nil {
		return nil, err
	}
	r := &Restoration{path: path, copy: partial}
	if err := r.fill(ctx, source); err != nil {
		return nil, errors.Join(err, r.Discard())
	}
	return r, nil
}

func sameFile(source, path string) (bool, error) {
	s, err := os.Stat(source)
	if err != nil {
		return false, err
	}
	p, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(s, p), err
}

func (r *Restoration) fill(ctx context.Context, source string) error {
	if err := copyDatabase(r.copy, source); err != nil {
		return err
	}
	if err := foldLog(ctx, r.copy); err != nil {
		if hasCode(err, sqlite3.SQLITE_NOTADB) {
			return ErrForeign
		}
		return asDamage(err)
	}
	if err := Check(ctx, r.copy); err != nil {
		return err
	}
	db, err := Open(ctx, r.copy) // brings its schema up to date
	if err != nil {
		return err
	}
	err = db.Read(ctx, func(tx *Tx) error {
		last, err := tx.LastPoll()
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		r.State = last.Real
		return err
	})
	return errors.Join(err, db.Close())
}

// Finish puts the copy in the database's place. replaced is where the other one
// is kept, "" if there was none. People are told what the copy does not know:
// what was said since, up to when the replaced one last heard from the chat
// service, which keeps what came later.
func (r *Restoration) Finish(ctx context.Context, now Poll) (replaced string, err error) {
	if err := r.noteLoss(ctx, now); err != nil {
		return "", errors.Join(err, r.Discard())
	}
	if replaced, err = r.keepReplaced(ctx, now.Real); err != nil {
		return "", errors.Join(fmt.Errorf("keep the replaced database: %w", err), r.Discard())
	}
	for _, file := range []string{r.path + "-wal", r.path + "-shm"} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return replaced, errors.Join(err, r.Discard())
		}
	}
	if err := os.Rename(r.copy, r.path); err != nil {
		return replaced, errors.Join(err, r.Discard())
	}
	return replaced, syncFolder(filepath.Dir(r.path))
}

func (r *Restoration) noteLoss(ctx context.Context, now Poll) error {
	lost := r.lastHeard(ctx, now.Real)
	db, err := Open(ctx, r.copy)
	if err != nil {
		return err
	}
	err = db.Write(ctx, func(tx *Tx) error {
		if err := errors.Join(tx.EndRun(), tx.SetDamage("")); err != nil || r.State.IsZero() || !lost.After(r.State) {
			return err
		}
		if err := tx.storeOutage(now, chat.Outage{From: r.State, To: now.Real, Lost: lost, Restored: true}); err != nil {
			return err
		}
		return tx.setPoll(now)
	})
	return errors.Join(err, db.Close(), syncFile(r.copy))
}

// lastHeard is until when what was said is gone with the replaced database.
func (r *Restoration) lastHeard(ctx context.Context, now time.Time) time.Time {
	last := now
	db, err := OpenReadOnly(ctx, r.path)
	if err != nil {
		return last // it cannot be read, which may be why it is replaced
	}
	defer func() { _ = db.Close() }() // it was only read
	err = db.Read(ctx, func(tx *Tx) error {
		poll, err := tx.LastPoll()
		if err == nil && poll.Real.Before(now) {
			last = poll.Real
		}
		return err
	})
	if kept := now.Add(-longOutage); err == nil && last.Before(kept) {
		return kept
	}
	return last
}

// keepReplaced gives the database a second name, so that the first one is never
// without a whole file.
func (r *Restoration) keepReplaced(ctx context.Context, at time.Time) (string, error) {
	if _, err := os.Stat(r.path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	_ = foldLog(ctx, r.path) // a damaged one keeps its log beside it
	kept := r.path + at.UTC().Format(".replaced-20060102T150405Z")
	if err := linkOrCopy(kept, r.path); err != nil {
		return "", err
	}
	if err := linkOrCopy(kept+"-wal", r.path+"-wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return kept, syncFolder(filepath.Dir(kept))
}

// Discard removes the copy.
func (r *Restoration) Discard() error {
	var errs []error
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(r.copy + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// foldLog brings the write-ahead log of a database that nobody has open into
// its file.
func foldLog(ctx context.Context, path string) error {
	pool, err := openPool(path, "rw")
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(1)
	_, err = pool.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	if err == nil {
		_, err = pool.ExecContext(ctx, `PRAGMA journal_mode = DELETE`)
	}
	return errors.Join(err, pool.Close())
}
