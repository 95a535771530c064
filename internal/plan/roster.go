package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A Roster is the units and collectives that tasks are given to, in the order
// of lists, with every name that people call them by. It does not change once
// it is made.
type Roster struct {
	Units       []Unit
	Collectives []Collective

	units map[string]Unit
	names func() ([]rosterName, error) // file, once
}

// A NameTakenError says that one name stands for two entries of a roster.
type NameTakenError struct {
	Name          string
	First, Second string // codes; equal if one code stands twice
}

func (e *NameTakenError) Error() string {
	if e.First == e.Second {
		return fmt.Sprintf("code %q stands twice", e.First)
	}
	return fmt.Sprintf("name %q belongs to both %q and %q", e.Name, e.First, e.Second)
}

// NewRoster returns the roster of the units and collectives. No two of them
// may share a code, a name, a short name or an alias, case and punctuation
// aside: a *NameTakenError tells the first that do.
func NewRoster(units []Unit, collectives []Collective) (*Roster, error) {
	r := RosterOf(units, collectives)
	if _, err := r.names(); err != nil {
		return nil, err
	}
	return r, nil
}

// RosterOf is NewRoster for what it let pass once, such as units that were
// stored: their names are looked into when a unit is first asked for by one.
// With ten thousand units that is most of the work, and a start needs none of
// it. Of two entries with one name the first has it.
func RosterOf(units []Unit, collectives []Collective) *Roster {
	r := &Roster{
		Units:       slices.Clone(units),
		Collectives: slices.Clone(collectives),
		units:       make(map[string]Unit, len(units)),
	}
	for _, u := range units {
		r.units[u.Code] = u
	}
	r.names = sync.OnceValues(r.file)
	return r
}

// file returns the names of all entries, most words first, and the first
// *NameTakenError.
func (r *Roster) file() ([]rosterName, error) {
	f := filing{taken: map[string]string{}}
	for _, u := range r.Units {
		f.enter(u.Code, append([]string{u.Name, u.Short}, u.Aliases...))
	}
	for _, c := range r.Collectives {
		f.enter(c.Code, append([]string{c.Name}, c.Aliases...))
	}
	slices.SortStableFunc(f.names, func(a, b rosterName) int {
		return cmp.Compare(len(b.words), len(a.words))
	})
	return f.names, f.err
}

// A filing gathers the names of a roster.
type filing struct {
	names []rosterName
	taken map[string]string // name key to code
	err   error             // the first
}

// enter files the names of one entry.
func (f *filing) enter(code string, names []string) {
	if f.taken[nameKey(nameWords(code))] == code {
		f.fault(&NameTakenError{Name: code, First: code, Second: code})
	}
	for _, name := range append([]string{code}, names...) {
		words := nameWords(name)
		if len(words) == 0 {
			continue
		}
		key := nameKey(words)
		switch owner, ok := f.taken[key]; {
		case !ok:
			f.taken[key] = code
			f.names = append(f.names, rosterName{words, code})
		case owner != code:
			f.fault(&NameTakenError{Name: name, First: owner, Second: code})
		}
	}
}

func (f *filing) fault(err error) {
	if f.err == nil {
		f.err = err
	}
}

// known returns every name, most words first.
func (r *Roster) known() []rosterName {
	names, _ := r.names() // NewRoster has refused a name that two have
	return names
}

// Unit returns the unit with the code.
func (r *Roster) Unit(code string) (Unit, bool) {
	u, ok := r.units[code]
	return u, ok
}

// Find returns the unit that goes by the name: its code, name, short name or
// an alias. Case, tone marks, Unicode form, punctuation and spaces do not
// matter, unless tone marks alone tell two units apart; a name that still fits
// two units finds none.
func (r *Roster) Find(name string) (Unit, bool) {
	words := nameWords(name)
	code, _ := r.match(words, func(code string, end int) bool {
		return r.isUnit(code) && end == len(words)
	})
	return r.Unit(code)
}

// nameEnds are what a name at the start of a text may end at.
const nameEnds = " \t\r\n\u00a0,;"

// Prefix splits text after the longest unit name that it begins with, read as
// Find reads it. The name ends at a space, a comma, a semicolon or the end;
// rest is what follows these. Without such a name rest is the text.
func (r *Roster) Prefix(text string) (u Unit, rest string, ok bool) {
	words := splitNameWords(text)
	code, end := r.match(words, func(code string, end int) bool {
		tail := text[words[end-1].end:]
		return r.isUnit(code) && (tail == "" || strings.TrimLeft(tail, nameEnds) != tail)
	})
	if end == 0 {
		return Unit{}, text, false
	}
	u, ok = r.Unit(code)
	return u, strings.TrimLeft(text[words[end-1].end:], nameEnds), ok
}

// Resolve reads a table cell that names several units, apart by a comma, a
// semicolon, a slash, a line break or "và", or by a dash between two names that
// are known. A collective counts as its
// members. Of the names that fit, the longest wins, so that a name may hold
// separators: "Các phòng CM, đơn vị trực thuộc Sở" is one. Resolve returns the
// codes in the order of the cell, and apart from them, as typed, what stands
// between separators and is no known name; neither has doubles.
func (r *Roster) Resolve(cell string) (codes, unknown []string) {
	words := splitNameWords(cell)
	var known, strange listed
	for start := 0; start < len(words); {
		if words[start].separates() {
			start++
			continue
		}
		here := words[start:]
		code, length := r.match(here, func(_ string, end int) bool {
			return end == len(here) || here[end].separates()
		})
		codes := r.expand(code)
		if length == 0 {
			codes, length = r.dashed(cell, here)
		}
		if length == 0 {
			length = segmentLen(here)
			strange.add(segment(cell, words, start, start+length))
		}
		known.add(codes...)
		start += length
	}
	return known.list, strange.list
}

// Members returns the codes of the collective's units: those it lists and, for
// each kind it lists, those of the kind in the roster's order. A code goes
// before a kind of the same spelling; what is neither is passed over.
func (r *Roster) Members(c Collective) []string {
	var members listed
	for _, m := range c.Members {
		if r.isUnit(m) {
			members.add(m)
			continue
		}
		for _, u := range r.Units {
			if string(u.Kind) == m {
				members.add(u.Code)
			}
		}
	}
	return members.list
}

// Nearest returns the n units with the name most like the given one, likest
// first, as candidates for what a person meant.
func (r *Roster) Nearest(name string, n int) []Unit {
	typed := []rune(foldedName(splitNameWords(name)))
	typed = typed[:min(len(typed), longestName)]
	distance := make(map[string]int, len(r.Units))
	for _, known := range r.known() {
		d := editDistance(typed, []rune(foldedName(known.words)))
		if old, ok := distance[known.code]; !ok || d < old {
			distance[known.code] = d
		}
	}
	units := slices.Clone(r.Units)
	slices.SortStableFunc(units, func(a, b Unit) int {
		return cmp.Compare(distance[a.Code], distance[b.Code])
	})
	return units[:max(0, min(n, len(units)))]
}

func (r *Roster) isUnit(code string) bool {
	_, ok := r.units[code]
	return ok
}

// expand returns the units that the code stands for.
func (r *Roster) expand(code string) []string {
	for _, c := range r.Collectives {
		if c.Code == code {
			return r.Members(c)
		}
	}
	return []string{code}
}

// A listed is a list without doubles.
type listed struct {
	list []string
	in   map[string]bool
}

func (l *listed) add(values ...string) {
	for _, v := range values {
		if l.in[v] {
			continue
		}
		if l.in == nil {
			l.in = map[string]bool{}
		}
		l.in[v] = true
		l.list = append(l.list, v)
	}
}
