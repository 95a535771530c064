package locales_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"

	"dondoc/locales"
)

// A fill is a call that says a key and names the values for it one by one, a
// name and a value in turn.
type fill struct {
	key   literal
	names []string
}

// valueNames reads the names off the call's arguments; first is where the first
// one stands. It is not ok where they are put together elsewhere.
func valueNames(c *ast.CallExpr, first int) (names []string, ok bool) {
	if c.Ellipsis.IsValid() {
		return nil, false
	}
	for i := first; i < len(c.Args); i += 2 {
		name, ok := text(c.Args[i])
		if !ok {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}

// missing lists the values that a text of the key is filled with and that the
// call does not hand over.
func (f fill) missing(wanted []string) []string {
	return slices.DeleteFunc(slices.Clone(wanted), func(name string) bool { return slices.Contains(f.names, name) })
}

func TestCodeHandsOverEveryValue(t *testing.T) {
	fills := scanTree(t).fills
	for _, lang := range locales.Languages() {
		known := words(t, lang)
		for _, f := range fills {
			m := known[f.key.text]
			if m == nil {
				continue // another test tells of it
			}
			for _, form := range []string{m.One, m.Other} {
				if missing := f.missing(fields(t, m.ID, form)); len(missing) > 0 {
					t.Errorf("%s: %s in %s is not given %s", f.key.where, m.ID, lang, strings.Join(missing, ", "))
				}
			}
		}
	}
}

func TestScanValues(t *testing.T) {
	const source = `package p
func f(c C) {
	c.t("a.plain")
	c.t("a.two", "Number", 1, "Title", s)
	c.n("a.counted", 3, "Date", d)
	c.button("a.button", action{Verb: "x"}, "Name", name)
	refuse("a.refusal", "Unit", u).with(b)
	c.t("a.elsewhere", args...)
	c.t("a.partly", append(args, "Date", d)...)
	c.t("a."+kind, "Number", 1)
	l.T("a.data", locales.Data{"Name": "x"})
}
`
	want := map[string][]string{
		"a.plain": nil, "a.two": {"Number", "Title"}, "a.counted": {"Date", "Count"},
		"a.button": {"Name"}, "a.refusal": {"Unit"},
	}
	var use usage
	if err := use.scan("p.go", source); err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, f := range use.fills {
		got[f.key.text] = f.names
	}
	if !slices.Equal(keys(got), keys(want)) {
		t.Fatalf("read off: %v, want %v", keys(got), keys(want))
	}
	for key, names := range want {
		if !slices.Equal(got[key], names) {
			t.Errorf("%s is given %v, want %v", key, got[key], names)
		}
	}
	f := fill{names: []string{"Number", "Title"}}
	if missing := f.missing([]string{"Date", "Number"}); !slices.Equal(missing, []string{"Date"}) {
		t.Errorf("missing: %v, want Date", missing)
	}
}
