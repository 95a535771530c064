package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"
)

// A Freeze is the chốt of a period: from then on its figures stand.
type Freeze struct {
	Period Period
	At     time.Time
	By     int64  // the admin; 0 if the program did it by itself
	Hash   string // SHA-256 over the reports that count, in hexadecimal
}

// Frozen is all that the figures of a frozen period rest on, as it was at the
// chốt: not only reports may change later, but also tasks, units, due days and
// the calendar.
type Frozen struct {
	Freeze
	Plan *Plan
	Days []SpecialDay
	Work []*Occurrence
}

// A SupplementKind says what happened to a report after the chốt.
type SupplementKind string

// What may happen to a report of a frozen period.
const (
	SupplementAdded     SupplementKind = "added"
	SupplementEvidence  SupplementKind = "evidence" // more of it
	SupplementWithdrawn SupplementKind = "withdrawn"
	SupplementReturned  SupplementKind = "returned"
)

// A Supplement is what came after the chốt (bổ sung sau chốt): the frozen
// figures do not know of it.
type Supplement struct {
	Kind       SupplementKind
	Occurrence *Occurrence
	Report     *Report
}

// freezeDays is for how many working days after the closing day an admin may
// wait.
const freezeDays = 5

// FrozenPeriod returns the chốt of the period, nil before it.
func (p *Plan) FrozenPeriod(period Period) *Freeze {
	for i := range p.Frozen {
		if p.Frozen[i].Period == period {
			return &p.Frozen[i]
		}
	}
	return nil
}

// MayFreeze reports whether an admin may freeze the period today: from the
// first working day after its closing day on.
func (b *Book) MayFreeze(period Period) bool {
	return b.Plan.Published != 0 && b.Plan.FrozenPeriod(period) == nil && b.Today >= b.FreezeFrom(period)
}

// FreezeFrom returns the first day on which the period may be frozen.
func (b *Book) FreezeFrom(period Period) Date {
	return b.Calendar.AddWorking(b.Plan.Span(period).Closes, 1)
}

// Ran reports whether the plan was in force on the period's closing day. Of a
// period that it did not run in nobody was asked to report.
func (p *Plan) Ran(period Period) bool {
	closes := p.Span(period).Closes
	return p.Published != 0 && p.Published <= closes && (p.Closed == 0 || p.Closed > closes)
}

// MustFreeze reports whether the time has come to freeze the period without
// being asked: five working days have gone by since its closing day, and the
// day after them has come to its last hour, so that an admin had the whole of
// it. A plan that nobody was asked about then has nothing to freeze.
func (b *Book) MustFreeze(period Period, now Clock) bool {
	if !b.Plan.Ran(period) || !b.MayFreeze(period) {
		return false
	}
	day := b.FreezeBy(period)
	return b.Today > day || b.Today == day && now >= b.Plan.Settings.FreezeAt()
}

// FreezeBy returns the day on which the program freezes the period by itself.
func (b *Book) FreezeBy(period Period) Date {
	return b.Calendar.AddWorking(b.Plan.Span(period).Closes, freezeDays+1)
}

// FreezeAt is the time of day at which the bot freezes what nobody froze: the
// last hour in which it may say so.
func (s Settings) FreezeAt() Clock { return s.DayTo - 60 }

// Frozen freezes the period as it counts now. The days are those that the
// book's calendar is made of.
func (b *PeriodBook) Frozen(at time.Time, by int64, days []SpecialDay) *Frozen {
	f := &Frozen{
		Freeze: Freeze{Period: b.Span.Period, At: at, By: by},
		Plan:   b.Plan, Days: days, Work: b.Work,
	}
	f.Hash = f.sum()
	return f
}

// Book returns the period as it was frozen. occs are the plan's occurrences as
// they are now: what they have beyond it came later.
func (f *Frozen) Book(occs []*Occurrence) *PeriodBook {
	pb := &PeriodBook{
		Book:   Book{Plan: f.Plan, Calendar: NewCalendar(f.Days)},
		Span:   f.Plan.Span(f.Period),
		Freeze: &f.Freeze,
		Work:   f.Work,
	}
	pb.Today, pb.Shown = pb.Span.Closes, pb.Span.Windows
	pb.remember(occs)
	frozen := make(map[int64]*Report)
	for _, o := range f.Work {
		for i := range o.Reports {
			frozen[o.Reports[i].ID] = &o.Reports[i]
		}
	}
	for _, o := range occs {
		if c := pb.Span.counted(f.Plan.Task(o.Task), o); c != nil {
			pb.supplement(c, frozen)
		}
	}
	return pb
}

func (b *PeriodBook) supplement(o *Occurrence, frozen map[int64]*Report) {
	for i := range o.Reports {
		r := &o.Reports[i]
		var kind SupplementKind
		switch was := frozen[r.ID]; {
		case was == nil && r.WithdrawnAt.IsZero():
			kind = SupplementAdded
		case was == nil || !was.WithdrawnAt.IsZero():
			continue
		case !r.WithdrawnAt.IsZero():
			kind = SupplementWithdrawn
		case was.ReturnedAt.IsZero() && !r.ReturnedAt.IsZero():
			kind = SupplementReturned
		case len(r.Evidence) > len(was.Evidence):
			kind = SupplementEvidence
		default:
			continue
		}
		b.Later = append(b.Later, Supplement{Kind: kind, Occurrence: o, Report: r})
	}
}

// sum hashes one line of JSON for each report that was not withdrawn, in the
// order of the work.
func (f *Frozen) sum() string {
	h := sha256.New()
	lines := json.NewEncoder(h) // neither a hash nor these types ever fail it
	for _, o := range f.Work {
		for i := range o.Reports {
			if r := &o.Reports[i]; r.WithdrawnAt.IsZero() {
				_ = lines.Encode(hashed(o, r))
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hashed is what of a report its hash covers.
func hashed(o *Occurrence, r *Report) any {
	evidence := slices.Clone(r.Evidence)
	for i := range evidence {
		evidence[i].FileID = "" // the chat service's, good for this bot alone
	}
	return struct {
		ID       int64
		Task     int
		Unit     string
		Period   string
		By       int64
		Via      Via
		Status   Status
		Note     string
		Evidence []Evidence
		At       int64 // Unix milliseconds
		Returned bool
	}{
		r.ID, o.Task, o.Unit, o.Period, r.By, r.Via, r.Status, r.Note, evidence,
		r.At.UnixMilli(), !r.ReturnedAt.IsZero(),
	}
}
