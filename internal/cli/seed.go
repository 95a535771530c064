package cli

import (
	"errors"
	"os"

	"dondoc/internal/app"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

// seed reads the plan and the units that the settings name, or takes the
// shipped ones. Its errors are unusable files.
func (s *Settings) seed() (app.Seed, error) {
	seed, err := s.office()
	if err != nil {
		return app.Seed{}, err
	}
	if seed.Plan, _, _, err = planfile.Shipped(); err != nil {
		return app.Seed{}, err
	}
	switch {
	case s.Plan != "":
		if seed.Plan, err = readPlan(s.Plan, seed.Roster); err != nil {
			return app.Seed{}, unusable("--plan (DONDOC_PLAN): %w", err)
		}
	case s.Units != "":
		if err := adopt(seed.Plan, seed.Roster); err != nil {
			return app.Seed{}, err
		}
	}
	return seed, nil
}

// office is what a data folder begins with beside a plan: the units that the
// settings name and the shipped calendar.
func (s *Settings) office() (app.Seed, error) {
	_, _, days, err := planfile.Shipped()
	if err != nil {
		return app.Seed{}, err
	}
	roster, err := s.roster()
	return app.Seed{Roster: roster, Days: days}, err
}

// roster reads the units that the settings name, or takes the shipped ones.
func (s *Settings) roster() (*plan.Roster, error) {
	if s.Units == "" {
		_, roster, _, err := planfile.Shipped()
		return roster, err
	}
	roster, err := readUnits(s.Units)
	if err != nil {
		return nil, unusable("--units (DONDOC_UNITS): %w", err)
	}
	return roster, nil
}

func readUnits(name string) (*plan.Roster, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	roster, err := planfile.ReadUnits(f)
	return roster, inFile(name, errors.Join(err, f.Close()))
}

func readPlan(name string, roster *plan.Roster) (*plan.Plan, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	p, err := planfile.ReadPlan(f, roster, planfile.Options{})
	return p, inFile(name, errors.Join(err, f.Close()))
}

// adopt gives the shipped plan's tasks to the units of another roster, which
// must know every name that the plan uses.
func adopt(p *plan.Plan, roster *plan.Roster) error {
	for _, t := range p.Tasks {
		leads, unknown := roster.Resolve(t.LeadText)
		cooperating, more := roster.Resolve(t.CooperatingText)
		for _, name := range append(unknown, more...) {
			return unusable("--units (DONDOC_UNITS): the file lacks %q, which the shipped plan names; "+
				"add it or set a plan of its own with --plan (DONDOC_PLAN)", name)
		}
		t.Leads, t.Cooperating = leads, cooperating
	}
	return nil
}
