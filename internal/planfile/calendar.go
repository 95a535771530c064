package planfile

import (
	"io"
	"strconv"
	"strings"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
)

const (
	dayDate = iota
	dayKind
	dayName
	daySource
)

func calendarLayout() layout {
	return layout{headings: []string{"date", "kind", "name", "source"}, needed: dayKind + 1}
}

// ReadCalendar reads days off and make-up days from CSV with the columns date
// (2024-02-08), kind (plan.DayOff or plan.DayWork), name and source, in any
// order; only the first two must be there. The first problem comes back as an
// *Error.
func ReadCalendar(r io.Reader) ([]plan.SpecialDay, error) {
	l := calendarLayout()
	rows, err := readRows(r, l.score)
	if err != nil {
		return nil, err
	}
	t, err := l.in(rows)
	if err != nil {
		return nil, err
	}
	days := make([]plan.SpecialDay, 0, len(t.body))
	lines := map[plan.Date]int{}
	for _, row := range t.body {
		day, err := readDay(t, row)
		if err != nil {
			return nil, err
		}
		if line, twice := lines[day.Date]; twice {
			return nil, &Error{Line: row.Line, Code: CodeSameDate, Args: []string{day.Date.String(), strconv.Itoa(line)}}
		}
		lines[day.Date] = row.Line
		days = append(days, day)
	}
	return days, nil
}

func readDay(t *table, row grid.Row) (plan.SpecialDay, error) {
	get := func(heading int) string { return strings.TrimSpace(t.get(row, heading)) }
	date, err := plan.ParseDate(get(dayDate))
	if err != nil {
		return plan.SpecialDay{}, &Error{
			Line: row.Line, Code: CodeBadDate, Args: []string{plan.Cut(get(dayDate), maxArgLetters)},
		}
	}
	kind := plan.DayKind(get(dayKind))
	if kind != plan.DayOff && kind != plan.DayWork {
		return plan.SpecialDay{}, &Error{
			Line: row.Line, Code: CodeUnknownKind,
			Args: []string{plan.Cut(string(kind), maxArgLetters), string(plan.DayOff), string(plan.DayWork)},
		}
	}
	return plan.SpecialDay{Date: date, Kind: kind, Name: get(dayName), Source: get(daySource)}, nil
}
