package planfile

import (
	"embed"
	"fmt"

	"dondoc/internal/plan"
)

// The shipped data: the plan of Quyết định 98/QĐ-SXD of 2024, a sample of
// units, for the decision lists none, and the days off of 2024 to 2026.
//
//go:embed data
var data embed.FS

// Shipped returns what a data folder without a plan begins with.
func Shipped() (*plan.Plan, *plan.Roster, []plan.SpecialDay, error) {
	units, err := data.Open("data/units.csv")
	if err != nil {
		return nil, nil, nil, fmt.Errorf("open shipped units: %w", err)
	}
	defer units.Close()
	roster, err := ReadUnits(units)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read shipped units: %w", err)
	}
	file, err := data.Open("data/plan-2024.csv")
	if err != nil {
		return nil, nil, nil, fmt.Errorf("open shipped plan: %w", err)
	}
	defer file.Close()
	p, err := ReadPlan(file, roster, Options{})
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read shipped plan: %w", err)
	}
	calendar, err := data.Open("data/calendar.csv")
	if err != nil {
		return nil, nil, nil, fmt.Errorf("open shipped calendar: %w", err)
	}
	defer calendar.Close()
	days, err := ReadCalendar(calendar)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read shipped calendar: %w", err)
	}
	return p, roster, days, nil
}
