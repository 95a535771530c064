package handlers

import (
	"cmp"
	"slices"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// history answers /history 15: every report on a task, with what was
// withdrawn and returned, extensions and directions, oldest first.
func (c *call) history() error {
	t, rest, err := c.oneTask()
	switch {
	case err != nil:
		return err
	case t == nil && rest != "":
		return refuse("refuse.no_number", "Command", c.commandName(c.row), "Text", chat.Cut(rest, 40))
	case t == nil:
		return c.pickTask(c.t("pick.history"), c.readable())
	}
	return c.historyOf(t)
}

func (c *call) pressHistory() error {
	if c.action.Page != 0 && len(c.action.Tasks) == 0 {
		return c.pickTask(c.t("pick.history"), c.readable())
	}
	t, err := c.actionTask()
	if err != nil {
		return err
	}
	return c.historyOf(t)
}

// An entry is one line of a history.
type entry struct {
	at   time.Time
	line chat.Markup
}

func (c *call) historyOf(t *plan.Task) error {
	var entries []entry
	for occs, err := range c.tx.Parts(storage.Filter{Task: t.ID, Dropped: true}, c.h.Location) {
		if err != nil {
			return err
		}
		for _, o := range occs {
			if c.seesAll() || slices.Contains(c.reads, o.Unit) {
				entries = append(entries, c.historyOfOccurrence(t, o)...)
			}
		}
	}
	requests, err := c.tx.ExtensionRequests(t.ID)
	if err != nil {
		return err
	}
	for _, r := range requests {
		if c.seesAll() || slices.Contains(c.reads, r.Unit) {
			entries = append(entries, c.historyOfRequest(r)...)
		}
	}
	remarks, err := c.tx.Remarks(t.ID)
	if err != nil {
		return err
	}
	for _, r := range remarks {
		title := c.t("history.direction", "Person", c.personName(r.Person))
		entries = append(entries, entry{r.At, title + " " + c.quoted(r.Text, 1000)})
	}
	slices.SortStableFunc(entries, func(x, y entry) int { return x.at.Compare(y.at) })
	lines := []chat.Markup{chat.Bold(c.t("history.title", "Number", c.number(c.plan, t), "Title", t.ShortTitle))}
	for _, e := range entries {
		lines = append(lines, c.moment(e.at)+" · "+e.line)
	}
	if len(entries) == 0 {
		lines = append(lines, c.t("history.none"))
	}
	_, err = c.say(join(lines...))
	return err
}

func (c *call) historyOfOccurrence(t *plan.Task, o *plan.Occurrence) []entry {
	var out []entry
	where := chat.Escape(c.unitShort(o.Unit))
	if o.Kind != plan.OccurrenceDated {
		where += " · " + chat.Escape(c.window(o.Period))
	} else if len(t.Schedule.Due) != 1 { // one of several, or set by hand
		where += " · " + chat.Markup(c.dayMonth(o.Due))
	}
	for i := range o.Reports {
		r := &o.Reports[i]
		status := c.statusName(r.Status)
		if o.Kind != plan.OccurrenceDated {
			status = c.checkInStatus(r.Status)
		}
		line := where + " · " + statusSign(r.Status) + " " + status + " · " + chat.Escape(c.personName(r.By))
		if r.Via == plan.ViaBehalf {
			line += " (" + c.t("report.behalf", "Office", c.office()) + ")"
		}
		if r.Note != "" {
			line += "\n" + c.quoted(r.Note, 4000)
		}
		if ev := c.evidence(r.Evidence); ev != "" && !plan.IsCitation(r.Note) {
			line += "\n" + c.t("report.evidence", "Evidence", ev)
		}
		if !r.WithdrawnAt.IsZero() {
			line += "\n" + c.t("history.withdrawn", "At", c.moment(r.WithdrawnAt))
		}
		if !r.ReturnedAt.IsZero() {
			line += "\n" + c.t("history.returned", "At", c.moment(r.ReturnedAt), "Reason", r.ReturnReason)
		}
		out = append(out, entry{r.At, line})
	}
	for i, e := range o.Extensions {
		line := where + " · " + c.n("history.extended", i+1, "From", c.date(cmp.Or(e.Was, o.Due)), "Date", c.date(e.Due),
			"Person", c.personName(e.By), "Reason", cmp.Or(e.Reason, "–"))
		if o.Overtaken(&e) {
			line += "\n" + c.t("history.overtaken", "Date", c.date(o.Due))
		}
		out = append(out, entry{e.At, line})
	}
	return out
}

// historyOfRequest is the request for a later day and what became of it; one
// that was granted stands among the extensions.
// keys: request.*
func (c *call) historyOfRequest(r storage.ExtensionRequest) []entry {
	where := chat.Escape(c.unitShort(r.Unit)) + " · "
	out := []entry{{r.At, where + c.t("history.requested", "Date", c.date(r.Due),
		"Person", c.personName(r.Person), "Reason", r.Reason)}}
	if r.Outcome == storage.RequestWaiting || r.Outcome == storage.RequestGranted {
		return out
	}
	line := c.t("request."+string(r.Outcome), "Date", c.date(r.Due), "Person", c.personName(r.SettledBy))
	if r.Refusal != "" {
		line += "\n" + c.quoted(r.Refusal, 1000)
	}
	return append(out, entry{r.SettledAt, where + line})
}
