package handlers

import (
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// importKept is how long a plan file waits to be confirmed.
const importKept = 14 * 24 * time.Hour

// saidKept is for how many days it is remembered that something was said once:
// well over the two within which Telegram lets people edit a message.
const saidKept = 30

// Chores does what falls due without anybody asking. It may be called as often
// as one likes.
func (h *Handlers) Chores(tx *storage.Tx, now time.Time) error {
	if err := tx.ForgetImports(now.Add(-importKept)); err != nil {
		return err
	}
	if err := tx.ForgetSettings(saidPrefix, plan.DateOf(now, h.Location)-saidKept); err != nil {
		return err
	}
	return h.freezeDue(tx, now)
}

// freezeDue freezes every period whose time has come and that no admin froze,
// and tells the admins, in hours in which they may be written to.
func (h *Handlers) freezeDue(tx *storage.Tx, now time.Time) error {
	unasked, err := h.unasked(tx, now)
	if err != nil {
		return err
	}
	for _, p := range unasked.snap.Plans {
		hours := plan.Hours{Calendar: unasked.snap.Calendar, Settings: p.Settings, Location: h.Location}
		if !hours.Allowed(now) {
			continue
		}
		c := *unasked
		c.plan = p
		for _, period := range plan.Periods() {
			if !c.book(c.today).MustFreeze(period, plan.ClockOf(now, h.Location)) {
				continue
			}
			if err := c.freezeUnasked(period); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *call) freezeUnasked(period plan.Period) error {
	pb, f, err := c.freeze(period, 0)
	if err != nil {
		return err
	}
	return c.tellAdmins(func(c *call) (chat.Markup, [][]chat.Button) {
		lines := []chat.Markup{
			chat.Bold(c.t("period.frozen_unasked", "Period", c.periodName(period))), c.t("period.frozen_why"),
		}
		return join(append(lines, c.periodLines(pb, f)...)...), [][]chat.Button{{
			c.button("button.period_files", chat.Action{Verb: verbReport, Arg: string(period)}),
		}}
	})
}
