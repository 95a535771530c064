package handlers

import (
	"dondoc/internal/chat"
	"dondoc/storage"
)

// toldStaleKey remembers the day on which the admins were last told.
const toldStaleKey = "told_stale_plan"

// TellOfStalePlan tells the admins, at most once a day, that the plan in force
// is of a year that ended more than 90 days ago and is no longer reminded of.
func (h *Handlers) TellOfStalePlan(tx *storage.Tx) error {
	c, err := h.unasked(tx, h.Now())
	if err != nil {
		return err
	}
	if c.plan == nil || c.plan.Closed != 0 || !c.stale() {
		return nil
	}
	told, err := tx.Setting(toldStaleKey)
	if err != nil || told == c.today.String() {
		return err
	}
	reached := false
	err = c.tellAdmins(func(c *call) (chat.Markup, [][]chat.Button) {
		reached = true
		return c.t("stale.told", "Year", c.plan.Year), nil
	})
	if err != nil || !reached {
		return err
	}
	return tx.SetSetting(toldStaleKey, c.today.String())
}

// stale reports whether the plan's year is so long over that nobody is reminded
// of it any more, and that it is not given out without being asked twice.
func (c *call) stale() bool { return c.today > c.plan.LastDay() }
