package storage_test

import (
	"errors"
	"testing"

	"dondoc/internal/plan"
	"dondoc/storage"
)

// A snapshot is read anew when something in it changed, and only then: every
// update that is handled asks for one.
func TestASnapshotIsSharedUntilItChanges(t *testing.T) {
	db := openMessages(t)
	errUndo := errors.New("undo")
	add := func(tx *storage.Tx) error {
		return tx.AddUnit(plan.Unit{Code: "p-moi", Name: "Phòng mới", Kind: plan.UnitDivision})
	}
	var seen []*storage.Snapshot
	look := func(tx *storage.Tx) error {
		s, err := tx.Snapshot()
		seen = append(seen, s)
		return err
	}
	undo := func(fn func(*storage.Tx) error) {
		t.Helper()
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			if err := fn(tx); err != nil {
				return err
			}
			if err := look(tx); err != nil {
				return err
			}
			return errUndo
		})
		if !errors.Is(err, errUndo) {
			t.Fatal(err)
		}
	}
	read := func() {
		t.Helper()
		if err := db.Read(t.Context(), look); err != nil {
			t.Fatal(err)
		}
	}
	read()
	read()
	undo(func(tx *storage.Tx) error { return tx.SetSetting("hours", "x") })
	db.do(look)
	for i, s := range seen[1:] {
		if s != seen[0] {
			t.Errorf("look %d read everything again", i+2)
		}
	}

	seen = nil
	undo(add)
	read()
	if a, b := len(seen[0].Roster.Units), len(seen[1].Roster.Units); a != b+1 {
		t.Errorf("%d units before the change was undone, %d after", a, b)
	}
	db.do(add)
	read()
	if a, b := len(seen[1].Roster.Units), len(seen[2].Roster.Units); b != a+1 {
		t.Errorf("%d units, and with one more %d", a, b)
	}
}
