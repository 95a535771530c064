package handlers

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// dayWord is a day as people type it, day before month.
var dayWord = regexp.MustCompile(`(?:^|\s)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[.,;]?(?:\s|$)`)

// cutDay finds the first day in the words and returns what stands before and
// behind it.
func cutDay(s string) (before string, d plan.Date, after string, err error) {
	m := dayWord.FindStringSubmatchIndex(s)
	if m == nil {
		return s, 0, "", refuse("refuse.date_needed")
	}
	num := func(i int) int { n, _ := strconv.Atoi(s[m[i]:m[i+1]]); return n }
	d, err = plan.CheckedDate(num(6), time.Month(num(4)), num(2))
	if err != nil {
		return s, 0, "", refuse("refuse.no_date", "Text", strings.TrimSpace(s[m[0]:m[1]]))
	}
	return strings.TrimSpace(s[:m[0]]), d, strings.TrimSpace(s[m[1]:]), nil
}

// decides refuses those who may not decide on the units' work: the office on
// its own, the director on others' unless it is to extend, anybody on that of a
// unit that he heads.
func (c *call) decides(units []string, extends bool) error {
	for _, code := range units {
		u, _ := c.snap.Roster.Unit(code)
		own := u.Kind == plan.UnitOffice
		switch {
		case c.person.Heads(code):
			return refuse("refuse.own_unit", "Unit", c.unitName(code))
		case own && c.person.Role != plan.Director:
			return refuse("refuse.office_own", "Unit", c.unitName(code))
		case !own && !extends && c.person.Role == plan.Director:
			return refuse("refuse.who.admin", "Command", c.commandName(c.row))
		}
	}
	return nil
}

// decidedTask reads the one task that a deciding command names.
func (c *call) decidedTask() (*plan.Task, string, error) {
	list, ok, err := parseTasks(c.args)
	switch {
	case err != nil:
		return nil, "", err
	case !ok || len(list.numbers) != 1:
		return nil, "", refuse("refuse.form."+c.row.verb, "Command", c.commandName(c.row)) // keys: refuse.form.*
	}
	tasks, err := c.tasks(list)
	if err != nil {
		return nil, "", err
	}
	return tasks[0], list.rest, nil
}

// giveBack handles /return 15 UNIT reason: what was done is open again.
func (c *call) giveBack() error {
	t, rest, err := c.decidedTask()
	if err != nil {
		return err
	}
	u, reason, named := c.snap.Roster.Prefix(rest)
	switch {
	case named && !t.LeadBy(u.Code):
		return c.refuseLead(t)
	case !named && len(t.Leads) == 1:
		u, _ = c.snap.Roster.Unit(t.Leads[0])
		reason = rest
	case !named:
		return refuse("refuse.return_unit", "Number", c.number(c.plan, t), "Leads", c.fewUnits(t.Leads))
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return refuse("refuse.form.return", "Command", c.commandName(c.row))
	}
	if err := c.decides([]string{u.Code}, false); err != nil {
		return err
	}
	occs, err := c.tx.Occurrences(storage.Filter{Task: t.ID, Unit: u.Code}, c.h.Location)
	if err != nil {
		return err
	}
	o := lastDone(occs)
	if o == nil {
		return refuse("refuse.nothing_done", "Number", c.number(c.plan, t), "Title", t.ShortTitle, "Unit", u.Name)
	}
	if _, err := c.tx.Return(o.ID, c.person.ID, c.now, reason); err != nil {
		return err
	}
	err = c.tellUnit(u.Code, func(c *call) chat.Markup {
		return chat.Bold(c.t("return.told", "Number", c.number(c.plan, t), "Title", t.ShortTitle)) + "\n" +
			c.quoted(reason, 1000) + "\n" + c.t("return.how", "Done", c.cmd(verbDone), "Number", c.number(c.plan, t))
	})
	if err != nil {
		return err
	}
	done := c.t("return.done", "Number", c.number(c.plan, t), "Title", t.ShortTitle, "Unit", u.Name)
	_, err = c.say(c.withUnheard(done, u.Code))
	return err
}

// lastDone returns the occurrence that was last said to be done.
func lastDone(occs []*plan.Occurrence) *plan.Occurrence {
	var last *plan.Occurrence
	for _, o := range occs {
		if o.Status() == plan.Done && (last == nil || o.Latest().ID > last.Latest().ID) {
			last = o
		}
	}
	return last
}

// tellDue tells a unit of a day that was set. keys: trigger.told deadline.told deadline.extended
func (c *call) tellDue(key, unit string, t *plan.Task, due plan.Date, words string) error {
	return c.tellUnit(unit, func(c *call) chat.Markup {
		text := chat.Bold(c.t(key, "Number", c.number(c.plan, t), "Title", t.ShortTitle, "Date", c.date(due)))
		if words != "" {
			text += "\n" + c.quoted(words, 600)
		}
		return text
	})
}
