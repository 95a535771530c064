package handlers_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"dondoc/handlers"
)

// TestTheGuideNamesCommands holds docs/huong-dan.md against the table: a command
// that it names is one.
func TestTheGuideNamesCommands(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "docs", "huong-dan.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`/([a-z]+)").FindAllStringSubmatch(string(text), -1)
	if len(named) < 20 {
		t.Errorf("it names %d commands", len(named))
	}
	for _, m := range named {
		if !slices.Contains(handlers.CommandNames(), m[1]) {
			t.Errorf("/%s is no command", m[1])
		}
	}
}
