package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// A Tx is one transaction. It lives within one call of DB.Write or DB.Read and
// carries that call's context. It is not for use by several goroutines.
type Tx struct {
	ctx   context.Context
	conn  *sql.Conn
	stmts map[string]*sql.Stmt // prepared on conn; nil on a reader
	db    *DB
	saved int
	snap  *Snapshot // once it was asked for

	queued   []Waiting // rows of the outbox that are new
	requeued bool      // rows of the outbox wait again, or for another chat
	altered  bool      // rows of the outbox that wait were changed
	touched  bool      // what a Snapshot holds was changed
}

// A PanicError is what Write, Read and Savepoint make of a panic.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Savepoint runs fn so that a failure undoes what fn did and nothing else of
// the transaction.
func (tx *Tx) Savepoint(fn func() error) error {
	tx.saved++
	defer func() { tx.saved-- }()
	name := fmt.Sprintf("s%d", tx.saved)
	queued := len(tx.queued)
	if err := tx.run("SAVEPOINT " + name); err != nil {
		return err
	}
	if err := tx.guard(func(*Tx) error { return fn() }); err != nil {
		tx.queued = tx.queued[:queued]
		return errors.Join(err, tx.end("ROLLBACK TO "+name), tx.end("RELEASE "+name))
	}
	return tx.run("RELEASE " + name)
}

// guard turns a panic of fn into an error, so that the transaction ends.
func (tx *Tx) guard(fn func(*Tx) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return fn(tx)
}

// run executes a statement of transaction control.
func (tx *Tx) run(stmt string) error {
	if _, err := tx.exec(stmt); err != nil {
		return fmt.Errorf("%s: %w", stmt, err)
	}
	return nil
}

// endTimeout bounds the undoing of a transaction whose own context is done.
const endTimeout = 10 * time.Second

// end undoes work even if the transaction's context is done. What the cache
// took from the undone work goes with it; a transaction that only read, or
// changed other things, leaves the cache to the next one.
func (tx *Tx) end(stmt string) error {
	if tx.touched {
		tx.db.cache.drop()
		tx.snap = nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(tx.ctx), endTimeout)
	defer cancel()
	if _, err := tx.conn.ExecContext(ctx, stmt); err != nil && !(stmt == "ROLLBACK" && isOver(err)) {
		return fmt.Errorf("%s: %w", stmt, err)
	}
	return nil
}

func (tx *Tx) prepared(query string) (*sql.Stmt, error) {
	if s := tx.stmts[query]; s != nil {
		return s, nil
	}
	s, err := tx.conn.PrepareContext(tx.ctx, query)
	if err != nil {
		return nil, err
	}
	tx.stmts[query] = s
	return s, nil
}

// exec runs a statement that returns no rows.
func (tx *Tx) exec(query string, args ...any) (sql.Result, error) {
	if tx.stmts == nil {
		return tx.conn.ExecContext(tx.ctx, query, args...)
	}
	s, err := tx.prepared(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(tx.ctx, args...)
}

// insert runs an INSERT and returns the row's id.
func (tx *Tx) insert(query string, args ...any) (int64, error) {
	res, err := tx.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// changed runs a statement and returns how many rows it changed.
func (tx *Tx) changed(query string, args ...any) (int64, error) {
	res, err := tx.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (tx *Tx) query(query string, args ...any) (*sql.Rows, error) {
	if tx.stmts == nil {
		return tx.conn.QueryContext(tx.ctx, query, args...)
	}
	s, err := tx.prepared(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(tx.ctx, args...)
}

// row scans the one row of a query into dest; ErrNotFound if there is none.
func (tx *Tx) row(dest []any, query string, args ...any) error {
	rows, err := tx.query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return errors.Join(rows.Err(), ErrNotFound)
	}
	if err := rows.Scan(dest...); err != nil {
		return err
	}
	return rows.Close()
}

// each calls scan for every row of a query.
func (tx *Tx) each(scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// dest gathers the places that a row is scanned into.
func dest(d ...any) []any { return d }
