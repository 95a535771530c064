package storage

import (
	"context"
	"errors"
	"fmt"
)

// ScrubLog takes what was overwritten out of SQLite's write-ahead log too: it
// copies the log into the database, where secure_delete has put zeros, and
// cuts it. While somebody reads it may do nothing; that is no error.
func (db *DB) ScrubLog(ctx context.Context) error {
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("scrub log: %w", err)
	}
	// Writers wait while the log is cut, and while readers are waited for: so most
	// of it is copied before, and that is kept short.
	_, err = conn.ExecContext(ctx, `PRAGMA wal_checkpoint(PASSIVE); PRAGMA busy_timeout = 200`)
	if err == nil {
		_, err = conn.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	_, back := conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf(`PRAGMA busy_timeout = %d`, busyTimeout.Milliseconds()))
	if err := errors.Join(err, back, conn.Close()); err != nil {
		return fmt.Errorf("scrub log: %w", err)
	}
	return nil
}
