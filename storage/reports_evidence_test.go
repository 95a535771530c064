package storage_test

import (
	"errors"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"dondoc/internal/bench/fill"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// FuzzEvidence holds what is read of a report's evidence against what was added
// with the report and later, before and after it was taken back.
func FuzzEvidence(f *testing.F) {
	f.Add("document", "123/QĐ-SXD", 738958, "", "")
	f.Add("file", "", 0, `AgAD"]`, `quyết định <1> & "2" \ 'ký'.pdf`)
	f.Add("photo", "", 0, "$[#]", "")
	f.Add("", "", 1, "[]", "\x00\x1f\u2028\u200f👍🏽")
	m := filled(f, 1)
	f.Fuzz(func(t *testing.T, kind, number string, day int, id, name string) {
		if day < 0 || day > int(plan.Forever) {
			return
		}
		for _, s := range []string{kind, number, id, name} {
			if !utf8.ValidString(s) { // nothing that Telegram writes
				return
			}
		}
		e := plan.Evidence{Kind: kind, Number: number, Date: plan.Date(day), FileID: id, FileName: name}
		other := plan.Evidence{Kind: name, Number: id, FileID: number, FileName: kind}
		err := m.Write(t.Context(), func(tx *storage.Tx) error {
			growsTo(t, tx, []plan.Evidence{e, other, {}, e}, (*storage.Tx).Withdraw)
			growsTo(t, tx, []plan.Evidence{other, e, {Kind: "photo"}}, func(tx *storage.Tx, _ int64, at time.Time) error {
				_, err := tx.Return(1, 7, at, "chưa đạt")
				return err
			})
			return errUndone
		})
		if !errors.Is(err, errUndone) {
			t.Fatal(err)
		}
	})
}

// growsTo adds evidence to a new report, one piece after the other: some with
// the report, some later, and the last once the report was taken back.
func growsTo(t *testing.T, tx *storage.Tx, all []plan.Evidence, takeBack func(*storage.Tx, int64, time.Time) error) {
	t.Helper()
	at := time.Date(2024, time.March, 8, 9, 0, 0, 0, zone)
	last := len(all) - 1
	for with := range last {
		r := &plan.Report{By: 7, Via: plan.ViaCommand, Status: plan.Done, At: at, Evidence: all[:with]}
		if err := tx.AddReport(1, 0, r, at); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(tx.AddEvidence(r.ID, all[with:last]...),
			takeBack(tx, r.ID, at), tx.AddEvidence(r.ID, all[last])); err != nil {
			t.Fatal(err)
		}
		o, err := tx.Occurrence(1, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := o.Reports[len(o.Reports)-1]; got.ID != r.ID || got.Stands() || !slices.Equal(got.Evidence, all) {
			t.Errorf("%+v, want %+v", got, all)
		}
	}
}

func TestEvidenceOfNoReport(t *testing.T) {
	m := filled(t, 1)
	err := m.Write(t.Context(), func(tx *storage.Tx) error { return tx.AddEvidence(99, plan.Evidence{Kind: "photo"}) })
	if !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("evidence of a report that does not exist: %v", err)
	}
}

// A report is withdrawn or returned once and its evidence grows; nothing else of
// it changes, whoever writes to the file.
func TestReportsStand(t *testing.T) {
	m := filled(t, 1)
	m.do(func(tx *storage.Tx) error {
		at := time.Date(2024, time.March, 8, 9, 0, 0, 0, zone)
		occs, err := tx.Occurrences(storage.Filter{Unit: fill.Unit(0)}, zone)
		if err != nil {
			return err
		}
		var ids []int64
		for i := range 3 { // one that stands, one withdrawn, one returned
			r := &plan.Report{By: 7, Status: plan.Done, At: at, Evidence: []plan.Evidence{{Kind: "file", FileName: "số 1]"}}}
			if err := tx.AddReport(occs[i].ID, 0, r, at); err != nil {
				return err
			}
			ids = append(ids, r.ID)
		}
		_, err = tx.Return(occs[2].ID, 1, at, "chưa đạt")
		if err := errors.Join(err, tx.Withdraw(ids[1], at)); err != nil {
			return err
		}
		for _, id := range ids {
			for set, allowed := range map[string]bool{
				`note = 'x'`:  false,
				`person = 8`:  false,
				`at = at + 1`: false,
				`id = 1000`:   false,
				`evidence = json_insert(evidence, '$[#]', 'x')`: true,
				`evidence = '[]'`:                                         false,
				`evidence = json_remove(evidence, '$[0]')`:                false,
				`evidence = json_set(evidence, '$[0].name', 'số 2')`:      false,
				`evidence = json_insert('[]', '$[0]', evidence)`:          false,
				`evidence = json_insert(evidence, '$[#]', 1), note = 'x'`: false,
				`withdrawn_at = 1`:                                        id == ids[0],
				`returned_at = 1, returned_by = 1`:                        id == ids[0],
				`return_reason = 'x', withdrawn_at = NULL`:                id == ids[0],
			} {
				var refused error
				_ = tx.Savepoint(func() error {
					refused = storage.Exec(tx, `UPDATE reports SET `+set+` WHERE id = ?`, id)
					return errUndone
				})
				if (refused == nil) != allowed {
					t.Errorf("report %d, %s: %v", id, set, refused)
				}
			}
			if err := storage.Exec(tx, `DELETE FROM reports WHERE id = ?`, id); err == nil {
				t.Errorf("report %d was deleted", id)
			}
		}
		return nil
	})
}
