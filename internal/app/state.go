package app

import (
	"dondoc/handlers"
	"dondoc/internal/clock"
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
