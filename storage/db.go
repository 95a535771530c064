// Package storage keeps everything in one SQLite file and is the only place
// that knows SQL: the plan and what was reported, people and chats, the inbox
// of updates that arrived and the outbox of messages that wait.
//
// There is one writer connection. A handled update, its effects and its
// answers are one transaction on it (DB.Write); reads that need no transaction
// with a write go past it (DB.Read).
package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite", without cgo
)

// Errors that callers tell apart.
var (
	ErrNotFound    = errors.New("not found")
	ErrClosed      = errors.New("the database is closed")
	ErrNewerSchema = errors.New("the database was written by a newer version of dondoc")
)

// A DB is the program's one database file.
type DB struct {
	path   string
	pool   *sql.DB       // for readers; also what the writer's connection is taken from
	writer chan *writer  // holds the one writer while nobody writes; nil if read-only
	log    *checkpointer // nil if read-only
	cache  snapshotCache

	requeued atomic.Int64 // see Requeued
	altered  atomic.Int64 // how often rows of the outbox that wait were changed
	queued   queue
}

// A writer is the one connection that writes, with the statements prepared on
// it. SQLite has one writer at a time anyway: taking turns here is cheaper than
// waiting for its lock.
type writer struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// Open opens the file, creating it if need be, and brings its schema up to
// date. It returns ErrNewerSchema for a file that a later version wrote, and
// ErrForeign for one that another program did.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := refuseForeign(ctx, path); err != nil {
		return nil, err
	}
	if err := upgrade(ctx, path); err != nil {
		return nil, err
	}
	db := &DB{path: path, writer: make(chan *writer, 1)}
	var err error
	if db.pool, err = openPool(path, "rwc"); err != nil {
		return nil, err
	}
	conn, err := db.newWriter(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), db.pool.Close())
	}
	db.writer <- &writer{conn: conn, stmts: map[string]*sql.Stmt{}}
	db.log = startCheckpointer(db)
	return db, nil
}

// upgrade brings the file's schema up to date, on connections of its own: what
// they take of memory goes with them.
func upgrade(ctx context.Context, path string) error {
	pool, err := openPool(path, "rwc")
	if err != nil {
		return err
	}
	db := &DB{path: path, pool: pool}
	return errors.Join(db.migrate(ctx), pool.Close())
}

// newWriter takes the connection that writes out of the pool. What it needs to
// undo a part of a transaction stays in memory: a file would be written once
// more for each page that changes, and may hold what was overwritten. Of pages
// it keeps up to 16 MB, about those that the reports of a thousand units change.
func (db *DB) newWriter(ctx context.Context) (*sql.Conn, error) {
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, `PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000`); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// OpenReadOnly opens an existing file beside a program that may be running on
// it. Write fails on it.
func OpenReadOnly(ctx context.Context, path string) (*DB, error) {
	pool, err := openPool(path, "ro")
	if err != nil {
		return nil, err
	}
	db := &DB{path: path, pool: pool}
	if err := db.checkSchema(ctx); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return db, nil
}

// Close waits for the transaction in hand and closes the file. Write returns
// ErrClosed from then on; closing again does nothing.
func (db *DB) Close() error {
	if db.writer == nil {
		return db.pool.Close()
	}
	w, open := <-db.writer
	if !open {
		return nil
	}
	close(db.writer) // whoever comes later finds it closed instead of waiting
	db.log.stop()
	var errs []error
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), db.pool.Close())...)
}

// Write runs fn in a transaction and commits it, durably, if fn returns nil.
// Nothing that fn does may reach outside before Write returns.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if db.writer == nil {
		return errors.New("write to a database opened read-only")
	}
	var w *writer
	select {
	case w = <-db.writer:
	case <-ctx.Done():
		return fmt.Errorf("wait to write: %w", ctx.Err())
	}
	if w == nil {
		return ErrClosed
	}
	defer func() { db.writer <- w }()
	tx := &Tx{ctx: ctx, conn: w.conn, stmts: w.stmts, db: db}
	if err := tx.run("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := tx.guard(fn); err != nil {
		return errors.Join(err, tx.end("ROLLBACK"))
	}
	if err := tx.run("COMMIT"); err != nil {
		return errors.Join(err, tx.end("ROLLBACK"))
	}
	tx.hand()
	db.log.commit()
	return nil
}

// Read runs fn on one consistent state of the database.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	tx := &Tx{ctx: ctx, conn: conn, db: db}
	if err := tx.run("BEGIN"); err != nil {
		return errors.Join(err, conn.Close())
	}
	err = tx.guard(fn)
	return errors.Join(err, tx.end("ROLLBACK"), conn.Close())
}

// busyTimeout is how long a connection waits for a lock that another holds.
const busyTimeout = 10 * time.Second

// openPool sets every pragma in the data source name, so that each connection
// of the pool gets it. secure_delete overwrites what is removed: a text that
// was refused as a state secret must not linger in free pages. More pragmas
// are for those connections alone.
func openPool(path, mode string, pragmas ...string) (*sql.DB, error) {
	q := url.Values{
		"mode": {mode},
		"_pragma": append(pragmas,
			fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()), "foreign_keys(1)", "synchronous(FULL)", "secure_delete(1)",
		),
	}
	if mode == "rwc" {
		q.Add("_pragma", "journal_mode(WAL)")
		q.Add("_pragma", "wal_autocheckpoint(0)") // see checkpointer
	}
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
	pool, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	pool.SetMaxOpenConns(maxConns)
	pool.SetMaxIdleConns(maxIdleConns)
	pool.SetConnMaxIdleTime(time.Minute)
	return pool, nil
}

// maxConns is the writer and a few readers; one of these is kept at hand, for
// each has a cache of pages of its own.
const (
	maxConns     = 4
	maxIdleConns = 1
)
