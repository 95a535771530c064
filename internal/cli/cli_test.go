package cli_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"dondoc/internal/cli"
)

// The streams and the status that a command left behind.
type result struct {
	status   int
	out, err string
}

// run runs a command line in a folder of its own, with no other environment
// than env and with in as standard input.
func run(t *testing.T, env map[string]string, in string, args ...string) result {
	t.Helper()
	return runContext(t.Context(), t, env, in, args...)
}

func runContext(ctx context.Context, t *testing.T, env map[string]string, in string, args ...string) result {
	t.Helper()
	clearEnvironment(t)
	for name, value := range env {
		t.Setenv(name, value)
	}
	var out, errs strings.Builder
	status := cli.Main(ctx, args, cli.Streams{In: strings.NewReader(in), Out: &out, Err: &errs})
	return result{status, out.String(), errs.String()}
}

// clearEnvironment hides the settings of whoever runs the tests, and keeps what
// a command may write by default out of the source tree.
func clearEnvironment(t *testing.T) {
	t.Helper()
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "DONDOC_") || strings.HasPrefix(name, "TELEGRAM_") {
			t.Setenv(name, "") // restores it in the end
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Chdir(t.TempDir())
}

// wantUnusable checks that a command was refused with status 2 and one line on
// standard error that has all the words.
func wantUnusable(t *testing.T, got result, words ...string) {
	t.Helper()
	if got.status != 2 {
		t.Errorf("status %d, want 2", got.status)
	}
	if got.out != "" {
		t.Errorf("standard output: %q, want none", got.out)
	}
	line, rest, ended := strings.Cut(got.err, "\n")
	if !ended || rest != "" || line == "" || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' }) {
		t.Errorf("standard error is not one line: %q", got.err)
	}
	if !strings.HasPrefix(line, "dondoc: ") {
		t.Errorf("the line does not say whose it is: %q", line)
	}
	for _, word := range words {
		if !strings.Contains(line, word) {
			t.Errorf("the line lacks %q: %s", word, line)
		}
	}
}

func TestUnusableArguments(t *testing.T) {
	tests := []struct {
		name  string
		args  []string
		words []string
	}{
		{"unknown command", []string{"dance"}, []string{"dance", "--help"}},
		{"unknown command below plan", []string{"plan", "burn"}, []string{"burn"}},
		{"plan without a command", []string{"plan"}, []string{"check"}},
		{"unknown flag", []string{"--colour"}, []string{"--colour", "--help"}},
		{"unknown flag of a command", []string{"deadline", "--yeer", "2024"}, []string{"--yeer"}},
		{"token as a flag", []string{"--token", "1:a"}, []string{"--token"}},
		{"flag without a value", []string{"run", "--data"}, []string{"--data"}},
		{"argument too many", []string{"version", "please"}, []string{"please"}},
		{"lines in an argument", []string{"a\nb\r\nc\x1b[31m\x00"}, []string{"a b c"}},
		{"long argument", []string{strings.Repeat("x", 100_000)}, nil},
		{"plan check without a file", []string{"plan", "check"}, []string{"file"}},
		{"year that is no number", []string{"deadline", "--year", "MMXXIV"}, []string{"--year"}},
		{"year too early", []string{"deadline", "--year", "1999"}, []string{"1999", "2000 to 2099"}},
		{"year too late", []string{"deadline", "--year", "2100"}, []string{"2100", "2000 to 2099"}},
		{"command that is not there yet", []string{"restore", "x"}, []string{"restore"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, nil, "", tt.args...)
			wantUnusable(t, got, tt.words...)
			if len(got.err) > 2000 {
				t.Errorf("the line has %d bytes", len(got.err))
			}
		})
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{
		{"--help"}, {"-h"}, {"run", "--help"}, {"plan", "--help"}, {"plan", "check", "--help"}, {"deadline", "-h"},
	} {
		got := run(t, map[string]string{"DONDOC_LIMITS": "nonsense"}, "", args...)
		if got.status != 0 || got.err != "" || !strings.HasPrefix(got.out, "Usage: dondoc") {
			t.Errorf("%v: status %d, out %q, err %q", args, got.status, got.out, got.err)
		}
	}
	got := run(t, nil, "", "--help")
	for _, word := range []string{
		"run", "demo", "plan", "deadline", "export", "version",
		"--data", "$DONDOC_DATA", "--admins", "$DONDOC_ADMINS", "$TELEGRAM_API_URL", "Asia/Ho_Chi_Minh", "30,1,20",
	} {
		if !strings.Contains(got.out, word) {
			t.Errorf("the help lacks %s", word)
		}
	}
	if strings.Contains(strings.ToLower(got.out), "--token") {
		t.Error("the help offers a flag for the token")
	}
}

func TestVersion(t *testing.T) {
	got := run(t, nil, "", "version")
	if got.status != 0 || got.err != "" || !strings.HasPrefix(got.out, "dondoc ") || strings.Count(got.out, "\n") != 1 {
		t.Errorf("status %d, out %q, err %q", got.status, got.out, got.err)
	}
}

type line struct {
	Phrase string   `json:"phrase"`
	Kind   string   `json:"kind"`
	Due    []string `json:"due"`
}

func lines(t *testing.T, out string) []line {
	t.Helper()
	var all []line
	for text := range strings.Lines(out) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		all = append(all, l)
	}
	return all
}
