package handlers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// A dayChange is what /holiday is to make of some days.
type dayChange struct {
	days []plan.Date // whose entry changes
	kind plan.DayKind
	drop bool // the entries go
	name string
}

// maxSpan bounds a range of days off: longer ones are typing errors.
const maxSpan = 30

const typedDay = `(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})`

var dayRange = regexp.MustCompile(`^` + typedDay + `(?:[\s\p{Z}]*[-–—][\s\p{Z}]*` + typedDay + `)?[.,;:]?(?:[\s\p{Z}]+|$)`)

// readDays reads the day, or the first and the last of a range, at the
// beginning of the words.
func readDays(words string) (from, to plan.Date, rest string, err error) {
	m := dayRange.FindStringSubmatch(words)
	if m == nil {
		return 0, 0, words, refuse("refuse.form.holiday")
	}
	if from, err = readDay(m[1]); err != nil {
		return 0, 0, words, err
	}
	to = from
	if m[2] != "" {
		if to, err = readDay(m[2]); err != nil {
			return 0, 0, words, err
		}
	}
	return from, to, strings.TrimSpace(words[len(m[0]):]), nil
}

// readDay reads 30/04/2025.
func readDay(word string) (plan.Date, error) {
	parts := strings.FieldsFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	num := func(i int) int { n, _ := strconv.Atoi(parts[i]); return n }
	d, err := plan.CheckedDate(num(2), time.Month(num(1)), num(0))
	if err != nil {
		return 0, refuse("refuse.no_date", "Text", word)
	}
	return d, nil
}

// The words that say what becomes of the days; whatever else stands there is
// the name of a day off.
var (
	dropWords = []string{"xoa", "remove", "delete"}
	workWords = []string{"lam bu", "di lam bu", "di lam", "ngay lam bu", "lam viec", "work"}
	offWords  = []string{"nghi", "ngay nghi", "off"}
)

// cutWords returns what follows one of the words at the beginning of the text.
func cutWords(text string, words []string) (string, bool) {
	fields := strings.Fields(text)
	for n := min(len(fields), 3); n > 0; n-- {
		head := plan.Fold(strings.Trim(strings.Join(fields[:n], " "), ".,:;"))
		if slices.Contains(words, head) {
			return strings.Join(fields[n:], " "), true
		}
	}
	return text, false
}

// readChange reads "30/04/2025 nghỉ Lễ", "04/05/2024 làm bù", "04/05/2024 xóa"
// and the same of a range, and refuses what would change nothing.
func (c *call) readChange(words string) (dayChange, error) {
	from, to, rest, err := readDays(words)
	switch {
	case err != nil:
		return dayChange{}, err
	case to < from || to-from > maxSpan:
		return dayChange{}, refuse("refuse.holiday_range", "From", c.date(from), "To", c.date(to), "Most", maxSpan+1)
	case rest == "":
		return dayChange{}, refuse("refuse.form.holiday")
	}
	var ch dayChange
	if tail, ok := cutWords(rest, dropWords); ok {
		if tail != "" {
			return ch, refuse("refuse.form.holiday")
		}
		ch.drop = true
	} else if tail, ok := cutWords(rest, workWords); ok {
		ch.kind, ch.name = plan.DayWork, strings.TrimSpace(chat.Plain(c.t("holiday.work"))+" "+tail)
	} else {
		ch.kind = plan.DayOff
		if ch.name, ok = cutWords(rest, offWords); ok && strings.HasPrefix(plan.Fold(ch.name)+" ", "bu ") {
			ch.name = rest // "nghỉ bù" belongs together
		}
		ch.name = capital(ch.name)
	}
	if ch.name == "" && !ch.drop {
		ch.name = chat.Plain(c.t("holiday.off"))
	}
	ch.name = chat.Cut(chat.Line(ch.name), 80)
	return ch, c.chooseDays(&ch, from, to)
}

// chooseDays finds which of the days the change is about. Weekends within a
// range of days off stay as they are.
func (c *call) chooseDays(ch *dayChange, from, to plan.Date) error {
	for d := from; d <= to; d++ {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		now, special := c.snap.Calendar.Special(d)
		switch {
		case ch.drop && !special:
			if from == to {
				return refuse("refuse.holiday_not_listed", "Day", c.weekdayDate(d))
			}
		case ch.drop:
			ch.days = append(ch.days, d)
		case ch.kind == plan.DayWork && !weekend:
			return refuse("refuse.holiday_workday", "Day", c.weekdayDate(d))
		case ch.kind == plan.DayOff && weekend:
			if from == to {
				return refuse("refuse.holiday_weekend", "Day", c.weekdayDate(d))
			}
		case !special || now.Kind != ch.kind || now.Name != ch.name:
			ch.days = append(ch.days, d)
		}
	}
	switch {
	case len(ch.days) > 0:
		return nil
	case ch.drop:
		return refuse("refuse.holiday_not_listed", "Day", c.date(from)+"–"+c.date(to))
	case from == to:
		return refuse("refuse.holiday_same", "Day", c.weekdayDate(from))
	}
	return refuse("refuse.holiday_same", "Day", c.date(from)+"–"+c.date(to))
}

// weekdayDate is "thứ Bảy, 04/05/2024".
func (c *call) weekdayDate(d plan.Date) chat.Markup {
	return c.weekday(d) + ", " + chat.Markup(c.date(d))
}

// with returns the days of the calendar as the change makes them.
func (ch *dayChange) with(days []plan.SpecialDay, source string) []plan.SpecialDay {
	changed := map[plan.Date]bool{}
	for _, d := range ch.days {
		changed[d] = true
	}
	var out []plan.SpecialDay
	for _, s := range days {
		if !changed[s.Date] {
			out = append(out, s)
		}
	}
	if !ch.drop {
		for _, d := range ch.days {
			out = append(out, plan.SpecialDay{Date: d, Kind: ch.kind, Name: ch.name, Source: source})
		}
	}
	return out
}
