// Package tryout is the program without Telegram: a local page on which one
// writes as everybody, over a local Bot API server that the same bot works on
// by the same HTTP client.
//
// A round is one run of it from an empty database; the page begins a new one to
// bring the clock back. Only this machine reaches the page, and only pages that
// it served itself may act on it: whoever can, writes as anybody.
package tryout

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/clock"
	"dondoc/internal/reportfile"
	"dondoc/locales"
)

// Config is what the try-out is made of.
type Config struct {
	Page     net.Listener            // on 127.0.0.1; Run closes it
	Health   net.Listener            // Run closes it; nil for none
	Clock    func() *clock.Rehearsal // a clock at the start of a round
	Speed    float64                 // of that clock, to real time
	Seed     func() (app.Seed, error)
	Pace     time.Duration // real time in which a day passes while the year is played
	Location *time.Location
	Lang     string
	Template *reportfile.Template // of the Word report; nil for the shipped one
	Log      *slog.Logger         // gets warnings and errors alone
	Notices  io.Writer            // gets the line with the page's address

	// Started, if set, is told of every bot that begins to run.
	Started func(*app.App)
}

// A tryout is the page's server with the round that it shows.
type tryout struct {
	Config
	words  locales.Localizer // Vietnamese, as the page
	spoken locales.Localizer // the bot's
	url    string            // of the page and of the Bot API, without a slash at the end
	ctx    context.Context
	fail   context.CancelCauseFunc // ends the try-out

	// serving answers the bot; apart from round, for the bot goes on asking
	// while its round ends.
	serving atomic.Pointer[botserver.Server]

	mu     sync.RWMutex // held for writing from one round to the next
	round  *round
	rounds int // the number of the latest
}

// Run serves the try-out until ctx is done and returns nil, or the error that
// ended it before.
func Run(ctx context.Context, cfg Config) error {
	cfg.Log = slog.New(warnings{cfg.Log.Handler()})
	words, err := locales.Load()
	if err != nil {
		return fmt.Errorf("load words: %w", err)
	}
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	t := &tryout{
		Config: cfg, words: words.In("vi"), spoken: words.In(cfg.Lang),
		url: "http://" + cfg.Page.Addr().String(), ctx: ctx, fail: fail,
	}
	// A page that was left open must not take this program's rounds for those of
	// the one that served it.
	t.rounds = int(time.Now().UnixMilli())
	// The bot ends by way of the server, which therefore outlives it.
	serving, played := context.WithCancel(context.WithoutCancel(ctx))
	var parts sync.WaitGroup
	begun := make(chan struct{})
	parts.Go(func() {
		<-begun // whoever is early waits and is not turned away
		t.endWith(t.serve(serving))
	})
	if cfg.Health != nil {
		parts.Go(func() { t.endWith(app.ServeHealth(ctx, cfg.Health, http.HandlerFunc(t.serveHealth))) })
	}
	parts.Go(func() {
		defer played()
		t.endWith(t.play(func() { close(begun) }))
	})
	parts.Wait()
	if f, ok := errors.AsType[*failure](context.Cause(ctx)); ok {
		return f.err
	}
	return nil
}

// serveHealth answers for the round's bot.
func (t *tryout) serveHealth(w http.ResponseWriter, r *http.Request) {
	if now := t.current(); now != nil {
		now.app.Handler().ServeHTTP(w, r)
		return
	}
	http.Error(w, "the try-out begins or ends", http.StatusServiceUnavailable)
}

// A failure is the first error of a part; a stop that was asked for is none.
type failure struct{ err error }

func (f *failure) Error() string { return f.err.Error() }

func (t *tryout) endWith(err error) {
	if err != nil {
		t.fail(&failure{err})
	}
}

// play begins the first round, calls begun, and ends the last round.
func (t *tryout) play(begun func()) error {
	err := t.restart(nil)
	begun()
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(t.Notices, "Try-out: open %s/\n", t.url); err != nil {
		return fmt.Errorf("tell the address: %w", err)
	}
	<-t.ctx.Done()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.endRound()
}

// restart ends the round, nil before the first, and begins the next. It does
// nothing if another call did so meanwhile.
func (t *tryout) restart(old *round) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.round != old || t.ctx.Err() != nil {
		return nil
	}
	if err := t.endRound(); err != nil {
		return err
	}
	t.rounds++
	r, err := t.begin(t.rounds)
	if err != nil {
		return err
	}
	t.round = r
	return nil
}

// endRound ends the round, if there is one. The caller holds mu.
func (t *tryout) endRound() error {
	r := t.round
	if r == nil {
		return nil
	}
	t.round = nil
	return r.end()
}

// current returns the round that the page shows, nil before the first and after
// the last. It waits while one follows another.
func (t *tryout) current() *round {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.round
}

// Bounds of the page's requests. There is none on how long an answer takes:
// both the bot and the page wait for news in long polls.
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
)

// serve answers the page and the bot until ctx is done.
func (t *tryout) serve(ctx context.Context) error {
	return app.Serve(ctx, &http.Server{
		Handler:           t.handler(),
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		ErrorLog:          slog.NewLogLogger(t.Log.Handler(), slog.LevelWarn),
	}, t.Page)
}
