package locales

import (
	"fmt"
	"strconv"
	"strings"

	"dondoc/internal/plan"
)

// Date writes a day as chats do: 31/03/2024, day before month in every
// language; "–" for no day.
func (l Localizer) Date(d plan.Date) string {
	if d.IsZero() {
		return "–"
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day(), d.Month(), d.Year())
}

// DayMonth writes 31/03.
func (l Localizer) DayMonth(d plan.Date) string {
	return fmt.Sprintf("%02d/%02d", d.Day(), d.Month())
}

// Percent writes part of whole with at most one decimal, "16,7%" in
// Vietnamese; "–" for a part of nothing.
func (l Localizer) Percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	s := strconv.FormatFloat(float64(part)*100/float64(whole), 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if l.lang == "vi" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + "%"
}
