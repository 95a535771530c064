package metrics_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/metrics"
)

// scrape asks as Prometheus does.
func scrape(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", http.NoBody))
	return w.Body.String()
}

func filled(state metrics.State, err error) *metrics.Metrics {
	now := time.Date(2024, 3, 15, 8, 0, 0, 0, time.UTC)
	m := metrics.New(func() (metrics.State, time.Time, error) { return state, now, err })
	m.Handled(chat.InMessage, "done", 3*time.Millisecond)
	m.Handled(chat.InMessage, "done", 3*time.Second)
	m.Sent(chat.OutSend, "sent")
	m.Flooded()
	m.Said("7d")
	return m
}

func wantLines(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
}

func TestCounts(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2024, 3, 15, hour, 0, 0, 0, time.UTC) }
	text := scrape(t, filled(metrics.State{
		Contact: at(8), Waiting: 4, Oldest: at(7), Backup: at(3), DatabaseBytes: 4096,
	}, nil))
	wantLines(
		t, text,
		`dondoc_updates_total{kind="message",result="done"} 2`,
		`dondoc_update_handling_seconds_bucket{le="0.005"} 1`,
		`dondoc_update_handling_seconds_count 2`,
		`dondoc_messages_total{kind="send",result="sent"} 1`,
		`dondoc_telegram_too_many_requests_total 1`,
		`dondoc_reminders_total{step="7d"} 1`,
		`dondoc_outbox_messages 4`,
		`dondoc_outbox_oldest_seconds 3600`,
		`dondoc_telegram_contact_age_seconds 0`,
		`dondoc_backup_age_seconds 18000`,
		`dondoc_database_bytes 4096`,
	)
}

func TestWhatIsNotThereIsNotTold(t *testing.T) {
	text := scrape(t, filled(metrics.State{}, nil))
	wantLines(t, text, `dondoc_outbox_oldest_seconds 0`)
	for _, name := range []string{"dondoc_backup_age_seconds", "dondoc_telegram_contact_age_seconds"} {
		if strings.Contains(text, name+" ") {
			t.Errorf("%s is told though there is none:\n%s", name, text)
		}
	}
}

// What cannot be looked up takes nothing else with it.
func TestAFaultyLook(t *testing.T) {
	text := scrape(t, filled(metrics.State{}, errors.New("disk")))
	wantLines(t, text, `dondoc_messages_total{kind="send",result="sent"} 1`)
	if strings.Contains(text, "dondoc_outbox_messages ") {
		t.Errorf("told what is not known:\n%s", text)
	}
}

// The rules must not wait for what nobody counts any more.
func TestAlertsAskForWhatIsCounted(t *testing.T) {
	rules, err := os.ReadFile(filepath.Join("..", "..", "deploy", "alerts.yml"))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2024, 3, 15, 3, 0, 0, 0, time.UTC)
	text := scrape(t, filled(metrics.State{Contact: at, Oldest: at, Backup: at}, nil))
	asked := regexp.MustCompile(`dondoc_[a-z_]+`).FindAllString(string(rules), -1)
	if len(asked) < 6 {
		t.Errorf("the rules ask for %v alone", asked)
	}
	for _, name := range asked {
		if !strings.Contains(text, "\n"+name+"{") && !strings.Contains(text, "\n"+name+" ") {
			t.Errorf("%s is asked for and not counted", name)
		}
	}
}
