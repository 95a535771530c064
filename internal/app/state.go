package app

import (
	"context"
	"errors"
	"time"

	"dondoc/handlers"
	"dondoc/internal/clock"
	"dondoc/internal/metrics"
	"dondoc/storage"
)

// health is what the program knows of itself.
func (a *App) health() handlers.Health {
	h := handlers.Health{
		Now:          clock.Real().Now(),
		Rehearsed:    a.cfg.Clock.Rehearsed(),
		BackupFailed: a.keeper.failed.Load(),
	}
	h.Skew, h.SkewKnown = a.bot.Skew()
	if at, err := a.keeper.backups.LatestBy(h.Now); err == nil {
		h.Backup = at
	}
	return h
}

// state looks up what can be told in numbers.
func (a *App) state() (s metrics.State, now time.Time, err error) {
	s.Contact = a.bot.Contact()
	ctx, cancel := context.WithTimeout(context.Background(), probeTimeout)
	defer cancel()
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		waits, err := tx.Unsent()
		s.Waiting, s.Oldest = waits.Count, waits.Oldest
		return err
	})
	at, backupErr := a.keeper.backups.LatestBy(clock.Real().Now())
	if backupErr == nil {
		s.Backup = at
	} else if !errors.Is(backupErr, storage.ErrNotFound) {
		err = errors.Join(err, backupErr)
	}
	var sizeErr error
	s.DatabaseBytes, sizeErr = a.db.Size()
	return s, clock.Real().Now(), errors.Join(err, sizeErr)
}
