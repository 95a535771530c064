package storage

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// copyDatabase copies the file of a database that nobody has open. A program
// that was killed left its log beside it, with what the file lacks.
func copyDatabase(target, source string) error {
	if err := copyInto(target, source); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	if err := copyInto(target+"-wal", source+"-wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("copy the database's log: %w", err)
	}
	return nil
}

// linkOrCopy gives a file a second name.
func linkOrCopy(target, source string) error {
	if err := os.Link(source, target); err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) {
		return err
	}
	return copyInto(target, source) // not every file system has links
}

// copyInto copies a file and makes the copy last.
func copyInto(target, source string) error {
	in, err := os.Open(source)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
