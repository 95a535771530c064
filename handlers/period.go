package handlers

import (
	"strconv"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/internal/reportfile"
)

// reportPeriod answers /report Q1: the period's figures and its files.
func (c *call) reportPeriod() error {
	if c.args == "" {
		return c.offerPeriods()
	}
	period, year, ok := plan.ParsePeriod(c.args)
	if !ok {
		return refuse("refuse.period", "Text", chat.Cut(chat.Line(c.args), 40), "Command", c.commandName(c.row), "Year", c.plan.Year)
	}
	if err := c.useYear(year); err != nil {
		return err
	}
	return c.showPeriod(period)
}

func (c *call) pressPeriod() error { return c.showPeriod(plan.Period(c.action.Arg)) }

// offerPeriods asks which of the periods that have begun is meant.
func (c *call) offerPeriods() error {
	var buttons [][]chat.Button
	for _, period := range plan.Periods() {
		if c.plan.Span(period).Opens <= c.today {
			buttons = append(buttons, []chat.Button{{
				Label:  capital(c.periodName(period)),
				Action: chat.Action{Verb: verbReport, Plan: c.plan.ID, Arg: string(period)},
			}})
		}
	}
	if len(buttons) == 0 {
		return c.notBegun(plan.FirstQuarter)
	}
	return c.show(c.t("period.which"), buttons...)
}

func (c *call) notBegun(period plan.Period) error {
	return refuse("refuse.period_not_begun", "Period", c.periodName(period), "Date", c.date(c.plan.Span(period).Opens))
}

// periodFigures counts a period, of the units or, with nil, of all; it refuses
// one that has not begun.
func (c *call) periodFigures(period plan.Period, units []string) (*plan.PeriodBook, *plan.Figures, error) {
	if c.plan.Span(period).Opens > c.today {
		return nil, nil, c.notBegun(period)
	}
	return c.tx.PeriodFigures(c.plan, period, units, c.today, c.h.Location)
}

func (c *call) showPeriod(period plan.Period) error {
	pb, f, err := c.periodFigures(period, nil)
	if err != nil {
		return err
	}
	lines := append([]chat.Markup{
		chat.Bold(c.t("period.title", "Period", c.periodName(period), "Date", c.date(pb.Today))),
	}, c.periodLines(pb, f)...)
	large := workOf(f) > filesMost
	if large {
		lines = append(lines, "", c.n("period.too_large", workOf(f), "Most", filesMost, "Period", string(period), "Year", c.plan.Year))
	}
	var buttons []chat.Button
	if c.standing&admin != 0 && c.book(c.today).MayFreeze(period) {
		buttons = append(buttons, c.button("button.freeze", chat.Action{Verb: verbFreeze, Arg: string(period)}))
	}
	if err := c.show(join(lines...), buttons); err != nil || large {
		return err
	}
	whole, err := c.tx.PeriodBook(c.plan, period, c.today, c.h.Location)
	if err != nil {
		return err
	}
	return c.sendFiles(whole)
}

// filesMost is of how much work, which is a year's of some 150 units, the running
// program makes files: each takes 10 KB of memory meanwhile.
const filesMost = 15_000

// workOf is how much work a period's figures count.
func workOf(f *plan.Figures) int {
	n := f.Work.Total()
	for _, w := range f.Windows {
		n += w.CheckIns.Asked
	}
	return n
}

// sendFiles sends the period's report as files. They are the office's papers,
// so they speak its language, whoever asks for them.
func (c *call) sendFiles(pb *plan.PeriodBook) error {
	names, err := c.tx.Names()
	if err != nil {
		return err
	}
	files, err := reportfile.New(pb, names, c.h.Location).Files(c.h.Template, c.h.Words.In(c.h.Lang))
	if err != nil {
		return err
	}
	for _, f := range files {
		_, err := c.tx.Enqueue(chat.Outgoing{
			Kind: chat.OutDocument, To: c.in.Chat.Place, Priority: chat.Answer, Name: f.Name, Data: f.Data,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// periodLines say whether the figures stand, and what they are.
func (c *call) periodLines(pb *plan.PeriodBook, f *plan.Figures) []chat.Markup {
	tally, key := f.Tasks, "summary.tasks"
	if pb.Units != nil {
		tally, key = f.Work, "summary.work"
	}
	lines := []chat.Markup{c.periodState(pb), ""}
	lines = append(lines, c.tally(key, tally)...)
	lines = append(lines, "")
	for _, w := range f.Windows {
		lines = append(lines, c.windowLine(w)...)
	}
	if n := len(pb.Later); n > 0 && pb.Units == nil {
		lines = append(lines, c.n("period.later", n))
	}
	return compact(lines)
}

// shortHash is how many digits of the hash people compare.
const shortHash = 12

// periodState is the one line on provisional or frozen figures.
func (c *call) periodState(pb *plan.PeriodBook) chat.Markup {
	b, period := c.book(c.today), pb.Span.Period
	switch {
	case pb.Freeze != nil:
		return "🔒 " + c.t("period.frozen", "At", c.moment(pb.Freeze.At), "Hash", pb.Freeze.Hash[:shortHash])
	case c.plan.Published == 0:
		return c.t("period.unpublished", "Command", c.cmd(verbPublish))
	case c.today <= pb.Span.Closes:
		return c.t("period.running", "Date", c.date(pb.Span.Closes))
	case c.plan.Published > pb.Span.Closes:
		return c.t("period.before", "Published", c.date(c.plan.Published), "Closes", c.dayMonth(pb.Span.Closes))
	case !c.plan.Ran(period):
		return c.t("period.after", "Closed", c.date(c.plan.Closed), "Closes", c.dayMonth(pb.Span.Closes))
	}
	return c.t("period.provisional", "From", c.dayMonth(b.FreezeFrom(period)), "By", c.dayMonth(b.FreezeBy(period)))
}

// periodName is "Quý I năm 2024".
func (c *call) periodName(period plan.Period) string {
	return chat.Plain(c.t("period."+string(period), "Year", c.plan.Year)) // keys: period.Q1 period.H1 period.Q3 period.year
}

// frozen reports whether the period that ends with the window is frozen.
func (c *call) frozen(window string) bool {
	for i, w := range c.plan.Windows() {
		if w.Period == window {
			return c.plan.FrozenPeriod(plan.Periods()[i]) != nil
		}
	}
	return false
}

// pressFreeze handles [Chốt số liệu]: from now on the period's figures stand.
func (c *call) pressFreeze() error {
	period := plan.Period(c.action.Arg)
	if c.plan.FrozenPeriod(period) == nil {
		if b := c.book(c.today); !b.MayFreeze(period) {
			return refuse("refuse.freeze_early", "Period", c.periodName(period), "Date", c.date(b.FreezeFrom(period)))
		}
		if _, _, err := c.freeze(period, c.person.ID); err != nil {
			return err
		}
	}
	return c.showPeriod(period)
}

// freeze freezes the period by the admin, 0 for the program itself, and makes
// the plan as it is since then the call's own.
func (c *call) freeze(period plan.Period, by int64) (*plan.PeriodBook, *plan.Figures, error) {
	chot := plan.Freeze{Period: period, At: c.now, By: by}
	pb, f, err := c.tx.Freeze(c.plan, chot, c.today, c.h.Location)
	if err != nil {
		return nil, nil, err
	}
	if err := c.tx.Trail(c.now, by, verbFreeze, string(period)+"/"+strconv.Itoa(c.plan.Year)); err != nil {
		return nil, nil, err
	}
	return pb, f, c.reload()
}
