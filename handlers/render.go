package handlers

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// join puts lines under each other.
func join(lines ...chat.Markup) chat.Markup {
	parts := make([]string, len(lines))
	for i, l := range lines {
		parts[i] = string(l)
	}
	return chat.Markup(strings.Join(parts, "\n"))
}

// quoted is what a person wrote, in quotation marks, at most n letters of it.
func (c *call) quoted(s string, n int) chat.Markup {
	return "“" + chat.Escape(chat.Cut(chat.Line(s), n)) + "”"
}

// date is 31/03/2024.
func (c *call) date(d plan.Date) string { return c.words.Date(d) }

// dayMonth is 31/03, with the year if it is another than the plan's.
func (c *call) dayMonth(d plan.Date) string {
	if d.Year() != c.plan.Year {
		return c.words.Date(d)
	}
	return c.words.DayMonth(d)
}

// moment is 13/03/2024 09:00.
func (c *call) moment(t time.Time) chat.Markup {
	t = t.In(c.h.Location)
	return chat.Markup(c.words.Date(plan.DateOf(t, c.h.Location)) + " " + t.Format("15:04"))
}

// unitName is the unit's whole name; the code if it is not known any more.
func (c *call) unitName(code string) string {
	if u, ok := c.snap.Roster.Unit(code); ok {
		return u.Name
	}
	return code
}

// unitShort is the unit's name for lists.
func (c *call) unitShort(code string) string {
	if u, ok := c.snap.Roster.Unit(code); ok {
		return u.ShortName()
	}
	return code
}

// unitNames lists whole names.
func (c *call) unitNames(codes []string) string {
	names := make([]string, len(codes))
	for i, u := range codes {
		names[i] = c.unitName(u)
	}
	return strings.Join(names, ", ")
}

// fewUnits names units as far as a refusal has room for them.
func (c *call) fewUnits(codes []string) string {
	names := c.unitNames(codes[:min(len(codes), unitsShown)])
	if n := len(codes) - unitsShown; n > 0 {
		names += ", +" + strconv.Itoa(n)
	}
	return names
}

// unitsShown is how many names are eight lines of a phone or so.
const unitsShown = 8

// office is what the unit is called that runs the plan.
func (c *call) office() string {
	for _, u := range c.snap.Roster.Units {
		if u.Kind == plan.UnitOffice {
			return u.Name
		}
	}
	return chat.Plain(c.t("common.office"))
}

// leads and cooperating are the units of a task as its cell names them, which
// is shorter than the list where it names a collective.
func (c *call) leads(t *plan.Task) string {
	if t.LeadText != "" && len(t.Leads) > 2 {
		return chat.Line(t.LeadText)
	}
	return c.unitNames(t.Leads)
}

func (c *call) cooperating(t *plan.Task) string {
	if t.CooperatingText != "" && len(t.Cooperating) > 2 {
		return chat.Line(t.CooperatingText)
	}
	return c.unitNames(t.Cooperating)
}

// window is what people call the window of a check-in: "Quý I", "6 tháng".
func (c *call) window(period string) string {
	_, q, ok := strings.Cut(period, "-Q")
	if !ok {
		return period
	}
	return chat.Plain(c.t("window." + q)) // keys: window.*
}

// statusSign is the one sign of a status; it never stands alone.
func statusSign(s plan.Status) chat.Markup {
	switch s {
	case plan.Done:
		return "✅"
	case plan.InProgress:
		return "🔄"
	case plan.Blocked:
		return "⚠️"
	case plan.NotArisen:
		return "➖"
	case plan.NotStarted:
	}
	return "▫️"
}

// boxSign is the one sign of a box.
func boxSign(b plan.Box) chat.Markup {
	switch b {
	case plan.DoneOnTime:
		return "🟢"
	case plan.DoneLate:
		return "🟠"
	case plan.Open:
		return "🔵"
	case plan.Overdue:
		return "🔴"
	case plan.BoxUndated:
	}
	return "⚪"
}

// boxName is the official name of a box. keys: box.*
func (c *call) boxName(b plan.Box) chat.Markup {
	return c.t("box." + [...]string{"undated", "done_on_time", "done_late", "open", "overdue"}[b])
}

// statusName names a status of dated work. keys: status.*
func (c *call) statusName(s plan.Status) chat.Markup { return c.t("status." + string(s)) }

// checkInStatus names a status of a check-in, which is never "done". keys: check_in.*
func (c *call) checkInStatus(s plan.Status) chat.Markup { return c.t("check_in." + string(s)) }

// stateOf says in a few words how an occurrence stands.
func (c *call) stateOf(o *plan.Occurrence) chat.Markup {
	if t := c.taskOf(o); t != nil && t.Ended != 0 {
		return c.t("task.ended", "Date", c.date(t.Ended))
	}
	if o.Kind != plan.OccurrenceDated {
		return statusSign(o.Status()) + " " + c.checkInStatus(o.Status())
	}
	b := c.book(c.today)
	box := b.Box(o)
	state := boxSign(box) + " " + c.boxName(box)
	switch {
	case box == plan.Overdue:
		state = boxSign(box) + " " + c.n("days.late", b.DaysLate(o))
	case box == plan.Open && o.StatedDue() >= c.today:
		state += ", " + c.daysLeft(o.StatedDue())
	}
	if s := o.Status(); s == plan.Blocked || s == plan.InProgress {
		state += " · " + statusSign(s) + " " + c.statusName(s)
	}
	return state
}

// daysLeft says how far off a day is that is not past.
func (c *call) daysLeft(d plan.Date) chat.Markup {
	if d == c.today {
		return c.t("days.today")
	}
	return c.n("days.left", int(d-c.today))
}

// evidence lists documents and files; empty without any.
func (c *call) evidence(list []plan.Evidence) chat.Markup {
	var parts []string
	for _, e := range list {
		switch {
		case e.Kind == "document" && e.Date != 0:
			parts = append(parts, string(c.t("evidence.document", "Number", e.Number, "Date", c.date(e.Date))))
		case e.Kind == "document":
			parts = append(parts, string(chat.Escape(e.Number)))
		case e.FileName != "":
			parts = append(parts, string(chat.Escape(chat.Cut(chat.Line(e.FileName), 60))))
		default:
			parts = append(parts, string(c.t("evidence."+e.Kind))) // keys: evidence.*
		}
	}
	return chat.Markup(strings.Join(parts, ", "))
}

// taskOf returns the task of an occurrence, in whatever plan it stands, or nil.
func (c *call) taskOf(o *plan.Occurrence) *plan.Task { return c.taskByID(o.TaskID) }

// taskByID returns the task with the id, in whatever plan it stands, or nil.
func (c *call) taskByID(id int64) *plan.Task {
	_, t := c.snap.TaskByID(id)
	return t
}

// planOf returns the plan of a task that taskOf found.
func (c *call) planOf(t *plan.Task) *plan.Plan {
	i := slices.IndexFunc(c.snap.Plans, func(p *plan.Plan) bool {
		return slices.Contains(p.Tasks, t) || slices.Contains(p.Ended, t)
	})
	return c.snap.Plans[i]
}

// button is a button with the locale's label.
func (c *call) button(key string, a chat.Action, args ...any) chat.Button {
	if a.Plan == 0 {
		a.Plan = c.plan.ID
	}
	return chat.Button{Label: chat.Plain(c.t(key, args...)), Action: a}
}
