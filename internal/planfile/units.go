package planfile

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
)

const (
	unitCode = iota
	unitName
	unitKind
	unitShort
	unitAliases
	unitMembers
)

func unitsLayout() layout {
	return layout{
		headings: []string{"mã", "tên", "loại", "tên ngắn", "tên khác", "thành viên"},
		needed:   unitKind + 1,
	}
}

// codeForm is the form of unit codes: they stand in commands and links.
var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

const longestCode = 32

// ReadUnits reads a roster from CSV with the columns mã, tên, loại, tên ngắn,
// tên khác, thành viên, in any order; only the first three must be there.
// Kinds are those of plan.UnitKinds, and plan.UnitCollective for a name that
// stands for several units; its members are unit codes or kinds. Other names
// and members are apart by semicolons. Rows that begin with # are comments.
// The first problem comes back as an *Error.
func ReadUnits(r io.Reader) (*plan.Roster, error) {
	l := unitsLayout()
	rows, err := readRows(r, l.score)
	if err != nil {
		return nil, err
	}
	t, err := l.in(rows)
	if err != nil {
		return nil, err
	}
	u := &unitReader{table: t, lines: map[string]int{}}
	for _, row := range t.body {
		if strings.HasPrefix(row.Text(0), "#") {
			continue
		}
		if err := u.read(row); err != nil {
			return nil, err
		}
	}
	return u.roster()
}

type unitReader struct {
	table       *table
	units       []plan.Unit
	collectives []plan.Collective
	lines       map[string]int // by code
}

func (u *unitReader) read(row grid.Row) error {
	get := func(heading int) string { return strings.TrimSpace(u.table.get(row, heading)) }
	code, name, kind := get(unitCode), get(unitName), get(unitKind)
	switch line, twice := u.lines[code]; {
	case !codeForm.MatchString(code) || len(code) > longestCode:
		return &Error{Line: row.Line, Code: CodeBadCode, Args: []string{plan.Cut(code, maxArgLetters)}}
	case twice:
		return &Error{Line: row.Line, Code: CodeSameCode, Args: []string{code, strconv.Itoa(line)}}
	case name == "":
		return &Error{Line: row.Line, Code: CodeNoName, Args: []string{code}}
	}
	u.lines[code] = row.Line
	aliases := splitList(get(unitAliases))
	if plan.UnitKind(kind) == plan.UnitCollective {
		u.collectives = append(u.collectives, plan.Collective{
			Code: code, Name: name, Aliases: aliases, Members: splitList(get(unitMembers)),
		})
		return nil
	}
	if !slices.Contains(plan.UnitKinds(), plan.UnitKind(kind)) {
		return &Error{Line: row.Line, Code: CodeUnknownKind, Args: append([]string{plan.Cut(kind, maxArgLetters)}, kinds()...)}
	}
	u.units = append(u.units, plan.Unit{
		Code: code, Name: name, Short: get(unitShort), Kind: plan.UnitKind(kind), Aliases: aliases,
	})
	return nil
}

func (u *unitReader) roster() (*plan.Roster, error) {
	if len(u.units) == 0 {
		return nil, &Error{Code: CodeNoUnits}
	}
	roster, err := plan.NewRoster(u.units, u.collectives)
	if taken, ok := errors.AsType[*plan.NameTakenError](err); ok {
		return nil, &Error{
			Line: u.lines[taken.Second], Code: CodeNameTaken,
			Args: []string{plan.Cut(taken.Name, maxArgLetters), taken.First, taken.Second},
		}
	}
	if err != nil {
		return nil, err
	}
	for _, c := range u.collectives {
		if err := u.checkMembers(roster, c); err != nil {
			return nil, err
		}
	}
	return roster, nil
}

func (u *unitReader) checkMembers(roster *plan.Roster, c plan.Collective) error {
	for _, m := range c.Members {
		if _, ok := roster.Unit(m); !ok && !slices.Contains(plan.UnitKinds(), plan.UnitKind(m)) {
			return &Error{
				Line: u.lines[c.Code], Code: CodeUnknownMember,
				Args: []string{c.Code, plan.Cut(m, maxArgLetters)},
			}
		}
	}
	if len(roster.Members(c)) == 0 {
		return &Error{Line: u.lines[c.Code], Code: CodeNoMembers, Args: []string{c.Code}}
	}
	return nil
}

// kinds lists what the column of kinds may hold.
func kinds() []string {
	var list []string
	for _, k := range append(plan.UnitKinds(), plan.UnitCollective) {
		list = append(list, string(k))
	}
	return list
}

// splitList returns the parts of a cell that semicolons or line breaks part.
func splitList(cell string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}
