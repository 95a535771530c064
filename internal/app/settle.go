package app

import (
	"context"
	"fmt"
	"time"

	"dondoc/storage"
)

// How Settle waits, real time.
const (
	settlePause    = 3 * time.Millisecond
	settlePatience = 2 * time.Second // without any headway
)

// Settle says what is due at the program's time, waits until all that arrived is
// handled and all that is to be said is said, and returns when something may
// fall due next. What makes no headway, such as a message that Telegram does
// not take, is not waited for.
func (a *App) Settle(ctx context.Context) (next time.Time, err error) {
	if next, err = a.scheduler.Look(ctx); err != nil {
		return next, fmt.Errorf("say what is due: %w", err)
	}
	a.bot.Wake()
	var last storage.OpenWork
	patience := time.NewTimer(settlePatience)
	defer patience.Stop()
	for {
		var open storage.OpenWork
		err := a.db.Read(ctx, func(tx *storage.Tx) (err error) {
			open, err = tx.OpenWork()
			return err
		})
		if err != nil || open == (storage.OpenWork{}) {
			return next, err
		}
		if open != last {
			last = open
			patience.Reset(settlePatience)
		}
		select {
		case <-time.After(settlePause):
		case <-patience.C:
			return next, nil
		case <-ctx.Done():
			return next, fmt.Errorf("wait for the bot: %w", ctx.Err())
		}
	}
}
