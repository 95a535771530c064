package app_test

import (
	"context"
	"errors"
	"net"
	"regexp"
	"slices"
	"testing"
	"time"

	"dondoc/bot"
	"dondoc/internal/app"
	"dondoc/internal/botserver"
)

func TestFirstStartAndNext(t *testing.T) {
	h := newHouse(t)
	h.cfg.Admins = []int64{ann}
	a, err := app.New(t.Context(), h.cfg)
	if err != nil {
		t.Fatal(err)
	}
	want, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	snap, admins := snapshot(t, a)
	if p := snap.Year(2024); p == nil || p.Number != want.Plan.Number || len(p.Tasks) != len(want.Plan.Tasks) {
		t.Errorf("the plan is %+v", p)
	}
	if got, want := len(snap.Roster.Units), len(want.Roster.Units); got != want {
		t.Errorf("%d units, want %d", got, want)
	}
	for _, d := range want.Days {
		if got, ok := snap.Calendar.Special(d.Date); !ok || got.Kind != d.Kind {
			t.Errorf("the calendar does not know %v: %v", d, got)
		}
	}
	if got := ids(admins); !slices.Equal(got, []int64{ann}) {
		t.Errorf("admins %v, want %v", got, ann)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}

	h.cfg.Admins = []int64{bob}
	h.cfg.Seed = func() (app.Seed, error) { return app.Seed{}, errors.New("asked for a plan though there is one") }
	if a, err = app.New(t.Context(), h.cfg); err != nil {
		t.Fatal(err)
	}
	snap, admins = snapshot(t, a)
	if len(snap.Plans) != 1 {
		t.Errorf("%d plans after the second start, want 1", len(snap.Plans))
	}
	if got := ids(admins); !slices.Equal(got, []int64{ann, bob}) {
		t.Errorf("admins %v: the setting must add and never remove", got)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestUnreadableSeed(t *testing.T) {
	h := newHouse(t)
	broken := errors.New("no such file")
	h.cfg.Seed = func() (app.Seed, error) { return app.Seed{}, broken }
	if _, err := app.New(t.Context(), h.cfg); !errors.Is(err, broken) {
		t.Fatalf("got %v, want the seed's error", err)
	}
	h.cfg.Seed = shipped
	a, err := app.New(t.Context(), h.cfg)
	if err != nil {
		t.Fatalf("the failed start left something behind: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestFirstAdminByLink(t *testing.T) {
	h := newHouse(t)
	a, stop := run(t, h.cfg)
	select {
	case <-h.notices.more:
	case <-time.After(patience):
		t.Fatal("no link")
	}
	link := regexp.MustCompile(`https://t\.me/\S+`).FindString(h.notices.all())
	if _, err := h.server.OpenLink(ann, link); err != nil {
		t.Fatalf("open %q: %v", link, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := h.server.WaitFor(ctx, func(w *botserver.World) bool { return len(w.FromBot(ann)) > 0 }); err != nil {
		t.Fatal(err)
	}
	if _, admins := snapshot(t, a); !slices.Equal(ids(admins), []int64{ann}) {
		t.Errorf("admins %v, want who opened the link", ids(admins))
	}
	stop()

	before := h.notices.all()
	_, stop = run(t, h.cfg)
	if _, err := h.server.Say(ann, ann, "/help"); err != nil {
		t.Fatal(err)
	}
	if err := h.server.WaitFor(ctx, func(w *botserver.World) bool { return len(w.FromBot(ann)) > 1 }); err != nil {
		t.Fatal(err)
	}
	stop()
	if after := h.notices.all(); after != before {
		t.Errorf("another link though there is an admin: %s", after)
	}
}

func TestRefusedToken(t *testing.T) {
	h := newHouse(t)
	h.cfg.Token = "1:no-such-token"
	l := listen(t)
	h.cfg.Listener = l
	a, err := app.New(t.Context(), h.cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Run(t.Context()); !errors.Is(err, bot.ErrTokenRefused) {
		t.Errorf("got %v, want ErrTokenRefused", err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	if got := h.notices.all(); got != "" {
		t.Errorf("said %q", got)
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// A connection on which nobody asks anything must not make a clean stop an
// error.
func TestStopWithSilentConnection(t *testing.T) {
	h := newHouse(t)
	l := listen(t)
	h.cfg.Listener = l
	_, stop := run(t, h.cfg)
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	stop()
}
