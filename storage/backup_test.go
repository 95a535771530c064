package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/storage"
)

// files lists what a folder holds.
func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestBackupIsOneStateOfARunningDatabase(t *testing.T) {
	db := openMessages(t)
	for i := range int64(200) {
		db.store(update(1+i, 7))
	}
	reader, err := storage.OpenReadOnly(t.Context(), db.path) // as the command does, beside the program
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	stop, writing := make(chan struct{}), make(chan error, 1)
	go func() {
		var err error
		for i := int64(1000); err == nil; i++ {
			select {
			case <-stop:
				writing <- nil
				return
			default:
			}
			err = db.Write(context.Background(), func(tx *storage.Tx) error {
				return errors.Join(tx.SetSetting("a", fmt.Sprint(i)), tx.SetSetting("b", fmt.Sprint(i)))
			})
		}
		writing <- err
	}()
	target := filepath.Join(t.TempDir(), "copy.db")
	if err := reader.Backup(t.Context(), target); err != nil {
		t.Fatal(err)
	}
	close(stop)
	if err := <-writing; err != nil {
		t.Errorf("the writer was disturbed: %v", err)
	}
	if info, err := os.Stat(target); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the backup: %v %v", info.Mode(), err)
	}
	if got := files(t, filepath.Dir(target)); !slices.Equal(got, []string{"copy.db"}) {
		t.Errorf("the folder holds %q", got)
	}
	db.do(func(tx *storage.Tx) error { return tx.SetSetting("a", "later") })

	backup, err := storage.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer backup.Close()
	err = backup.Read(t.Context(), func(tx *storage.Tx) error {
		list, err := tx.Pending(time.Now(), 1000)
		if err != nil || len(list) != 200 {
			t.Errorf("%d updates in the backup: %v", len(list), err)
		}
		a, err := tx.Setting("a")
		if err != nil {
			return err
		}
		b, err := tx.Setting("b")
		if a != b || a == "later" {
			t.Errorf("half a transaction: %q and %q", a, b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBackupThatFailsLeavesNothing(t *testing.T) {
	db := openMessages(t)
	folder := t.TempDir()
	taken := filepath.Join(folder, "taken.db")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), taken); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over another file: %v", err)
	}
	if text, err := os.ReadFile(taken); err != nil || string(text) != "mine" {
		t.Errorf("the other file is now %q, %v", text, err)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Backup(stopped, filepath.Join(folder, "stopped.db")); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if err := db.Backup(t.Context(), filepath.Join(folder, "no", "folder.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	if got := files(t, folder); !slices.Equal(got, []string{"taken.db"}) {
		t.Errorf("left behind: %q", got)
	}
}

// spoil overwrites the second half of a file.
func spoil(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(content) / 2; i < len(content); i++ {
		content[i] = 0xAB
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestCheckKnowsWhatCannotBeUsed(t *testing.T) {
	db := openMessages(t)
	for i := range int64(500) {
		db.store(update(1+i, 7))
	}
	good := filepath.Join(t.TempDir(), "good.db")
	if err := db.Backup(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		make func(path string)
		want error
	}{
		{"whole", func(string) {}, nil},
		{"spoilt", func(path string) { spoil(t, path) }, storage.ErrDamaged},
		{"cut short", func(path string) {
			if err := os.Truncate(path, int64(len(content)*2/3)); err != nil {
				t.Fatal(err)
			}
		}, storage.ErrDamaged},
		{"empty", func(path string) {
			if err := os.Truncate(path, 0); err != nil {
				t.Fatal(err)
			}
		}, storage.ErrForeign},
		{"no database", func(path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("STT,Nội dung\n", 500)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, storage.ErrForeign},
		{"another program's", func(path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			storage.MakeForeign(t, path)
		}, storage.ErrForeign},
		{"newer", func(path string) { storage.MakeNewer(t, path) }, storage.ErrNewerSchema},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			tt.make(path)
			if err := storage.Check(t.Context(), path); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if got := files(t, filepath.Dir(path)); !slices.Equal(got, []string{"file.db"}) {
				t.Errorf("the check leaves %q", got)
			}
		})
	}
	if err := storage.Check(t.Context(), filepath.Join(t.TempDir(), "missing.db")); err == nil {
		t.Error("a missing file is in order")
	}
}

func TestDamageIsFound(t *testing.T) {
	db := openMessages(t)
	if err := db.QuickCheck(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i := range int64(500) {
		db.store(update(1+i, 7))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, db.path)
	damaged, err := storage.Open(t.Context(), db.path)
	if err == nil {
		err = errors.Join(damaged.QuickCheck(t.Context()), damaged.Close())
	}
	if !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(db.path, []byte(strings.Repeat("no database", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(t.Context(), db.path); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("no database at all: %v", err)
	}
	if err := os.Remove(db.path); err != nil {
		t.Fatal(err)
	}
	db.open() // for the end of the test
}

func TestFourteenBackupsAreKept(t *testing.T) {
	db := openMessages(t)
	b := storage.Backups{Folder: filepath.Join(t.TempDir(), "backups"), Keep: 14}
	start := time.Date(2024, 2, 20, 20, 30, 0, 0, time.UTC)
	if _, err := b.Latest(start); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("none yet: %v", err)
	}
	for night := range 17 {
		at := start.AddDate(0, 0, night)
		path, err := b.Make(t.Context(), db.DB, at)
		if err != nil {
			t.Fatal(err)
		}
		if last, err := b.Latest(at); err != nil || last != path {
			t.Errorf("latest %s: %v", last, err)
		}
		if latest, err := b.LatestBy(at); err != nil || !latest.Equal(at) {
			t.Errorf("latest of %v: %v", latest, err)
		}
		if night != 3 {
			continue
		}
		for name, text := range map[string]string{
			"mine.db": "mine", "dondoc-20240101T000000Z.db.partial-77": "of a process that was killed",
		} {
			if err := os.WriteFile(filepath.Join(b.Folder, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := files(t, b.Folder)
	if len(got) != 15 || got[0] != "dondoc-20240223T203000Z.db" || got[13] != "dondoc-20240307T203000Z.db" || got[14] != "mine.db" {
		t.Errorf("kept: %q", got)
	}
}

// A machine may start with its clock years ahead. What was copied then says
// nothing of how old the latest copy is.
func TestTheLatestBackupOfAClockThatWasAhead(t *testing.T) {
	db := openMessages(t)
	b := storage.Backups{Folder: filepath.Join(t.TempDir(), "backups"), Keep: 14}
	at := time.Date(2024, 2, 20, 20, 30, 0, 0, time.UTC)
	if _, err := b.Make(t.Context(), db.DB, at.AddDate(12, 0, 0)); err != nil {
		t.Fatal(err)
	}
	if last, err := b.LatestBy(at); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("the latest is of %v: %v", last, err)
	}
	path, err := b.Make(t.Context(), db.DB, at)
	if err != nil {
		t.Fatal(err)
	}
	if last, err := b.Latest(at); err != nil || last != path {
		t.Errorf("the latest is %s: %v", last, err)
	}
	if last, err := b.LatestBy(at.Add(time.Hour)); err != nil || !last.Equal(at) {
		t.Errorf("the latest is of %v: %v", last, err)
	}
}

// Copies that bear an instant to come are kept no longer than others, and what
// was copied last is kept whatever the clock says.
func TestPruningAfterAClockThatWasWrong(t *testing.T) {
	now := time.Date(2024, 2, 20, 20, 30, 0, 0, time.UTC)
	for name, wrong := range map[string]time.Time{
		"ahead":  now.AddDate(12, 0, 0),
		"behind": time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		t.Run(name, func(t *testing.T) {
			db := openMessages(t)
			b := storage.Backups{Folder: filepath.Join(t.TempDir(), "backups"), Keep: 3}
			var made []string
			for _, clock := range []time.Time{wrong, now, wrong.AddDate(0, 0, 20)} { // wrong, right, and wrong again
				for night := range 4 {
					path, err := b.Make(t.Context(), db.DB, clock.AddDate(0, 0, night))
					if err != nil {
						t.Fatal(err)
					}
					made = append(made, filepath.Base(path))
					want := slices.Sorted(slices.Values(made[max(0, len(made)-3):]))
					if got := files(t, b.Folder); !slices.Equal(got, want) {
						t.Errorf("kept after %d: %q, want %q", len(made), got, want)
					}
				}
			}
		})
	}
}

// A database of another program is left as it is: neither its tables nor its
// journal become dondoc's.
func TestOpenAForeignDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dondoc.db")
	storage.MakeForeign(t, path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(t.Context(), path); !errors.Is(err, storage.ErrForeign) {
		t.Errorf("got %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed, %v", err)
	}
}
