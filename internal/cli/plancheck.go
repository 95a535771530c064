package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"text/tabwriter"

	"dondoc/internal/app"
	"dondoc/internal/export"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

type planCmd struct {
	Check  planCheckCmd  `cmd:"" help:"Read a plan file, change nothing, and show how it was understood."`
	Import planImportCmd `cmd:"" help:"Take a plan file over, after showing what it changes."`
}

type planCheckCmd struct {
	JSON bool   `help:"Print one JSON document."`
	File string `arg:"" help:"The plan: .docx, .xlsx or .csv."`
}

// Run reads the file with the units that the office has. Once its table was
// found, what is wrong in it is a result, not an error.
func (c *planCheckCmd) Run(ctx context.Context, p *program) error {
	roster, err := p.roster(ctx)
	if err != nil {
		return err
	}
	year := p.settings.clock().Now().In(p.settings.Timezone.Location).Year()
	draft, err := readDraft(c.File, roster, year)
	if err != nil {
		return unusable("cannot read the plan: %w", err)
	}
	if c.JSON {
		return printJSON(p.Out, checkOf(draft))
	}
	return printCheck(p.Out, checkOf(draft))
}

// roster returns the units of the data folder; where it has none yet, those of
// the settings, with which it will begin. A program may be running on it.
func (p *program) roster(ctx context.Context) (roster *plan.Roster, err error) {
	if _, err := os.Stat(app.Database(p.settings.Data)); errors.Is(err, fs.ErrNotExist) {
		return p.settings.roster()
	}
	db, release, err := p.openBeside(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	err = db.Read(ctx, func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err == nil {
			roster = snap.Roster
		}
		return err
	})
	if err == nil && len(roster.Units) == 0 {
		return p.settings.roster()
	}
	return roster, err
}

func readDraft(name string, roster *plan.Roster, year int) (*planfile.Draft, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	draft, err := planfile.ReadDraft(f, roster, planfile.Options{Year: year})
	return draft, inFile(name, errors.Join(err, f.Close()))
}

// A planCheck is how a plan file was understood: plan and tasks as the export
// has them, and what an import would stumble over.
type planCheck struct {
	Plan         export.Plan   `json:"plan"`
	Tasks        []export.Task `json:"tasks"`
	Problems     []string      `json:"problems"`
	UnknownUnits []string      `json:"unknown_units"`

	groups int
}

func checkOf(draft *planfile.Draft) *planCheck {
	p := draft.Plan
	c := &planCheck{
		Plan:         export.PlanOf(p),
		Tasks:        make([]export.Task, len(p.Tasks)),
		Problems:     []string{},
		UnknownUnits: []string{},
		groups:       len(p.Groups),
	}
	for i, t := range p.Tasks {
		c.Tasks[i] = export.TaskOf(p, t)
	}
	for _, u := range draft.Unknown {
		c.UnknownUnits = append(c.UnknownUnits, u.Name)
	}
	for _, problem := range draft.Problems() {
		if problem.Code == planfile.CodeNoYear {
			c.Plan.Year = nil // which the file does not say
		}
		c.Problems = append(c.Problems, problem.Error())
	}
	return c
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// printCheck prints a table for people.
func printCheck(w io.Writer, c *planCheck) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s: %d tasks in %d groups\n", planName(c), len(c.Tasks), c.groups)
	for _, task := range c.Tasks {
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\n", task.Number, task.Kind, strings.Join(task.Due, " "),
			oneLine(task.Deadline), oneLine(task.ShortTitle))
	}
	for _, problem := range c.Problems {
		fmt.Fprintf(t, "problem: %s\n", oneLine(problem))
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

func planName(c *planCheck) string {
	var parts []string
	if c.Plan.Number != nil {
		parts = append(parts, oneLine(*c.Plan.Number))
	}
	if c.Plan.Date != nil {
		parts = append(parts, "of "+*c.Plan.Date)
	}
	if c.Plan.Year != nil {
		parts = append(parts, fmt.Sprintf("for %d", *c.Plan.Year))
	}
	if len(parts) == 0 {
		return "a plan without number, date and year"
	}
	return strings.Join(parts, " ")
}
