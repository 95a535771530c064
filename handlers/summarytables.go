package handlers

import (
	"strconv"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// summaryGroups counts tasks by group.
func (c *call) summaryGroups(f *plan.Figures) chat.Markup {
	lines := []chat.Markup{c.summaryTitle(), c.t("summary.legend_groups")}
	for _, g := range f.Groups {
		line := chat.Bold(chat.Escape(c.groupName(g.Index))) + "\n" + c.boxes(g.Tasks)
		if g.CheckIns.Asked > 0 {
			line += " · " + c.t("summary.check_ins", "Reported", g.CheckIns.Reported, "Asked", g.CheckIns.Asked)
		}
		if g.Undated > 0 {
			line += " · ⚪ " + chat.Markup(strconv.Itoa(g.Undated))
		}
		lines = append(lines, line)
	}
	return join(lines...)
}

// summaryUnits lists units by the share of check-ins reported in time, dated
// work beside it as k/n.
func (c *call) summaryUnits(f *plan.Figures) chat.Markup {
	lines := []chat.Markup{c.summaryTitle(), c.t("summary.legend_units")}
	for _, u := range f.Units {
		line := chat.Bold(chat.Escape(c.unitShort(u.Unit))) + "\n" +
			c.t("summary.unit_check_ins", "Share", c.words.Percent(u.CheckIns.InTime, u.CheckIns.Asked),
				"InTime", u.CheckIns.InTime, "Asked", u.CheckIns.Asked)
		if u.Work.Total() > 0 {
			line += " · " + c.t("summary.unit_work", "Done", u.Work.Done(), "Total", u.Work.Total())
		}
		if u.Work.Overdue > 0 {
			line += " · 🔴 " + c.n("summary.unit_late", u.Work.Overdue)
		}
		lines = append(lines, line)
	}
	return join(lines...)
}

// boxes is a tally in one line: every sign with its number.
func (c *call) boxes(t plan.Tally) chat.Markup {
	if t.Total() == 0 {
		return c.t("summary.no_dated")
	}
	var parts []string
	for _, b := range []struct {
		box plan.Box
		n   int
	}{{plan.DoneOnTime, t.DoneOnTime}, {plan.DoneLate, t.DoneLate}, {plan.Open, t.Open}, {plan.Overdue, t.Overdue}} {
		if b.n > 0 {
			parts = append(parts, string(boxSign(b.box))+" "+strconv.Itoa(b.n))
		}
	}
	return chat.Markup(strings.Join(parts, " · "))
}
