package botserver

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// A FaultKind says what goes wrong.
type FaultKind string

// The kinds of faults.
const (
	FaultTooMany    FaultKind = "429" // Telegram is busy: retry after RetryAfter seconds
	FaultServer     FaultKind = "500" // an error in JSON
	FaultGateway    FaultKind = "502" // an error as a page of HTML
	FaultCut        FaultKind = "cut" // the connection ends without an answer
	FaultSlow       FaultKind = "slow"
	FaultRedeliver  FaultKind = "redeliver" // getUpdates brings the batch before once more
	FaultRefuse     FaultKind = "refuse"    // Code and Description, before the effect
	faultHTML                 = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n</body>\r\n</html>\r\n"
	faultRetryAfter           = 1
	faultSlowness             = 20 * time.Millisecond
)

// A Fault befalls one call.
type Fault struct {
	Kind        FaultKind
	After       bool          // the call has had its effect when it fails
	RetryAfter  int           // of FaultTooMany, seconds; 1 if zero
	Delay       time.Duration // of FaultSlow, by the machine's own clock
	Code        int           // of FaultRefuse
	Description string        // of FaultRefuse: "Bad Request: REACTION_INVALID"
}

// Faults make calls fail by chance. What befalls the n-th call of a method to
// a chat depends on nothing but the seed, so that a run can be had again.
type Faults struct {
	Seed    uint64
	Rate    float64     // share of calls, 0 to 1
	Kinds   []FaultKind // all but FaultRefuse if empty; each befalls what it can
	Methods []string    // all if empty
}

func allFaults() []FaultKind {
	return []FaultKind{FaultTooMany, FaultServer, FaultGateway, FaultCut, FaultSlow, FaultRedeliver}
}

type faultKey struct {
	method string
	chat   string
}

// faultPlan decides which call fails. It has a lock of its own, since a hook
// is asked before the world is locked.
type faultPlan struct {
	mu     sync.Mutex
	faults Faults
	hook   func(method string, params map[string]string) *Fault
	seen   map[faultKey]uint64
}

func newFaultPlan(f Faults, hook func(string, map[string]string) *Fault) *faultPlan {
	return &faultPlan{faults: f, hook: hook, seen: map[faultKey]uint64{}}
}

func (p *faultPlan) setHook(hook func(string, map[string]string) *Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hook = hook
}

func (p *faultPlan) set(f Faults) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults, p.seen = f, map[faultKey]uint64{}
}

// decide returns what befalls the call, or nil.
func (p *faultPlan) decide(q *request) *Fault {
	p.mu.Lock()
	hook, f := p.hook, p.faults
	key := faultKey{strings.ToLower(q.method), q.params["chat_id"]}
	n := p.seen[key]
	p.seen[key]++
	p.mu.Unlock()
	if hook != nil {
		if fault := hook(q.method, q.params); fault != nil {
			return fault
		}
	}
	polls := key.method == strings.ToLower(methodGetUpdates)
	named := func(m string) bool { return strings.EqualFold(m, q.method) }
	if f.Rate <= 0 || len(f.Methods) > 0 && !slices.ContainsFunc(f.Methods, named) {
		return nil
	}
	kinds := f.Kinds
	if len(kinds) == 0 {
		kinds = allFaults()
	}
	kinds = slices.DeleteFunc(slices.Clone(kinds), func(k FaultKind) bool { return k == FaultRedeliver && !polls })
	r := rand.New(rand.NewPCG(f.Seed, key.hash(n)))
	if len(kinds) == 0 || r.Float64() >= f.Rate {
		return nil
	}
	fault := &Fault{Kind: kinds[r.IntN(len(kinds))], RetryAfter: faultRetryAfter, Delay: faultSlowness}
	switch fault.Kind {
	case FaultServer, FaultGateway, FaultCut:
		fault.After = r.IntN(2) == 0
	case FaultTooMany, FaultSlow, FaultRedeliver, FaultRefuse:
	}
	return fault
}

func (k faultKey) hash(n uint64) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(k.method + "\x00" + k.chat))
	_, _ = h.Write(binary.BigEndian.AppendUint64(nil, n))
	return h.Sum64()
}

// failure is the fault as an error of the Bot API.
func (f *Fault) failure() error {
	switch f.Kind {
	case FaultTooMany:
		return tooMany(max(f.RetryAfter, faultRetryAfter))
	case FaultRefuse:
		return &apiError{Code: f.Code, Description: f.Description}
	case FaultGateway:
		return &apiError{Code: http.StatusBadGateway, Description: "Bad Gateway"}
	case FaultServer, FaultCut, FaultSlow, FaultRedeliver:
	}
	return &apiError{Code: http.StatusInternalServerError, Description: "Internal Server Error"}
}

// strike answers the call with the fault.
func (f *Fault) strike(w http.ResponseWriter) {
	switch f.Kind {
	case FaultCut:
		panic(http.ErrAbortHandler)
	case FaultGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte(faultHTML))
	case FaultTooMany, FaultServer, FaultSlow, FaultRedeliver, FaultRefuse:
		writeError(w, f.failure())
	}
}

// delay waits as long as the fault says or until the client is gone.
func (f *Fault) delay(ctx context.Context) {
	t := time.NewTimer(f.Delay)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
