package cli_test

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
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

func TestUnusableSettings(t *testing.T) {
	tests := []struct {
		name, variable, value string
		words                 []string
	}{
		{"API address without scheme", "TELEGRAM_API_URL", "api.telegram.org", []string{"https://api.telegram.org"}},
		{"API address of another scheme", "TELEGRAM_API_URL", "ftp://host", []string{"http"}},
		{"API address without host", "TELEGRAM_API_URL", "http:///x", []string{"http"}},
		{"API address with a query", "TELEGRAM_API_URL", "http://host/?a=b", []string{"http"}},
		{"API address that is none", "TELEGRAM_API_URL", "http://[::1", []string{"http"}},
		{"admin by name", "DONDOC_ADMINS", "12,@an", []string{`"@an"`, "123456789,987654321"}},
		{"admin 0", "DONDOC_ADMINS", "0", []string{`"0"`}},
		{"group as admin", "DONDOC_ADMINS", "-1001234", []string{`"-1001234"`}},
		{"admin beyond Telegram's ids", "DONDOC_ADMINS", "4503599627370496", nil},
		{"admin beyond 64 bits", "DONDOC_ADMINS", "99999999999999999999", nil},
		{"time zone", "DONDOC_TIMEZONE", "Asia/Binh_Phuoc", []string{`"Asia/Binh_Phuoc"`, "Asia/Ho_Chi_Minh"}},
		{"the machine's time zone", "DONDOC_TIMEZONE", "Local", []string{`"Local"`}},
		{"time zone outside the database", "DONDOC_TIMEZONE", "../../etc/passwd", []string{"Asia/Ho_Chi_Minh"}},
		{"language", "DONDOC_LANG", "fr", []string{"fr", "vi", "en"}},
		{"listen without port", "DONDOC_LISTEN", "localhost", []string{"127.0.0.1:9874"}},
		{"listen on a port too high", "DONDOC_LISTEN", "127.0.0.1:65536", []string{"65535"}},
		{"listen on a named port", "DONDOC_LISTEN", "127.0.0.1:web", []string{"number"}},
		{"two limits", "DONDOC_LIMITS", "30,1", []string{"30,1,20", "off"}},
		{"four limits", "DONDOC_LIMITS", "30,1,20,5", []string{"30,1,20"}},
		{"limit 0", "DONDOC_LIMITS", "30,0,20", []string{"30,1,20"}},
		{"negative limit", "DONDOC_LIMITS", "-30,1,20", []string{"30,1,20"}},
		{"limit in words", "DONDOC_LIMITS", "none", []string{"off"}},
		{"limit beyond numbers", "DONDOC_LIMITS", "1e99,1,20", []string{"30,1,20"}},
		{"clock without zone", "DONDOC_CLOCK", "2024-03-15T08:00:00", []string{"2024-03-15T08:00:00+07:00"}},
		{"clock as people write it", "DONDOC_CLOCK", "15/03/2024 08:00", []string{"+07:00"}},
		{"clock on a day that is none", "DONDOC_CLOCK", "2024-02-30T08:00:00+07:00", nil},
		{"clock out of range", "DONDOC_CLOCK", "0001-01-01T00:00:00Z", []string{"2000", "2099"}},
		{"factor too high", "DONDOC_CLOCK_SPEED", "60001", []string{"60000"}},
		{"factor 0", "DONDOC_CLOCK_SPEED", "0", []string{"above 0"}},
		{"negative factor", "DONDOC_CLOCK_SPEED", "-1", []string{"above 0"}},
		{"factor not a number", "DONDOC_CLOCK_SPEED", "NaN", []string{"above 0"}},
		{"factor infinite", "DONDOC_CLOCK_SPEED", "Inf", []string{"60000"}},
		{"factor in words", "DONDOC_CLOCK_SPEED", "fast", []string{"60"}},
		{"factor without a start", "DONDOC_CLOCK_SPEED", "60", []string{"--clock", "DONDOC_CLOCK"}},
		{"value of several lines", "DONDOC_LIMITS", "30\n1\n20", []string{"30,1,20"}},
		{"long value", "DONDOC_LIMITS", strings.Repeat("đ", 50_000), []string{"30,1,20"}},
	}
	flags := map[string]string{
		"TELEGRAM_API_URL": "--api-url", "DONDOC_ADMINS": "--admins", "DONDOC_TIMEZONE": "--timezone",
		"DONDOC_LANG": "--lang", "DONDOC_LISTEN": "--listen", "DONDOC_LIMITS": "--limits",
		"DONDOC_CLOCK": "--clock", "DONDOC_CLOCK_SPEED": "--clock-speed",
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			flag := flags[tt.variable]
			words := append([]string{flag}, tt.words...)
			wantUnusable(t, run(t, map[string]string{tt.variable: tt.value}, "", "version"), words...)
			wantUnusable(t, run(t, nil, "", "version", flag+"="+tt.value), words...)
		})
	}
}

func TestAFlagGoesBeforeItsVariable(t *testing.T) {
	got := run(t, map[string]string{"DONDOC_LIMITS": "nonsense", "DONDOC_LANG": "fr"}, "",
		"--limits", "off", "version", "--lang", "en")
	if got.status != 0 || got.err != "" {
		t.Errorf("status %d, %q", got.status, got.err)
	}
}

func TestAnEmptyVariableIsUnset(t *testing.T) {
	env := map[string]string{}
	for _, name := range []string{
		"TELEGRAM_API_URL", "DONDOC_DATA", "DONDOC_ADMINS", "DONDOC_PLAN", "DONDOC_UNITS", "DONDOC_TIMEZONE",
		"DONDOC_LANG", "DONDOC_LISTEN", "DONDOC_LIMITS", "DONDOC_CLOCK", "DONDOC_CLOCK_SPEED",
	} {
		env[name] = ""
	}
	if got := run(t, env, "", "version"); got.status != 0 || got.err != "" {
		t.Errorf("status %d, %q", got.status, got.err)
	}
}

func TestToken(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const name, fileName = "TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE"
	tests := []struct {
		name  string
		env   map[string]string
		words []string
	}{
		{"none", nil, []string{name, fileName, "dondoc demo"}},
		{"both", map[string]string{name: "1:a", fileName: file("good", "1:a")}, []string{name, fileName}},
		{"no such file", map[string]string{fileName: filepath.Join(dir, "missing")}, []string{fileName, "missing"}},
		{"a folder", map[string]string{fileName: dir}, []string{fileName}},
		{"empty file", map[string]string{fileName: file("empty", " \n")}, []string{fileName, "empty"}},
		{"several lines", map[string]string{fileName: file("lines", "a\nb\n")}, []string{fileName, "@BotFather"}},
		{"with spaces", map[string]string{name: "my token"}, []string{name, "@BotFather"}},
		{"an address", map[string]string{name: "https://t.me/bot"}, []string{name, "@BotFather"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, tt.env, "", "run")
			wantUnusable(t, got, tt.words...)
			if strings.Contains(got.err, "my token") {
				t.Errorf("the token is shown: %s", got.err)
			}
		})
	}
}

func TestReadToken(t *testing.T) {
	const want = "123456:made-up_"
	for name, env := range map[string]map[string]string{
		"variable":  {"TELEGRAM_BOT_TOKEN": " " + want + "\n"},
		"file":      {"TELEGRAM_BOT_TOKEN_FILE": write(t, "token", want+"\r\n")},
		"one empty": {"TELEGRAM_BOT_TOKEN_FILE": "", "TELEGRAM_BOT_TOKEN": want},
	} {
		t.Run(name, func(t *testing.T) {
			clearEnvironment(t)
			for name, value := range env {
				t.Setenv(name, value)
			}
			if got, err := cli.ReadToken(); got != want || err != nil {
				t.Errorf("token %q, %v; want %q", got, err, want)
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

// taken returns an address on which somebody listens.
func taken(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// token is good for no bot: what these tests look at fails before it is used.
var token = map[string]string{"TELEGRAM_BOT_TOKEN": "123456:made-up"}

func TestUnusableFolderAndAddress(t *testing.T) {
	for name, start := range map[string]struct {
		env  map[string]string
		args []string
	}{
		"run":        {token, []string{"run"}},
		"no command": {token, nil},
		"demo":       {nil, []string{"demo"}},
		"try-out":    {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			wantUnusable(t, run(t, start.env, "", append(start.args, "--data", file)...), file, "--data", "DONDOC_DATA")
			below := filepath.Join(file, "below")
			wantUnusable(t, run(t, start.env, "", append(start.args, "--data", below)...), file, "--data")
			addr := taken(t)
			wantUnusable(t, run(t, start.env, "", append(start.args, "--listen", addr)...), addr, "--listen", "DONDOC_LISTEN")
		})
	}
}

func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Create(filepath.Join(dir, "x")); err == nil {
		f.Close()
		t.Skip("this user may write to a read-only folder")
	}
	wantUnusable(t, run(t, token, "", "run", "--data", dir), dir, "--data")
}

func TestFolderInUse(t *testing.T) {
	dir := t.TempDir()
	release, err := cli.ClaimFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	wantUnusable(t, run(t, token, "", "run", "--data", dir), dir, "in use")
	wantUnusable(t, run(t, nil, "", "demo", "--data", dir), dir, "in use")
	for _, args := range [][]string{{"version"}, {"deadline", "x"}} {
		if got := run(t, nil, "", append(args, "--data", dir)...); got.status != 0 {
			t.Errorf("%v beside a running program: status %d, %s", args, got.status, got.err)
		}
	}
	if err = release(); err != nil {
		t.Fatal(err)
	}
	again, err := cli.ClaimFolder(dir)
	if err != nil {
		t.Fatalf("a folder given free: %v", err)
	}
	if err := again(); err != nil {
		t.Fatal(err)
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
