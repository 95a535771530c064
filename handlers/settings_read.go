package handlers

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

var (
	clockWord    = regexp.MustCompile(`(?i)^(\d{1,2})(?:[:hg](\d{2})?)?$`)
	clockRange   = regexp.MustCompile(`^(\S+?)[\s\p{Z}]*[-–—][\s\p{Z}]*(\S+)$`)
	dayMonthWord = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})$`)
)

// readClock reads a time of day: "08:15", "8h15", "8h".
func readClock(text string) (plan.Clock, bool) {
	m := clockWord.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, false
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	return plan.At(hour, minute), hour < 24 && minute < 60
}

// readClocks reads "07:00-18:00".
func readClocks(text string) (from, to plan.Clock, ok bool) {
	m := clockRange.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, 0, false
	}
	from, first := readClock(m[1])
	to, second := readClock(m[2])
	return from, to, first && second
}

// readDayOfYear reads "14/3", day before month. Whether a year has the day is
// another question.
func readDayOfYear(text string) (plan.DayOfYear, bool) {
	m := dayMonthWord.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return plan.DayOfYear{}, false
	}
	day, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	return plan.DayOfYear{Month: time.Month(month), Day: day}, true
}

// clock is 08:15.
func clock(c plan.Clock) string { return fmt.Sprintf("%02d:%02d", c.Hour(), c.Minute()) }

// closingDay is 14/3.
func closingDay(d plan.DayOfYear) string { return fmt.Sprintf("%d/%d", d.Day, int(d.Month)) }

// joinWith puts parts behind each other.
func joinWith(sep string, parts []chat.Markup) chat.Markup {
	all := make([]string, len(parts))
	for i, p := range parts {
		all[i] = string(p)
	}
	return chat.Markup(strings.Join(all, sep))
}
