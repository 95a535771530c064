package planfile

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
)

// Say reads what a person says of the decision beside the file: "số 12/KH-SXD",
// "ngày 30/12/2024", "năm 2025", "tiêu đề …". It reports whether it was
// understood.
func (d *Draft) Say(line string) bool {
	for _, key := range []string{keyTitle, keyNumber, keyDate, keyYear} {
		words := strings.Fields(line)
		n := len(strings.Fields(key))
		if len(words) <= n || plan.Fold(strings.Join(words[:n], " ")) != plan.Fold(key) &&
			strings.TrimSuffix(plan.Fold(strings.Join(words[:n], " ")), ":") != plan.Fold(key) {
			continue
		}
		value := strings.Join(words[n:], " ")
		s := drafter{draft: &Draft{Plan: d.Plan}}
		s.setMeta(key, grid.Row{Cells: []grid.Cell{{Text: key}, {Text: value}}})
		return len(s.draft.Faults) == 0
	}
	return false
}

var notOfCodes = regexp.MustCompile(`[^a-z0-9]+`)

// NewUnit makes a unit of a name that no unit of the roster has. Its kind is
// what the name begins with.
func NewUnit(name string, roster *plan.Roster) plan.Unit {
	folded := plan.Fold(name)
	u := plan.Unit{Name: strings.Join(strings.Fields(name), " "), Kind: plan.UnitSubordinate}
	for _, k := range []struct {
		begins string
		kind   plan.UnitKind
	}{
		{"van phong", plan.UnitOffice},
		{"thanh tra", plan.UnitInspection},
		{"phong ", plan.UnitDivision},
		{"to ", plan.UnitTeam},
		{"bo phan mot cua", plan.UnitOneStop},
	} {
		if strings.HasPrefix(folded, k.begins) {
			u.Kind = k.kind
			break
		}
	}
	code := strings.Trim(notOfCodes.ReplaceAllString(folded, "-"), "-")
	code = strings.Trim(code[:min(len(code), longestCode-3)], "-")
	if code == "" {
		code = "don-vi"
	}
	u.Code = code
	for n := 2; taken(roster, u.Code); n++ {
		u.Code = code + "-" + strconv.Itoa(n)
	}
	return u
}

func taken(roster *plan.Roster, code string) bool {
	_, ok := roster.Unit(code)
	return ok || slices.ContainsFunc(roster.Collectives, func(c plan.Collective) bool { return c.Code == code })
}
