package plan

import (
	"slices"
	"strconv"
	"time"
)

// A Status is what one report says of one occurrence.
type Status string

// The statuses.
const (
	NotStarted Status = "not_started"
	InProgress Status = "in_progress"
	Done       Status = "done"
	Blocked    Status = "blocked"
	NotArisen  Status = "not_arisen" // check-ins and trigger tasks only
)

// A Via says how a report was given.
type Via string

// The ways of reporting.
const (
	ViaCommand Via = "command"
	ViaButton  Via = "button"
	ViaForm    Via = "form"
	ViaBehalf  Via = "behalf" // recorded by an admin for a unit
)

// Evidence backs a report: a document's number and date, or a file that stays
// with the chat service.
type Evidence struct {
	Kind     string // document, file, photo
	Number   string
	Date     Date
	FileID   string
	FileName string
}

// A Report is one person's word on one occurrence. It is withdrawn or
// returned, never changed.
type Report struct {
	ID           int64 // ascending in the order of recording
	By           int64 // person
	Via          Via
	Status       Status
	Note         string
	Evidence     []Evidence
	At           time.Time // when it counts
	Day          Date      // At in the plan's time zone
	WithdrawnAt  time.Time
	ReturnedAt   time.Time
	ReturnReason string
}

// Stands reports whether the report was neither withdrawn nor returned.
func (r *Report) Stands() bool { return r.WithdrawnAt.IsZero() && r.ReturnedAt.IsZero() }

// An Extension is a later due day that was decided.
type Extension struct {
	Was    Date // the day that it put off
	Due    Date
	By     int64
	At     time.Time
	Day    Date // At in the plan's time zone
	Reason string
}

// An OccurrenceKind says how an occurrence is judged.
type OccurrenceKind string

// The kinds of occurrences.
const (
	OccurrenceDated   OccurrenceKind = "dated"
	OccurrenceCheckIn OccurrenceKind = "check_in"
	OccurrenceUndated OccurrenceKind = "undated" // nothing arose in a window of a trigger task
)

// An Occurrence is one thing that one lead unit must do by one date.
type Occurrence struct {
	ID         int64
	TaskID     int64
	Task       int // the task's number
	Unit       string
	Kind       OccurrenceKind
	Period     string // unique within task and unit; 2024-Q1 for a check-in
	Opens      Date   // when it is first open; zero if from the start
	Due        Date   // the plan's own day, never changed
	Firm       bool   // Due does not move to a working day
	Passed     bool   // the task has gone to another unit since, or has ended
	Dropped    bool   // a later version of the plan does not ask for it; then it is passed, too
	Extensions []Extension
	Reports    []Report // ascending by ID
}

// Occurrences returns what the schedule of t asks of its lead units: one for
// each due day, or one check-in for each window.
func (p *Plan) Occurrences(t *Task) []Occurrence {
	var out []Occurrence
	for _, unit := range t.Leads {
		o := Occurrence{TaskID: t.ID, Task: t.Number, Unit: unit, Firm: t.Schedule.Firm}
		if t.Schedule.Kind == KindOngoing {
			o.Kind = OccurrenceCheckIn
			for _, w := range p.Windows() {
				o.Period, o.Opens, o.Due = w.Period, w.Opens, w.Closes
				out = append(out, o)
			}
			continue
		}
		o.Kind = OccurrenceDated
		for i, due := range t.Schedule.Due {
			o.Period, o.Due = due.String(), due
			if i > 0 {
				o.Opens = t.Schedule.Due[i-1] + 1
			}
			out = append(out, o)
		}
	}
	return out
}

// OccurrencesFrom is Occurrences for a task that is given on the day: what was
// due before is not asked for, and dated work is not open before.
func (p *Plan) OccurrencesFrom(t *Task, given Date) []Occurrence {
	occs := slices.DeleteFunc(p.Occurrences(t), func(o Occurrence) bool { return o.Due < given })
	for i := range occs {
		if o := &occs[i]; o.Kind == OccurrenceDated {
			o.Opens = max(o.Opens, given)
		}
	}
	return occs
}

func windowPeriod(year, index int) string { return strconv.Itoa(year) + "-Q" + strconv.Itoa(index+1) }

// Status is the latest standing word on the occurrence, latest by order of
// recording. What was returned is in progress again.
func (o *Occurrence) Status() Status {
	for i := len(o.Reports) - 1; i >= 0; i-- {
		r := &o.Reports[i]
		switch {
		case !r.WithdrawnAt.IsZero():
			continue
		case !r.ReturnedAt.IsZero():
			return InProgress
		default:
			return r.Status
		}
	}
	return NotStarted
}

// Latest returns the latest standing report, or nil.
func (o *Occurrence) Latest() *Report {
	for i := len(o.Reports) - 1; i >= 0; i-- {
		if o.Reports[i].Stands() {
			return &o.Reports[i]
		}
	}
	return nil
}

// left reports whether the occurrence was passed on undone: what was reported
// stays, but it is no longer this unit's to do.
func (o *Occurrence) left() bool { return o.Passed && o.Completion() == nil }

// Evidence returns what backs the occurrence: that of all its standing reports.
func (o *Occurrence) Evidence() []Evidence {
	var out []Evidence
	for i := range o.Reports {
		if o.Reports[i].Stands() {
			out = append(out, o.Reports[i].Evidence...)
		}
	}
	return out
}

// first returns the first standing report that has one of the statuses, or
// any if none is named.
func (o *Occurrence) first(statuses ...Status) *Report {
	for i := range o.Reports {
		r := &o.Reports[i]
		if !r.Stands() {
			continue
		}
		if len(statuses) == 0 || slices.Contains(statuses, r.Status) {
			return r
		}
	}
	return nil
}

// Completion returns the report by which the occurrence counts: of dated work
// the first done that still stands since the last return, of a check-in the
// first standing report. It is nil while there is none.
func (o *Occurrence) Completion() *Report {
	switch o.Kind {
	case OccurrenceCheckIn:
		return o.first()
	case OccurrenceDated:
		if o.Status() == Done {
			return o.first(Done)
		}
	case OccurrenceUndated:
	}
	return nil
}

// ExtendedDue returns the latest decided extension, zero without one, and zero
// once a later version of the plan itself allows as much.
func (o *Occurrence) ExtendedDue() Date {
	if n := len(o.Extensions); n > 0 && !o.Overtaken(&o.Extensions[n-1]) {
		return o.Extensions[n-1].Due
	}
	return 0
}

// Overtaken reports whether the plan's own day is no earlier than an extension
// of it: a later version of the plan has moved it.
func (o *Occurrence) Overtaken(e *Extension) bool { return e.Due <= o.Due }

// StatedDue returns the day that stands on paper: the extension's, else the
// plan's own.
func (o *Occurrence) StatedDue() Date {
	if d := o.ExtendedDue(); d != 0 {
		return d
	}
	return o.Due
}
