package reportfile

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dondoc/internal/plan"
	"dondoc/locales"
)

// A speaker puts a report into the words of a language.
type speaker struct {
	*Report
	words locales.Localizer
}

func (s *speaker) periodName() string {
	// keys: period.Q1 period.H1 period.Q3 period.year
	return s.words.T("period."+string(s.Span.Period), locales.Data{"Year": s.Plan.Year})
}

// stateLine says whether the figures stand.
func (s *speaker) stateLine() string {
	if s.Freeze == nil {
		return s.words.T("sheet.provisional")
	}
	at := s.Freeze.At.In(s.Location)
	return s.words.T("sheet.frozen", locales.Data{
		"At": paperDate(plan.DateOf(at, s.Location)) + " " + at.Format("15:04"), "Hash": s.Freeze.Hash,
	})
}

func (s *speaker) groupLabel(g Group) string {
	if g.Index < 0 {
		return s.words.T("summary.outside")
	}
	return g.Label()
}

func (s *speaker) windowName(index int) string {
	if index < 0 {
		return ""
	}
	return s.words.T("window." + strconv.Itoa(index+1)) // keys: window.*
}

// periodOf is the window of a check-in, the due day of dated work.
func (s *speaker) periodOf(o *plan.Occurrence) string {
	if o.Kind == plan.OccurrenceDated {
		return paperDate(o.StatedDue())
	}
	return s.windowName(windowIndex(s.Plan, o.Period))
}

// statusName names a status as it is called of dated work, or of check-ins.
func (s *speaker) statusName(o *plan.Occurrence, status plan.Status) string {
	if o.Kind == plan.OccurrenceDated {
		return capital(s.words.T("status." + string(status))) // keys: status.*
	}
	return capital(s.words.T("check_in." + string(status))) // keys: check_in.*
}

// capital makes the first letter a capital one.
func capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}

// taskState is a task's official box, or what has been reported on it.
func (s *speaker) taskState(t *Task) string {
	var parts []string
	switch {
	case t.Box == plan.BoxUndated && t.CheckIns.Asked > 0:
		parts = append(parts, s.words.T("sheet.state_check_ins", locales.Data{
			"Reported": t.CheckIns.Reported, "Asked": t.CheckIns.Asked,
		}))
	case t.Box == plan.BoxUndated && t.Schedule.Kind == plan.KindOngoing:
		parts = append(parts, s.words.T("sheet.state_not_asked"))
	default:
		parts = append(parts, s.words.T("box."+boxKeys[t.Box])) // keys: box.*
	}
	for _, w := range t.Work {
		if w.Status() == plan.Blocked {
			return strings.Join(append(parts, s.words.T("status.blocked")), ", ")
		}
	}
	return strings.Join(parts, ", ")
}

var boxKeys = [...]string{"undated", "done_on_time", "done_late", "open", "overdue"}

// evidence lists documents and files.
func (s *speaker) evidence(list []plan.Evidence) string {
	var parts []string
	for _, e := range list {
		switch {
		case e.Kind == "document" && e.Date != 0:
			parts = append(parts, s.words.T("evidence.document", locales.Data{"Number": e.Number, "Date": paperDate(e.Date)}))
		case e.Kind == "document":
			parts = append(parts, e.Number)
		case e.FileName != "":
			parts = append(parts, oneLine(e.FileName))
		default:
			parts = append(parts, s.words.T("evidence."+e.Kind)) // keys: evidence.*
		}
	}
	return strings.Join(parts, "\n")
}

// evidenceOf lists the evidence of a unit's work, or says that what is done has
// none.
func (s *speaker) evidenceOf(w *Work) string {
	list := s.evidence(w.Evidence())
	if list == "" && w.Status() == plan.Done {
		return s.noEvidence()
	}
	return list
}

func (s *speaker) noEvidence() string { return capital(s.words.T("evidence.none")) }

func (s *speaker) personName(name string) string {
	if name == "" {
		return s.words.T("person.left")
	}
	return name
}

// remark says what befell a report.
func (s *speaker) remark(e Entry) string {
	var parts []string
	if e.Later != "" {
		parts = append(parts, s.words.T("later."+string(e.Later))) // keys: later.*
	}
	if !e.WithdrawnAt.IsZero() {
		parts = append(parts, s.words.T("sheet.withdrawn", locales.Data{"Date": paperDate(plan.DateOf(e.WithdrawnAt, s.Location))}))
	}
	if !e.ReturnedAt.IsZero() {
		parts = append(parts, s.words.T("sheet.returned", locales.Data{
			"Date": paperDate(plan.DateOf(e.ReturnedAt, s.Location)), "Reason": e.ReturnReason,
		}))
	}
	return strings.Join(parts, "; ")
}

// result is what the unit wrote, else its status.
func (s *speaker) result(w *Work) string {
	status := w.Status()
	switch {
	case len(w.Words) > 0:
		return strings.Join(w.Words, "; ")
	case status == plan.NotStarted || status == plan.Blocked:
		return ""
	}
	return s.statusName(w.Occurrence, status)
}

// since is what came between the closing day and the end of the calendar's
// period; a mark for the office where nothing came of what is not due yet.
func (s *speaker) since(w *Work) string {
	switch {
	case w.Since != nil:
		text := s.statusName(w.Occurrence, w.Since.Status) + " " + paperDate(w.Since.Day)
		if note := strings.TrimSpace(w.Since.Note); note != "" {
			text += ": " + note
		}
		return text
	case w.Open:
		return "…"
	}
	return ""
}
