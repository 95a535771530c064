package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lockName is the file in the data folder that the program holds locked while
// it has the folder to itself. The lock goes with the process, so a file that
// was left behind hinders nobody.
const lockName = "dondoc.lock"

const dataSetting = "--data (DONDOC_DATA)"

// claimFolder makes the data folder ready for this process alone and returns
// what gives it free. Its errors are unusable settings.
func claimFolder(path string) (release func() error, err error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, unusable("cannot make the data folder: %w; choose another with %s", err, dataSetting)
	}
	if err := tryWriting(path); err != nil {
		return nil, unusable("cannot write to the data folder: %w; choose another with %s", err, dataSetting)
	}
	lock := flock.New(filepath.Join(path, lockName))
	switch held, err := lock.TryLock(); {
	case err != nil:
		return nil, unusable("cannot lock the data folder: %w; choose another with %s", err, dataSetting)
	case !held:
		return nil, unusable("the data folder %s is in use by another dondoc; stop that one or choose another folder with %s",
			path, dataSetting)
	}
	return lock.Close, nil
}

// tryWriting finds out whether files can be made, as a database needs to.
func tryWriting(path string) error {
	f, err := os.CreateTemp(path, ".try-*")
	if err != nil {
		return fmt.Errorf("make a file: %w", err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
