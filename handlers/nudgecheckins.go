package handlers

import (
	"dondoc/internal/plan"
	"dondoc/storage"
)

// nudgeUnreported reminds every unit of the check-ins that it was asked for in
// the windows shown and did not report.
func (c *call) nudgeUnreported() error {
	if err := c.mayNudge(); err != nil {
		return err
	}
	missing, err := c.unreported()
	if err != nil {
		return err
	}
	if len(missing) == 0 {
		return c.answer(c.t("nudge.all_reported"), true)
	}
	if err := c.answer("", false); err != nil {
		return err
	}
	if !c.hours().Allowed(c.now) {
		return c.nudgeLater(c.action)
	}
	var n nudging
	for _, u := range c.snap.Roster.Units {
		if err := c.nudgeUnit(&n, u.Code, 0, missing[u.Code]); err != nil {
			return err
		}
	}
	title := c.t("nudge.check_ins_done")
	if len(n.told) == 0 {
		title = c.t("nudge.check_ins_nobody")
	}
	_, err = c.say(join(c.nudged(title, n)...))
	return err
}

// unreported lists by unit the check-ins that were asked for and not reported:
// of a window that has closed or, once all of that one are there, of the one
// that is open.
func (c *call) unreported() (map[string][]*plan.Occurrence, error) {
	b := c.book(c.today)
	missing := map[string][]*plan.Occurrence{}
	for _, w := range b.ShownWindows() {
		err := c.tx.Outlines(storage.Filter{Plan: c.plan.ID}, c.h.Location, func(o *plan.Occurrence) {
			if o.Period == w.Period && b.Asked(o) && o.Completion() == nil {
				missing[o.Unit] = append(missing[o.Unit], o)
			}
		})
		if err != nil || len(missing) > 0 {
			return missing, err
		}
	}
	return missing, nil
}
