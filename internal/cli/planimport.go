package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"dondoc/internal/app"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

type planImportCmd struct {
	Yes    bool     `help:"Take the plan over without asking."`
	Year   string   `help:"The plan's year, if the file does not say it." placeholder:"2024"`
	Number string   `help:"The decision's number, if the file does not say it." placeholder:"12/ABC"`
	Date   string   `help:"The decision's day, if the file does not say it." placeholder:"11/01/2024"`
	Title  string   `help:"The plan's title, if the file does not say it."`
	Alias  []string `help:"A name of the file and the unit that it means; may be repeated." placeholder:"NAME=CODE" sep:"none"`
	Ignore []string `help:"A name that means no unit of the office; may be repeated." placeholder:"NAME" sep:"none"`
	File   string   `arg:"" help:"The plan: .docx, .xlsx or .csv."`
}

// Run shows what the file would change, asks, and changes it all at once.
func (c *planImportCmd) Run(ctx context.Context, p *program) (err error) {
	file, err := os.Open(c.File)
	if err != nil {
		return unusable("cannot read the plan: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	release, err := claimFolder(p.settings.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	db, err := storage.Open(ctx, app.Database(p.settings.Data))
	if err != nil {
		return unusable("cannot open the database of the data folder %s: %w; choose another folder with %s",
			p.settings.Data, err, dataSetting)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	today := plan.DateOf(p.settings.clock().Now(), p.settings.Timezone.Location)
	return db.Write(ctx, func(tx *storage.Tx) error {
		i := &planImport{cmd: c, program: p, tx: tx, today: today}
		return i.run(ctx, file)
	})
}

// A planImport is one import under way. The data folder is this program's
// alone, so the transaction may wait for an answer.
type planImport struct {
	*program
	cmd   *planImportCmd
	tx    *storage.Tx
	today plan.Date

	snap  *storage.Snapshot
	draft *planfile.Draft
}

func (i *planImport) run(ctx context.Context, file io.Reader) error {
	if err := i.prepare(file); err != nil {
		return err
	}
	if err := i.check(); err != nil {
		return err
	}
	same := i.snap.Year(i.draft.Plan.Year)
	i.draft.Complete(cmp.Or(same, i.snap.Current(i.today)))
	var d *plan.Difference
	if same != nil {
		d = plan.Compare(same, i.draft.Plan)
	}
	if err := printImport(i.Out, i.draft, d); err != nil {
		return err
	}
	if d != nil && d.Same() {
		return i.say("Nothing changes.\n")
	}
	if !i.cmd.Yes {
		switch yes, err := i.agreed(ctx, "Take it over?"); {
		case err != nil:
			return err
		case !yes:
			return errNotTaken
		}
	}
	var err error
	if d != nil {
		err = i.tx.ChangePlan(d, i.today, i.settings.Timezone.Location)
	} else {
		err = i.tx.AddPlan(i.draft.Plan)
	}
	if err != nil {
		return err
	}
	return i.say("Taken over. Units are told by /publish in chat.\n")
}

// errNotTaken undoes what was prepared.
var errNotTaken = errors.New("not taken over; nothing was changed")

// prepare reads the file with the units of the folder; a new folder gets those
// of the settings first.
func (i *planImport) prepare(file io.Reader) error {
	var err error
	if i.snap, err = i.tx.Snapshot(); err != nil {
		return err
	}
	if len(i.snap.Roster.Units) == 0 {
		if err := i.found(); err != nil {
			return err
		}
		if i.snap, err = i.tx.Snapshot(); err != nil {
			return err
		}
	}
	for _, pair := range i.cmd.Alias {
		if err := i.addAlias(pair); err != nil {
			return err
		}
	}
	if i.snap, err = i.tx.Snapshot(); err != nil {
		return err
	}
	i.draft, err = planfile.ReadDraft(file, i.snap.Roster, planfile.Options{})
	if err != nil {
		return unusable("cannot read the plan: %w", inFile(i.cmd.File, err))
	}
	i.draft.DropEmpty()
	return i.complete()
}

// found makes a new folder's units and calendar.
func (i *planImport) found() error {
	seed, err := i.settings.office()
	if err != nil {
		return err
	}
	return app.Plant(i.tx, seed)
}

func (i *planImport) addAlias(pair string) error {
	name, code, _ := strings.Cut(pair, "=")
	u, ok := i.snap.Roster.Unit(strings.TrimSpace(code))
	if !ok || strings.TrimSpace(name) == "" {
		return unusable("--alias: %q names no unit; write a name and a unit's code, as in \"name=van-phong\"", pair)
	}
	err := i.tx.AddAlias(u.Code, strings.TrimSpace(name))
	if taken, is := errors.AsType[*plan.NameTakenError](err); is {
		return unusable("--alias: %w", taken)
	}
	return err
}

// complete fills in what the file leaves open and the flags say.
func (i *planImport) complete() error {
	p := i.draft.Plan
	year := 0
	if i.cmd.Year != "" {
		var ok bool
		if year, ok = planfile.ReadYear(i.cmd.Year); !ok {
			return unusable("--year: %q is no year; write it as 2024", i.cmd.Year)
		}
	}
	p.Number = cmp.Or(p.Number, i.cmd.Number)
	p.Title = cmp.Or(p.Title, i.cmd.Title)
	if i.cmd.Date != "" && p.Date == 0 {
		var ok bool
		if p.Date, ok = planfile.ReadDay(i.cmd.Date); !ok {
			return unusable("--date: there is no day %q; write it as 11/01/2024", i.cmd.Date)
		}
	}
	i.draft.Ignored = i.cmd.Ignore
	i.draft.Settle(i.snap.Roster, year)
	return nil
}

// check refuses what cannot be a plan, with all that is wrong in it on the
// standard output.
func (i *planImport) check() error {
	problems := slices.DeleteFunc(i.draft.Problems(), func(e *planfile.Error) bool {
		return e.Code == planfile.CodeNoYear && i.draft.Plan.Year != 0
	})
	if len(problems) == 0 {
		return nil
	}
	if err := printCheck(i.Out, checkOf(i.draft)); err != nil {
		return err
	}
	first := problems[0]
	hint := "mend the file"
	switch first.Code {
	case planfile.CodeUnknownUnit:
		hint = `mend the file, say what the name means with --alias "NAME=CODE", or that it means no unit with --ignore`
	case planfile.CodeNoYear:
		hint = "say it with --year"
	}
	return unusable("%s: %w; %s (%d problems in all)", i.cmd.File, first, hint, len(problems))
}
