package handlers

import (
	"strconv"

	"dondoc/internal/chat"
)

// refuseClosed refuses what is no longer done with a plan that was closed.
func (c *call) refuseClosed() error {
	return refuse("refuse.closed", "Year", c.plan.Year, "Date", c.date(c.plan.Closed))
}

// closePlan asks before the plan is closed, an older one if its year is named.
func (c *call) closePlan() error {
	if c.args != "" {
		if err := c.yearNamed(); err != nil {
			return err
		}
	}
	if c.plan.Closed != 0 {
		return c.refuseClosed()
	}
	return c.show(c.t("close.ask", "Title", c.plan.Title), []chat.Button{
		c.button("button.close", chat.Action{Verb: "close", Arg: "go"}),
		c.button("button.cancel", chat.Action{Verb: "close", Arg: "cancel"}),
	})
}

func (c *call) pressClose() error {
	switch {
	case c.action.Arg != "go":
		return c.show(c.t("close.cancelled"))
	case c.plan.Closed != 0: // by another question
		return c.refuseClosed()
	}
	if err := c.tx.SetClosed(c.plan.ID, c.today); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "close", strconv.Itoa(c.plan.Year)); err != nil {
		return err
	}
	return c.show(c.t("close.done", "Title", c.plan.Title, "Date", c.date(c.today)))
}
