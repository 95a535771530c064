package app_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/clock"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

// patience bounds every waiting, so that a test fails and does not hang.
const patience = 3 * time.Minute

const (
	ann int64 = 11
	bob int64 = 12
)

// notices passes on what the program writes for the administrator.
type notices struct {
	mu    sync.Mutex
	lines []string
	more  chan struct{}
}

func (n *notices) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lines = append(n.lines, string(p))
	select {
	case n.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (n *notices) all() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.Join(n.lines, "")
}

// A house is a bot server with two people, and what an App needs to work on it.
type house struct {
	server  *botserver.Server
	notices *notices
	cfg     app.Config
}

func newHouse(t *testing.T) *house {
	t.Helper()
	s := botserver.New(botserver.Options{})
	for id, name := range map[int64]string{ann: "Ann", bob: "Bob"} {
		if err := s.AddUser(botserver.User{ID: id, FirstName: name}); err != nil {
			t.Fatal(err)
		}
	}
	web := httptest.NewServer(s)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		web.Close()
	})
	n := &notices{more: make(chan struct{}, 1)}
	return &house{server: s, notices: n, cfg: app.Config{
		Token: s.Token(), APIURL: web.URL, Data: t.TempDir(), Seed: shipped, Location: time.UTC, Lang: "vi",
		Clock: clock.Real(), Log: slog.New(slog.DiscardHandler), Notices: n,
	}}
}

func shipped() (app.Seed, error) {
	p, roster, days, err := planfile.Shipped()
	return app.Seed{Plan: p, Roster: roster, Days: days}, err
}

// run starts an App and returns what stops it, which fails the test if it did
// not run well.
func run(t *testing.T, cfg app.Config) (a *app.App, stop func()) {
	t.Helper()
	a, err := app.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	return a, func() {
		t.Helper()
		cancel()
		select {
		case err := <-ended:
			if err := errors.Join(err, a.Close()); err != nil {
				t.Errorf("the program ended with %v", err)
			}
		case <-time.After(patience):
			t.Fatal("the program does not end")
		}
	}
}

func snapshot(t *testing.T, a *app.App) (snap *storage.Snapshot, admins []plan.Person) {
	t.Helper()
	err := a.DB().Read(t.Context(), func(tx *storage.Tx) (err error) {
		if snap, err = tx.Snapshot(); err != nil {
			return err
		}
		admins, err = tx.WithRole(plan.Admin)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return snap, admins
}

func ids(people []plan.Person) []int64 {
	var list []int64
	for _, p := range people {
		list = append(list, p.ID)
	}
	return list
}
