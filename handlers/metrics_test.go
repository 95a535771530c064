package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// TestWhatHappensIsCounted reads the counts as Prometheus does, and looks that
// no label has an id or what a person said.
func TestWhatHappensIsCounted(t *testing.T) {
	o := linked(t, "21/03/2024 09:00")
	o.set("22/03/2024 08:00")
	o.last(officeChat, 1)
	o.say(officeHead, in(officeChat), "/doing 26 bí danh-123")
	w := httptest.NewRecorder()
	o.app.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", http.NoBody))
	text := w.Body.String()
	for _, line := range []string{
		`dondoc_reminders_total{step="7d"} 2`,
		`dondoc_updates_total{kind="message",result="done"} `,
		`dondoc_updates_total{kind="press",result="done"} 1`,
		`dondoc_messages_total{kind="send",result="sent"} `,
		`dondoc_messages_total{kind="compose",result="sent"} 1`,
	} {
		if !strings.Contains(text, "\n"+line) {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
	known := regexp.MustCompile(`^(kind|result|step)="[a-z_]*[a-z0-9]+"$`)
	for line := range strings.SplitSeq(text, "\n") {
		name, rest, labelled := strings.Cut(line, "{")
		if !labelled || !strings.HasPrefix(name, "dondoc_") || strings.HasSuffix(name, "_bucket") {
			continue
		}
		labels, _, _ := strings.Cut(rest, "}")
		for l := range strings.SplitSeq(labels, ",") {
			if !known.MatchString(l) {
				t.Errorf("a label that is no constant: %s", line)
			}
		}
	}
}
