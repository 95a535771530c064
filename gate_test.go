//go:build unix

package main_test

import (
	"net/http"
	"os"
	"sync"
	"sync/atomic"
)

// A moment is when a process is killed, seen from a request of it.
type moment int

const (
	lost    moment = iota // the request never arrives
	arrived               // it arrives and has its effect, the answer is lost
	replied               // while the answer is on its way
	moments
)

// A gate stands before the Bot API server and kills whose requests pass it.
type gate struct {
	server http.Handler
	down   atomic.Bool // every connection is cut

	mu     sync.Mutex
	moment moment
	left   int // requests up to the kill; 0 if none is planned
	victim *os.Process
}

// arm plans the kill of the process at the n-th request from now.
func (g *gate) arm(m moment, n int, victim *os.Process) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.moment, g.left, g.victim = m, n, victim
}

// strike counts a request that has come to the moment, and kills if it is time.
func (g *gate) strike(m moment) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left == 0 || g.moment != m {
		return false
	}
	if g.left--; g.left > 0 {
		return false
	}
	_ = g.victim.Kill() // whoever waits for the process finds out
	return true
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.down.Load() || g.strike(lost) {
		panic(http.ErrAbortHandler)
	}
	g.strike(arrived)
	defer func() { go g.strike(replied) }() // beside the writing of the answer
	g.server.ServeHTTP(w, r)
}
