package export_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"dondoc/internal/export"
	"dondoc/internal/plan"
	"dondoc/storage"
)

func TestBesideAnOpenWriter(t *testing.T) {
	f := openOffice(t)
	before := f.printed()
	id := f.occurrence(15, "van-phong", "")
	// What is not yet committed is not yet there, and hinders nobody.
	f.write(func(tx *storage.Tx) error {
		r := done(f, "2024-03-13 09:00")
		if err := tx.AddReport(id, 1, &r, r.At); err != nil {
			return err
		}
		if during := f.printed(); !bytes.Equal(during, before) {
			t.Error("an export during a transaction differs from the one before it")
		}
		return nil
	})
	if after := f.printed(); bytes.Equal(after, before) {
		t.Error("a committed report is missing")
	}
}

func TestAClosedDatabase(t *testing.T) {
	f := openOffice(t)
	f.report(f.occurrence(15, "van-phong", ""), done(f, "2024-03-13 09:00"))
	open := f.printed()
	f.close()
	if closed := f.printed(); !bytes.Equal(closed, open) {
		t.Error("the export of a closed database differs")
	}
}

func TestAReadOnlyFolder(t *testing.T) {
	f := openOffice(t)
	want := f.printed()
	f.close()
	t.Setenv("TMPDIR", t.TempDir())
	dir := filepath.Dir(f.path)
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Chmod(dir, 0o700); err != nil {
			t.Error(err)
		}
	})
	if got := f.printed(); !bytes.Equal(got, want) {
		t.Error("the export from a read-only folder differs")
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestWithoutTheIndexOfTheLog has SQLite fail to make its files, as on a
// read-only file system, whoever runs the test: a link that leads nowhere
// stands in the place of one.
func TestWithoutTheIndexOfTheLog(t *testing.T) {
	f := openOffice(t)
	f.report(f.occurrence(15, "van-phong", ""), done(f, "2024-03-13 09:00"))
	want := f.printed()

	killed := filepath.Join(t.TempDir(), "dondoc.db") // what a killed program leaves
	copyTo(t, killed, f.path)
	copyTo(t, killed+"-wal", f.path+"-wal")
	f.close()
	for name, path := range map[string]string{"closed": f.path, "killed": killed} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			if err := os.RemoveAll(path + "-shm"); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(filepath.Join(t.TempDir(), "nowhere", "x"), path+"-shm"); err != nil {
				t.Fatal(err)
			}
			if got := printed(t, path); !bytes.Equal(got, want) {
				t.Error("the export differs")
			}
			if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

func copyTo(t *testing.T, target, source string) {
	t.Helper()
	text, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestNoDatabase(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{filepath.Join(dir, "dondoc.db"), filepath.Join(dir, "none", "dondoc.db")} {
		if _, _, err := storage.OpenBeside(t.Context(), path); !errors.Is(err, storage.ErrNoDatabase) {
			t.Errorf("%s: %v, want %v", path, err, storage.ErrNoDatabase)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("made by looking: %v, %v", left, err)
	}
}

func TestAFileThatIsNoDatabase(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for name, text := range map[string]string{"empty": "", "text": "STT,Nội dung\n1,Báo cáo\n"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := storage.OpenBeside(t.Context(), path); err == nil {
			t.Errorf("%s file: no error", name)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%s file is now %q, %v", name, got, err)
		}
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// stopping ends its context at the first write.
type stopping struct{ stop context.CancelFunc }

func (w stopping) Write(p []byte) (int, error) {
	w.stop()
	return len(p), nil
}

func TestAStoppedExportIsAnError(t *testing.T) {
	f := openOffice(t)
	id := f.occurrence(1, "p-qlxd", "2024-Q1")
	for range 50 { // more than any buffer holds
		r := done(f, "2024-03-01 08:00")
		r.Note = string(bytes.Repeat([]byte("x"), 4000))
		r.Status = plan.InProgress
		f.report(id, r)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if err := export.Write(ctx, stopping{stop}, f.db, f.at("2024-03-22 08:00")); err == nil {
		t.Error("no error")
	}
}
