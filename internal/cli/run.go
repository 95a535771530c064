package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"dondoc/bot"
	"dondoc/internal/app"
	"dondoc/internal/clock"
	"dondoc/storage"
)

// startCmd is what runs when no command is named.
type startCmd struct{}

// Run starts the bot if there is a token, else the try-out.
func (startCmd) Run(ctx context.Context, p *program) error {
	token, err := readToken()
	switch {
	case err != nil:
		return err
	case token == "":
		return p.tryout(ctx)
	}
	return p.run(ctx, token)
}

type runCmd struct{}

// Run starts the bot, for which a token is needed.
func (runCmd) Run(ctx context.Context, p *program) error {
	token, err := readToken()
	switch {
	case err != nil:
		return err
	case token == "":
		return unusable(`no bot token: set %s or %s; "dondoc demo" opens the try-out, which needs none`,
			tokenVariable, tokenFileVariable)
	}
	return p.run(ctx, token)
}

func (p *program) run(ctx context.Context, token string) error {
	p.secrets.Add(token)
	hook, err := p.webhook()
	if err != nil {
		return err
	}
	cfg, release, err := p.configure(ctx, token, listen)
	if err != nil {
		return err
	}
	cfg.Webhook = hook
	return errors.Join(runBot(ctx, cfg), release())
}

// runBot runs the bot on Telegram until ctx is done.
func runBot(ctx context.Context, cfg app.Config) error {
	if err := lostDatabase(cfg.Data); err != nil {
		return err
	}
	a, err := app.New(ctx, cfg)
	switch {
	case errors.Is(err, storage.ErrDamaged):
		return unusable("the data folder %s: %w; %s", cfg.Data, err, mend(cfg.Data))
	case storage.IsFull(err): // no fault of the settings: whoever looks after the program starts it again
		return fmt.Errorf("the disk of the data folder %s is full: %w", cfg.Data, err)
	case storage.IsFault(err):
		return unusable("the database of the data folder %s cannot be used: %w; see that it may be written",
			cfg.Data, err)
	case errors.Is(err, storage.ErrForeign):
		return unusable("%s: %w; choose another data folder with %s", app.Database(cfg.Data), err, dataSetting)
	case errors.Is(err, storage.ErrNewerSchema):
		return unusable("the data folder %s: %w; install a newer version or choose another folder with %s",
			cfg.Data, err, dataSetting)
	case err != nil:
		return err
	}
	err = a.Run(ctx)
	if errors.Is(err, bot.ErrTokenRefused) {
		err = tokenRefused(cfg.APIURL)
	}
	return errors.Join(err, a.Close())
}

// tokenRefused says what to mend. A Bot API server that is asked at a wrong path
// gives the same answer as one that does not know the token.
func tokenRefused(address string) error {
	if address == telegramURL {
		return unusable("%w; copy it anew from @BotFather into %s", bot.ErrTokenRefused, tokenVariable)
	}
	return unusable("%w at %s; copy the token anew from @BotFather into %s, or correct the address in --api-url (%s)",
		bot.ErrTokenRefused, address, tokenVariable, apiURLVariable)
}

// lostDatabase refuses a folder whose database is gone while its backups are
// still there: to begin anew is hardly what anybody wants.
func lostDatabase(data string) error {
	info, err := os.Stat(app.Database(data))
	if err == nil && info.Size() > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil // what else may be wrong shows when it is opened
	}
	if _, err := app.Backups(data).Latest(clock.Real().Now()); err != nil {
		return nil
	}
	return unusable("the data folder %s has backups and no database; %s, or move the folder backups away to begin anew",
		data, mend(data))
}

// mend says how to put a backup in the database's place.
func mend(data string) string {
	latest, err := app.Backups(data).Latest(clock.Real().Now())
	if err != nil {
		latest = "FILE"
	}
	return "restore a backup: dondoc restore --data " + data + " " + latest
}
