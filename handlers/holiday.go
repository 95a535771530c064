package handlers

import (
	"fmt"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/scheduler"
)

// holiday handles /holiday: alone it lists days off and make-up days ahead;
// with days it shows what a change of theirs would move, and asks.
func (c *call) holiday() error {
	if c.args == "" {
		return c.specialDays()
	}
	ch, err := c.readChange(c.args)
	if err != nil {
		return err
	}
	days, err := c.tx.SpecialDays()
	if err != nil {
		return err
	}
	moved, err := c.moves(plan.NewCalendar(ch.with(days, "")))
	if err != nil {
		return err
	}
	lines := []chat.Markup{chat.Bold(c.changeLine(ch))}
	if len(moved) > 0 {
		lines = append(lines, c.t("holiday.moves"))
	} else {
		lines = append(lines, c.t("holiday.no_moves"))
	}
	const onPhone = 8
	if len(moved) > onPhone {
		moved = []chat.Markup{chat.Quote(join(moved...))}
	}
	return c.show(join(append(lines, moved...)...), []chat.Button{
		c.button("button.apply", chat.Action{Verb: c.row.verb, Arg: c.args}),
		c.button("button.cancel", chat.Action{Verb: c.row.verb, Key: 1}),
	})
}

// pressHoliday makes the change that was shown, if it still is one.
func (c *call) pressHoliday() error {
	if c.action.Key != 0 {
		return c.show(c.t("holiday.cancelled"))
	}
	ch, err := c.readChange(c.action.Arg)
	if err != nil {
		return err
	}
	source := chat.Plain(c.t("holiday.source", "Person", c.personName(c.person.ID), "Date", c.date(c.today)))
	for _, d := range ch.days {
		if ch.drop {
			err = c.tx.DropSpecialDay(d)
		} else {
			err = c.tx.SetSpecialDay(plan.SpecialDay{Date: d, Kind: ch.kind, Name: ch.name, Source: source})
		}
		if err != nil {
			return err
		}
	}
	first, last := ch.days[0], ch.days[len(ch.days)-1]
	what := string(ch.kind)
	if ch.drop {
		what = "drop"
	}
	if err := c.tx.Trail(c.now, c.person.ID, "holiday", fmt.Sprintf("%s..%s %s", first, last, what)); err != nil {
		return err
	}
	return c.show(join(chat.Bold(c.t("holiday.done")), c.changeLine(ch)))
}

// changeLine says what becomes of which days.
func (c *call) changeLine(ch dayChange) chat.Markup {
	days := joinWith(", ", c.spans(ch.days))
	if ch.drop {
		return c.t("holiday.drop", "Days", days)
	}
	return c.t("special_day."+string(ch.kind), "Days", days, "Name", ch.name) // keys: special_day.*
}

// spans names days, those in a row as one: "28/01–02/02/2025". What lies
// between, if nothing else, is a weekend.
func (c *call) spans(days []plan.Date) []chat.Markup {
	var out []chat.Markup
	for i := 0; i < len(days); {
		last := i
		for last+1 < len(days) && c.weekendBetween(days[last], days[last+1]) {
			last++
		}
		out = append(out, c.span(days[i], days[last]))
		i = last + 1
	}
	return out
}

func (c *call) span(from, to plan.Date) chat.Markup {
	switch {
	case from == to:
		return c.weekdayDate(from)
	case from.Year() != to.Year():
		return chat.Markup(c.date(from) + "–" + c.date(to))
	}
	return chat.Markup(c.words.DayMonth(from) + "–" + c.date(to))
}

// weekendBetween reports whether no working day of an ordinary week lies
// between the two.
func (c *call) weekendBetween(d, next plan.Date) bool {
	for d++; d < next; d++ {
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			return false
		}
	}
	return true
}

// composeNotice tells an admin of the years without a calendar that reminders
// reach.
func (c *call) composeNotice() (chat.Composition, error) {
	if early := c.tooEarly(c.hours().Settings.ReminderAt); early != nil {
		return *early, nil
	}
	office, err := scheduler.Load(c.tx, c.now, c.h.Location)
	if err != nil {
		return chat.Composition{}, err
	}
	years, err := office.Uncharted(c.tx, c.now)
	if err != nil || len(years) == 0 {
		return chat.Composition{Empty: true}, err
	}
	var lines []chat.Markup
	for _, y := range years {
		lines = append(lines, chat.Bold(c.t("holiday.unknown", "Year", y)))
	}
	return c.composed(join(append(lines, c.t("holiday.how", "Command", c.cmd("holiday")))...), nil), nil
}

// specialDays lists what is known of the days ahead.
func (c *call) specialDays() error {
	all, err := c.tx.SpecialDays()
	if err != nil {
		return err
	}
	var lines []chat.Markup
	for i := 0; i < len(all); i++ {
		first := all[i]
		if first.Date < c.today {
			continue
		}
		for i+1 < len(all) && all[i+1].Kind == first.Kind && all[i+1].Name == first.Name &&
			c.weekendBetween(all[i].Date, all[i+1].Date) {
			i++
		}
		lines = append(lines, c.t("special_day."+string(first.Kind),
			"Days", c.span(first.Date, all[i].Date), "Name", first.Name))
	}
	text := []chat.Markup{chat.Bold(c.t("holiday.title", "Date", c.date(c.today)))}
	if len(lines) == 0 {
		text = append(text, c.t("holiday.none"))
	} else {
		text = append(text, chat.Quote(join(lines...)))
	}
	office, err := scheduler.Load(c.tx, c.now, c.h.Location)
	if err != nil {
		return err
	}
	years, err := office.Uncharted(c.tx, c.now)
	if err != nil {
		return err
	}
	for _, y := range years {
		text = append(text, c.t("holiday.unknown", "Year", y))
	}
	return c.show(join(append(text, c.t("holiday.how", "Command", c.commandName(c.row)))...))
}
