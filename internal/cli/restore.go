package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/clock"
	"dondoc/storage"
)

type restoreCmd struct {
	File string `arg:"" help:"The backup."`
	Yes  bool   `help:"Do not ask before the database is replaced."`
}

// errNotRestored is the end of a restoring that was not wanted.
var errNotRestored = errors.New("nothing was restored")

// Run puts a backup in the database's place. Nobody may have the folder.
func (r restoreCmd) Run(ctx context.Context, p *program) error {
	release, err := claimFolder(p.settings.Data)
	if err != nil {
		return err
	}
	return errors.Join(r.restore(ctx, p), release())
}

func (r restoreCmd) restore(ctx context.Context, p *program) error {
	path := app.Database(p.settings.Data)
	copied, err := storage.PrepareRestore(ctx, r.File, path)
	switch {
	case err != nil && ctx.Err() != nil:
		return errNotRestored
	case err != nil:
		return unusable("cannot restore %s: %w", r.File, err)
	}
	if err := r.confirm(ctx, p, path, copied.State); err != nil {
		return errors.Join(err, copied.Discard())
	}
	now := storage.Poll{Real: clock.Real().Now(), Program: p.settings.clock().Now()}
	replaced, err := copied.Finish(context.WithoutCancel(ctx), now) // halves are worth nothing
	if err != nil {
		return fmt.Errorf("restore %s: %w", r.File, err)
	}
	text := "restored " + r.File
	if replaced != "" {
		text += "; the replaced database is kept as " + replaced
	}
	return p.say(text + "\n")
}

// confirm asks whether the database may be replaced, if there is one.
func (r restoreCmd) confirm(ctx context.Context, p *program, path string, state time.Time) error {
	if _, err := os.Stat(path); r.Yes || errors.Is(err, os.ErrNotExist) {
		return nil
	}
	of := "without any contact with Telegram"
	if !state.IsZero() {
		of = "of " + state.In(p.settings.Timezone.Location).Format("2006-01-02 15:04")
	}
	question := fmt.Sprintf("Replace %s by the backup %s (%s)? The replaced file is kept.", path, r.File, of)
	switch yes, err := p.agreed(ctx, question); {
	case err != nil:
		return err
	case !yes:
		return errNotRestored
	}
	return nil
}
