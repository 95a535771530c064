package cli_test

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dondoc/internal/cli"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

// dataFolder returns a folder with the shipped plan and one report on task 15,
// and its database, open as by a running program.
func dataFolder(t *testing.T) (string, *storage.DB) {
	t.Helper()
	dir := t.TempDir()
	db, err := storage.Open(t.Context(), filepath.Join(dir, "dondoc.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	p, roster, _, err := planfile.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		if err := tx.AddUnits(roster); err != nil {
			return err
		}
		if err := tx.AddPlan(p); err != nil {
			return err
		}
		occs, err := tx.Occurrences(storage.Filter{Task: p.Task(15).ID}, time.UTC)
		if err != nil {
			return err
		}
		r := plan.Report{
			By: 1, Via: plan.ViaCommand, Status: plan.Done, At: time.Date(2024, time.March, 13, 2, 0, 0, 0, time.UTC),
		}
		return tx.AddReport(occs[0].ID, 1, &r, r.At)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir, db
}

func TestExport(t *testing.T) {
	dir, _ := dataFolder(t)
	release, err := cli.ClaimFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for zone, want := range map[string]string{
		"":           "2024-03-13T09:00:00+07:00",
		"Asia/Tokyo": "2024-03-13T11:00:00+09:00",
	} {
		got := run(t, map[string]string{"DONDOC_DATA": dir, "DONDOC_TIMEZONE": zone}, "", "export")
		if got.status != 0 || got.err != "" {
			t.Fatalf("status %d, %s", got.status, got.err)
		}
		var d struct {
			Plan  struct{ Number string }
			Tasks []struct {
				Occurrences []struct {
					ReportedAt *string `json:"reported_at"`
				}
			}
		}
		if err := json.Unmarshal([]byte(got.out), &d); err != nil {
			t.Fatal(err)
		}
		if d.Plan.Number != "98/QĐ-SXD" || len(d.Tasks) != 30 {
			t.Errorf("plan %q with %d tasks", d.Plan.Number, len(d.Tasks))
		}
		if at := d.Tasks[14].Occurrences[0].ReportedAt; at == nil || *at != want {
			t.Errorf("reported at %v, want %s", at, want)
		}
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
}

func TestExportOfAnUnusableFolder(t *testing.T) {
	empty := t.TempDir()
	wantUnusable(t, run(t, nil, "", "export"), "./data", "dondoc.db", "--data", "DONDOC_DATA")
	wantUnusable(t, run(t, nil, "", "export", "--data", empty), empty, "dondoc.db")
	file := filepath.Join(empty, "dondoc.db")
	if err := os.WriteFile(file, []byte("no database\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantUnusable(t, run(t, nil, "", "export", "--data", empty), empty, "--data")
	wantUnusable(t, run(t, nil, "", "export", "--data", file), file, "--data")
}

func TestAStoppedExportFails(t *testing.T) {
	dir, _ := dataFolder(t)
	clearEnvironment(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var errs strings.Builder
	status := cli.Main(ctx, []string{"export", "--data", dir}, cli.Streams{Out: io.Discard, Err: &errs})
	if status != 1 || !strings.Contains(errs.String(), "incomplete") {
		t.Errorf("status %d, %q", status, errs.String())
	}
}
