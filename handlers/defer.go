package handlers

import (
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// hours say when the office may be written to unasked.
func (c *call) hours() plan.Hours {
	set := plan.DefaultSettings()
	if p := c.snap.Current(c.today); p != nil {
		set = p.Settings
	}
	return plan.Hours{Calendar: c.snap.Calendar, Settings: set, Location: c.h.Location}
}

// putOff has the action happen as a press by the same person in the same chat
// at the next hour in which others may be written to, and says when that is.
func (c *call) putOff(a chat.Action) (chat.Markup, error) {
	at := c.hours().Next(c.now)
	in := chat.Incoming{Kind: chat.InDeferred, Chat: c.in.Chat, From: c.in.From, At: at, Action: &a}
	return c.weekdayMoment(at), c.tx.Defer(at, in)
}

// weekdayMoment is 07:00 thứ Hai, 25/03/2024.
func (c *call) weekdayMoment(at time.Time) chat.Markup {
	d := plan.DateOf(at, c.h.Location)
	return c.t("common.weekday_moment", "Time", at.In(c.h.Location).Format("15:04"),
		"Weekday", c.weekday(d), "Date", c.date(d))
}

// deferred does what was put off, with the rights that the person has now.
func (c *call) deferred() error {
	c.action = *c.in.Action
	r := c.h.byVerb[c.action.Verb]
	if err := c.usePlan(); err != nil {
		return err
	}
	if err := c.use(r); err != nil {
		return err
	}
	return r.press(c)
}
