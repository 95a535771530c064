// Package internal_test keeps the layout of the house: which package may know
// which, and where the words stand.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

const module = "dondoc"

// floors orders the packages: one may import those on lower floors only, so
// that nothing looks towards main and neighbours do not know each other.
var floors = map[string]int{
	"internal/grid":       0,
	"internal/plan":       0,
	"internal/chat":       1,
	"internal/clock":      1,
	"internal/logging":    1,
	"internal/planfile":   1,
	"internal/botserver":  1,
	"internal/bench/echo": 1,
	"internal/picture":    1,
	"locales":             1,
	"internal/reportfile": 2,
	"storage":             2,
	"internal/metrics":    2, // beside the parts that it counts, which do not know it
	"bot":                 3,
	"internal/export":     3,
	"internal/bench/fill": 3,
	"scheduler":           3,
	"handlers":            4, // shows what the scheduler decides
	"internal/app":        5,
	"internal/tryout":     6,
	"internal/cli":        7,
	"internal/bench":      8, // beside main, whose binary it measures
	".":                   8,
}

// A rule says who alone may import some packages, or who may not.
type rule struct {
	imports []string // a path, or a path's beginning that ends in "/..."
	only    []string // packages that may; nil if never says it
	never   []string // packages that may not
}

var rules = []rule{
	// The benchmark's yardstick is a bare bot on the very library, so that one
	// sees what dondoc adds to it.
	{
		imports: []string{"github.com/go-telegram/..."},
		only:    []string{"bot", "internal/botserver", "internal/tryout", "internal/bench/echo"},
	},
	{
		imports: []string{"database/sql", "database/sql/...", "modernc.org/...", "github.com/pressly/goose/..."},
		only:    []string{"storage"},
	},
	{imports: []string{"net/http", "net/http/..."}, never: []string{"handlers", "scheduler", "storage", "locales"}},
	{imports: []string{"github.com/alecthomas/kong", "github.com/gofrs/flock"}, only: []string{"internal/cli"}},
	{imports: []string{"github.com/nicksnyder/go-i18n/...", "github.com/BurntSushi/toml"}, only: []string{"locales"}},
	{imports: []string{"github.com/xuri/..."}, only: []string{"internal/reportfile", "internal/planfile"}},
	{imports: []string{"github.com/prometheus/..."}, only: []string{"internal/metrics"}},
	{imports: []string{"github.com/robfig/cron/..."}, only: []string{"scheduler", "internal/app"}},
}

// wordsAllowed are the packages whose strings may hold Vietnamese: every word
// that people read, the shipped files' own vocabulary, the grammar of
// deadlines, the try-out's page and the names in its world, and in the worlds
// that are measured.
var wordsAllowed = []string{
	"locales", "internal/planfile", "internal/plan", "internal/tryout", "internal/botserver", "internal/bench/fill",
}

// A source is one file of the program, tests left out.
type source struct {
	pkg  string // relative to the module, "." for main
	path string
	file *ast.File
}

func sources(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	files := token.NewFileSet()
	var all []source
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel := strings.TrimPrefix(filepath.ToSlash(name), "../")
		all = append(all, source{pkg: path.Dir(rel), path: rel, file: file})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, all
}

// imported returns the paths that a file imports.
func imported(t *testing.T, f *ast.File) []string {
	t.Helper()
	var paths []string
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}

func TestImportsPointOneWay(t *testing.T) {
	_, all := sources(t)
	for _, s := range all {
		floor, ok := floors[s.pkg]
		if !ok {
			t.Errorf("%s: the package %s has no floor; give it one in this test", s.path, s.pkg)
			continue
		}
		for _, p := range imported(t, s.file) {
			rel, ours := strings.CutPrefix(p, module+"/")
			if ours && floors[rel] >= floor {
				t.Errorf("%s imports %s, which is not below it", s.path, p)
			}
		}
	}
}

func TestTheDomainIsPure(t *testing.T) {
	impure := []string{"os", "os/exec", "net", "net/http", "database/sql", "log", "log/slog", "syscall", "embed"}
	_, all := sources(t)
	for _, s := range all {
		if s.pkg != "internal/plan" {
			continue
		}
		for _, p := range imported(t, s.file) {
			standard := !strings.Contains(strings.Split(p, "/")[0], ".")
			if !standard && !strings.HasPrefix(p, "golang.org/x/text/") || slices.Contains(impure, p) {
				t.Errorf("%s imports %s", s.path, p)
			}
		}
	}
}

func (r rule) concerns(imported string) bool {
	return slices.ContainsFunc(r.imports, func(p string) bool {
		prefix, whole := strings.CutSuffix(p, "...")
		return p == imported || whole && strings.HasPrefix(imported, prefix)
	})
}

func (r rule) permits(pkg string) bool {
	if r.only != nil {
		return slices.Contains(r.only, pkg)
	}
	return !slices.Contains(r.never, pkg)
}

func TestOnlyThoseWhoMayImport(t *testing.T) {
	_, all := sources(t)
	for _, s := range all {
		for _, p := range imported(t, s.file) {
			for _, r := range rules {
				if r.concerns(p) && !r.permits(s.pkg) {
					t.Errorf("%s may not import %s", s.path, p)
				}
			}
		}
	}
}

// inside are the packages that mean something in whatever program people chat:
// one beside bot/, such as Zalo's, is to change no line of them.
var inside = []string{
	"handlers", "scheduler", "storage", "locales", "internal/plan", "internal/chat", "internal/planfile", "internal/grid",
}

// outside are those that know a chat program.
var outside = []string{"bot", "internal/botserver", "internal/tryout", "internal/app", "internal/cli"}

// TestAnotherChatProgramCanStandBesideBot looks that nothing inside reaches what
// knows Telegram, by whatever way, and that no address of Telegram's is made
// there: those come from handlers.Links.
func TestAnotherChatProgramCanStandBesideBot(t *testing.T) {
	files, all := sources(t)
	reaches := map[string][]string{}
	for _, s := range all {
		for _, p := range imported(t, s.file) {
			reaches[s.pkg] = append(reaches[s.pkg], strings.TrimPrefix(p, module+"/"))
		}
	}
	var look func(from string, way []string)
	look = func(from string, way []string) {
		for _, to := range reaches[from] {
			path := append(slices.Clone(way), to)
			if slices.Contains(outside, to) || strings.HasPrefix(to, "github.com/go-telegram/") || to == "net/http" {
				t.Errorf("knows a chat program: %s", strings.Join(path, " imports "))
				continue
			}
			look(to, path)
		}
	}
	for _, pkg := range inside {
		look(pkg, []string{pkg})
	}
	for _, s := range all {
		if !slices.Contains(inside, s.pkg) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if ok && lit.Kind == token.STRING && (strings.Contains(lit.Value, "t.me/") || strings.Contains(lit.Value, "tg://")) {
				t.Errorf("%s: %s is an address of Telegram's", files.Position(lit.Pos()), lit.Value)
			}
			return true
		})
	}
}

// isVietnamese reports whether s has a letter that English has not. Of the
// marks only those of letters count: signs such as ⚠️ bear others.
func isVietnamese(s string) bool {
	return strings.ContainsFunc(norm.NFD.String(s), func(r rune) bool {
		return r == 'đ' || r == 'Đ' || r >= 0x0300 && r <= 0x036f
	})
}

func TestWordsStandInLocales(t *testing.T) {
	files, all := sources(t)
	for _, s := range all {
		if slices.Contains(wordsAllowed, s.pkg) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING && lit.Kind != token.CHAR {
				return true
			}
			if text, err := strconv.Unquote(lit.Value); err == nil && isVietnamese(text) {
				t.Errorf("%s: %s belongs into locales", files.Position(lit.Pos()), lit.Value)
			}
			return true
		})
	}
}
