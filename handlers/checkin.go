package handlers

import (
	"slices"
	"strconv"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// checkIn answers /checkin [UNIT] with the form of the unit's check-ins.
func (c *call) checkIn() error {
	if c.plan.Closed != 0 {
		return c.refuseClosed()
	}
	if c.args == "" {
		return c.chooseForm()
	}
	u, rest, ok := c.snap.Roster.Prefix(c.args)
	if !ok || rest != "" {
		return c.refuseUnit(c.args)
	}
	return c.openForm(u.Code, "")
}

// pressCheckIn opens the form that a button under another message names, in a
// message of its own.
func (c *call) pressCheckIn() error {
	c.action.Fresh = true
	return c.openForm(c.action.Unit, c.action.Arg)
}

// pressFormOpen turns the very message into the form that the button names, or
// to another page of the units to choose from.
func (c *call) pressFormOpen() error {
	if c.action.Unit == "" {
		return c.chooseForm()
	}
	return c.openForm(c.action.Unit, c.action.Arg)
}

// chooseForm opens the form of the person's unit. If there are several, it asks
// for which; an admin without one chooses among those of the chat, or of all.
func (c *call) chooseForm() error {
	units := c.reports
	if len(units) == 0 {
		units = c.here
	}
	if len(units) == 1 {
		return c.openForm(units[0], "")
	}
	all := len(units) == 0
	if all {
		for _, u := range c.snap.Roster.Units {
			units = append(units, u.Code)
		}
	}
	var choices []chat.Button
	for _, u := range units {
		checkIns, err := c.checkIns(u)
		if err != nil {
			return err
		}
		windows := c.book(c.today).FormWindows(checkIns)
		if len(windows) == 0 {
			continue
		}
		missing := 0
		for _, o := range checkIns {
			if o.Period == windows[0].Period && o.Completion() == nil {
				missing++
			}
		}
		choices = append(choices, chat.Button{
			Label:  plan.Cut(c.unitShort(u), plan.ButtonLetters) + " (" + strconv.Itoa(missing) + ")",
			Action: chat.Action{Verb: verbFormOpen, Plan: c.plan.ID, Unit: u},
		})
	}
	if len(choices) == 0 {
		return c.refuseNoCheckIns(units[0])
	}
	shown, page, pages := pageOf(choices, c.action.Page, offerPage)
	var buttons [][]chat.Button
	for _, b := range shown {
		buttons = append(buttons, []chat.Button{b})
	}
	buttons = append(buttons, c.pager(page, pages, chat.Action{Verb: verbFormOpen, Plan: c.plan.ID}))
	return c.show(c.t("form.which"), buttons...)
}

// checkIns lists what the unit has to report regularly, of all windows.
func (c *call) checkIns(unit string) ([]*plan.Occurrence, error) {
	occs, err := c.tx.Occurrences(storage.Filter{Plan: c.plan.ID, Unit: unit}, c.h.Location)
	return slices.DeleteFunc(occs, func(o *plan.Occurrence) bool {
		return o.Kind != plan.OccurrenceCheckIn || o.Passed
	}), err
}

func (c *call) refuseNoCheckIns(unit string) error {
	return refuse("refuse.no_check_ins", "Unit", c.unitName(unit), "Tasks", c.cmd(verbTasks))
}

// openForm shows the unit's form of the window; without one, of that which is
// to be reported first.
func (c *call) openForm(unit, period string) error {
	unit = c.successor(unit)
	switch {
	case c.plan.Closed != 0:
		return c.refuseClosed()
	case !c.mayReport(unit):
		return refuse("refuse.member", "Unit", c.unitName(unit))
	}
	checkIns, err := c.checkIns(unit)
	if err != nil {
		return err
	}
	windows := c.book(c.today).FormWindows(checkIns)
	if len(windows) == 0 {
		return c.refuseNoCheckIns(unit)
	}
	if !c.reportable(period, checkIns) {
		period = windows[0].Period
	}
	rec, err := c.tx.OpenForm(c.plan.ID, unit, period)
	if err != nil {
		return err
	}
	if c.action.Key == formAgain && !rec.Again {
		if err := c.tx.ReopenForm(rec.ID); err != nil {
			return err
		}
		rec.Again = true
	}
	f, err := c.loadForm(rec)
	if err != nil {
		return err
	}
	return c.placeForm(f, "")
}

// successor is the code of the unit that answers today for what the unit with
// the code answered for: of one that was merged, that into which it was, whose
// names hold the old code.
func (c *call) successor(code string) string {
	if u, ok := c.snap.Roster.Find(code); ok {
		return u.Code
	}
	return code
}

// reportable reports whether the window is open or past, and the unit has
// check-ins in it.
func (c *call) reportable(period string, checkIns []*plan.Occurrence) bool {
	return slices.ContainsFunc(checkIns, func(o *plan.Occurrence) bool {
		return o.Period == period && o.Opens <= max(c.today, c.book(c.today).CurrentWindow().Opens)
	})
}
