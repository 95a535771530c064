package storage_test

import (
	"errors"
	"testing"

	"dondoc/internal/plan"
	"dondoc/storage"
)

// Whoever writes a name that is somebody's hears of it at once, not whoever
// reads the units next.
func TestANameIsOfOne(t *testing.T) {
	db := openMessages(t)
	roster, err := plan.NewRoster([]plan.Unit{
		{Code: "p-a", Name: "Phòng A", Kind: plan.UnitDivision},
		{Code: "p-b", Name: "Phòng B", Kind: plan.UnitDivision},
	}, []plan.Collective{{Code: "cac-phong", Name: "Các phòng CM", Members: []string{string(plan.UnitDivision)}}})
	if err != nil {
		t.Fatal(err)
	}
	db.do(func(tx *storage.Tx) error { return tx.AddUnits(roster) })
	for name, write := range map[string]func(*storage.Tx) error{
		"rename": func(tx *storage.Tx) error { return tx.RenameUnit(roster.Units[0], "các phòng CM", "") },
		"alias":  func(tx *storage.Tx) error { return tx.AddAlias("p-a", "PHÒNG B") },
		"unit": func(tx *storage.Tx) error {
			return tx.AddUnit(plan.Unit{Code: "p-c", Name: "Phòng A", Kind: plan.UnitDivision})
		},
	} {
		err := db.Write(t.Context(), write)
		if _, taken := errors.AsType[*plan.NameTakenError](err); !taken {
			t.Errorf("%s: %v, want the name to be taken", name, err)
		}
	}
	db.do(func(tx *storage.Tx) error { return tx.RenameUnit(roster.Units[0], "Phòng C", "") })
}
