package logging_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"dondoc/internal/logging"
)

const (
	key   = "AAEhBOweik6ad9r_-QXMENQjcrGbqCr4K-0"
	token = "123456789:" + key
)

// reveal prints a secret of itself, as values from other packages may.
type reveal struct{}

func (reveal) LogValue() slog.Value { return slog.StringValue("url /bot" + token + "/getMe") }

func TestTheTokenNeverAppears(t *testing.T) {
	_, refused := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://[::1/bot"+token+"/getMe", http.NoBody)
	if refused == nil {
		t.Fatal("a broken address was taken")
	}
	tests := map[string]func(*slog.Logger){
		"message":          func(l *slog.Logger) { l.Info("calling " + token) },
		"attribute":        func(l *slog.Logger) { l.Info("call", "url", "https://host/bot"+token+"/getMe") },
		"key":              func(l *slog.Logger) { l.Info("call", token, 1) },
		"error":            func(l *slog.Logger) { l.Error("call", "err", fmt.Errorf("get: %w", refused)) },
		"joined errors":    func(l *slog.Logger) { l.Error("call", "err", errors.Join(refused, refused)) },
		"url error":        func(l *slog.Logger) { l.Error("x", "err", &url.Error{Op: "Get", URL: "/bot" + token, Err: refused}) },
		"group":            func(l *slog.Logger) { l.WithGroup("bot").Info("call", slog.Group("api", "token", token)) },
		"logger's own":     func(l *slog.Logger) { l.With("token", token).Info("call") },
		"any value":        func(l *slog.Logger) { l.Info("call", "struct", struct{ Token string }{token}) },
		"bytes":            func(l *slog.Logger) { l.Info("call", "body", []byte("token="+token)) },
		"LogValuer":        func(l *slog.Logger) { l.Info("call", "req", reveal{}) },
		"half of it":       func(l *slog.Logger) { l.Info("call", "key", key) },
		"escaped in query": func(l *slog.Logger) { l.Info("call", "q", url.Values{"t": {token}}.Encode()) },
		"beside quotes":    func(l *slog.Logger) { l.Info("call", "q", "\""+token+"\"\n"+token) },
	}
	for name, log := range tests {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			secrets := &logging.Secrets{}
			logger := logging.New(&out, logging.Text, secrets)
			secrets.Add(token)
			log(logger)
			if strings.Contains(out.String(), key) || strings.Contains(out.String(), url.QueryEscape(token)) {
				t.Errorf("the token is in the log: %s", out.String())
			}
			if !strings.Contains(out.String(), logging.Mask) {
				t.Errorf("nothing was masked: %s", out.String())
			}
			if strings.Count(out.String(), "\n") != 1 {
				t.Errorf("a record is not one line: %q", out.String())
			}
		})
	}
}

func TestMask(t *testing.T) {
	secrets := &logging.Secrets{}
	if got := secrets.Mask("nothing is secret"); got != "nothing is secret" {
		t.Errorf("without secrets: %q", got)
	}
	secrets.Add("")
	secrets.Add("hook secret")
	secrets.Add(token)
	secrets.Add(token)
	tests := []struct{ in, want string }{
		{"", ""},
		{"a plain line", "a plain line"},
		{"x " + token + " y " + key, "x *** y ***"},
		{"hook secret, hook+secret, hook%20secret", "***, ***, ***"},
	}
	for _, tt := range tests {
		if got := secrets.Mask(tt.in); got != tt.want {
			t.Errorf("Mask(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestAddWhileLogging(t *testing.T) {
	var out strings.Builder
	secrets := &logging.Secrets{}
	logger := logging.New(&out, logging.Text, secrets)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			secrets.Add(fmt.Sprintf("secret-%d", i))
			logger.InfoContext(context.Background(), "line", "text", fmt.Sprintf("secret-%d", i))
		})
	}
	wg.Wait()
	if strings.Contains(out.String(), "secret-") {
		t.Errorf("a secret is in the log: %s", out.String())
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestWriterHandsErrorsOn(t *testing.T) {
	secrets := &logging.Secrets{}
	secrets.Add(token)
	if _, err := secrets.Writer(brokenWriter{}).Write([]byte(token)); !errors.Is(err, errBroken) {
		t.Errorf("err = %v, want errBroken", err)
	}
	var out strings.Builder
	if n, err := secrets.Writer(&out).Write([]byte(token)); n != len(token) || err != nil {
		t.Errorf("Write = %d, %v; want %d, nil", n, err, len(token))
	}
}
