package storage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"dondoc/internal/plan"
)

// ChangePlan makes the new version of a plan take the place of the old one on
// the day, as the difference says. Reports stay; tasks that the new version
// leaves out end.
func (tx *Tx) ChangePlan(d *plan.Difference, today plan.Date, loc *time.Location) error {
	if err := tx.changeDecision(d); err != nil {
		return fmt.Errorf("change plan: %w", err)
	}
	groups, err := tx.changeGroups(d)
	if err != nil {
		return fmt.Errorf("change plan: %w", err)
	}
	for _, c := range d.Changes {
		switch {
		case c.New == nil:
			err = tx.endTask(c.Old.ID, today)
		case c.Old == nil:
			err = tx.addRevised(d, c.New, groups, today)
		default:
			err = tx.changeTask(d, c, groups, today, loc)
		}
		if err != nil {
			return fmt.Errorf("change plan: %w", err)
		}
	}
	return tx.touch()
}

// changeDecision keeps of the old version what the new one does not say.
func (tx *Tx) changeDecision(d *plan.Difference) error {
	n := d.New
	_, err := tx.exec(`UPDATE plans SET
		number = coalesce(nullif(?1, ''), number), day = coalesce(nullif(?2, ''), day), title = coalesce(nullif(?3, ''), title),
		parent = coalesce(nullif(?4, ''), parent), office = coalesce(nullif(?5, ''), office),
		place = coalesce(nullif(?6, ''), place), signer_title = coalesce(nullif(?7, ''), signer_title),
		signer = coalesce(nullif(?8, ''), signer), recipients = coalesce(nullif(?9, ''), recipients) WHERE id = ?10`,
		n.Number, n.Date.String(), n.Title, n.Parent, n.Office, n.Place, n.SignerTitle, n.Signer,
		strings.Join(n.Recipients, "\n"), d.Old.ID)
	return err
}

// changeGroups stores the groups of the new version and returns their
// positions. Those of the old version keep theirs: ended tasks stand in them.
func (tx *Tx) changeGroups(d *plan.Difference) ([]int, error) {
	known := slices.Clone(d.Old.Groups)
	positions := make([]int, len(d.New.Groups))
	for i, g := range d.New.Groups {
		at := slices.IndexFunc(known, func(k plan.Group) bool { return plan.Fold(k.Label()) == plan.Fold(g.Label()) })
		if at < 0 {
			at = len(known)
			known = append(known, g)
			if _, err := tx.exec(`INSERT INTO groups (plan, position, numeral, title) VALUES (?, ?, ?, ?)`,
				d.Old.ID, at, g.Numeral, g.Title); err != nil {
				return nil, err
			}
		}
		positions[i] = at
	}
	return positions, nil
}

func (tx *Tx) endTask(id int64, today plan.Date) error {
	_, err := tx.exec(`UPDATE tasks SET ended = ? WHERE id = ?`, today.String(), id)
	return err
}

func (tx *Tx) addRevised(d *plan.Difference, t *plan.Task, groups []int, today plan.Date) error {
	added := *t
	added.Group = groups[t.Group]
	return tx.addTask(d.Old, &added, d.Old.Revise(nil, &added, nil, today).Add)
}

func (tx *Tx) changeTask(d *plan.Difference, c plan.Change, groups []int, today plan.Date, loc *time.Location) error {
	t := *c.New
	t.ID, t.Group = c.Old.ID, groups[c.New.Group]
	if _, err := tx.exec(`UPDATE tasks SET grp = ?, content = ?, short_title = ?, lead_text = ?, cooperating_text = ?,
		phrase = ?, kind = ?, due = ?, firm = ?, note = ?, ended = '' WHERE id = ?`,
		t.Group, t.Content, t.ShortTitle, t.LeadText, t.CooperatingText, t.Schedule.Phrase, t.Schedule.Kind,
		days(t.Schedule.Due), t.Schedule.Firm, t.Note, t.ID); err != nil {
		return err
	}
	if !c.Reassigned && !c.Moved && c.Old.Ended == 0 {
		return nil
	}
	if _, err := tx.exec(`DELETE FROM assignments WHERE task = ?`, t.ID); err != nil {
		return err
	}
	if err := tx.assign(&t); err != nil {
		return err
	}
	occs, err := tx.Occurrences(Filter{Task: t.ID, Dropped: true}, loc)
	if err != nil {
		return err
	}
	return tx.revise(t.ID, d.Old.Revise(c.Old, &t, occs, today))
}

// AskFor stores an occurrence that somebody asks for beside the phrase of its
// task, and sets its id. If a version of the plan had dropped that of the same
// period, it is taken up again with what was reported on it.
func (tx *Tx) AskFor(o *plan.Occurrence) error {
	err := tx.row(dest(&o.ID), `INSERT INTO occurrences (task, unit, kind, period, opens, due, firm) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (task, unit, period) DO UPDATE SET kind = excluded.kind, opens = excluded.opens, due = excluded.due,
			firm = excluded.firm, dropped = 0 WHERE dropped = 1 RETURNING id`,
		o.TaskID, o.Unit, o.Kind, o.Period, o.Opens.String(), o.Due.String(), o.Firm)
	if err != nil {
		return fmt.Errorf("ask for an occurrence: %w", err)
	}
	return nil
}

// revise changes what a task asks for.
func (tx *Tx) revise(task int64, r plan.Revision) error {
	for _, id := range r.Drop {
		if _, err := tx.exec(`UPDATE occurrences SET dropped = 1 WHERE id = ?`, id); err != nil {
			return err
		}
	}
	for _, o := range r.Move {
		if _, err := tx.exec(`UPDATE occurrences SET kind = ?, period = ?, opens = ?, due = ?, firm = ?, dropped = 0 WHERE id = ?`,
			o.Kind, o.Period, o.Opens.String(), o.Due.String(), o.Firm, o.ID); err != nil {
			return err
		}
	}
	for _, o := range r.Add {
		o.TaskID = task
		if _, err := tx.AddOccurrence(&o, ""); err != nil {
			return err
		}
	}
	return nil
}
