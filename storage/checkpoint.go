package storage

import (
	"context"
	"time"
)

// What is committed stands in SQLite's write-ahead log first. SQLite copies the
// log into the database within a commit, now and then, and whoever waits for
// that commit waits for all of it. A checkpointer does so beside the writer.
type checkpointer struct {
	due    chan struct{}
	count  int // of commits, the writer's
	cancel context.CancelFunc
	ended  chan struct{}
}

// So many commits, and then so long, are gathered: a page that changes often is
// copied once, who commits meanwhile seldom waits for the disk behind the
// copying, and a quiet night is left in peace.
const (
	checkpointCommits = 16
	checkpointPause   = time.Second
)

func startCheckpointer(db *DB) *checkpointer {
	ctx, cancel := context.WithCancel(context.Background())
	c := &checkpointer{due: make(chan struct{}, 1), cancel: cancel, ended: make(chan struct{})}
	go func() {
		defer close(c.ended)
		c.run(ctx, db)
	}()
	return c
}

func (c *checkpointer) run(ctx context.Context, db *DB) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.due:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(checkpointPause):
		}
		// What could not be copied is copied with what comes next, at the latest
		// when the file is closed.
		_ = db.checkpoint(ctx)
	}
}

// commit takes note that the writer committed something.
func (c *checkpointer) commit() {
	if c.count++; c.count < checkpointCommits {
		return
	}
	c.count = 0
	select {
	case c.due <- struct{}{}:
	default:
	}
}

func (c *checkpointer) stop() {
	c.cancel()
	<-c.ended
}

// checkpoint copies as much of the log as can be copied without making anybody
// wait.
func (db *DB) checkpoint(ctx context.Context) error {
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // gives it back
	_, err = conn.ExecContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`)
	return err
}
