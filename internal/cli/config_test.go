package cli_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/bot"
	"dondoc/internal/cli"
	"dondoc/internal/plan"
)

func TestConfigFromDefaults(t *testing.T) {
	clearEnvironment(t)
	cfg := cli.Configured(t, &strings.Builder{}, "--listen", "127.0.0.1:0")
	if cfg.APIURL != "https://api.telegram.org" || cfg.Data != "./data" || len(cfg.Admins) != 0 ||
		cfg.Location.String() != "Asia/Ho_Chi_Minh" || cfg.Lang != "vi" || cfg.Clock.Rehearsed() {
		t.Errorf("defaults: %+v", cfg)
	}
	if want := (bot.Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20}); cfg.Limits != want {
		t.Errorf("limits %+v, want %+v", cfg.Limits, want)
	}
	if info, err := os.Stat("data"); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("data folder: %v, %v; others must not read it", info, err)
	}
}

func TestConfigFromSettings(t *testing.T) {
	clearEnvironment(t)
	dir := filepath.Join(t.TempDir(), "a", "b")
	t.Setenv("DONDOC_DATA", dir)
	t.Setenv("DONDOC_ADMINS", " 12, 34,12 ,")
	t.Setenv("DONDOC_LIMITS", "Off")
	t.Setenv("DONDOC_LANG", "vi")
	t.Setenv("DONDOC_CLOCK_SPEED", "60000")
	cfg := cli.Configured(t, &strings.Builder{}, "--lang", "en", "--listen=127.0.0.1:0", "--timezone", "Asia/Tokyo",
		"--clock", "2024-03-15T08:00:00+07:00", "--api-url", "http://127.0.0.1:8081/api/")
	if cfg.APIURL != "http://127.0.0.1:8081/api" {
		t.Errorf("API address %q", cfg.APIURL)
	}
	if cfg.Data != dir || cfg.Lang != "en" || cfg.Limits != (bot.Limits{}) || !slices.Equal(cfg.Admins, []int64{12, 34}) {
		t.Errorf("settings: %+v", cfg)
	}
	now := cfg.Clock.Now()
	if !cfg.Clock.Rehearsed() || now.Location().String() != "Asia/Tokyo" || now.Format(time.DateOnly) < "2024-03-15" {
		t.Errorf("clock: rehearsed %v, %v", cfg.Clock.Rehearsed(), now)
	}
}

func TestConfigListens(t *testing.T) {
	clearEnvironment(t)
	cfg := cli.Configured(t, &strings.Builder{}, "--listen", "127.0.0.1:0")
	server := &http.Server{
		Handler:           http.NotFoundHandler(),
		ReadHeaderTimeout: time.Minute,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(cfg.Listener) }()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+cfg.Listener.Addr().String(), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Error(err)
	}
	if err := server.Close(); err != nil { // the second closing, at the end, is no error
		t.Error(err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		t.Errorf("the server ended with %v", err)
	}
}

func TestNothingIsLoggedBeforeTheBotRuns(t *testing.T) {
	clearEnvironment(t)
	var log strings.Builder
	cfg := cli.Configured(t, &log, "--listen", "127.0.0.1:0")
	if log.Len() > 0 {
		t.Errorf("logged: %s", log.String())
	}
	cfg.Log.Info("ready")
	if !strings.Contains(log.String(), "msg=ready") {
		t.Errorf("the log is %q", log.String())
	}
}

func TestTryoutStart(t *testing.T) {
	clearEnvironment(t)
	tests := []struct {
		name string
		plan plan.Plan
		args []string
		want string
	}{
		{"the plan's day", plan.Plan{Date: plan.NewDate(2024, 1, 11), Year: 2024}, nil, "2024-01-11T08:00+07:00"},
		{"a plan without a day", plan.Plan{Year: 2026}, nil, "2026-01-01T08:00+07:00"},
		{
			"as set",
			plan.Plan{Date: plan.NewDate(2024, 1, 11)},
			[]string{"--clock", "2024-03-31T20:30:00Z"},
			"2024-04-01T03:30+07:00",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := cli.TryoutStart(t, &tt.plan, tt.args...); got != tt.want {
				t.Errorf("starts at %s, want %s", got, tt.want)
			}
		})
	}
}
