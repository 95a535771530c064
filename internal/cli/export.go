package cli

import (
	"context"
	"errors"
	"path/filepath"

	"dondoc/internal/app"
	"dondoc/internal/export"
	"dondoc/storage"
)

// errCutShort is no context.Canceled, which would be a clean end: whoever
// reads the document must learn that it has none.
var errCutShort = errors.New("the export was stopped; what it printed is incomplete")

type exportCmd struct{}

// Run prints the export; a program may be running on the same folder.
func (exportCmd) Run(ctx context.Context, p *program) error {
	err := printExport(ctx, p)
	if err != nil && ctx.Err() != nil {
		return errCutShort
	}
	return err
}

func printExport(ctx context.Context, p *program) error {
	db, release, err := p.openBeside(ctx)
	if err != nil {
		return err
	}
	now := p.settings.clock().Now().In(p.settings.Timezone.Location)
	return errors.Join(export.Write(ctx, p.Out, db, now), release())
}

// openBeside opens the data folder's database for reading.
func (p *program) openBeside(ctx context.Context) (db *storage.DB, release func() error, err error) {
	data := p.settings.Data
	db, release, err = storage.OpenBeside(ctx, app.Database(data))
	switch {
	case errors.Is(err, storage.ErrNoDatabase):
		return nil, nil, unusable("the data folder %s holds no %s; choose another folder with %s",
			data, filepath.Base(app.Database(data)), dataSetting)
	case err != nil:
		return nil, nil, unusable("cannot read the database of the data folder %s: %w; choose another folder with %s",
			data, err, dataSetting)
	}
	return db, release, nil
}
