package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dondoc/internal/plan"
	"dondoc/internal/reportfile"
	"dondoc/locales"
	"dondoc/storage"
)

type reportCmd struct {
	Period []string `arg:"" help:"Q1, H1, Q3 or year; a number such as 2024 is that whole year."`
	Year   int      `placeholder:"YEAR" help:"Year of the plan (the plan in force)."`
	Out    string   `default:"." placeholder:"FOLDER" help:"Folder for the workbook and the Word document (${default})."`
}

// errNoReport is no context.Canceled, which would be a clean end.
var errNoReport = errors.New("the report was stopped; no file was written")

// Run writes the files of a period's report and prints their names; a program
// may be running on the same data folder.
func (c *reportCmd) Run(ctx context.Context, p *program) error {
	period, year, ok := plan.ParsePeriod(strings.Join(c.Period, " "))
	switch {
	case !ok:
		return unusable("%q is no period: Q1, H1, Q3 or year is expected", shortened([]byte(strings.Join(c.Period, " "))))
	case year == 0:
		year = c.Year
	case c.Year != 0 && c.Year != year:
		return unusable("%s and --year %d contradict each other", strings.Join(c.Period, " "), c.Year)
	}
	files, err := c.files(ctx, p, period, year)
	if err != nil && ctx.Err() != nil {
		return errNoReport
	}
	if err != nil {
		return err
	}
	names, err := writeFiles(c.Out, files)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := fmt.Fprintln(p.Out, name); err != nil {
			return fmt.Errorf("print the names: %w", err)
		}
	}
	return nil
}

func (*reportCmd) files(ctx context.Context, p *program, period plan.Period, year int) (files []reportfile.File, err error) {
	s := &p.settings
	paper, err := s.reportTemplate()
	if err != nil {
		return nil, err
	}
	words, err := locales.Load()
	if err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	db, release, err := p.openBeside(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	err = db.Read(ctx, func(tx *storage.Tx) error {
		r, err := s.report(tx, period, year)
		if err != nil {
			return err
		}
		files, err = r.Files(paper, words.In(s.Lang))
		return err
	})
	return files, err
}

// report gathers the report of the period of a year's plan, of the plan in
// force for year 0.
func (s *Settings) report(tx *storage.Tx, period plan.Period, year int) (*reportfile.Report, error) {
	snapshot, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	loc := s.Timezone.Location
	today := plan.DateOf(s.clock().Now(), loc)
	p := snapshot.Current(today)
	if year != 0 {
		p = snapshot.Year(year)
	}
	switch {
	case p == nil && year != 0:
		return nil, unusable("the data folder %s holds no plan of %d", s.Data, year)
	case p == nil:
		return nil, unusable("the data folder %s holds no plan", s.Data)
	case p.Span(period).Opens > today:
		return nil, unusable("%s of %d has not begun: it begins on %s", period, p.Year, p.Span(period).Opens)
	}
	book, err := tx.PeriodBook(p, period, today, loc)
	if err != nil {
		return nil, err
	}
	names, err := tx.Names()
	if err != nil {
		return nil, err
	}
	return reportfile.New(book, names, loc), nil
}

// reportTemplate reads the template that the settings name, nil for the
// shipped one.
func (s *Settings) reportTemplate() (*reportfile.Template, error) {
	if s.ReportTemplate == "" {
		return nil, nil
	}
	t, err := reportfile.ReadTemplate(s.ReportTemplate)
	if err != nil {
		return nil, unusable("--report-template (DONDOC_REPORT_TEMPLATE): %w", inFile(s.ReportTemplate, err))
	}
	return t, nil
}

// writeFiles puts all files into the folder, or none, and returns their names.
func writeFiles(folder string, files []reportfile.File) (names []string, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // G301: the files are for others to read
		return nil, unusable("cannot make the folder for the files: %w; choose another with --out", err)
	}
	var drafts []string
	defer func() {
		for _, d := range drafts {
			_ = os.Remove(d) // gone under its name already, if all went well
		}
	}()
	for _, f := range files {
		draft, err := writeDraft(folder, f)
		if draft != "" {
			drafts = append(drafts, draft)
		}
		if err != nil {
			return nil, err
		}
	}
	for i, f := range files {
		name := filepath.Join(folder, f.Name)
		if err := os.Rename(drafts[i], name); err != nil {
			return nil, unusable("cannot write %s: %w", name, err)
		}
		names = append(names, name)
	}
	return names, nil
}

// writeDraft writes a file under a name that nobody looks for.
func writeDraft(folder string, f reportfile.File) (name string, err error) {
	draft, err := os.CreateTemp(folder, ".report-*")
	if err != nil {
		return "", unusable("cannot write to the folder for the files: %w; choose another with --out", err)
	}
	_, err = draft.Write(f.Data)
	err = errors.Join(err, draft.Chmod(0o644), draft.Sync(), draft.Close())
	if err != nil {
		err = fmt.Errorf("write %s: %w", f.Name, err)
	}
	return draft.Name(), err
}
