package app

import (
	"context"
	"fmt"
	"time"

	"dondoc/handlers"
)

// From when on something is out of order, in real time.
const (
	contactLate = 3 * time.Minute // without an answer of Telegram
	backupGrace = 2 * time.Hour   // after the start: a missed backup is made up for

	probeTimeout = 3 * time.Second
)

// A status is how the program is, for those who watch over it.
type status struct {
	Status       string     `json:"status"` // "ok" or "bad"
	Problems     []string   `json:"problems"`
	LastContact  *time.Time `json:"last_contact"` // null: Telegram has not answered yet
	Writable     bool       `json:"database_writable"`
	Unsent       int        `json:"unsent"`
	OldestUnsent *time.Time `json:"oldest_unsent"`
	LastBackup   *time.Time `json:"last_backup"`
}

// status looks at everything; what is wrong stands in Problems.
func (a *App) status(ctx context.Context) status {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	s := status{Status: "ok", Problems: []string{}}
	state, now, err := a.state()
	if err != nil {
		s.problem("the state cannot be read: %v", err)
	}
	err = a.db.Probe(ctx)
	if s.Writable = err == nil; err != nil {
		s.problem("the database cannot be written: %v", err)
	}
	s.LastContact, s.OldestUnsent, s.LastBackup = stamp(state.Contact), stamp(state.Oldest), stamp(state.Backup)
	s.Unsent = state.Waiting
	if since := later(state.Contact, a.started); now.Sub(since) > contactLate {
		s.problem("telegram has not answered since %s", since.Format(time.RFC3339))
	}
	if s.Unsent > 0 && now.Sub(state.Oldest) > handlers.UnsentLate {
		s.problem("a message has waited since %s", state.Oldest.Format(time.RFC3339))
	}
	if now.Sub(state.Backup) > handlers.BackupLate && now.Sub(a.started) > backupGrace {
		s.problem("no backup for %v", handlers.BackupLate)
	}
	return s
}

func (s *status) problem(format string, args ...any) {
	s.Status, s.Problems = "bad", append(s.Problems, fmt.Sprintf(format, args...))
}

func stamp(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.Truncate(time.Second)
	return &t
}

func later(x, y time.Time) time.Time {
	if x.After(y) {
		return x
	}
	return y
}
