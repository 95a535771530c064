package planfile

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
)

// The keys of the lines that describe the decision.
const (
	keyNumber = "số"
	keyDate   = "ngày"
	keyYear   = "năm"
	keyTitle  = "tiêu đề"
	keyParent = "cơ quan chủ quản"
	keyOffice = "cơ quan"
	keyPlace  = "địa danh"
	keySigner = "người ký"
	keyCopies = "nơi nhận"
)

func metaKeys() []string {
	return []string{keyNumber, keyDate, keyYear, keyTitle, keyParent, keyOffice, keyPlace, keySigner, keyCopies}
}

// readMeta reads the # lines among the rows before the header.
func (d *drafter) readMeta(rows []grid.Row) {
	seen := map[string]bool{}
	for _, row := range rows {
		name, ok := strings.CutPrefix(row.Text(0), "#")
		if !ok {
			continue
		}
		key := metaKey(name)
		if key == "" || seen[key] {
			d.problem(row.Line, CodeBadKey, strings.TrimSpace(name))
			continue
		}
		seen[key] = true
		if len(row.Cells) > 1 {
			d.setMeta(key, row)
		}
	}
}

// setMeta sets what the key names. The row has at least one value.
func (d *drafter) setMeta(key string, row grid.Row) {
	var values []string
	for _, cell := range row.Cells[1:] {
		values = append(values, cell.Text)
	}
	// An unquoted value may hold the character that parts cells.
	value := strings.Join(values, ", ")
	p := d.draft.Plan
	switch key {
	case keyNumber:
		p.Number = value
	case keyDate:
		var ok bool
		if p.Date, ok = parseDay(value); !ok {
			d.problem(row.Line, CodeBadDate, value)
		}
	case keyYear:
		var ok bool
		if p.Year, ok = parseYear(value); !ok {
			d.problem(row.Line, CodeBadYear, value)
		}
	case keyTitle:
		p.Title = value
	case keyParent:
		p.Parent = value
	case keyOffice:
		p.Office = value
	case keyPlace:
		p.Place = value
	case keySigner:
		last := len(values) - 1
		p.SignerTitle, p.Signer = strings.Join(values[:last], ", "), values[last]
	case keyCopies:
		p.Recipients = recipientsOf(values...)
	}
}

// metaKey returns the key as the constants have it, "" if there is none such.
func metaKey(typed string) string {
	folded := plan.Fold(strings.TrimSpace(typed))
	for _, key := range metaKeys() {
		if plan.Fold(key) == folded {
			return key
		}
	}
	return ""
}

var dayForm = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)

// parseDay reads 11/01/2024, day before month.
func parseDay(s string) (plan.Date, bool) {
	parts := dayForm.FindStringSubmatch(s)
	if parts == nil {
		return 0, false
	}
	day, _ := strconv.Atoi(parts[1]) // digits, by the form
	month, _ := strconv.Atoi(parts[2])
	year, ok := parseYear(parts[3])
	date, err := plan.CheckedDate(year, time.Month(month), day)
	if !ok || err != nil {
		return 0, false
	}
	return date, true
}

// parseYear reads a year in which a plan may be made.
func parseYear(s string) (int, bool) {
	year, err := strconv.Atoi(s)
	if err != nil || year < 1990 || year > 2100 {
		return 0, false
	}
	return year, true
}
