package tryout

import (
	"context"
	"sync"
)

// News tells waiting pages what the world of chats does not: that the clock was
// set, that the people's first acts are done, that the round is over.
type news struct {
	mu      sync.Mutex
	count   uint64
	state   string // of the set-up
	changed chan struct{}
	ended   bool
}

// The states of the set-up.
const (
	settingUp = "setting_up"
	settled   = "ready"
	unsettled = "failed"
)

func newNews() *news { return &news{state: settingUp, changed: make(chan struct{})} }

// look returns how much news there was, and how the set-up stands.
func (n *news) look() (count uint64, state string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.count, n.state
}

func (n *news) tell() { n.change(func() {}) }

func (n *news) settled(err error) {
	n.change(func() {
		n.state = settled
		if err != nil {
			n.state = unsettled
		}
	})
}

func (n *news) end() { n.change(func() { n.ended = true }) }

func (n *news) change(do func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	do()
	n.count++
	close(n.changed)
	n.changed = make(chan struct{})
}

// until returns a context that ends with ctx, with the next news after count,
// or with the round.
func (n *news) until(ctx context.Context, count uint64) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	n.mu.Lock()
	changed, due := n.changed, n.ended || n.count != count
	n.mu.Unlock()
	if due {
		cancel()
		return ctx, cancel
	}
	go func() {
		select {
		case <-changed:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}
