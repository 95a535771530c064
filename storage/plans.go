package storage

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"dondoc/internal/plan"
)

// AddPlan stores a plan with its groups, tasks and assignments, and every
// occurrence that has a date. It sets the ids of p and its tasks.
func (tx *Tx) AddPlan(p *plan.Plan) error {
	settings, err := json.Marshal(p.Settings)
	if err != nil {
		return fmt.Errorf("add plan: %w", err)
	}
	p.ID, err = tx.insert(`INSERT INTO plans
		(year, number, day, title, parent, office, place, signer_title, signer, recipients, published, closed, settings)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.Year, p.Number, p.Date.String(), p.Title, p.Parent, p.Office, p.Place, p.SignerTitle, p.Signer,
		strings.Join(p.Recipients, "\n"), p.Published.String(), p.Closed.String(), string(settings))
	if err != nil {
		return fmt.Errorf("add plan: %w", err)
	}
	for i, g := range p.Groups {
		if _, err := tx.exec(`INSERT INTO groups (plan, position, numeral, title) VALUES (?, ?, ?, ?)`,
			p.ID, i, g.Numeral, g.Title); err != nil {
			return fmt.Errorf("add group: %w", err)
		}
	}
	for _, t := range p.Tasks {
		if err := tx.addTask(p, t, p.Occurrences(t)); err != nil {
			return fmt.Errorf("add task %d: %w", t.Number, err)
		}
	}
	return tx.touch()
}

// HasPlan reports whether there is any plan.
func (tx *Tx) HasPlan() (bool, error) {
	var has bool
	if err := tx.row(dest(&has), `SELECT EXISTS (SELECT 1 FROM plans)`); err != nil {
		return false, fmt.Errorf("look for a plan: %w", err)
	}
	return has, nil
}

// AddTask stores a task that is given on the day outside the plan, with what
// it asks for from then on. It sets its id and its number, the one after the
// last.
func (tx *Tx) AddTask(p *plan.Plan, t *plan.Task, given plan.Date) error {
	err := tx.row(dest(&t.Number), `SELECT coalesce(max(number), 0) + 1 FROM tasks WHERE plan = ?`, p.ID)
	if err != nil {
		return fmt.Errorf("add task: %w", err)
	}
	if err := tx.addTask(p, t, p.OccurrencesFrom(t, given)); err != nil {
		return fmt.Errorf("add task %d: %w", t.Number, err)
	}
	return tx.touch()
}

func (tx *Tx) addTask(p *plan.Plan, t *plan.Task, occs []plan.Occurrence) error {
	var err error
	t.ID, err = tx.insert(`INSERT INTO tasks
		(plan, number, grp, content, short_title, lead_text, cooperating_text, phrase, kind, due, firm, note)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, t.Number, t.Group, t.Content, t.ShortTitle, t.LeadText, t.CooperatingText,
		t.Schedule.Phrase, t.Schedule.Kind, days(t.Schedule.Due), t.Schedule.Firm, t.Note)
	if err != nil {
		return err
	}
	if err := tx.assign(t); err != nil {
		return err
	}
	for _, o := range occs {
		o.TaskID = t.ID
		if _, err := tx.AddOccurrence(&o, ""); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) assign(t *plan.Task) error {
	for role, units := range map[string][]string{roleLead: t.Leads, roleCooperating: t.Cooperating} {
		for i, unit := range units {
			if _, err := tx.exec(`INSERT INTO assignments (task, role, position, unit) VALUES (?, ?, ?, ?)`,
				t.ID, role, i, unit); err != nil {
				return err
			}
		}
	}
	return nil
}

// The roles of an assignment.
const (
	roleLead        = "lead"
	roleCooperating = "cooperating"
)

// SetPublished records the day on which the plan was given out.
func (tx *Tx) SetPublished(planID int64, on plan.Date) error {
	if _, err := tx.exec(`UPDATE plans SET published = ? WHERE id = ?`, on.String(), planID); err != nil {
		return fmt.Errorf("publish plan: %w", err)
	}
	return tx.touch()
}

// SetSettings stores the plan's choices.
func (tx *Tx) SetSettings(planID int64, s plan.Settings) error {
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	if _, err := tx.exec(`UPDATE plans SET settings = ? WHERE id = ?`, string(text), planID); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	return tx.touch()
}

// MoveWindow makes the check-ins of the window close on another day, but for
// those that were reported, and says how many moved and how many did not. The
// next window, if there is one, opens on the day after.
func (tx *Tx) MoveWindow(planID int64, w plan.Window, next string) (moved, kept int64, err error) {
	const these = `kind = 'check_in' AND period = ? AND task IN (SELECT id FROM tasks WHERE plan = ?)`
	moved, err = tx.changed(`UPDATE occurrences SET due = ? WHERE `+these+` AND NOT EXISTS (
		SELECT 1 FROM reports r WHERE r.occurrence = occurrences.id AND r.withdrawn_at IS NULL AND r.returned_at IS NULL)`,
		w.Closes.String(), w.Period, planID)
	if err != nil {
		return 0, 0, fmt.Errorf("move window: %w", err)
	}
	if err := tx.row(dest(&kept), `SELECT count(*) FROM occurrences WHERE `+these, w.Period, planID); err != nil {
		return 0, 0, fmt.Errorf("move window: %w", err)
	}
	if _, err := tx.exec(`UPDATE occurrences SET opens = ? WHERE `+these,
		(w.Closes + 1).String(), next, planID); err != nil {
		return 0, 0, fmt.Errorf("move window: %w", err)
	}
	return moved, kept - moved, nil
}

// SetClosed records the day on which the plan was closed.
func (tx *Tx) SetClosed(planID int64, on plan.Date) error {
	if _, err := tx.exec(`UPDATE plans SET closed = ? WHERE id = ?`, on.String(), planID); err != nil {
		return fmt.Errorf("close plan: %w", err)
	}
	return tx.touch()
}

func (tx *Tx) loadPlans() ([]*plan.Plan, error) {
	var plans []*plan.Plan
	err := tx.each(func(rows *sql.Rows) error {
		// A choice that is younger than the row has its default.
		p := &plan.Plan{Settings: plan.DefaultSettings()}
		var recipients, settings string
		if err := rows.Scan(&p.ID, &p.Year, &p.Number, day{&p.Date}, &p.Title, &p.Parent, &p.Office, &p.Place,
			&p.SignerTitle, &p.Signer, &recipients, day{&p.Published}, day{&p.Closed}, &settings); err != nil {
			return err
		}
		if recipients != "" {
			p.Recipients = strings.Split(recipients, "\n")
		}
		plans = append(plans, p)
		return json.Unmarshal([]byte(settings), &p.Settings)
	}, `SELECT id, year, number, day, title, parent, office, place, signer_title, signer, recipients,
		published, closed, settings FROM plans ORDER BY year DESC`)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		if err := tx.loadGroups(p); err != nil {
			return nil, err
		}
		if err := tx.loadTasks(p); err != nil {
			return nil, err
		}
		if err := tx.loadFreezes(p); err != nil {
			return nil, err
		}
	}
	return plans, nil
}

func (tx *Tx) loadGroups(p *plan.Plan) error {
	return tx.each(func(rows *sql.Rows) error {
		var g plan.Group
		err := rows.Scan(&g.Numeral, &g.Title)
		p.Groups = append(p.Groups, g)
		return err
	}, `SELECT numeral, title FROM groups WHERE plan = ? ORDER BY position`, p.ID)
}

func (tx *Tx) loadTasks(p *plan.Plan) error {
	byID := map[int64]*plan.Task{}
	err := tx.each(func(rows *sql.Rows) error {
		t := &plan.Task{}
		var due string
		if err := rows.Scan(&t.ID, &t.Number, &t.Group, &t.Content, &t.ShortTitle, &t.LeadText, &t.CooperatingText,
			&t.Schedule.Phrase, &t.Schedule.Kind, &due, &t.Schedule.Firm, &t.Note, day{&t.Ended}); err != nil {
			return err
		}
		if t.Ended == 0 {
			p.Tasks = append(p.Tasks, t)
		} else {
			p.Ended = append(p.Ended, t)
		}
		byID[t.ID] = t
		var err error
		t.Schedule.Due, err = parseDays(due)
		return err
	}, `SELECT id, number, grp, content, short_title, lead_text, cooperating_text, phrase, kind, due, firm, note, ended
		FROM tasks WHERE plan = ? ORDER BY number`, p.ID)
	if err != nil {
		return err
	}
	if err := tx.loadAssignments(p, byID); err != nil {
		return err
	}
	p.Index()
	return nil
}

// loadAssignments reads the units of each task as one text: a large office has
// far more assignments than tasks.
func (tx *Tx) loadAssignments(p *plan.Plan, byID map[int64]*plan.Task) error {
	return tx.each(func(rows *sql.Rows) error {
		var task int64
		var role, units string
		if err := rows.Scan(&task, &role, &units); err != nil {
			return err
		}
		if t := byID[task]; role == roleLead {
			t.Leads = strings.Fields(units)
		} else {
			t.Cooperating = strings.Fields(units)
		}
		return nil
	}, `SELECT a.task, a.role, group_concat(a.unit, ' ' ORDER BY a.position) FROM tasks t JOIN assignments a ON a.task = t.id
		WHERE t.plan = ? GROUP BY a.task, a.role`, p.ID)
}
