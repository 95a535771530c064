package storage

import (
	"sync"

	"dondoc/internal/chat"
)

// What is queued is handed to the sender in memory, too, once it is committed:
// in most cases it goes out a moment later, and need not be read back from the
// disk for that. The rows on disk have the last word: whoever changes rows that
// wait says so (altered), and they are read again.

// queuedKept bounds what is held for a sender that does not come for it.
const queuedKept = 1000

// A queue is what was committed since the sender last asked.
type queue struct {
	mu   sync.Mutex
	rows []Waiting
	lost bool // there was more
}

// put adds what a transaction queued that was committed.
func (q *queue) put(rows []Waiting) {
	if len(rows) == 0 {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.lost || len(q.rows)+len(rows) > queuedKept {
		q.rows, q.lost = nil, true
		return
	}
	q.rows = append(q.rows, rows...)
}

// TakeQueued returns the rows that were queued since it was last called, by
// id. all is false if there were too many to hold: then WaitingAfter has them.
func (db *DB) TakeQueued() (rows []Waiting, all bool) {
	q := &db.queued
	q.mu.Lock()
	defer q.mu.Unlock()
	rows, all = q.rows, !q.lost
	q.rows, q.lost = nil, false
	return rows, all
}

// Said returns what TakeMessage would of a row that TakeQueued returned, and
// false if that must be asked: no row that waits may have changed since.
func (db *DB) Said(w Waiting) (chat.Outgoing, bool) {
	if w.said == nil || w.altered != db.altered.Load() {
		return chat.Outgoing{}, false
	}
	return *w.said, true
}

// hold keeps a row that was queued for the sender. What is large, is composed
// in the moment of sending or depends on another message is read back then.
func (tx *Tx) hold(w Waiting, out chat.Outgoing) {
	switch out.Kind {
	case chat.OutSend, chat.OutAnswer, chat.OutReact:
		if out.Edits == 0 {
			w.said = &out
		}
	default:
	}
	tx.queued = append(tx.queued, w)
}

// hand gives what the transaction queued to the sender, once it is committed
// and before another one begins.
func (tx *Tx) hand() {
	if tx.requeued {
		tx.db.requeued.Add(1)
	}
	if tx.altered {
		tx.db.altered.Add(1)
	}
	for i := range tx.queued {
		w := &tx.queued[i]
		w.altered = tx.db.altered.Load()
		if tx.altered { // perhaps this one
			w.said = nil
		}
	}
	tx.db.queued.put(tx.queued)
}
