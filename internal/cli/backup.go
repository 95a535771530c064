package cli

import (
	"context"
	"errors"
	"io/fs"
)

type backupCmd struct {
	File string `arg:"" help:"The file to make."`
}

// errNoBackup is no context.Canceled, which would be a clean end.
var errNoBackup = errors.New("the backup was stopped; there is none")

// Run makes a backup and reads it through; a program may be running on the same
// folder.
func (b backupCmd) Run(ctx context.Context, p *program) error {
	db, release, err := p.openBeside(ctx)
	if err != nil {
		return err
	}
	err = db.Backup(ctx, b.File)
	switch {
	case err != nil && ctx.Err() != nil:
		err = errNoBackup
	case errors.Is(err, fs.ErrExist):
		err = unusable("%s is there already; name a new file", b.File)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		err = unusable("cannot make the backup: %w; name another file", err)
	case err == nil:
		err = p.say(b.File + ": backed up and checked\n")
	}
	return errors.Join(err, release())
}
