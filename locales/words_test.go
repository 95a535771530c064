package locales_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"text/template"
	"text/template/parse"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"

	"dondoc/locales"
)

// words reads the messages of a language by key.
func words(t *testing.T, lang string) map[string]*i18n.Message {
	t.Helper()
	text, err := fs.ReadFile(locales.Files, lang+".toml")
	if err != nil {
		t.Fatal(err)
	}
	messages, err := i18n.ParseMessageBytes(text, toml.Unmarshal)
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[string]*i18n.Message{}
	for _, m := range messages {
		byKey[m.ID] = m
	}
	return byKey
}

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func TestEveryLanguageHasTheSameKeys(t *testing.T) {
	first := locales.Languages()[0]
	want := words(t, first)
	for _, lang := range locales.Languages()[1:] {
		got := words(t, lang)
		for _, key := range keys(want) {
			if got[key] == nil {
				t.Errorf("%s.toml lacks %s", lang, key)
			}
		}
		for _, key := range keys(got) {
			if want[key] == nil {
				t.Errorf("%s.toml has %s, which %s.toml lacks", lang, key, first)
			}
		}
	}
}

// pluralForms are the forms that a counted text has in each language.
var pluralForms = map[string]struct{ one, other bool }{
	"vi": {other: true},
	"en": {one: true, other: true},
}

func TestFormsOfNumber(t *testing.T) {
	counted := scanTree(t).counted
	for _, lang := range locales.Languages() {
		for key, m := range words(t, lang) {
			if m.Other == "" {
				t.Errorf("%s: %s has no text (other)", lang, key)
			}
			if strange := m.Zero + m.Two + m.Few + m.Many; strange != "" {
				t.Errorf("%s: %s has a form that the language lacks: %q", lang, key, strange)
			}
			if wantOne := pluralForms[lang].one && counted[key]; wantOne != (m.One != "") {
				t.Errorf("%s: %s has the form one: %v, want %v (it is counted by N: %v)",
					lang, key, m.One != "", wantOne, counted[key])
			}
		}
	}
}

// fields returns the names of the values that a text is filled with.
func fields(t *testing.T, key, text string) []string {
	t.Helper()
	tmpl, err := template.New(key).Parse(text)
	if err != nil {
		t.Errorf("%s: %v", key, err)
		return nil
	}
	found := map[string]bool{}
	var walk func(parse.Node)
	walk = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ListNode:
			if n == nil {
				return
			}
			for _, child := range n.Nodes {
				walk(child)
			}
		case *parse.ActionNode:
			walk(n.Pipe)
		case *parse.IfNode:
			walk(n.Pipe)
			walk(n.List)
			walk(n.ElseList)
		case *parse.PipeNode:
			for _, command := range n.Cmds {
				for _, arg := range command.Args {
					walk(arg)
				}
			}
		case *parse.FieldNode:
			found[n.Ident[0]] = true
		case *parse.TextNode, *parse.StringNode, *parse.NumberNode, *parse.BoolNode, *parse.IdentifierNode:
		default:
			t.Errorf("%s: %s: a text may hold values and if, nothing else", key, n)
		}
	}
	walk(tmpl.Root)
	return keys(found)
}

func TestEveryLanguageNamesTheSameValues(t *testing.T) {
	first := locales.Languages()[0]
	for key, m := range words(t, first) {
		want := fields(t, key, m.Other)
		for _, lang := range locales.Languages() {
			other := words(t, lang)[key]
			if other == nil {
				continue
			}
			if got := fields(t, key, other.Other); !slices.Equal(got, want) {
				t.Errorf("%s: %s is filled with %v, in %s with %v", lang, key, got, first, want)
			}
			for _, name := range fields(t, key, other.One) {
				if !slices.Contains(want, name) {
					t.Errorf("%s: %s (one) is filled with %s, in %s not", lang, key, name, first)
				}
			}
		}
	}
}

func TestEveryKeyIsUsedAndEveryUsedKeyExists(t *testing.T) {
	known := words(t, locales.Languages()[0])
	use := scanTree(t)
	for _, key := range keys(known) {
		if !use.uses(key) {
			t.Errorf("no code uses the key %s", key)
		}
	}
	for _, problem := range use.problems(known) {
		t.Error(problem)
	}
}

func TestScan(t *testing.T) {
	const source = `package p
import "net/http"
// keys: mark.*, list.empty
func f(l L, s string) {
	l.T("done.title")
	l.T("done.titel")
	l.N("list.tasks", 3)
	c.n("list.units", 3)
	c.button("buton.send", a)
	refuse("refus.late", "Date", d)
	l.T("mark." + s)
	l.T("box." + s)
	open("list.csv")
	l.T("other.section")
	_ = T{help: "done.help"}
	_ = http.StatusText
}
// keys: nothing.*
`
	known := map[string]*i18n.Message{}
	for _, key := range []string{
		"done.title", "done.help", "list.tasks", "list.units", "list.empty", "list.full", "mark.a", "mark.b", "box.red",
	} {
		known[key] = &i18n.Message{ID: key}
	}
	var use usage
	if err := use.scan("p.go", source); err != nil {
		t.Fatal(err)
	}
	var unused []string
	for _, key := range keys(known) {
		if !use.uses(key) {
			unused = append(unused, key)
		}
	}
	if want := []string{"box.red", "list.full"}; !slices.Equal(unused, want) {
		t.Errorf("unused: %v, want %v", unused, want)
	}
	if want := []string{"list.tasks", "list.units"}; !slices.Equal(keys(use.counted), want) {
		t.Errorf("counted: %v, want %v", keys(use.counted), want)
	}
	problems := use.problems(known)
	want := []string{"nothing.*", "done.titel", "buton.send", "refus.late", "other.section", "box."}
	if len(problems) != len(want) {
		t.Fatalf("problems: %q, want one about each of %q", problems, want)
	}
	for i := range want {
		if !strings.Contains(problems[i], want[i]) {
			t.Errorf("problem %q is not about %s", problems[i], want[i])
		}
	}
}
