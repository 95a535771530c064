package storage

import (
	"fmt"
	"time"
)

// OpenWork is what is still to be done now; the zero one is nothing.
type OpenWork struct {
	Next    int64 // row of the inbox that is to be handled
	Waiting int   // rows of the outbox that can be sent
}

// OpenWork returns what is still to be done, without what waits to be tried again.
func (tx *Tx) OpenWork() (OpenWork, error) {
	var b OpenWork
	now := time.Now()
	arrivals, err := tx.Pending(now, 1)
	if err != nil {
		return b, err
	}
	for _, a := range arrivals {
		b.Next = a.Seq
	}
	err = tx.row(dest(&b.Waiting), `SELECT count(*) FROM outbox INDEXED BY outbox_waiting
		WHERE done_at IS NULL AND not_before <= ?`, millis(now))
	if err != nil {
		return b, fmt.Errorf("open work: %w", err)
	}
	return b, nil
}
