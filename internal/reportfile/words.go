package reportfile

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dondoc/internal/plan"
	"dondoc/locales"
)

func (b *book) periodName() string {
	// keys: period.Q1 period.H1 period.Q3 period.year
	return b.words.T("period."+string(b.Span.Period), locales.Data{"Year": b.Plan.Year})
}

// stateLine says whether the figures stand.
func (b *book) stateLine() string {
	if b.Freeze == nil {
		return b.words.T("sheet.provisional")
	}
	at := b.Freeze.At.In(b.Location)
	return b.words.T("sheet.frozen", locales.Data{
		"At": paperDate(plan.DateOf(at, b.Location)) + " " + at.Format("15:04"), "Hash": b.Freeze.Hash,
	})
}

func (b *book) groupLabel(g Group) string {
	if g.Index < 0 {
		return b.words.T("summary.outside")
	}
	return g.Label()
}

func (b *book) windowName(index int) string {
	if index < 0 {
		return ""
	}
	return b.words.T("window." + strconv.Itoa(index+1)) // keys: window.*
}

// periodOf is the window of a check-in, the due day of dated work.
func (b *book) periodOf(o *plan.Occurrence) string {
	if o.Kind == plan.OccurrenceDated {
		return paperDate(o.StatedDue())
	}
	return b.windowName(windowIndex(b.Plan, o.Period))
}

// statusName names a status as it is called of dated work, or of check-ins.
func (b *book) statusName(o *plan.Occurrence, s plan.Status) string {
	if o.Kind == plan.OccurrenceDated {
		return capital(b.words.T("status." + string(s))) // keys: status.*
	}
	return capital(b.words.T("check_in." + string(s))) // keys: check_in.*
}

// capital makes the first letter a capital one.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// taskState is a task's official box, or what has been reported on it.
func (b *book) taskState(t *Task) string {
	var parts []string
	switch {
	case t.CheckIns.Asked > 0:
		parts = append(parts, b.words.T("sheet.state_check_ins", locales.Data{
			"Reported": t.CheckIns.Reported, "Asked": t.CheckIns.Asked,
		}))
	case t.Box == plan.BoxUndated && t.Schedule.Kind == plan.KindOngoing:
		parts = append(parts, b.words.T("sheet.state_not_asked"))
	default:
		parts = append(parts, b.words.T("box."+boxKeys[t.Box])) // keys: box.*
	}
	for _, w := range t.Work {
		if w.Status() == plan.Blocked {
			return strings.Join(append(parts, b.words.T("status.blocked")), ", ")
		}
	}
	return strings.Join(parts, ", ")
}

var boxKeys = [...]string{"undated", "done_on_time", "done_late", "open", "overdue"}

// evidence lists documents and files.
func (b *book) evidence(list []plan.Evidence) string {
	var parts []string
	for _, e := range list {
		switch {
		case e.Kind == "document" && e.Date != 0:
			parts = append(parts, b.words.T("evidence.document", locales.Data{"Number": e.Number, "Date": paperDate(e.Date)}))
		case e.Kind == "document":
			parts = append(parts, e.Number)
		case e.FileName != "":
			parts = append(parts, oneLine(e.FileName))
		default:
			parts = append(parts, b.words.T("evidence."+e.Kind)) // keys: evidence.*
		}
	}
	return strings.Join(parts, "\n")
}

func (b *book) personName(name string) string {
	if name == "" {
		return b.words.T("person.left")
	}
	return name
}

// remark says what befell a report.
func (b *book) remark(e Entry) string {
	var parts []string
	if e.Later != "" {
		parts = append(parts, b.words.T("later."+string(e.Later))) // keys: later.*
	}
	if !e.WithdrawnAt.IsZero() {
		parts = append(parts, b.words.T("sheet.withdrawn", locales.Data{"Date": paperDate(plan.DateOf(e.WithdrawnAt, b.Location))}))
	}
	if !e.ReturnedAt.IsZero() {
		parts = append(parts, b.words.T("sheet.returned", locales.Data{
			"Date": paperDate(plan.DateOf(e.ReturnedAt, b.Location)), "Reason": e.ReturnReason,
		}))
	}
	return strings.Join(parts, "; ")
}
