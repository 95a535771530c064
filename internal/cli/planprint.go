package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

// printImport shows what an import would do, what a person must look at first.
// d is nil for a plan of a year that has none yet.
func printImport(w io.Writer, draft *planfile.Draft, d *plan.Difference) error {
	p := draft.Plan
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s: %d tasks in %d groups\n", planName(checkOf(draft)), len(p.Tasks), len(p.Groups))
	if unread := draft.Unread(); len(unread) > 0 {
		fmt.Fprintf(t, "Deadlines that cannot be read, to be set by /deadline: %d\n", len(unread))
		for _, task := range unread {
			fmt.Fprintf(t, "  %d\t%q\t%s\n", task.Number, oneLine(task.Schedule.Phrase), oneLine(task.ShortTitle))
		}
	}
	if draft.Renumbered {
		fmt.Fprintln(t, "The file's numbers begin anew or have several levels: the tasks are numbered through.")
	}
	if d == nil {
		fmt.Fprintf(t, "There is no plan of %d yet: it lives beside the others and takes over when it is given out.\n", p.Year)
	} else {
		printDifference(t, d)
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

func printDifference(w io.Writer, d *plan.Difference) {
	if d.Redecided() {
		fmt.Fprintln(w, "~ the decision's own particulars: number, day, title, offices, signature or copy list")
	}
	for _, c := range d.Changes {
		switch {
		case c.Old == nil || c.New != nil && c.Old.Ended != 0:
			fmt.Fprintf(w, "+ %d\tadded\t%s\t%s\n", c.New.Number, oneLine(c.New.Schedule.Phrase), oneLine(c.New.ShortTitle))
		case c.New == nil:
			fmt.Fprintf(w, "- %d\tends\t%s\t%s\n", c.Old.Number, oneLine(c.Old.Schedule.Phrase), oneLine(c.Old.ShortTitle))
		default:
			printChange(w, c)
		}
		if c.FileNumber != 0 {
			fmt.Fprintf(w, "= %d\tis %d in the file\t\t%s\n", c.New.Number, c.FileNumber, oneLine(c.New.ShortTitle))
		}
	}
}

func printChange(w io.Writer, c plan.Change) {
	var what []string
	if c.Moved {
		what = append(what, fmt.Sprintf("moved from %q to %q", oneLine(c.Old.Schedule.Phrase), oneLine(c.New.Schedule.Phrase)))
	}
	if c.Reassigned {
		what = append(what, fmt.Sprintf("units %s / %s instead of %s / %s", strings.Join(c.New.Leads, " "),
			strings.Join(c.New.Cooperating, " "), strings.Join(c.Old.Leads, " "), strings.Join(c.Old.Cooperating, " ")))
	}
	if c.Reworded {
		what = append(what, "reworded")
	}
	if c.Regrouped {
		what = append(what, "in another group")
	}
	if c.Retitled {
		what = append(what, fmt.Sprintf("short title instead of %q", oneLine(c.Old.ShortTitle)))
	}
	if c.Renoted {
		what = append(what, fmt.Sprintf("note %q", oneLine(c.New.Note)))
	}
	if len(what) > 0 {
		fmt.Fprintf(w, "~ %d\t%s\t\t%s\n", c.New.Number, strings.Join(what, "; "), oneLine(c.New.ShortTitle))
	}
}
