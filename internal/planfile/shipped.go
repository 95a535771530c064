package planfile

import (
	"embed"
	"fmt"
	"io"

	"dondoc/internal/plan"
)

// The shipped data: the plan of Quyết định 98/QĐ-SXD of 2024; a sample of
// units, for the decision lists none; the days off of 2024 to 2026.
//
//go:embed data
var data embed.FS

// Shipped returns what a data folder without a plan begins with.
func Shipped() (*plan.Plan, *plan.Roster, []plan.SpecialDay, error) {
	roster, err := readShipped("data/units.csv", ReadUnits)
	if err != nil {
		return nil, nil, nil, err
	}
	p, err := readShipped("data/plan-2024.csv", func(r io.Reader) (*plan.Plan, error) {
		return ReadPlan(r, roster, Options{})
	})
	if err != nil {
		return nil, nil, nil, err
	}
	days, err := readShipped("data/calendar.csv", ReadCalendar)
	if err != nil {
		return nil, nil, nil, err
	}
	return p, roster, days, nil
}

func readShipped[T any](name string, read func(io.Reader) (T, error)) (T, error) {
	var none T
	file, err := data.Open(name)
	if err != nil {
		return none, fmt.Errorf("open shipped %s: %w", name, err)
	}
	defer file.Close()
	v, err := read(file)
	if err != nil {
		return none, fmt.Errorf("read shipped %s: %w", name, err)
	}
	return v, nil
}
