package handlers

import (
	"errors"
	"slices"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// A word is what somebody reports: one status for one or more tasks.
type word struct {
	status plan.Status
	tasks  []*plan.Task
	unit   string // if it was named or chosen, else found from the tasks
	note   string
	files  []plan.Evidence
	via    plan.Via
	at     time.Time
}

// A filed report is one that found its occurrence.
type filed struct {
	task   *plan.Task
	target plan.Target
	report plan.Report
}

// report handles /done, /doing, /blocked and /none.
func (c *call) report(status plan.Status) error {
	list, ok, err := parseTasks(c.args)
	switch {
	case err != nil:
		return err
	case !ok && list.rest == "":
		return c.offerTasks(status)
	case !ok:
		return refuse("refuse.no_number", "Command", c.commandName(c.row), "Text", chat.Cut(list.rest, 40))
	}
	w := word{status: status, note: list.rest, via: plan.ViaCommand, at: c.in.At}
	if w.tasks, err = c.tasks(list); err != nil {
		return err
	}
	if c.standing&admin != 0 {
		if u, rest, ok := c.snap.Roster.Prefix(w.note); ok {
			w.unit, w.note = u.Code, rest
		}
	}
	w.files = c.filesOfMessage()
	return c.file(w)
}

// tasks finds the numbered tasks, all or none of them.
func (c *call) tasks(list taskList) ([]*plan.Task, error) {
	if err := c.useYear(list.year); err != nil {
		return nil, err
	}
	var tasks []*plan.Task
	for _, n := range list.numbers {
		t := c.plan.Task(n)
		if t == nil {
			if ended := c.plan.EndedTask(n); ended != nil {
				return nil, refuse("refuse.ended", "Number", c.number(c.plan, ended), "Title", ended.ShortTitle, "Date", c.date(ended.Ended),
					"History", c.cmd(verbHistory))
			}
			first, last := c.plan.Tasks[0].Number, c.plan.Tasks[len(c.plan.Tasks)-1].Number
			return nil, refuse("refuse.no_task", "Number", n, "Year", c.plan.Year,
				"First", first, "Last", last, "Command", c.commandName(c.row), "Example", c.exampleTask())
		}
		tasks = append(tasks, t)
	}
	return tasks, nil
}

// exampleTask is the number of a task that the person may report on, else of
// the first one.
func (c *call) exampleTask() string {
	for _, t := range c.plan.Tasks {
		if slices.ContainsFunc(c.reports, t.LeadBy) {
			return c.number(c.plan, t)
		}
	}
	return c.number(c.plan, c.plan.Tasks[0])
}

// file records the word on every task, or asks what is missing, or refuses all
// of it.
func (c *call) file(w word) error {
	if err := c.chooseUnit(&w); err != nil {
		return err
	}
	if w.unit == "" {
		return nil // it was asked for
	}
	if w.status == plan.Blocked && w.note == "" {
		return c.askReason(w)
	}
	evidence, err := plan.ReadEvidence(w.note, plan.DateOf(w.at, c.h.Location).Year())
	if err != nil {
		return refuse("refuse.no_date", "Text", chat.Cut(chat.Line(w.note), 60))
	}
	w.files = append(evidence, w.files...)
	reports := make([]filed, len(w.tasks))
	for i, t := range w.tasks {
		if reports[i], err = c.aim(w, t); err != nil {
			return err
		}
	}
	batch, err := c.record(reports)
	if err != nil {
		return err
	}
	_, album := c.carried()
	if err := c.claimAlbum(album, batch, reports); err != nil {
		return err
	}
	return c.acknowledge(w, batch, reports)
}

// chooseUnit finds for which unit the person reports. If several fit it asks,
// and leaves the unit empty.
func (c *call) chooseUnit(w *word) error {
	if w.unit != "" {
		if !slices.Contains(c.reports, w.unit) {
			if c.standing&admin == 0 {
				return c.refuseLead(w.tasks[0])
			}
			w.via = plan.ViaBehalf
		}
		for _, t := range w.tasks {
			if !t.LeadBy(w.unit) {
				return c.refuseLead(t)
			}
		}
		return nil
	}
	fit := c.reports
	for _, t := range w.tasks {
		leads := slices.DeleteFunc(slices.Clone(c.reports), func(u string) bool { return !t.LeadBy(u) })
		if len(leads) == 0 {
			return c.refuseUnled(t)
		}
		fit = slices.DeleteFunc(slices.Clone(fit), func(u string) bool { return !slices.Contains(leads, u) })
	}
	switch len(fit) {
	case 0:
		return refuse("refuse.units_differ", "Units", c.unitNames(c.reports), "Command", c.commandName(c.row),
			"Number", c.number(c.plan, w.tasks[0]))
	case 1:
		w.unit = fit[0]
		return nil
	}
	return c.askUnit(w, fit)
}

// aim finds the occurrence that the word goes to. How occurrences stand is
// enough to choose one; what was said of them is read when the word adds to it.
func (c *call) aim(w word, t *plan.Task) (filed, error) {
	day := plan.DateOf(w.at, c.h.Location)
	f := filed{task: t, report: plan.Report{
		By: c.person.ID, Via: w.via, Status: w.status, Note: w.note, Evidence: w.files, At: w.at, Day: day,
	}}
	var occs []*plan.Occurrence
	err := c.tx.Outlines(storage.Filter{Task: t.ID, Unit: w.unit}, c.h.Location, func(o *plan.Occurrence) {
		occs = append(occs, o)
	})
	if err != nil {
		return f, err
	}
	if w.status == plan.NotArisen && t.Schedule.Kind == plan.KindTrigger {
		f.target.Occurrence, err = c.undated(t, w.unit, occs, day)
		return f, err
	}
	f.target, err = c.target(w, occs, day)
	if f.target.Adds || errors.Is(err, plan.ErrAlreadyDone) {
		if occs, err = c.tx.Occurrences(storage.Filter{Task: t.ID, Unit: w.unit}, c.h.Location); err != nil {
			return f, err
		}
		f.target, err = c.target(w, occs, day)
	}
	return f, c.explain(err, f)
}

// target chooses among a unit's occurrences of one task.
func (c *call) target(w word, occs []*plan.Occurrence, day plan.Date) (plan.Target, error) {
	id := c.action.Occurrence
	if id == 0 || len(w.tasks) > 1 {
		return c.book(day).Target(occs, w.status, day)
	}
	i := slices.IndexFunc(occs, func(o *plan.Occurrence) bool { return o.ID == id })
	if i < 0 {
		return plan.Target{}, c.dead()
	}
	adds := occs[i].Kind == plan.OccurrenceDated && occs[i].Status() == plan.Done
	return plan.Target{Occurrence: occs[i], Adds: adds}, plan.CheckReport(occs[i], w.status)
}

// undated returns the occurrence that says of a trigger task that nothing
// arose in the window of the day.
func (c *call) undated(t *plan.Task, unit string, occs []*plan.Occurrence, day plan.Date) (*plan.Occurrence, error) {
	w := c.plan.Windows()[c.plan.WindowIndex(day)]
	for _, o := range occs {
		if o.Period == w.Period {
			return o, nil
		}
	}
	o := &plan.Occurrence{
		TaskID: t.ID, Task: t.Number, Unit: unit, Kind: plan.OccurrenceUndated, Period: w.Period, Opens: w.Opens,
	}
	return o, c.tx.AskFor(o)
}

// explain turns the domain's reasons into what a person may read.
func (c *call) explain(err error, f filed) error {
	t := f.task
	switch {
	case errors.Is(err, plan.ErrAlreadyDone):
		return refuse("refuse.already_done", "Number", c.number(c.plan, t), "Title", t.ShortTitle,
			"Date", c.date(f.target.Occurrence.Completion().Day), "Done", c.cmd(verbDone), "Office", c.office())
	case errors.Is(err, plan.ErrNotApplying):
		return refuse("refuse.not_applying", "Number", c.number(c.plan, t), "Title", t.ShortTitle,
			"Done", c.cmd(verbDone), "Doing", c.cmd(verbDoing))
	case errors.Is(err, plan.ErrNoOccurrence) && t.Schedule.Kind == plan.KindTrigger:
		return refuse("refuse.not_triggered", "Number", c.number(c.plan, t), "Title", t.ShortTitle,
			"Phrase", chat.Line(t.Schedule.Phrase), "None", c.cmd(verbNone), "Office", c.office())
	case errors.Is(err, plan.ErrNoOccurrence) && t.Schedule.Kind == plan.KindOngoing:
		return c.refuseWindow(f)
	case errors.Is(err, plan.ErrNoOccurrence):
		return refuse("refuse.no_deadline", "Number", c.number(c.plan, t), "Title", t.ShortTitle,
			"Phrase", chat.Line(t.Schedule.Phrase), "Office", c.office())
	}
	return err
}

// record stores the reports of one message together.
func (c *call) record(reports []filed) (int64, error) {
	if name := called(c.in.From); name != c.person.Name {
		if err := c.tx.KeepName(c.person.ID, name); err != nil {
			return 0, err
		}
	}
	var batch int64
	for i := range reports {
		f := &reports[i]
		if err := c.tx.AddReport(f.target.Occurrence.ID, batch, &f.report, c.now); err != nil {
			return 0, err
		}
		batch = reports[0].report.ID
		f.target.Occurrence.Reports = append(f.target.Occurrence.Reports, f.report)
	}
	return batch, nil
}

// pressReport handles a button that reports one task.
func (c *call) pressReport(status plan.Status) error {
	w := word{status: status, unit: c.action.Unit, note: c.action.Arg, via: plan.ViaButton, at: c.in.At}
	if c.action.Page != 0 {
		return c.offerTasks(status)
	}
	if c.action.Key != 0 { // the unit of a command was asked for
		w.at, w.via = time.UnixMilli(c.action.Key), plan.ViaCommand
	}
	return c.fileAsked(w)
}

// replyReport handles the words that the bot asked for.
func (c *call) replyReport(status plan.Status) error {
	w := word{status: status, unit: c.action.Unit, note: c.args, via: plan.ViaCommand, at: c.in.At}
	if w.note == "" {
		return refuse("refuse.no_words")
	}
	return c.fileAsked(w)
}

// fileAsked files the word on the tasks that the button or the question names,
// unless one of them has ended since.
func (c *call) fileAsked(w word) error {
	w.files = c.filesOfMessage()
	for _, n := range c.action.Tasks {
		t := c.plan.Task(n)
		if t == nil {
			return c.dead()
		}
		w.tasks = append(w.tasks, t)
	}
	return c.file(w)
}
