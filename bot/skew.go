package bot

import (
	"slices"
	"sync"
	"time"

	"dondoc/storage"
)

// skewSamples is of how many messages the least delay is taken.
const skewSamples = 8

// A skew is the machine's clock compared with the dates of messages. Each
// arrives a little after its date, some much later: the least delay of a few is
// nearest to the truth.
type skew struct {
	mu     sync.Mutex
	delays []time.Duration
}

func (s *skew) add(delay time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delays = append(s.delays, delay)
	if len(s.delays) > skewSamples {
		s.delays = s.delays[1:]
	}
}

// get returns the skew. Dates are whole seconds, so that half a second is taken
// off on average.
func (s *skew) get() (ahead time.Duration, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.delays) == 0 {
		return 0, false
	}
	return slices.Min(s.delays) - time.Second/2, true
}

// measure compares the clocks by a message that was waited for. One that waited
// itself, for an outage to end, says nothing.
func (i *intake) measure(date int64, now storage.Poll) {
	if date == 0 || i.clock.Rehearsed() || i.last.Real.IsZero() || now.Real.Sub(i.last.Real) > ordinaryGap {
		return
	}
	i.skew.add(now.Real.Sub(time.Unix(date, 0)))
}
