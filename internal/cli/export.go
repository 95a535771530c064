package cli

import (
	"context"
	"errors"
	"path/filepath"

	"dondoc/internal/export"
)

// databaseName is the file in the data folder that keeps everything.
const databaseName = "dondoc.db"

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
	s := &p.settings
	db, release, err := export.Open(ctx, filepath.Join(s.Data, databaseName))
	switch {
	case errors.Is(err, export.ErrNoDatabase):
		return unusable("the data folder %s holds no %s; choose another folder with %s",
			s.Data, databaseName, dataSetting)
	case err != nil:
		return unusable("cannot read the database of the data folder %s: %w; choose another folder with %s",
			s.Data, err, dataSetting)
	}
	now := s.clock().Now().In(s.Timezone.Location)
	return errors.Join(export.Write(ctx, p.Out, db, now), release())
}
