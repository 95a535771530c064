package plan

// A Kind says how a deadline phrase fixes its due days.
type Kind string

// The kinds of deadline phrases.
const (
	KindDate      Kind = "date"      // one stated day
	KindPeriod    Kind = "period"    // last day of a calendar period
	KindList      Kind = "list"      // several days or periods
	KindSpan      Kind = "span"      // last day of a span
	KindRecurring Kind = "recurring" // one day per period of the plan's year
	KindOngoing   Kind = "ongoing"   // check-ins
	KindTrigger   Kind = "trigger"   // due once something happens
	KindUnset     Kind = "unset"     // somebody else will set the day
	KindUnknown   Kind = "unknown"   // could not be read; a person must set it
)

// Dated reports whether the kind has due days of its own.
func (k Kind) Dated() bool {
	switch k {
	case KindDate, KindPeriod, KindList, KindSpan, KindRecurring:
		return true
	case KindOngoing, KindTrigger, KindUnset, KindUnknown:
	}
	return false
}

// A Schedule is a deadline phrase as it was read.
type Schedule struct {
	Phrase string // as it was typed
	Kind   Kind
	Due    []Date // ascending, without doubles; empty unless Kind is dated
	Firm   bool   // "trước ngày D": Due never moves to a working day
}
