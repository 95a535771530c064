package storage

import (
	"database/sql"
	"fmt"
	"time"

	"dondoc/internal/plan"
)

// AddReport records a report on an occurrence and sets its id. The reports of
// one message or form are kept together by their batch, the id of the first of
// them; that one is added with 0.
func (tx *Tx) AddReport(occurrence, batch int64, r *plan.Report, recordedAt time.Time) error {
	evidence, err := evidenceText(r.Evidence)
	if err != nil {
		return fmt.Errorf("add report: %w", err)
	}
	r.ID, err = tx.insert(`INSERT INTO reports (id, occurrence, person, via, status, note, evidence, at, recorded_at, batch)
		SELECT n, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(nullif(?, 0), n) FROM (SELECT coalesce(max(id), 0) + 1 AS n FROM reports)`,
		occurrence, r.By, r.Via, r.Status, r.Note, evidence, millis(r.At), millis(recordedAt), batch)
	if err != nil {
		return fmt.Errorf("add report: %w", err)
	}
	return nil
}

// BatchReports returns the reports of one message, by id, with the ids of
// their occurrences.
func (tx *Tx) BatchReports(batch int64) (reports, occurrences []int64, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var r, o int64
		if err := rows.Scan(&r, &o); err != nil {
			return err
		}
		reports, occurrences = append(reports, r), append(occurrences, o)
		return nil
	}, `SELECT id, occurrence FROM reports WHERE batch = ? ORDER BY id`, batch)
	return reports, occurrences, err
}

// A LastWord is the latest batch of one person that still stands.
type LastWord struct {
	Batch       int64
	At          time.Time // when it was recorded
	Occurrences []int64
	Overtaken   bool // somebody reported on one of them since, or it was returned
}

// LastWordOf returns the person's last batch that was not withdrawn, or
// ErrNotFound.
func (tx *Tx) LastWordOf(person int64) (LastWord, error) {
	var w LastWord
	err := tx.row(dest(&w.Batch, instant{&w.At}), `SELECT batch, recorded_at FROM reports
		WHERE person = ? AND withdrawn_at IS NULL ORDER BY batch DESC LIMIT 1`, person)
	if err != nil {
		return w, fmt.Errorf("last word: %w", err)
	}
	if _, w.Occurrences, err = tx.BatchReports(w.Batch); err != nil {
		return w, err
	}
	err = tx.row(dest(&w.Overtaken), `SELECT EXISTS (
		SELECT 1 FROM reports mine JOIN reports later ON later.occurrence = mine.occurrence
		WHERE mine.batch = ?1 AND (mine.returned_at IS NOT NULL
			OR later.id > mine.id AND later.batch <> ?1 AND later.withdrawn_at IS NULL))`, w.Batch)
	return w, err
}

// Withdraw marks every report of the batch as withdrawn.
func (tx *Tx) Withdraw(batch int64, at time.Time) error {
	if _, err := tx.exec(`UPDATE reports SET withdrawn_at = ? WHERE batch = ? AND withdrawn_at IS NULL`,
		millis(at), batch); err != nil {
		return fmt.Errorf("withdraw: %w", err)
	}
	return nil
}

// Return marks every standing "done" of the occurrence as returned and says
// how many there were.
func (tx *Tx) Return(occurrence, by int64, at time.Time, reason string) (int64, error) {
	n, err := tx.changed(`UPDATE reports SET returned_at = ?, returned_by = ?, return_reason = ?
		WHERE occurrence = ? AND status = ? AND withdrawn_at IS NULL AND returned_at IS NULL`,
		millis(at), by, reason, occurrence, plan.Done)
	if err != nil {
		return 0, fmt.Errorf("return: %w", err)
	}
	return n, nil
}
