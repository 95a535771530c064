package plan

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Period is a time that the office reports on.
type Period string

// The periods, as commands name them.
const (
	FirstQuarter Period = "Q1"
	HalfYear     Period = "H1"
	ThirdQuarter Period = "Q3"
	WholeYear    Period = "year"
)

// Periods lists the periods of a year; each ends with the window of the same
// index.
func Periods() []Period { return []Period{FirstQuarter, HalfYear, ThirdQuarter, WholeYear} }

// Index returns the place of the period's last window among the plan's windows,
// -1 for what is no period.
func (p Period) Index() int { return slices.Index(Periods(), p) }

// periodWords are what people call a period, folded.
var periodWords = map[string]Period{
	"q1": FirstQuarter, "quy 1": FirstQuarter, "quy i": FirstQuarter,
	"h1": HalfYear, "6 thang": HalfYear, "6 thang dau": HalfYear, "6 thang dau nam": HalfYear, "sau thang": HalfYear,
	"q3": ThirdQuarter, "quy 3": ThirdQuarter, "quy iii": ThirdQuarter,
	"nam": WholeYear, "ca nam": WholeYear, "year": WholeYear,
}

var (
	periodYear    = regexp.MustCompile(`^(.*?)[ /]*(?:\bnam )?(\d{4})$`)
	stuckToNumber = regexp.MustCompile(`^(quy)(\d)`)
)

// ParsePeriod reads "Q1", "quý I/2024", "6 tháng đầu năm 2024", "2024". The
// year is 0 if the text names none.
func ParsePeriod(text string) (period Period, year int, ok bool) {
	text = stuckToNumber.ReplaceAllString(Fold(text), "$1 $2")
	if m := periodYear.FindStringSubmatch(text); m != nil {
		year, _ = strconv.Atoi(m[2])
		if text = strings.TrimSpace(m[1]); text == "" {
			return WholeYear, year, true
		}
	}
	period, ok = periodWords[text]
	return period, year, ok
}

// A Span is the time of a period: the days whose work counts in it, and the end
// of the calendar's period that goes by the same name.
type Span struct {
	Period  Period
	Opens   Date
	Closes  Date
	Ends    Date     // 31/3, 30/6, 30/9 or 31/12
	Windows []Window // whose check-ins count
}

// Span returns the time of the period: quarters are their window, the half and
// the whole year begin with the first one.
func (p *Plan) Span(period Period) Span {
	windows := p.Windows()
	last := period.Index()
	first := last
	if period == HalfYear || period == WholeYear {
		first = 0
	}
	return Span{
		Period:  period,
		Opens:   windows[first].Opens,
		Closes:  windows[last].Closes,
		Ends:    EndOfMonth(p.Year, time.Month(3*(last+1))),
		Windows: windows[first : last+1],
	}
}

func (s *Span) has(window string) bool {
	return slices.ContainsFunc(s.Windows, func(w Window) bool { return w.Period == window })
}

// counted returns the occurrence with what of it counts in the period, nil if
// nothing does. Dated work is as it stood on the closing day by the dates of
// people's messages: later reports and later extensions are left out, and so is
// what only came to be later. A check-in belongs to its window whenever it is
// given. What was withdrawn or returned is so in any period, on whatever day:
// it is the report that counts, not the moment of looking at it.
func (s *Span) counted(o *Occurrence) *Occurrence {
	c := *o
	if o.Kind != OccurrenceDated {
		if !s.has(o.Period) {
			return nil
		}
		c.Reports = slices.Clone(o.Reports)
		return &c
	}
	c.Reports, c.Extensions = nil, nil
	for _, r := range o.Reports {
		if r.Day <= s.Closes {
			c.Reports = append(c.Reports, r)
		}
	}
	for _, e := range o.Extensions {
		if e.Day <= s.Closes {
			c.Extensions = append(c.Extensions, e)
		}
	}
	return &c
}

// A PeriodBook is a plan as it counts in one period: as it stood on the closing
// day, or as it stands today while the period runs. Figures and files come from
// it alone.
type PeriodBook struct {
	Book
	Span   Span
	Freeze *Freeze       // the chốt; nil while the figures are provisional
	Work   []*Occurrence // with the reports that count
	Later  []Supplement  // what came after the chốt
	now    map[int64]*Occurrence
}

// Period returns a period that is not frozen, without its work.
func (b *Book) Period(period Period) *PeriodBook {
	pb := &PeriodBook{Book: *b, Span: b.Plan.Span(period)}
	pb.Today = min(b.Today, pb.Span.Closes)
	pb.Shown = pb.Span.Windows
	return pb
}

// Counted returns of occurrences, as they are now, those that count in the
// period, with what of them does; all that one unit has of a task must be among
// them. Dated work that was set off, or added to the plan, after the closing day
// does not count.
func (b *PeriodBook) Counted(occs []*Occurrence) []*Occurrence {
	var work []*Occurrence
	began := b.began(occs)
	for _, o := range occs {
		if o.Kind == OccurrenceDated && began(o) > b.Span.Closes {
			continue
		}
		if c := b.Span.counted(o); c != nil {
			work = append(work, c)
		}
	}
	return work
}

// began tells since when dated work is there to be done: from the start what the
// plan's words ask for, all days of a task outside the plan since it was added,
// and what somebody set off or gave a day since then.
func (b *PeriodBook) began(occs []*Occurrence) func(*Occurrence) Date {
	type part struct {
		task int
		unit string
	}
	first := map[part]Date{}
	for _, o := range occs {
		at := part{o.Task, o.Unit}
		if d, ok := first[at]; o.Kind == OccurrenceDated && (!ok || o.Opens < d) {
			first[at] = o.Opens
		}
	}
	return func(o *Occurrence) Date {
		switch t := b.Plan.Task(o.Task); {
		case t == nil || !t.Schedule.Kind.Dated():
			return o.Opens
		case t.Group >= 0:
			return 0
		}
		return first[part{o.Task, o.Unit}]
	}
}

// Remember takes note of how the occurrences are now, for Since.
func (b *PeriodBook) Remember(occs []*Occurrence) {
	b.now = make(map[int64]*Occurrence, len(occs))
	for _, o := range occs {
		b.now[o.ID] = o
	}
}

// Figures counts the period's work, that of Units if they are set.
func (b *PeriodBook) Figures() *Figures {
	work := b.Work
	if b.Units != nil {
		work = slices.DeleteFunc(slices.Clone(work), func(o *Occurrence) bool { return !slices.Contains(b.Units, o.Unit) })
	}
	return b.Book.Figures(work)
}

// Since returns what the unit said of its dated work between the closing day
// and the end of the calendar's period: the report that completes it, else the
// latest, nil if nothing came or the work was done by the closing day.
func (b *PeriodBook) Since(o *Occurrence) *Report {
	now := b.now[o.ID]
	if now == nil || o.Kind != OccurrenceDated || o.Completion() != nil {
		return nil
	}
	after := func(r *Report) bool { return r != nil && b.Span.Closes < r.Day && r.Day <= b.Span.Ends }
	if r := now.Completion(); after(r) {
		return r
	}
	for i := len(now.Reports) - 1; i >= 0; i-- {
		if r := &now.Reports[i]; r.Stands() && after(r) {
			return r
		}
	}
	return nil
}
