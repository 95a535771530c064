package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/cli"
	"dondoc/storage"
)

// mark leaves a note in a database by which it is known again.
func mark(t *testing.T, db *storage.DB, note string, heard time.Time) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		return errors.Join(tx.SetSetting("note", note), tx.StorePoll(storage.Poll{Real: heard, Program: heard}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// note reads the mark of a database file, and what waits to be handled in it.
func note(t *testing.T, path string) (text string, waiting []storage.Arrival) {
	t.Helper()
	db, err := storage.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Read(t.Context(), func(tx *storage.Tx) (err error) {
		if text, err = tx.Setting("note"); err != nil {
			return err
		}
		waiting, err = tx.Pending(time.Now(), 10)
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return text, waiting
}

func list(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "dondoc.lock" {
			names = append(names, e.Name())
		}
	}
	return names
}

// TestBackupAndRestore backs up beside a running program, goes back to that
// backup, and finds the replaced database whole.
func TestBackupAndRestore(t *testing.T) {
	dir, db := dataFolder(t)
	release, err := cli.ClaimFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"DONDOC_DATA": dir}
	heard := time.Now().Add(-6 * time.Hour).Truncate(time.Millisecond)
	mark(t, db, "first", heard)
	file := filepath.Join(t.TempDir(), "copy.db")
	if got := run(t, env, "", "backup", file); got.status != 0 || got.err != "" || !strings.Contains(got.out, "checked") {
		t.Fatalf("backup: %+v", got)
	}
	wantUnusable(t, run(t, env, "", "backup", file), file, "already")
	wantUnusable(t, run(t, env, "", "backup", filepath.Join(dir, "no", "folder.db")), "cannot make the backup")
	wantUnusable(t, run(t, map[string]string{"DONDOC_DATA": t.TempDir()}, "", "backup", file+"2"), "holds no dondoc.db")
	wantUnusable(t, run(t, env, "", "restore", "--yes", file), "in use")

	later := heard.Add(5 * time.Hour)
	mark(t, db, "second", later)
	if err := errors.Join(db.Close(), release()); err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"n\n", "\n", "yonder\n"} {
		if got := run(t, env, answer, "restore", file); got.status != 1 || !strings.Contains(got.err, "nothing was restored") ||
			!strings.Contains(got.out, "[y/N]") {
			t.Errorf("answer %q: %+v", answer, got)
		}
	}
	if got := run(t, env, "", "restore", file); got.status != 2 || !strings.Contains(got.err, "--yes") {
		t.Errorf("no answer: %+v", got)
	}
	if text, _ := note(t, filepath.Join(dir, "dondoc.db")); text != "second" {
		t.Fatalf("the database is the %s one, though nobody agreed", text)
	}
	got := run(t, env, "y\n", "restore", file)
	kept := regexp.MustCompile(`kept as (\S+)`).FindStringSubmatch(got.out)
	if got.status != 0 || kept == nil {
		t.Fatalf("restore: %+v", got)
	}
	if names := list(t, dir); !slices.Equal(names, []string{"dondoc.db", filepath.Base(kept[1])}) {
		t.Errorf("the folder holds %q", names)
	}
	text, waiting := note(t, filepath.Join(dir, "dondoc.db"))
	if text != "first" || len(waiting) != 1 || !strings.Contains(string(waiting[0].Payload), string(chat.InOutage)) {
		t.Errorf("restored the %s one, with %d events", text, len(waiting))
	}
	for _, at := range []time.Time{heard, later} { // what was said in between is lost, and people hear of it
		if stamp := at.Format("2006-01-02T15:04:05.999"); !strings.Contains(string(waiting[0].Payload), stamp) {
			t.Errorf("%s lacks %s", waiting[0].Payload, stamp)
		}
	}
	if text, _ := note(t, kept[1]); text != "second" {
		t.Errorf("kept the %s one", text)
	}
	if text, _ := note(t, file); text != "first" {
		t.Errorf("the backup is now the %s one", text)
	}
}

func TestRestoreInPlaceOfADamagedDatabase(t *testing.T) {
	dir, db := dataFolder(t)
	mark(t, db, "whole", time.Now())
	file := filepath.Join(dir, "backups", "dondoc-20240310T203000Z.db")
	if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Backup(t.Context(), file), db.Close()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "dondoc.db")
	garbage := []byte(strings.Repeat("no database any more ", 1000))
	if err := os.WriteFile(path, garbage, 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"DONDOC_DATA": dir, "TELEGRAM_BOT_TOKEN": token["TELEGRAM_BOT_TOKEN"], "DONDOC_LISTEN": "127.0.0.1:0"}
	wantUnusable(t, run(t, env, "", "run"), "damaged", "dondoc restore --data "+dir+" "+file)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	wantUnusable(t, run(t, env, "", "run"), "no database", "dondoc restore --data "+dir+" "+file)
	if err := os.WriteFile(path, garbage, 0o600); err != nil {
		t.Fatal(err)
	}
	got := run(t, env, "", "restore", "--yes", file)
	if got.status != 0 {
		t.Fatalf("restore: %+v", got)
	}
	if text, _ := note(t, path); text != "whole" {
		t.Errorf("restored %q", text)
	}
	kept := regexp.MustCompile(`kept as (\S+)`).FindStringSubmatch(got.out)
	if text, err := os.ReadFile(kept[1]); err != nil || string(text) != string(garbage) {
		t.Errorf("what was replaced is not kept: %v", err)
	}
}

func TestFilesThatCannotBeRestored(t *testing.T) {
	dir, db := dataFolder(t)
	mark(t, db, "present", time.Now())
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "dondoc.db")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	half := slices.Clone(content)
	for i := len(half) / 2; i < len(half); i++ {
		half[i] = 0xAB
	}
	for name, tt := range map[string]struct {
		content []byte
		words   string
	}{
		"plan.csv":   {[]byte(strings.Repeat("STT,Nội dung\n", 500)), "no database of dondoc"},
		"empty.db":   {nil, "no database of dondoc"},
		"spoilt.db":  {half, "damaged"},
		"missing.db": {words: "no such file"},
	} {
		file := filepath.Join(t.TempDir(), name)
		if name != "missing.db" {
			if err := os.WriteFile(file, tt.content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got := run(t, map[string]string{"DONDOC_DATA": dir}, "", "restore", "--yes", file)
		wantUnusable(t, got, file, tt.words)
		if strings.Contains(got.err, "the database itself") {
			t.Errorf("%s passes for the database: %s", name, got.err)
		}
	}
	wantUnusable(t, run(t, map[string]string{"DONDOC_DATA": dir}, "", "restore", "--yes", path), "the database itself")
	if names := list(t, dir); !slices.Equal(names, []string{"dondoc.db"}) {
		t.Errorf("the folder holds %q", names)
	}
	if text, _ := note(t, path); text != "present" {
		t.Errorf("the database is now %q", text)
	}
	empty := filepath.Join(t.TempDir(), "new")
	got := run(t, map[string]string{"DONDOC_DATA": empty}, "", "restore", path)
	if got.status != 0 || strings.Contains(got.out, "kept") {
		t.Errorf("into a new folder: %+v", got)
	}
	if text, _ := note(t, filepath.Join(empty, "dondoc.db")); text != "present" {
		t.Errorf("restored %q", text)
	}
}
