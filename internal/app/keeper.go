package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"dondoc/bot"
	"dondoc/handlers"
	"dondoc/internal/clock"
	"dondoc/internal/logging"
	"dondoc/storage"
)

// When the database is backed up, in real time and the plan's zone: at an hour
// that no zone leaves out, and each hour for a night that was missed.
const (
	nightly = "30 3 * * *"
	hourly  = "0 * * * *"

	backupAge   = 24 * time.Hour // from which on a backup is made up for
	backupsKept = 14
	// checkLate is how long a keeper waits for Telegram before it begins without.
	checkLate = time.Minute
)

// A keeper looks after the database: backups, clearing, checks.
type keeper struct {
	db       *storage.DB
	bot      *bot.Bot
	handlers *handlers.Handlers
	backups  storage.Backups
	cron     *cron.Cron
	log      *slog.Logger
	cutOff   bool          // the run before this one was
	ready    chan struct{} // closed when the bot is connected

	mu     sync.Mutex  // one backup at a time
	failed atomic.Bool // the last backup was not made
}

// Backups are those of a data folder.
func Backups(data string) storage.Backups {
	return storage.Backups{Folder: filepath.Join(data, "backups"), Keep: backupsKept}
}

func newKeeper(a *App) *keeper {
	log := logging.Cron{Log: a.cfg.Log}
	return &keeper{
		db: a.db, bot: a.bot, handlers: a.handlers, log: a.cfg.Log, ready: make(chan struct{}),
		backups: Backups(a.cfg.Data),
		cron: cron.New(cron.WithLocation(a.cfg.Location), cron.WithLogger(log),
			cron.WithChain(cron.Recover(log), cron.SkipIfStillRunning(log))),
	}
}

// run works until ctx is done, cuts short what is in hand then and waits for
// it. It begins once Telegram knows the bot, or after a while: a program that
// is told to end by a refused token has nothing to say but that.
func (k *keeper) run(ctx context.Context) error {
	late := time.NewTimer(checkLate)
	defer late.Stop()
	select {
	case <-ctx.Done():
		return nil
	case <-k.ready:
	case <-late.C:
	}
	k.tellOfStalePlan(ctx)
	k.checkAfterCut(ctx)
	k.makeUp(ctx)
	debug.FreeOSMemory() // what the start took is not needed again
	for _, job := range []struct {
		when string
		what func(context.Context)
	}{{nightly, k.night}, {hourly, k.makeUp}} {
		if _, err := k.cron.AddFunc(job.when, func() { job.what(ctx) }); err != nil {
			return fmt.Errorf("plan backups: %w", err)
		}
	}
	k.cron.Start()
	<-ctx.Done()
	<-k.cron.Stop().Done()
	return nil
}

// tellOfStalePlan has the admins told of a plan whose time is over.
func (k *keeper) tellOfStalePlan(ctx context.Context) {
	if err := k.db.Write(ctx, k.handlers.TellOfStalePlan); err != nil && ctx.Err() == nil {
		k.log.Error("whether the plan is stale was not found out", "err", err)
	}
	k.bot.Wake()
}

// makeUp does the night's work if that is overdue.
func (k *keeper) makeUp(ctx context.Context) {
	now := clock.Real().Now()
	switch at, err := k.backups.LatestBy(now); {
	case err != nil && !errors.Is(err, storage.ErrNotFound):
		k.log.Error("backups cannot be listed", "err", err)
	case err != nil || now.Sub(at) > backupAge:
		k.night(ctx)
	}
}

// night clears what is finished and makes a backup.
func (k *keeper) night(ctx context.Context) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := clock.Real().Now()
	if err := k.db.ClearFinished(ctx, now); err != nil && ctx.Err() == nil {
		k.log.Error("what is finished was not cleared", "err", err)
	}
	path, err := k.backups.Make(ctx, k.db, now)
	if ctx.Err() != nil {
		return
	}
	k.failed.Store(err != nil)
	if err != nil {
		k.log.Error("no backup was made", "err", err)
		return
	}
	k.log.Info("backup made and checked", "file", filepath.Base(path))
	k.checkAgain(ctx)
}

// checkAfterCut looks for damage after a run that was cut off, while the bot
// already works.
func (k *keeper) checkAfterCut(ctx context.Context) {
	if !k.cutOff {
		return
	}
	k.log.Warn("the run before this one was cut off; checking the database")
	k.check(ctx)
}

// checkAgain finds out whether a damage that was found once is still there.
func (k *keeper) checkAgain(ctx context.Context) {
	var damage string
	err := k.db.Read(ctx, func(tx *storage.Tx) (err error) {
		damage, err = tx.Damage()
		return err
	})
	if err != nil || damage != "" {
		k.check(ctx)
	}
}

func (k *keeper) check(ctx context.Context) {
	err := k.db.QuickCheck(ctx)
	found := ""
	switch {
	case ctx.Err() != nil:
		return
	case errors.Is(err, storage.ErrDamaged):
		k.log.Error("the database is damaged; restore a backup with dondoc restore", "err", err)
		found = err.Error()
	case err != nil:
		k.log.Error("the database could not be checked", "err", err)
		return
	default:
		k.log.Info("the database is in order")
	}
	err = k.db.Write(ctx, func(tx *storage.Tx) error { return k.handlers.DatabaseChecked(tx, found) })
	if err != nil && ctx.Err() == nil {
		k.log.Error("what the check found was not recorded", "err", err)
	}
	k.bot.Wake()
}
