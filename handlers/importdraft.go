package handlers

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

// An imported plan is a file's, as it is understood with the units of now.
type imported struct {
	id    int64
	name  string // of the file
	draft *planfile.Draft
	plan  *plan.Plan       // the draft's, with the numbers that its tasks will bear
	diff  *plan.Difference // to the plan of the same year, nil if there is none
}

// importOf reads an import that waits; refused if it does not any more.
func (c *call) importOf(id int64) (*imported, error) {
	i := &imported{id: id, draft: &planfile.Draft{}}
	var err error
	i.name, err = c.tx.Import(id, i.draft)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, c.dead()
	}
	if err != nil {
		return nil, err
	}
	i.settle(c)
	return i, nil
}

// settle reads what depends on the units and compares with the plan in force.
func (i *imported) settle(c *call) {
	d := i.draft
	d.Settle(c.snap.Roster, d.Plan.Year)
	old := c.snap.Year(d.Plan.Year)
	if d.Plan.Year != 0 {
		d.Complete(cmp.Or(old, c.snap.Current(c.today)))
	}
	revised := *d.Plan
	revised.Tasks = make([]*plan.Task, len(d.Plan.Tasks))
	for n, t := range d.Plan.Tasks {
		own := *t
		revised.Tasks[n] = &own
	}
	i.plan, i.diff = &revised, nil
	if old != nil {
		i.diff = plan.Compare(old, i.plan)
	}
}

// unread are the tasks whose deadline could not be read.
func (i *imported) unread() []*plan.Task {
	return slices.DeleteFunc(slices.Clone(i.plan.Tasks), func(t *plan.Task) bool {
		return t.Schedule.Kind != plan.KindUnknown
	})
}

// obstacles are the problems for which the file cannot be taken over; year and
// unknown names are shown for themselves.
func (i *imported) obstacles() []*planfile.Error {
	var out []*planfile.Error
	for _, p := range i.draft.Problems() {
		if p.Code != planfile.CodeNoYear && p.Code != planfile.CodeUnknownUnit {
			out = append(out, p)
		}
	}
	return out
}

// ready reports whether nothing stands in the way.
func (i *imported) ready() bool {
	return i.plan.Year != 0 && len(i.draft.Unknown) == 0 && len(i.obstacles()) == 0 && (i.diff == nil || !i.diff.Same())
}

// mark is a fingerprint of what a confirmation would change.
func (i *imported) mark() string {
	var b strings.Builder
	p := i.plan
	fmt.Fprintln(&b, p.Year, p.Number, p.Date, p.Title, i.diff == nil)
	for _, t := range p.Tasks {
		fmt.Fprintln(&b, t.Number, t.Content, t.ShortTitle, t.Leads, t.Cooperating, t.Schedule, t.Note)
	}
	if i.diff != nil {
		for _, c := range i.diff.Changes {
			fmt.Fprintln(&b, c.Old == nil, c.New == nil, c.FileNumber, c.Reworded, c.Moved, c.Reassigned, c.Regrouped,
				c.Retitled, c.Renoted)
		}
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:8])
}

// pressImport handles the buttons under a preview.
func (c *call) pressImport() error {
	i, err := c.importOf(c.action.Key)
	if err != nil {
		return err
	}
	switch verb, arg, _ := strings.Cut(c.action.Arg, ":"); verb {
	case "go":
		return c.takeOver(i, arg)
	case "year":
		year, ok := planfile.ReadYear(arg)
		if !ok {
			return c.dead()
		}
		i.draft.Plan.Year = year
		return c.keepImport(i)
	case "all":
		return c.sendImport(i)
	case "cancel":
		if err := c.tx.SettleImport(i.id, c.now); err != nil {
			return err
		}
		return c.show(c.t("import.cancelled", "Name", i.name))
	}
	return c.showImport(i)
}

// keepImport stores what somebody said of the draft and shows it anew.
func (c *call) keepImport(i *imported) error {
	if err := c.tx.SetImport(i.id, i.draft); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	i.settle(c)
	return c.showImport(i)
}

// takeOver makes the file the plan, if it still would change what was shown.
func (c *call) takeOver(i *imported, shown string) error {
	if !i.ready() || i.mark() != shown {
		return c.showImport(i)
	}
	var err error
	if i.diff != nil {
		err = c.tx.ChangePlan(i.diff, c.today, c.h.Location)
	} else {
		err = c.tx.AddPlan(i.plan)
	}
	if err != nil {
		return err
	}
	if err := c.tx.SettleImport(i.id, c.now); err != nil {
		return err
	}
	year := i.plan.Year
	if err := c.tx.Trail(c.now, c.person.ID, "import", fmt.Sprint(year)); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	p := c.snap.Year(year)
	publish := c.publishCommand(p)
	done := c.n("import.done_new", len(p.Tasks), "Publish", publish)
	if i.diff != nil {
		done = c.n("import.done", len(p.Tasks), "Publish", publish)
	}
	return c.show(join(chat.Bold(c.t("import.title", "Year", year, "Title", p.Title)), done))
}

// replyImport handles a reply to the question for a file, or to a preview: what
// the file does not say, one thing a line.
func (c *call) replyImport() error {
	if c.action.Key == 0 {
		f := c.fileOfMessage()
		if c.in.File == nil || f == nil {
			return refuse("import.no_file", "Command", c.cmd(verbImport))
		}
		return c.fetchPlan(f)
	}
	i, err := c.importOf(c.action.Key)
	if err != nil {
		return err
	}
	for line := range strings.FieldsFuncSeq(c.args, func(r rune) bool { return r == '\n' || r == ';' }) {
		if !i.draft.Say(strings.TrimSpace(line)) {
			return refuse("import.unsaid", "Line", chat.Cut(strings.TrimSpace(line), 60))
		}
	}
	return c.keepImport(i)
}
