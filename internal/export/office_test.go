package export_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"dondoc/internal/export"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

// zone is the plan's: the machine need not have its name.
var zone = time.FixedZone("+07", 7*60*60)

// An office is a database with the shipped plan, given out, and those who
// report on it.
type office struct {
	t    *testing.T
	path string
	db   *storage.DB
	plan *plan.Plan
}

func openOffice(t *testing.T) *office {
	t.Helper()
	f := newOffice(t)
	p, roster, days, err := planfile.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	p.Published = plan.NewDate(2024, time.January, 11)
	f.plan = p
	f.write(func(tx *storage.Tx) error {
		for _, d := range days {
			if err := tx.SetSpecialDay(d); err != nil {
				return err
			}
		}
		if err := tx.AddUnits(roster); err != nil {
			return err
		}
		return tx.AddPlan(p)
	})
	return f
}

// newOffice has no plan and no units.
func newOffice(t *testing.T) *office {
	t.Helper()
	f := &office{t: t, path: filepath.Join(t.TempDir(), "dondoc.db")}
	var err error
	if f.db, err = storage.Open(t.Context(), f.path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.close)
	return f
}

// close ends the program that has the database open.
func (f *office) close() {
	f.t.Helper()
	if f.db == nil {
		return
	}
	if err := f.db.Close(); err != nil {
		f.t.Error(err)
	}
	f.db = nil
}

func (f *office) write(fn func(*storage.Tx) error) {
	f.t.Helper()
	if err := f.db.Write(f.t.Context(), fn); err != nil {
		f.t.Fatal(err)
	}
}

// occurrence returns the id of a unit's first occurrence of the task, of the
// period unless that is empty.
func (f *office) occurrence(number int, unit, period string) int64 {
	f.t.Helper()
	var id int64
	err := f.db.Read(f.t.Context(), func(tx *storage.Tx) error {
		occs, err := tx.Occurrences(storage.Filter{Task: f.plan.Task(number).ID, Unit: unit}, zone)
		for _, o := range occs {
			if id == 0 && (period == "" || o.Period == period) {
				id = o.ID
			}
		}
		return err
	})
	if err != nil || id == 0 {
		f.t.Fatalf("task %d of %s in %q: id %d, %v", number, unit, period, id, err)
	}
	return id
}

// report records a report and returns its batch.
func (f *office) report(occurrence int64, r plan.Report) int64 {
	f.t.Helper()
	f.write(func(tx *storage.Tx) error { return tx.AddReport(occurrence, 0, &r, r.At) })
	return r.ID
}

// at reads 2024-03-13 09:00 as it is said in the office.
func (f *office) at(text string) time.Time {
	f.t.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		f.t.Fatal(err)
	}
	return t
}

// printed returns the export as it is printed beside the open database.
func (f *office) printed() []byte {
	f.t.Helper()
	return printed(f.t, f.path)
}

func printed(t *testing.T, path string) []byte {
	t.Helper()
	db, release, err := storage.OpenBeside(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	now := time.Date(2024, time.March, 22, 8, 0, 0, 0, zone)
	if err := export.Write(t.Context(), &out, db, now); err != nil {
		t.Fatal(err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A document is the export as others read it.
type document struct {
	Plan   *json.RawMessage
	Units  []json.RawMessage
	People []json.RawMessage
	Tasks  []task
	Plans  []struct {
		Plan  json.RawMessage
		Tasks []task
	}
}

type task struct {
	Number      int
	Content     string
	ShortTitle  string `json:"short_title"`
	Group       string
	Deadline    string
	Kind        string
	Leads       []string
	Cooperating []string
	Occurrences []json.RawMessage
}

func decode(t *testing.T, text []byte) document {
	t.Helper()
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return d
}

// find returns the occurrences of a task that belong to the unit, of the
// period unless that is empty.
func (d *document) find(t *testing.T, number int, unit, period string) []json.RawMessage {
	t.Helper()
	var out []json.RawMessage
	for _, task := range d.Tasks {
		if task.Number != number {
			continue
		}
		for _, raw := range task.Occurrences {
			var o struct{ Unit, Period string }
			if err := json.Unmarshal(raw, &o); err != nil {
				t.Fatal(err)
			}
			if o.Unit == unit && (period == "" || o.Period == period) {
				out = append(out, raw)
			}
		}
	}
	return out
}

// wantJSON compares values, not their spelling.
func wantJSON(t *testing.T, what string, got []byte, want string) {
	t.Helper()
	if g, w := canonical(t, got), canonical(t, []byte(want)); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// canonical sorts keys.
func canonical(t *testing.T, text []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
