package storage_test

import (
	"errors"
	"sync"
	"testing"

	"dondoc/internal/plan"
	"dondoc/storage"
)

// A snapshot is read anew when something in it changed, and only then: every
// update that is handled asks for one.
func TestASnapshotIsSharedUntilItChanges(t *testing.T) {
	db := openMessages(t)
	errUndo := errors.New("undo")
	add := func(code string) func(*storage.Tx) error {
		return func(tx *storage.Tx) error {
			return tx.AddUnit(plan.Unit{Code: code, Name: "Phòng " + code, Kind: plan.UnitDivision})
		}
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

	// What was undone had the number that the next change gets.
	seen = nil
	undo(add("p-huy"))
	db.do(add("p-moi"))
	read()
	if _, ok := seen[1].Roster.Unit("p-huy"); ok {
		t.Error("a change that was undone is seen")
	}
	if _, ok := seen[1].Roster.Unit("p-moi"); !ok {
		t.Error("a change is not seen")
	}
}

func TestASnapshotIsReadOnceForAllWhoAskAtOnce(t *testing.T) {
	db := openMessages(t)
	seen := make([]*storage.Snapshot, 3) // as many as read beside each other
	var wg sync.WaitGroup
	for i := range seen {
		wg.Go(func() {
			err := db.Read(t.Context(), func(tx *storage.Tx) (err error) {
				seen[i], err = tx.Snapshot()
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, s := range seen[1:] {
		if s != seen[0] {
			t.Error("read more than once")
		}
	}
}
