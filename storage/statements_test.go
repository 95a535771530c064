package storage

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// statements returns all that stand in the package's sources.
func statements(t *testing.T) []string {
	t.Helper()
	exprs, consts, literals := texts(t)
	fragments := fragments(t, literals)
	parts := map[ast.Expr]bool{} // what constants stand for that are put together
	for _, e := range exprs {
		ast.Inspect(e, func(n ast.Node) bool {
			if name, ok := n.(*ast.Ident); ok && consts[name.Name] != nil {
				parts[consts[name.Name]] = true
			}
			return true
		})
	}
	var out []string
	for _, e := range exprs {
		if parts[e] {
			continue
		}
		for _, s := range values(t, e, consts, fragments) {
			s = strings.TrimSpace(s)
			if beginsStatement.MatchString(s) && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// texts returns the outermost string expressions of the package, what its
// string constants stand for, and its plain literals.
func texts(t *testing.T) (exprs []ast.Expr, consts map[string]ast.Expr, literals []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	consts = map[string]ast.Expr{}
	for _, f := range files {
		if filepath.Ext(f.Name()) != ".go" || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, v := range n.Values {
					if isText(v) {
						consts[n.Names[i].Name] = v
					}
				}
			case *ast.BinaryExpr:
				if isText(n) {
					exprs = append(exprs, n)
					return false
				}
			case *ast.BasicLit:
				if isText(n) {
					exprs = append(exprs, n)
					literals = append(literals, unquote(n))
				}
			}
			return true
		})
	}
	return exprs, consts, literals
}

// isText reports whether an expression is made of at least one string literal.
func isText(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Kind == token.STRING
	case *ast.BinaryExpr:
		return e.Op == token.ADD && (isText(e.X) || isText(e.Y))
	}
	return false
}

func unquote(l *ast.BasicLit) string {
	s, err := strconv.Unquote(l.Value)
	if err != nil {
		return ""
	}
	return s
}

// values returns what the expression can be. One that is put together of what
// the test does not know is no statement, unless it begins like one.
func values(t *testing.T, e ast.Expr, consts map[string]ast.Expr, fragments map[string][]string) []string {
	t.Helper()
	switch e := e.(type) {
	case *ast.BasicLit:
		return []string{unquote(e)}
	case *ast.Ident:
		if c := consts[e.Name]; c != nil {
			return values(t, c, consts, fragments)
		}
		if f := fragments[e.Name]; f != nil {
			return f
		}
	case *ast.BinaryExpr:
		var out []string
		left := values(t, e.X, consts, fragments)
		right := values(t, e.Y, consts, fragments)
		for _, x := range left {
			if right == nil && beginsStatement.MatchString(x) {
				t.Errorf("what follows is not known to the test: %s", x)
			}
			for _, y := range right {
				out = append(out, x+y)
			}
		}
		return out
	}
	return nil
}
