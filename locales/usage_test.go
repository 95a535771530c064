package locales_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// usage is what code does with keys. Code names a key as a plain string. Where
// it puts one together, a comment that ends in "keys: prefix.*, section.key"
// lists what may come out.
type usage struct {
	literals  []literal       // strings that may be keys
	prefixes  []literal       // strings that may begin a key: "mark."
	announced []literal       // entries of comments
	said      map[string]bool // keys handed to whatever says them: T, N, t, n, button, refuse
	counted   map[string]bool // keys handed to N or n
	fills     []fill          // calls whose values can be read off
}

type literal struct{ text, where string }

var (
	keyLike    = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)
	prefixLike = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\.$`)
	keysInText = regexp.MustCompile(`(?m)\bkeys:\s*(.+)$`)
	fileLike   = regexp.MustCompile(`\.(csv|css|db|docx|go|html|ico|js|json|lock|md|png|sql|sqlite|svg|toml|txt|xlsx|zip)$`)
)

// scanTree reads all code of the program but its tests.
func scanTree(t *testing.T) *usage {
	t.Helper()
	use := &usage{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && name != ".." && (strings.HasPrefix(name, ".") || name == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return use.scan(filepath.ToSlash(path), string(source))
	})
	if err != nil {
		t.Fatal(err)
	}
	return use
}

func (u *usage) scan(path, source string) error {
	if u.counted == nil {
		u.said, u.counted = map[string]bool{}, map[string]bool{}
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.ParseComments)
	if err != nil {
		return err
	}
	for _, group := range file.Comments {
		for _, list := range keysInText.FindAllStringSubmatch(group.Text(), -1) {
			for _, entry := range strings.FieldsFunc(list[1], func(r rune) bool { return r == ',' || r == ' ' }) {
				u.announced = append(u.announced, literal{entry, files.Position(group.Pos()).String()})
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			u.call(n, files.Position(n.Pos()).String())
		case *ast.BasicLit:
			u.literal(n, files.Position(n.Pos()).String())
		}
		return true
	})
	return nil
}

// sayers are the functions and methods that say the key which is their first
// argument, by the place of the first name of the values that go with it; -1
// where the values come as one argument.
var sayers = map[string]int{"T": -1, "N": -1, "t": 1, "n": 2, "refuse": 1, "button": 2}

func (u *usage) call(c *ast.CallExpr, where string) {
	name := called(c)
	values, ok := sayers[name]
	if !ok || len(c.Args) == 0 {
		return
	}
	key, ok := text(c.Args[0])
	if !ok {
		return
	}
	u.said[key] = true
	if name == "N" || name == "n" {
		u.counted[key] = true
	}
	if values < 0 {
		return
	}
	if names, ok := valueNames(c, values); ok {
		if name == "n" {
			names = append(names, "Count")
		}
		u.fills = append(u.fills, fill{literal{key, where}, names})
	}
}

// called returns the name of the function or method that is called.
func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func (u *usage) literal(n *ast.BasicLit, where string) {
	s, ok := text(n)
	switch {
	case !ok:
	case keyLike.MatchString(s) && !fileLike.MatchString(s):
		u.literals = append(u.literals, literal{s, where})
	case prefixLike.MatchString(s):
		u.prefixes = append(u.prefixes, literal{s, where})
	}
}

func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// uses reports whether code names the key or announces it in a comment.
func (u *usage) uses(key string) bool {
	named := func(l literal) bool { return l.text == key }
	return slices.ContainsFunc(u.literals, named) ||
		slices.ContainsFunc(u.announced, func(l literal) bool { return announces(l.text, key) })
}

func announces(entry, key string) bool {
	if prefix, ok := strings.CutSuffix(entry, "*"); ok {
		return strings.HasPrefix(key, prefix)
	}
	return entry == key
}

// problems lists keys that code uses and that do not exist. A string counts as
// a key if it looks like one and begins with a section of the words, or is
// handed to whatever says keys.
func (u *usage) problems(known map[string]*i18n.Message) []string {
	var found []string
	sections := map[string]bool{}
	for key := range known {
		section, _, _ := strings.Cut(key, ".")
		sections[section] = true
	}
	inSection := func(s string) bool {
		section, _, _ := strings.Cut(s, ".")
		return sections[section]
	}
	for _, a := range u.announced {
		if !slices.ContainsFunc(keys(known), func(key string) bool { return announces(a.text, key) }) {
			found = append(found, fmt.Sprintf("%s: no key fits the announced %s", a.where, a.text))
		}
	}
	for _, l := range u.literals {
		if known[l.text] == nil && (inSection(l.text) || u.said[l.text]) {
			found = append(found, fmt.Sprintf("%s: no key is named %s", l.where, l.text))
		}
	}
	for _, p := range u.prefixes {
		announced := func(a literal) bool { return strings.HasPrefix(a.text, p.text) }
		if inSection(p.text) && !slices.ContainsFunc(u.announced, announced) {
			found = append(found, fmt.Sprintf("%s: keys that begin with %s are not announced: // keys: %s*", p.where, p.text, p.text))
		}
	}
	return found
}
