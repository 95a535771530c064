package scheduler

import "dondoc/internal/plan"

// A Meter counts the reasons for which something is said unasked. It must
// return at once.
type Meter interface {
	// Said is told of each step of a message that was queued.
	Said(step string)
}

// The steps that a Meter is told of beside those of the ladder, of which each
// week of late work has a name of its own.
const (
	meterWeekly = "late_weekly"
	meterPost   = "post"
)

// count tells the meter why messages were queued.
func (s *Scheduler) count(msgs []Message) {
	if s.Meter == nil {
		return
	}
	for _, m := range msgs {
		if m.Kind == Post {
			s.Meter.Said(meterPost)
		}
		for _, step := range m.Steps {
			s.Meter.Said(meterName(step))
		}
	}
}

func meterName(s plan.Step) string {
	if IsWeekly(s) {
		return meterWeekly
	}
	return s.Name
}
