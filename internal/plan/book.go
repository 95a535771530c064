package plan

// A Book is a plan as it stands on one day.
type Book struct {
	Plan     *Plan
	Calendar *Calendar
	Today    Date
	Units    []string // whose work is looked at; nil for that of all
	Shown    []Window // whose check-ins are counted; nil for those of the day
}

// A Box is one of the four official states of dated work, or none of them.
type Box int

// The boxes, in the order in which they are listed.
const (
	BoxUndated Box = iota // chưa xác định thời hạn
	DoneOnTime            // hoàn thành đúng hạn
	DoneLate              // hoàn thành quá hạn
	Open                  // trong hạn
	Overdue               // quá hạn
)

// EffectiveDue returns the day after whose end the occurrence is late: a due
// day without work moves to the next working day, unless the plan says
// otherwise. "Trước ngày D" and closing days never move.
func (b *Book) EffectiveDue(o *Occurrence) Date {
	due := o.StatedDue()
	firm := o.Kind != OccurrenceDated || (o.Firm && o.ExtendedDue() == 0)
	if due == 0 || firm || !b.Plan.Settings.MoveToWorkingDay {
		return due
	}
	return b.Calendar.OnOrAfter(due)
}

// Box returns the box of dated work; check-ins have none.
func (b *Book) Box(o *Occurrence) Box {
	if o.Kind != OccurrenceDated || o.Due == 0 || o.left() {
		return BoxUndated
	}
	due := b.EffectiveDue(o)
	if r := o.Completion(); r != nil {
		if r.Day <= due {
			return DoneOnTime
		}
		return DoneLate
	}
	if b.Today <= due {
		return Open
	}
	return Overdue
}

// OnTime reports whether a completed occurrence was completed in time. ok is
// false while that cannot be said.
func (b *Book) OnTime(o *Occurrence) (onTime, ok bool) {
	r := o.Completion()
	if r == nil || o.Due == 0 {
		return false, false
	}
	return r.Day <= b.EffectiveDue(o), true
}

// DaysLate returns by how many days open dated work is late, counted from the
// effective day; 0 or less if it is not.
func (b *Book) DaysLate(o *Occurrence) int {
	if b.Box(o) != Overdue {
		return 0
	}
	return int(b.Today - b.EffectiveDue(o))
}

// Asked reports whether a check-in is asked for: the plan was given out before
// it closed, and its window is open or past.
func (b *Book) Asked(o *Occurrence) bool {
	return o.Kind == OccurrenceCheckIn && !o.left() && b.AskedWindow(Window{Opens: o.Opens, Closes: o.Due})
}

// WillAsk is Asked whatever day it is: it says so of windows that are not open
// yet, too.
func (b *Book) WillAsk(o *Occurrence) bool {
	return o.Kind == OccurrenceCheckIn && !o.left() && b.Plan.Published != 0 && b.Plan.Published <= o.Due
}

// AskedWindow is Asked for every check-in of a window.
func (b *Book) AskedWindow(w Window) bool {
	return b.Plan.Published != 0 && b.Plan.Published <= w.Closes && w.Opens <= b.Today
}

// CurrentWindow returns the window that holds today.
func (b *Book) CurrentWindow() Window { return b.Plan.Windows()[b.Plan.WindowIndex(b.Today)] }

// ShownWindows returns the windows that people are told of: Shown if that is
// set, else the one before, as long as it is asked for and not frozen, and the
// one that holds today.
func (b *Book) ShownWindows() []Window {
	if b.Shown != nil {
		return b.Shown
	}
	ws := b.Plan.Windows()
	i := b.Plan.WindowIndex(b.Today)
	var out []Window
	if i > 0 && b.AskedWindow(ws[i-1]) && b.Plan.FrozenPeriod(Periods()[i-1]) == nil {
		out = append(out, ws[i-1])
	}
	return append(out, ws[i])
}

// A State sums up a task over its lead units.
type State string

// The states of a task.
const (
	StateLate       State = "late"
	StateBlocked    State = "blocked"
	StateDone       State = "done"
	StateInProgress State = "in_progress"
	StateNotStarted State = "not_started"
)
