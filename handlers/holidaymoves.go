package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/scheduler"
)

// A move is what falls on another day once the calendar changes; a day that is
// zero is none.
type move struct {
	effective bool // it is the day until which work is in time, else a reminder
	unit      string
	old, now  plan.Date
}

// moves says what another calendar would move, a line each: reminders by unit,
// the posts, and the days until which work is in time.
func (c *call) moves(cal *plan.Calendar) ([]chat.Markup, error) {
	office, err := scheduler.Load(c.tx, c.now, c.h.Location)
	if err != nil || office == nil {
		return nil, err
	}
	found := map[move][]*plan.Occurrence{}
	until := plan.At(0, 0).On(plan.NewDate(office.Current.Year+1, time.December, 31), c.h.Location)
	var before, after []scheduler.Message
	for err := range office.Parts(c.tx, c.today) {
		if err != nil {
			return nil, err
		}
		other := *office
		other.Calendar = cal
		before, after = office.Due(c.now, until), other.Due(c.now, until)
		c.movedSteps(found, office, before, after)
		c.movedDues(found, office, cal)
	}
	// The posts are the same, whatever part is at hand.
	return append(c.moveLines(found), c.movedPosts(before, after)...), office.Err()
}

// A rung is one step of one occurrence, whatever day it falls on.
type rung struct {
	occurrence int64
	name       string
}

func rungs(msgs []scheduler.Message) map[rung]plan.Date {
	days := map[rung]plan.Date{}
	for _, m := range msgs {
		for _, s := range m.Steps {
			days[rung{s.Occurrence, s.Name}] = s.Day
		}
	}
	return days
}

func (c *call) movedSteps(found map[move][]*plan.Occurrence, office *scheduler.Office, before, after []scheduler.Message) {
	add := func(r rung, old, now plan.Date) {
		o := office.Occurrence(r.occurrence)
		m := move{unit: o.Unit, old: old, now: now}
		found[m] = append(found[m], o)
	}
	old, now := rungs(before), rungs(after)
	for r, day := range old {
		if now[r] != day {
			add(r, day, now[r])
		}
	}
	for r, day := range now {
		if _, known := old[r]; !known {
			add(r, 0, day)
		}
	}
}

// movedDues finds the open work that is in time until another day.
func (c *call) movedDues(found map[move][]*plan.Occurrence, office *scheduler.Office, cal *plan.Calendar) {
	for _, p := range office.Plans {
		b := &plan.Book{Plan: p, Calendar: office.Calendar, Today: c.today}
		other := &plan.Book{Plan: p, Calendar: cal, Today: c.today}
		for _, o := range office.Occurrences[p.ID] {
			m := move{effective: true, unit: o.Unit, old: b.EffectiveDue(o), now: other.EffectiveDue(o)}
			if m.old != m.now && scheduler.Open(b, o) {
				found[m] = append(found[m], o)
			}
		}
	}
}

// moveLines has reminders first, by day and unit.
func (c *call) moveLines(found map[move][]*plan.Occurrence) []chat.Markup {
	var list []move
	for m := range found {
		list = append(list, m)
	}
	slices.SortFunc(list, func(x, y move) int {
		if x.effective != y.effective {
			if y.effective {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(cmp.Or(x.old, x.now), cmp.Or(y.old, y.now)), cmp.Compare(x.now, y.now),
			cmp.Compare(x.unit, y.unit))
	})
	lines := make([]chat.Markup, len(list))
	for i, m := range list {
		line := chat.Escape(c.unitShort(m.unit)+" · "+c.workList(found[m])) + ": " + c.arrow(m.old, m.now)
		if m.effective {
			line = c.t("holiday.effective", "Line", line)
		}
		lines[i] = line
	}
	return lines
}

// arrow is "29/03 → 01/04"; of what is new or gone, it says so.
func (c *call) arrow(old, now plan.Date) chat.Markup {
	switch {
	case old == 0:
		return c.t("holiday.added", "Day", c.dayMonth(now))
	case now == 0:
		return c.t("holiday.gone", "Day", c.dayMonth(old))
	}
	return chat.Markup(c.dayMonth(old) + " → " + c.dayMonth(now))
}

// workList is "15, 26; 14 báo cáo kỳ Quý I".
func (c *call) workList(occs []*plan.Occurrence) string {
	var numbers []int
	windows := map[string]int{}
	for _, o := range occs {
		if o.Kind == plan.OccurrenceCheckIn {
			windows[o.Period]++
		} else if !slices.Contains(numbers, o.Task) {
			numbers = append(numbers, o.Task)
		}
	}
	slices.Sort(numbers)
	var parts []string
	for _, n := range numbers {
		parts = append(parts, strconv.Itoa(n))
	}
	all := strings.Join(parts, ", ")
	for _, w := range c.plan.Windows() {
		if n := windows[w.Period]; n > 0 {
			if all != "" {
				all += "; "
			}
			all += chat.Plain(c.n("preview.check_ins", n, "Window", c.window(w.Period)))
		}
	}
	return all
}

// movedPosts pairs the days on which the post goes no longer with those on
// which it does instead.
func (c *call) movedPosts(before, after []scheduler.Message) []chat.Markup {
	days := func(msgs []scheduler.Message) (list []plan.Date) {
		for _, m := range msgs {
			if m.Kind == scheduler.Post && !slices.Contains(list, m.Day) {
				list = append(list, m.Day)
			}
		}
		return list
	}
	without := func(list, other []plan.Date) []plan.Date {
		return slices.DeleteFunc(slices.Clone(list), func(d plan.Date) bool { return slices.Contains(other, d) })
	}
	old, now := days(before), days(after)
	gone, added := without(old, now), without(now, old)
	var lines []chat.Markup
	for i := range max(len(gone), len(added)) {
		var from, to plan.Date
		if i < len(gone) {
			from = gone[i]
		}
		if i < len(added) {
			to = added[i]
		}
		lines = append(lines, c.t("holiday.post")+": "+c.arrow(from, to))
	}
	return lines
}
