package app

import (
	"context"
	"errors"
	"fmt"

	"dondoc/handlers"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// Run works until ctx is done, finishes what is in hand and returns nil. It
// returns bot.ErrTokenRefused if Telegram does not know the token; while
// Telegram is out of reach it keeps trying. It may be called once.
func (a *App) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	parts := []func(context.Context) error{a.work, a.keeper.run, a.scheduler.Run}
	context.AfterFunc(ctx, func() { a.stopping.Store(true) })
	if a.cfg.Listener != nil {
		parts = append(parts, func(ctx context.Context) error { return ServeHealth(ctx, a.cfg.Listener, a.Handler()) })
	}
	ends := make(chan error, len(parts))
	for _, part := range parts {
		go func() {
			ends <- part(ctx)
			stop() // no part does without the others
		}()
	}
	var errs []error
	for range parts {
		errs = append(errs, <-ends)
	}
	return errors.Join(errs...)
}

// work connects first: nobody is let in by a link before the bot's name is
// known, and a refused token ends the program before anything is done.
func (a *App) work(ctx context.Context) error {
	if err := a.bot.Connect(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("connect: %w", err)
	}
	close(a.keeper.ready)
	if err := a.offerLink(ctx); err != nil {
		return err
	}
	return a.bot.Run(ctx)
}

// offerLink writes a link that makes whoever opens it an admin, if there is
// none yet. It goes where only those look who run the program, and into no log.
func (a *App) offerLink(ctx context.Context) error {
	var link string
	err := a.db.Write(context.WithoutCancel(ctx), func(tx *storage.Tx) error {
		admins, err := tx.WithRole(plan.Admin)
		if err != nil || len(admins) > 0 {
			return err
		}
		link, err = handlers.NewAdminLink(tx, a.cfg.Clock.Now(), a.links())
		return err
	})
	if err != nil {
		return fmt.Errorf("make a link for the first admin: %w", err)
	}
	if link == "" {
		return nil
	}
	_, err = fmt.Fprintf(a.cfg.Notices,
		"There is no admin yet. Whoever opens this link first, within 24 hours, becomes one: %s\n", link)
	if err != nil {
		return fmt.Errorf("show the link for the first admin: %w", err)
	}
	return nil
}
