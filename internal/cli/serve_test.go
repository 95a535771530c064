package cli_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/internal/cli"
)

// telegram returns a Bot API server and its address.
func telegram(t *testing.T) (*botserver.Server, string) {
	t.Helper()
	bots := botserver.New(botserver.Options{})
	server := httptest.NewServer(bots)
	t.Cleanup(func() {
		if err := bots.Close(); err != nil {
			t.Error(err)
		}
		server.Close()
	})
	return bots, server.URL
}

// A screen is standard error as a person sees it: line after line.
type screen struct {
	mu      sync.Mutex
	text    strings.Builder
	changed chan struct{} // closed at the next Write
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// after waits for a line that has the words and returns the rest of it.
func (s *screen) after(words string) string {
	for {
		s.mu.Lock()
		text, changed := s.text.String(), s.changed
		s.mu.Unlock()
		if _, rest, ok := strings.Cut(text, words); ok {
			if found, _, whole := strings.Cut(rest, "\n"); whole {
				return found
			}
		}
		<-changed
	}
}

// A running is a command that serves until it is stopped.
type running struct {
	*screen
	cancel context.CancelFunc
	status chan int
}

func start(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r := &running{screen: &screen{changed: make(chan struct{})}, cancel: cancel, status: make(chan int, 1)}
	go func() {
		r.status <- cli.Main(ctx, args, cli.Streams{In: strings.NewReader(""), Out: io.Discard, Err: r.screen})
	}()
	return r
}

// stop stops the command as a signal does and checks that it ends cleanly.
func (r *running) stop(t *testing.T) {
	t.Helper()
	r.cancel()
	if status := <-r.status; status != 0 {
		t.Errorf("status %d after a stop, want 0; %s", status, r)
	}
}

func TestRunAgainstTelegram(t *testing.T) {
	clearEnvironment(t)
	bots, url := telegram(t)
	t.Setenv("TELEGRAM_BOT_TOKEN", botserver.DefaultToken)
	t.Setenv("TELEGRAM_API_URL", url)
	t.Setenv("DONDOC_LISTEN", "127.0.0.1:0")
	r := start(t)
	parameter := r.after("?start=") // without an admin each start offers a link
	if err := bots.AddUser(botserver.User{ID: 7, FirstName: "An"}); err != nil {
		t.Fatal(err)
	}
	if _, err := bots.Say(7, 7, "/start "+parameter); err != nil {
		t.Fatal(err)
	}
	err := bots.WaitFor(t.Context(), func(w *botserver.World) bool { return len(w.Messages(7)) > 1 })
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	var printed strings.Builder
	if status := cli.Main(t.Context(), []string{"export"}, cli.Streams{Out: &printed, Err: io.Discard}); status != 0 {
		t.Errorf("export beside a running program: status %d", status)
	}
	if !strings.Contains(printed.String(), `"An"`) {
		t.Error("the export lacks the admin")
	}
	r.stop(t)
	if strings.Contains(r.String(), botserver.DefaultToken) {
		t.Errorf("the token is in the log: %s", r)
	}
	again := start(t, "run", "--admins", "7")
	again.stop(t)
}

func TestTelegramRefusesTheToken(t *testing.T) {
	_, url := telegram(t)
	got := run(t, map[string]string{"TELEGRAM_BOT_TOKEN": "1:another"}, "", "run", "--api-url", url, "--listen", "127.0.0.1:0")
	wantUnusable(t, got, "refuses", "TELEGRAM_BOT_TOKEN")
	if strings.Contains(got.err, "another") {
		t.Errorf("the token is shown: %s", got.err)
	}
}

// TestNoBotAtTheAddress asks a Bot API server under a path where it has no
// bots, which looks the same as a token that nobody knows.
func TestNoBotAtTheAddress(t *testing.T) {
	_, url := telegram(t)
	url += "/api"
	got := run(t, map[string]string{"TELEGRAM_BOT_TOKEN": botserver.DefaultToken, "TELEGRAM_API_URL": url}, "",
		"run", "--listen", "127.0.0.1:0")
	wantUnusable(t, got, "refuses", "TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", url)
}

func TestRunWithUnusableFiles(t *testing.T) {
	_, url := telegram(t)
	missing := filepath.Join(t.TempDir(), "plan.csv")
	env := map[string]string{
		"TELEGRAM_BOT_TOKEN": botserver.DefaultToken, "TELEGRAM_API_URL": url,
		"DONDOC_LISTEN": "127.0.0.1:0", "DONDOC_PLAN": missing,
	}
	wantUnusable(t, run(t, env, "", "run"), missing, "DONDOC_PLAN")
}

// The files of the settings begin a data folder; one that has a plan needs them
// no more.
func TestRunForgetsTheFilesOnceThereIsAPlan(t *testing.T) {
	dir, _ := dataFolder(t)
	clearEnvironment(t)
	_, url := telegram(t)
	t.Setenv("TELEGRAM_BOT_TOKEN", botserver.DefaultToken)
	r := start(t, "run", "--api-url", url, "--listen", "127.0.0.1:0", "--data", dir, "--plan", "missing.csv")
	r.after("?start=")
	r.stop(t)
}

func TestRunOnADamagedDatabase(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "dondoc.db"), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	wantUnusable(t, run(t, token, "", "run", "--data", dir, "--listen", "127.0.0.1:0"), dir, "damaged", "dondoc restore")
}

// Whoever names another program's folder by mistake gets no plan into its
// database.
func TestRunOnAForeignDatabase(t *testing.T) {
	dir, file := t.TempDir(), testFile(t, "appendix-2024.csv")
	db, err := sql.Open("sqlite", filepath.Join(dir, "dondoc.db"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), `CREATE TABLE notes (text TEXT)`)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	wantUnusable(t, run(t, token, "", "run", "--data", dir, "--listen", "127.0.0.1:0"), dir, "no database of dondoc", "--data")
	wantUnusable(t, run(t, nil, "", "plan", "import", "--yes", "--data", dir, file), dir, "no database of dondoc", "--data")
}

func TestDemo(t *testing.T) {
	clearEnvironment(t)
	r := start(t, "demo", "--clock", "2024-03-15T08:00:00+07:00")
	url := r.after("http://127.0.0.1:")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:"+url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(page), "<html") {
		t.Errorf("the page: %s, %v", answer.Status, err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Error(err)
	}
	r.stop(t)
	if strings.Count(r.String(), "\n") != 1 {
		t.Errorf("it says more than where the page is: %s", r)
	}
}

// The try-out goes elsewhere if its ports are taken, unless the address was set.
func TestTwoDemos(t *testing.T) {
	clearEnvironment(t)
	first := start(t, "demo", "--data", "one")
	one := first.after("http://127.0.0.1:")
	second := start(t, "demo", "--data", "two")
	if two := second.after("http://127.0.0.1:"); one == two {
		t.Errorf("both say %q", one)
	}
	first.stop(t)
	second.stop(t)
}
