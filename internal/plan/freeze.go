package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
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

// Frozen is what the figures of a frozen period rest on beside its work, as it
// was at the chốt: not only reports may change later, but also tasks, units, due
// days and the calendar.
type Frozen struct {
	Freeze
	Plan *Plan
	Days []SpecialDay
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

// Book returns the period as it was frozen, without its work.
func (f *Frozen) Book() *PeriodBook {
	pb := &PeriodBook{
		Book:   Book{Plan: f.Plan, Calendar: NewCalendar(f.Days)},
		Span:   f.Plan.Span(f.Period),
		Freeze: &f.Freeze,
	}
	pb.Today, pb.Shown = pb.Span.Closes, pb.Span.Windows
	return pb
}

// FrozenReports says how each report stood that a frozen period counts.
type FrozenReports map[int64]frozenReport

type frozenReport struct {
	withdrawn, returned bool
	evidence            uint16
}

// Keep takes note of the reports of frozen work.
func (f FrozenReports) Keep(work []*Occurrence) {
	for _, o := range work {
		for i := range o.Reports {
			r := &o.Reports[i]
			f[r.ID] = frozenReport{!r.WithdrawnAt.IsZero(), !r.ReturnedAt.IsZero(), uint16(min(len(r.Evidence), 1<<16-1))}
		}
	}
}

// Supplement finds what came after the chốt: what the occurrences, as they are
// now, have beyond the frozen reports.
func (b *PeriodBook) Supplement(occs []*Occurrence, frozen FrozenReports) {
	for _, o := range b.Counted(occs) {
		for i := range o.Reports {
			r := &o.Reports[i]
			if kind := frozen.supplement(r); kind != "" {
				b.Later = append(b.Later, Supplement{Kind: kind, Occurrence: o, Report: r})
			}
		}
	}
}

// supplement says what happened to the report since, "" for nothing.
func (f FrozenReports) supplement(r *Report) SupplementKind {
	switch was, known := f[r.ID]; {
	case !known && r.WithdrawnAt.IsZero():
		return SupplementAdded
	case !known || was.withdrawn:
	case !r.WithdrawnAt.IsZero():
		return SupplementWithdrawn
	case !was.returned && !r.ReturnedAt.IsZero():
		return SupplementReturned
	case len(r.Evidence) > int(was.evidence):
		return SupplementEvidence
	}
	return ""
}

// A ReportHash is the SHA-256 of one line of JSON for each report that was not
// withdrawn, in the order of the work.
type ReportHash struct {
	sum   hash.Hash
	lines *json.Encoder
}

// NewReportHash returns the hash of nothing.
func NewReportHash() *ReportHash {
	h := sha256.New()
	return &ReportHash{sum: h, lines: json.NewEncoder(h)}
}

// Add adds work.
func (h *ReportHash) Add(work []*Occurrence) {
	for _, o := range work {
		for i := range o.Reports {
			if r := &o.Reports[i]; r.WithdrawnAt.IsZero() {
				_ = h.lines.Encode(hashed(o, r)) // neither a hash nor these types ever fail it
			}
		}
	}
}

// String returns the hash of what was added, in hexadecimal.
func (h *ReportHash) String() string { return hex.EncodeToString(h.sum.Sum(nil)) }

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
