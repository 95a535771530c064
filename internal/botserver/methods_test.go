package botserver_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dondoc/internal/botserver"

	"github.com/go-telegram/bot"
)

// specified is an extract of the Bot API's machine readable description
// (PaulSonOfLars/telegram-bot-api-spec, MIT): by method, its parameters and
// whether they are required.
func specified(t *testing.T) map[string]map[string]bool {
	t.Helper()
	data, err := os.ReadFile("testdata/methods.json")
	if err != nil {
		t.Fatal(err)
	}
	var spec struct{ Methods map[string]map[string]bool }
	if err := json.Unmarshal(data, &spec); err != nil {
		t.Fatal(err)
	}
	return spec.Methods
}

// parse reads the Go files of the folder, tests left out.
func parse(t *testing.T, folder string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		t.Fatalf("no source in %s", folder)
	}
	return files
}

// paramNames are the names that the client library gives a method's parameters,
// by the names of its fields.
func paramNames(t *testing.T, method string) map[string]string {
	t.Helper()
	m, ok := reflect.TypeFor[*bot.Bot]().MethodByName(strings.ToUpper(method[:1]) + method[1:])
	if !ok {
		t.Fatalf("the library has no %s", method)
	}
	names := map[string]string{}
	if m.Type.NumIn() < 3 { // the bot, the context
		return names
	}
	params := m.Type.In(2).Elem()
	for f := range params.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names[f.Name] = name
	}
	return names
}

// made returns what the bot calls: by method, the names of the parameters that
// it gives.
func made(t *testing.T) map[string][]string {
	t.Helper()
	calls := map[string][]string{
		// It goes past the library; see bot/api.go.
		"getUpdates": {"offset", "timeout", "allowed_updates"},
	}
	for _, f := range parse(t, "../../bot") {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			fun, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if lib, ok := fun.X.(*ast.SelectorExpr); !ok || lib.Sel.Name != "lib" {
				return true
			}
			method := strings.ToLower(fun.Sel.Name[:1]) + fun.Sel.Name[1:]
			names := paramNames(t, method)
			given := calls[method]
			for _, arg := range call.Args {
				for _, field := range fieldsOf(arg) {
					given = append(given, names[field])
				}
			}
			calls[method] = given
			return true
		})
	}
	return calls
}

// fieldsOf returns the fields that &Params{…} sets.
func fieldsOf(arg ast.Expr) []string {
	address, ok := arg.(*ast.UnaryExpr)
	if !ok {
		return nil
	}
	lit, ok := address.X.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var fields []string
	for _, e := range lit.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				fields = append(fields, key.Name)
			}
		}
	}
	return fields
}

// read returns the strings in the server's source: a parameter whose name is
// not among them is not looked at.
func read(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, f := range parse(t, ".") {
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					all[s] = true
				}
			}
			return true
		})
	}
	return all
}

// What the bot calls must be in the Bot API, with its required parameters, and
// the server must know it.
func TestEveryMethodOfTheBot(t *testing.T) {
	spec, known := specified(t), read(t)
	w := newWorld(t, botserver.Options{})
	calls := made(t)
	for _, method := range slices.Sorted(maps.Keys(calls)) {
		params, ok := spec[method]
		if !ok {
			t.Errorf("%s is not in the extract of the Bot API", method)
			continue
		}
		for _, name := range calls[method] {
			if _, ok := params[name]; !ok {
				t.Errorf("%s has no parameter %q in the Bot API", method, name)
			}
			if !known[name] {
				t.Errorf("the server does not look at %q of %s", name, method)
			}
		}
		for name, required := range params {
			if required && !slices.Contains(calls[method], name) {
				t.Errorf("%s needs %q, which the bot does not give", method, name)
			}
		}
		if method == "getUpdates" {
			continue // would wait
		}
		if got := w.call(method, nil); got.Code == 404 {
			t.Errorf("the server has no %s", method)
		}
	}
	if len(calls) < 10 {
		t.Errorf("only %d methods were found in the bot", len(calls))
	}
}
