package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dondoc/internal/cli"
)

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
		{"webhook without https", "DONDOC_WEBHOOK_URL", "http://bot.example.vn/hook", []string{"https"}},
		{"webhook without host", "DONDOC_WEBHOOK_URL", "https:///hook", []string{"https://bot.example.vn/telegram"}},
		{"webhook without path", "DONDOC_WEBHOOK_URL", "https://bot.example.vn/", []string{"path"}},
		{"webhook with a query", "DONDOC_WEBHOOK_URL", "https://bot.example.vn/hook?a=b", []string{"path"}},
		{"webhook with a crooked path", "DONDOC_WEBHOOK_URL", "https://bot.example.vn/a/../{b}", []string{"path"}},
		{"webhook in the place of health", "DONDOC_WEBHOOK_URL", "https://bot.example.vn/healthz", []string{"another"}},
		{"log format", "DONDOC_LOG", "xml", []string{"xml", "text", "json"}},
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
		"DONDOC_WEBHOOK_URL": "--webhook-url", "DONDOC_LOG": "--log-format",
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
		"DONDOC_LANG", "DONDOC_LISTEN", "DONDOC_WEBHOOK_URL", "DONDOC_LOG", "DONDOC_LIMITS", "DONDOC_CLOCK", "DONDOC_CLOCK_SPEED",
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

func TestWebhookSecret(t *testing.T) {
	const address, name, fileName = "DONDOC_WEBHOOK_URL", "DONDOC_WEBHOOK_SECRET", "DONDOC_WEBHOOK_SECRET_FILE"
	const url = "https://bot.example.vn/hook"
	tests := []struct {
		name  string
		env   map[string]string
		words []string
	}{
		{"an address alone", map[string]string{address: url}, []string{address, name, "both"}},
		{"a secret alone", map[string]string{name: "geheim"}, []string{name, address, "both"}},
		{"twice", map[string]string{address: url, name: "geheim", fileName: write(t, "s", "geheim")}, []string{fileName}},
		{"letters", map[string]string{address: url, name: "geheim!"}, []string{name, "A-Z"}},
		{"letters in a file", map[string]string{address: url, fileName: write(t, "l", "ge heim")}, []string{fileName}},
		{"too long", map[string]string{address: url, name: strings.Repeat("a", 257)}, []string{name, "256"}},
		{"no file", map[string]string{address: url, fileName: "missing"}, []string{fileName, "missing"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.env["TELEGRAM_BOT_TOKEN"] = "1:a"
			got := run(t, tt.env, "", "run")
			wantUnusable(t, got, tt.words...)
			if strings.Contains(got.err, "geheim") {
				t.Errorf("the secret is shown: %s", got.err)
			}
		})
	}
}
