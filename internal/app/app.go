// Package app puts the program together: the database, the bot, what its
// commands mean, and the page that tells of its health. The bot on Telegram, the
// try-out and the tests start the same App.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"time"

	"dondoc/bot"
	"dondoc/handlers"
	"dondoc/internal/clock"
	"dondoc/internal/metrics"
	"dondoc/internal/plan"
	"dondoc/internal/reportfile"
	"dondoc/locales"
	"dondoc/scheduler"
	"dondoc/storage"
)

// Database is the database's file within a data folder.
func Database(data string) string { return filepath.Join(data, "dondoc.db") }

// A Seed is what a database without a plan begins with.
type Seed struct {
	Plan   *plan.Plan
	Roster *plan.Roster
	Days   []plan.SpecialDay
}

// Config is what an App is made of. All but HTTPClient, Template, Webhook and
// Listener is needed.
type Config struct {
	Token      string
	APIURL     string // empty for Telegram's own
	HTTPClient *http.Client
	Data       string               // the data folder, which the App has to itself
	Admins     []int64              // user ids that are given the role of admin
	Seed       func() (Seed, error) // asked only if the database has no plan
	Location   *time.Location       // the plan's time zone
	Lang       string               // of chats that chose none
	Template   *reportfile.Template // of the Word report; nil for the shipped one
	Limits     bot.Limits
	Webhook    *bot.Webhook // nil for polling
	Clock      clock.Clock
	Listener   net.Listener // for health, metrics and webhook; Run closes it; nil for none
	Log        *slog.Logger
	Notices    io.Writer // for the administrator's eyes; a link in it is no matter for a log
}

// An App is the program, ready to run once.
type App struct {
	cfg Config
	db  *storage.DB
	bot *bot.Bot

	handlers  *handlers.Handlers
	keeper    *keeper
	scheduler *scheduler.Scheduler
	metrics   *metrics.Metrics
	started   time.Time // real
	stopping  atomic.Bool
}

// New opens the database, gives it a plan if it has none, gives the admins
// their role and puts the parts together; it asks Telegram nothing. It returns
// storage.ErrNewerSchema for a database that a later version wrote, and what
// Config.Seed returns.
func New(ctx context.Context, cfg Config) (*App, error) {
	db, err := storage.Open(ctx, Database(cfg.Data))
	if err != nil {
		return nil, err
	}
	a := &App{cfg: cfg, db: db, started: clock.Real().Now()}
	a.metrics = metrics.New(a.state)
	if err := a.assemble(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := a.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

// assemble makes the bot. What its commands mean needs its name, which it
// learns from Telegram: so each knows the other.
func (a *App) assemble() error {
	words, err := locales.Load(locales.OnFault(func(lang, key string, err error) {
		a.cfg.Log.Error("a text could not be shown", "lang", lang, "key", key, "err", err)
	}))
	if err != nil {
		return fmt.Errorf("load words: %w", err)
	}
	a.handlers = handlers.New(handlers.Config{
		Words:    words,
		Lang:     a.cfg.Lang,
		Location: a.cfg.Location,
		Now:      a.cfg.Clock.Now,
		Bot:      a.Username,
		Template: a.cfg.Template,
		Links:    a.links(),
		Health:   a.health,
	})
	a.bot, err = bot.New(bot.Config{
		Token:      a.cfg.Token,
		APIURL:     a.cfg.APIURL,
		HTTPClient: a.cfg.HTTPClient,
		DB:         a.db,
		Handler:    a.handlers,
		Clock:      a.cfg.Clock,
		Limits:     a.cfg.Limits,
		Webhook:    a.cfg.Webhook,
		Meter:      a.metrics,
		Log:        a.cfg.Log,
	})
	if err != nil {
		return fmt.Errorf("make the bot: %w", err)
	}
	a.keeper = newKeeper(a)
	a.scheduler = scheduler.New(scheduler.Config{
		DB: a.db, Clock: a.cfg.Clock, Location: a.cfg.Location, Queued: a.bot.Wake,
		Chores: a.handlers.Chores, Meter: a.metrics, Log: a.cfg.Log,
	})
	return nil
}

// links knows the bot's name once Telegram has told it.
func (a *App) links() bot.Links { return bot.Links{Username: a.Username} }

// Username returns the bot's user name without @, empty until Telegram told it.
func (a *App) Username() string { return a.bot.Username() }

// DB returns the database, for as long as the App is not closed.
func (a *App) DB() *storage.DB { return a.db }

// Wake tells the App that its clock was set, or that its database was written
// to from outside.
func (a *App) Wake() {
	a.scheduler.Wake()
	a.bot.Wake()
}

// endTimeout bounds the last transaction.
const endTimeout = 2 * time.Second

// Close closes the database. Run must have returned.
func (a *App) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), endTimeout)
	defer cancel()
	err := a.db.Write(ctx, (*storage.Tx).EndRun)
	if err != nil && !errors.Is(err, storage.ErrClosed) { // then the next start looks for damage, which hurts nobody
		a.cfg.Log.Warn("the end was not recorded", "err", err)
	}
	if err := a.db.Close(); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}
