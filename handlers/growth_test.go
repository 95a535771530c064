package handlers_test

import (
	"path/filepath"
	"testing"
	"time"

	"dondoc/handlers"
	"dondoc/internal/bench/fill"
	"dondoc/internal/chat"
	"dondoc/locales"
	"dondoc/storage"
)

// furnished is an office of any size, and what answers in it at an instant.
func furnished(t *testing.T, size fill.Size, now time.Time) (*storage.DB, *handlers.Handlers) {
	t.Helper()
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "dondoc.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := fill.Database(t.Context(), db, size, zone); err != nil {
		t.Fatal(err)
	}
	words, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	return db, handlers.New(handlers.Config{
		Words: words, Lang: "vi", Location: zone, Now: func() time.Time { return now }, Bot: func() string { return "dondoc_bot" },
	})
}

// asking returns what it takes to answer a command in an office of as many
// units with a full year of reports, counted in allocations.
func asking(t *testing.T, units int) func(who int64, command string) float64 {
	t.Helper()
	now := time.Date(2024, time.June, 20, 9, 0, 0, 0, zone)
	db, h := furnished(t, fill.Size{Units: units, Reports: true}, now)
	return func(who int64, command string) float64 {
		in := chat.Incoming{
			Kind: chat.InMessage, Chat: chat.Chat{Place: chat.Place{Chat: who}, Kind: chat.Private},
			From: chat.Person{ID: who}, Message: 1, At: now, Text: command,
		}
		return testing.AllocsPerRun(3, func() {
			if err := db.Write(t.Context(), func(tx *storage.Tx) error { return h.Handle(tx, in) }); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// What a unit asks costs the same however many other units there are, and what
// the office asks grows no faster than they do.
func TestWhatAnswersTakeAsTheOfficeGrows(t *testing.T) {
	const few, many = 30, 120
	small, large := asking(t, few), asking(t, many)
	for _, command := range []string{"/tasks", "/overdue", "/due", "/summary", "/checkin"} {
		if s, l := small(fill.Person(7), command), large(fill.Person(7), command); l > s*1.05 {
			t.Errorf("a unit's %s takes %.0f allocations among %d units, %.0f among %d", command, s, few, l, many)
		}
	}
	for _, command := range []string{"/summary", "/tasks", "/overdue", "/due", "/task 1"} {
		if s, l := small(fill.Admin, command), large(fill.Admin, command); l > s*many/few*1.05 {
			t.Errorf("the office's %s takes %.0f allocations of %d units, %.0f of %d", command, s, few, l, many)
		}
	}
}
