package handlers

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// The choices of a plan, as buttons name them. A closing day is "closing" and
// the window's index.
const (
	setReminder = "reminder"
	setPost     = "post"
	setHours    = "hours"
	setPostDay  = "post_day"
	setClosing  = "closing"
	setMove     = "move"
	setExtend   = "extend"
)

// settings shows the plan's choices, each with a button that changes it.
func (c *call) settings() error {
	s := c.plan.Settings
	move, extend := "settings.move_off", "settings.directors"
	if s.MoveToWorkingDay {
		move = "settings.move_on"
	}
	if s.AdminsExtend {
		extend = "settings.admins"
	}
	closes := c.plan.Windows()
	days := make([]chat.Markup, len(closes))
	for i, w := range closes {
		days[i] = c.t("settings.window", "Window", c.window(w.Period), "Day", closingDay(s.Closings[i]))
	}
	text := join(
		chat.Bold(c.t("settings.title", "Year", c.plan.Year)),
		c.t("settings.reminder", "At", clock(s.ReminderAt)),
		c.t("settings.post", "At", clock(s.PostAt), "Day", c.postDay(s.PostDay)),
		c.t("settings.hours", "From", clock(s.DayFrom), "To", clock(s.DayTo)),
		c.t("settings.closings", "List", joinWith(", ", days)),
		c.t(move), c.t(extend), // keys: settings.move_on settings.move_off settings.directors settings.admins
	)
	choice := func(key, arg string) chat.Button {
		return c.button(key, chat.Action{Verb: verbSettings, Arg: arg})
	}
	rows := [][]chat.Button{
		{
			choice("button.set_reminder", setReminder), choice("button.set_post", setPost),
			choice("button.set_hours", setHours),
		},
		{choice("button.set_post_day", setPostDay), choice("button.set_move", setMove), choice("button.set_extend", setExtend)},
	}
	var closings []chat.Button
	for i, w := range closes {
		if w.Closes < c.today {
			continue
		}
		closings = append(closings, c.button("button.set_closing",
			chat.Action{Verb: verbSettings, Arg: setClosing, Key: int64(i)}, "Window", c.window(w.Period)))
	}
	for len(closings) > 2 {
		rows, closings = append(rows, closings[:2]), closings[2:]
	}
	return c.show(text, append(rows, closings)...)
}

// pressSettings handles the buttons: what is typed is asked for, what is a
// choice among few is shown.
// keys: settings_ask.*
func (c *call) pressSettings() error {
	switch c.action.Arg {
	case "":
		return c.settings()
	case setPostDay:
		return c.choosePostDay()
	case setMove:
		return c.chooseMove()
	case setExtend:
		s := c.plan.Settings
		s.AdminsExtend = !s.AdminsExtend
		if err := c.keepSettings(s, setExtend, strconv.FormatBool(s.AdminsExtend)); err != nil {
			return err
		}
		return c.settings()
	}
	window := ""
	if c.action.Arg == setClosing {
		window = c.window(c.plan.Windows()[c.action.Key].Period)
	}
	return c.ask(c.t("settings_ask."+c.action.Arg, "Window", window), c.t("settings_example."+c.action.Arg), c.action)
}

// replySettings takes what was typed.
// keys: settings_example.*
func (c *call) replySettings() error {
	s := c.plan.Settings
	var ok bool
	switch c.action.Arg {
	case setReminder:
		s.ReminderAt, ok = readClock(c.args)
	case setPost:
		s.PostAt, ok = readClock(c.args)
	case setHours:
		s.DayFrom, s.DayTo, ok = readClocks(c.args)
	case setClosing:
		return c.setClosing(int(c.action.Key))
	}
	if !ok {
		return refuse("refuse.settings_clock", "Text", chat.Cut(chat.Line(c.args), 40),
			"Example", c.t("settings_example."+c.action.Arg))
	}
	switch err := s.CheckHours(); {
	case errors.Is(err, plan.ErrHoursOrder):
		return refuse("refuse.settings_order", "From", clock(s.DayFrom), "To", clock(s.DayTo))
	case errors.Is(err, plan.ErrOutsideHours):
		return refuse("refuse.settings_hours", "From", clock(s.DayFrom), "To", clock(s.DayTo),
			"Reminder", clock(s.ReminderAt), "Post", clock(s.PostAt))
	case err != nil:
		return err
	}
	if err := c.keepSettings(s, c.action.Arg, c.args); err != nil {
		return err
	}
	return c.settings()
}

// setClosing gives a window that is still open another closing day.
func (c *call) setClosing(index int) error {
	d, ok := readDayOfYear(c.args)
	if !ok {
		return refuse("refuse.settings_day", "Text", chat.Cut(chat.Line(c.args), 40))
	}
	s, err := c.plan.SetClosing(index, d, c.today)
	w := c.plan.Windows()[index]
	switch {
	case errors.Is(err, plan.ErrNoSuchDate):
		return refuse("refuse.settings_no_day", "Text", closingDay(d))
	case errors.Is(err, plan.ErrClosed):
		return refuse("refuse.settings_closed", "Window", c.window(w.Period), "Day", closingDay(d))
	case errors.Is(err, plan.ErrClosingOrder):
		return refuse("refuse.settings_closing_order", "Day", closingDay(d))
	case err != nil:
		return err
	}
	if err := c.keepSettings(s, setClosing, fmt.Sprintf("%s %s", w.Period, closingDay(d))); err != nil {
		return err
	}
	windows, next := c.plan.Windows(), ""
	if index+1 < len(windows) {
		next = windows[index+1].Period
	}
	moved, kept, err := c.tx.MoveWindow(c.plan.ID, windows[index], next)
	if err != nil {
		return err
	}
	if _, err := c.say(c.t("settings.moved", "Window", c.window(w.Period), "Day", c.date(windows[index].Closes),
		"Moved", moved, "Kept", kept)); err != nil {
		return err
	}
	return c.settings()
}

// keepSettings stores the choices and makes them the call's own.
func (c *call) keepSettings(s plan.Settings, what, value string) error {
	if err := c.tx.SetSettings(c.plan.ID, s); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "settings", what+" "+chat.Cut(chat.Line(value), 40)); err != nil {
		return err
	}
	return c.reload()
}

// choosePostDay shows the days of the week, or takes the chosen one.
func (c *call) choosePostDay() error {
	if c.action.Key > 0 && c.action.Key <= int64(time.Friday) {
		s := c.plan.Settings
		s.PostDay = time.Weekday(c.action.Key)
		if err := c.keepSettings(s, setPostDay, s.PostDay.String()); err != nil {
			return err
		}
		return c.settings()
	}
	var rows [][]chat.Button
	for d := time.Monday; d <= time.Friday; d++ {
		rows = append(rows, []chat.Button{{
			Label:  capital(chat.Plain(c.postDay(d))),
			Action: chat.Action{Verb: verbSettings, Plan: c.plan.ID, Arg: setPostDay, Key: int64(d)},
		}})
	}
	rows = append(rows, []chat.Button{c.button("button.back", chat.Action{Verb: verbSettings})})
	return c.show(c.t("settings_ask.post_day"), rows...)
}

// postDay names the day of the week on which the post goes out.
func (c *call) postDay(d time.Weekday) chat.Markup {
	if d == time.Monday {
		return c.t("settings.first_day")
	}
	return c.t("settings.from_day", "Weekday", c.t("weekday."+strconv.Itoa(int(d))))
}

// chooseMove asks before due days are reckoned another way, for that changes
// what is late; the second press does it.
func (c *call) chooseMove() error {
	s := c.plan.Settings
	if c.action.Key != 0 {
		s.MoveToWorkingDay = !s.MoveToWorkingDay
		if err := c.keepSettings(s, setMove, strconv.FormatBool(s.MoveToWorkingDay)); err != nil {
			return err
		}
		return c.settings()
	}
	key := "settings_ask.move_on"
	if s.MoveToWorkingDay {
		key = "settings_ask.move_off"
	}
	return c.show(c.t(key), []chat.Button{ // keys: settings_ask.move_on settings_ask.move_off
		c.button("button.change", chat.Action{Verb: verbSettings, Arg: setMove, Key: 1}),
		c.button("button.back", chat.Action{Verb: verbSettings}),
	})
}
