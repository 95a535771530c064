package storage

import (
	"database/sql"
	"fmt"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// A Form is the check-in form of a unit and window.
type Form struct {
	ID        int64
	Plan      int64
	Unit      string
	Period    string
	Again     bool  // shows what is reported already, too
	Asked     bool  // sentences that lack were asked for
	ChangedBy int64 // who changed it last
	Messages  []FormMessage
}

// A FormMessage shows a form in a chat or topic, a page at a time.
type FormMessage struct {
	Place  chat.Place
	Outbox int64
	Page   int
}

// OpenForm returns the form of the unit and window, which asks for sentences
// again.
func (tx *Tx) OpenForm(planID int64, unit, period string) (Form, error) {
	var id int64
	err := tx.row(dest(&id), `INSERT INTO forms (plan, unit, period) VALUES (?, ?, ?)
		ON CONFLICT (plan, unit, period) DO UPDATE SET asked = 0 RETURNING id`, planID, unit, period)
	if err != nil {
		return Form{}, fmt.Errorf("open form: %w", err)
	}
	return tx.Form(id)
}

// Form returns the form with the id, or ErrNotFound.
func (tx *Tx) Form(id int64) (Form, error) {
	f := Form{ID: id}
	err := tx.row(dest(&f.Plan, &f.Unit, &f.Period, &f.Again, &f.Asked, &f.ChangedBy),
		`SELECT plan, unit, period, again, asked, changed_by FROM forms WHERE id = ?`, id)
	if err != nil {
		return f, fmt.Errorf("form %d: %w", id, err)
	}
	err = tx.each(func(rows *sql.Rows) error {
		var m FormMessage
		err := rows.Scan(&m.Place.Chat, &m.Place.Topic, &m.Outbox, &m.Page)
		f.Messages = append(f.Messages, m)
		return err
	}, `SELECT chat, topic, outbox, page FROM form_messages WHERE form = ? ORDER BY outbox`, id)
	if err != nil {
		return f, fmt.Errorf("form %d: %w", id, err)
	}
	return f, nil
}

// MarkFormAsked records that sentences were asked for.
func (tx *Tx) MarkFormAsked(id int64) error {
	if _, err := tx.exec(`UPDATE forms SET asked = 1 WHERE id = ?`, id); err != nil {
		return fmt.Errorf("form %d: %w", id, err)
	}
	return nil
}

// ShowForm records which message shows the form at its place.
func (tx *Tx) ShowForm(id int64, m FormMessage) error {
	// A message that turns from one form to another shows the other alone.
	if _, err := tx.exec(`DELETE FROM form_messages WHERE outbox = ?`, m.Outbox); err != nil {
		return fmt.Errorf("show form %d: %w", id, err)
	}
	if _, err := tx.exec(`INSERT INTO form_messages (form, chat, topic, outbox, page) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (form, chat, topic) DO UPDATE SET outbox = excluded.outbox, page = excluded.page`,
		id, m.Place.Chat, m.Place.Topic, m.Outbox, m.Page); err != nil {
		return fmt.Errorf("show form %d: %w", id, err)
	}
	return nil
}

// ForgetFormMessage records that the message shows its form no more.
func (tx *Tx) ForgetFormMessage(outbox int64) error {
	if _, err := tx.exec(`DELETE FROM form_messages WHERE outbox = ?`, outbox); err != nil {
		return fmt.Errorf("forget message of a form: %w", err)
	}
	return nil
}

// EditWaits reports whether a newer state of the message is on its way to the
// chat, or waits for it.
func (tx *Tx) EditWaits(outbox int64) (bool, error) {
	var waits bool
	err := tx.row(dest(&waits), `SELECT EXISTS (SELECT 1 FROM outbox WHERE edits = ? AND done_at IS NULL)`, outbox)
	if err != nil {
		return false, fmt.Errorf("waiting edits: %w", err)
	}
	return waits, nil
}

// Choices returns what is chosen in the form, by occurrence.
func (tx *Tx) Choices(f Form) (map[int64]plan.Choice, error) {
	out := map[int64]plan.Choice{}
	err := tx.each(func(rows *sql.Rows) error {
		var id int64
		var c plan.Choice
		err := rows.Scan(&id, &c.Status, &c.Note, &c.Noted, &c.By, &c.Since, &c.Report)
		out[id] = c
		return err
	}, `SELECT c.occurrence, c.status, c.note, c.noted, c.person, c.since, coalesce(c.report, 0)
		FROM choices c JOIN occurrences o ON o.id = c.occurrence JOIN tasks t ON t.id = o.task
		WHERE t.plan = ? AND o.unit = ? AND o.period = ?`, f.Plan, f.Unit, f.Period)
	if err != nil {
		return nil, fmt.Errorf("choices of form %d: %w", f.ID, err)
	}
	return out, nil
}

// Choose records what is chosen for a check-in of the form.
func (tx *Tx) Choose(form, occurrence int64, c plan.Choice) error {
	if _, err := tx.exec(`INSERT INTO choices (occurrence, status, note, noted, person, since, report)
		VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0)) ON CONFLICT (occurrence) DO UPDATE SET
		status = excluded.status, note = excluded.note, noted = excluded.noted, person = excluded.person,
		since = excluded.since, report = excluded.report`,
		occurrence, c.Status, c.Note, c.Noted, c.By, c.Since, c.Report); err != nil {
		return fmt.Errorf("choose: %w", err)
	}
	if _, err := tx.exec(`UPDATE forms SET changed_by = ? WHERE id = ?`, c.By, form); err != nil {
		return fmt.Errorf("choose: %w", err)
	}
	return nil
}

// ReopenForm makes the form show what is reported already, too.
func (tx *Tx) ReopenForm(id int64) error {
	if _, err := tx.exec(`UPDATE forms SET again = 1 WHERE id = ?`, id); err != nil {
		return fmt.Errorf("reopen form %d: %w", id, err)
	}
	return nil
}

// CloseForm records that no message shows the form any more, and that it opens
// as a fresh one.
func (tx *Tx) CloseForm(id int64) error {
	for _, q := range []string{
		`DELETE FROM form_messages WHERE form = ?`,
		`UPDATE forms SET again = 0, asked = 0 WHERE id = ?`,
	} {
		if _, err := tx.exec(q, id); err != nil {
			return fmt.Errorf("close form %d: %w", id, err)
		}
	}
	return nil
}
