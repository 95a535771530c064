package storage_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// onePlan is a plan of one dated task of unit a, as all versions store it.
const onePlan = `
		INSERT INTO units (code, position, name, short, kind) VALUES ('a', 1, 'A', '', 'to');
		INSERT INTO plans (id, year, number, day, title, parent, office, place, signer_title, signer, published, settings)
			VALUES (1, 2024, '98', '2024-01-11', '', '', '', '', '', '', '2024-01-11', '{}');
		INSERT INTO tasks (id, plan, number, grp, content, short_title, lead_text, cooperating_text, phrase, kind, due, firm, note)
			VALUES (1, 1, 1, 0, 'x', 'x', '', '', '', 'date', '2024-03-31', 0, '');`

// older makes a file of an earlier version with the rows and brings it up to date.
func older(t *testing.T, version int64, rows string) *messageStore {
	t.Helper()
	db := openMessages(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db.path += ".old"
	storage.MakeOlder(t, db.path, version, rows)
	db.open()
	return db
}

// TestUpgradeFromMessages brings a file of the second version up to date, with
// rows that a running office has.
func TestUpgradeFromMessages(t *testing.T) {
	db := older(t, 2, `
		INSERT INTO chats (id, kind, title, forum, lang, gone_at) VALUES (-5, 'group', 'VP Sở', 0, 'vi', NULL);
		INSERT INTO outages (from_at, to_at) VALUES (1700000000000, 1700200000000);
		INSERT INTO outbox (chat, priority, kind, payload, queued_at, outcome, done_at, error)
			VALUES (-5, 1, 'send', '', 1700200000000, 'failed', 1700200000001, 'sendMessage: Forbidden');
		INSERT INTO outbox (chat, priority, kind, payload, queued_at)
			VALUES (-5, 1, 'send', '{"kind":"send","to":{"chat":-5},"priority":1,"text":"x"}', 1700200000002);
		INSERT INTO inbox (update_id, chat, at, payload, received_at) VALUES (7, -5, 1700200000000, x'7537', 1700200000000)`)
	db.do(func(tx *storage.Tx) error {
		rec, err := tx.Chat(-5)
		if err != nil || rec.Title != "VP Sở" || rec.Standing != nil || rec.Gone {
			t.Errorf("chat %+v: %v", rec, err)
		}
		outages, err := tx.Outages(time.Time{})
		if err != nil || len(outages) != 1 || outages[0].To.Sub(outages[0].Lost) != 24*time.Hour ||
			outages[0].Restored {
			t.Errorf("outages %+v: %v", outages, err)
		}
		failed, err := tx.Undelivered(time.Time{})
		if err != nil || len(failed) != 1 {
			t.Errorf("undelivered %+v: %v", failed, err)
		}
		if err := tx.SetGone(-5, false, time.Now()); err != nil { // what failed before is not sent again
			return err
		}
		waits, err := tx.WaitingAfter(0)
		if err != nil || len(waits) != 1 || waits[0].ID != 2 || waits[0].Kind != chat.OutSend {
			t.Errorf("waiting %+v: %v", waits, err)
		}
		return err
	})
	if got := payloads(db.pending(time.Now())); got != "u7" {
		t.Errorf("pending %q", got)
	}
}

// TestUpgradeToOutcomes brings a file along in which people reported and were
// reminded: what the reports come to is kept beside the occurrence from then
// on, and what a reminder is about in the reminder.
func TestUpgradeToOutcomes(t *testing.T) {
	db := older(t, 10, onePlan+`
		INSERT INTO assignments (task, role, position, unit) VALUES (1, 'lead', 0, 'a');
		INSERT INTO occurrences (id, task, unit, kind, period, opens, due, firm) VALUES
			(1, 1, 'a', 'dated', 'done', '', '2024-03-31', 0), (2, 1, 'a', 'dated', 'returned', '', '2024-03-31', 0),
			(3, 1, 'a', 'check_in', '2024-Q1', '', '2024-03-14', 0), (4, 1, 'a', 'check_in', '2024-Q2', '', '2024-06-14', 0);
		INSERT INTO reports (occurrence, person, via, status, note, at, recorded_at, batch, withdrawn_at, returned_at) VALUES
			(1, 7, 'command', 'done', '', 1, 1, 1, NULL, NULL), (2, 7, 'command', 'done', '', 2, 2, 2, NULL, 9),
			(3, 7, 'form', 'blocked', '', 3, 3, 3, NULL, NULL), (4, 7, 'form', 'done', '', 4, 4, 4, 9, NULL);
		INSERT INTO reminders (id, chat, topic, at, outbox) VALUES (5, -5, 0, 1, 1);
		INSERT INTO said (occurrence, due, step, day, nominal, reminder) VALUES
			(2, '2024-03-31', '14d', '2024-03-15', '2024-03-17', 5), (4, '2024-06-14', 'closing', '2024-06-14', '2024-06-14', 5)`)
	db.do(func(tx *storage.Tx) error {
		open, err := tx.OpenOccurrences([]string{"a"}, everything)
		if err != nil || len(open) != 2 || open[0].ID != 2 || open[1].ID != 4 {
			t.Errorf("open: %v %v", open, err)
		}
		steps, err := tx.StepsOf(5)
		step := func(occurrence int64, name, due, day, nominal string) plan.Step {
			return plan.Step{
				Occurrence: occurrence, Name: name, Due: date(t, due), Day: date(t, day), Nominal: date(t, nominal),
			}
		}
		want := []plan.Step{
			step(2, "14d", "2024-03-31", "2024-03-15", "2024-03-17"),
			step(4, "closing", "2024-06-14", "2024-06-14", "2024-06-14"),
		}
		if err != nil || !slices.Equal(steps, want) {
			t.Errorf("steps: %v %v", steps, err)
		}
		said, err := tx.Said(want[0])
		if err != nil || !said {
			t.Errorf("what was said is forgotten: %v", err)
		}
		return err
	})
}

// TestUpgradeToExtendedFrom brings a file along with extensions that did not
// say which day they put off.
func TestUpgradeToExtendedFrom(t *testing.T) {
	db := older(t, 12, onePlan+`
		INSERT INTO occurrences (id, task, unit, kind, period, opens, due, firm)
			VALUES (1, 1, 'a', 'dated', '2024-03-31', '', '2024-03-31', 0);
		INSERT INTO extensions (occurrence, due, decided_by, at, reason)
			VALUES (1, '2024-04-30', 7, 1, ''), (1, '2024-05-31', 7, 2, '')`)
	db.do(func(tx *storage.Tx) error {
		occs, err := tx.Occurrences(storage.Filter{Task: 1}, time.UTC)
		if err != nil {
			return err
		}
		var got []string
		for _, e := range occs[0].Extensions {
			got = append(got, e.Was.String()+" "+e.Due.String())
		}
		if !slices.Equal(got, []string{"2024-03-31 2024-04-30", "2024-04-30 2024-05-31"}) {
			t.Errorf("extensions %q", got)
		}
		return nil
	})
}

// TestUpgradeToFrozenWork brings a file along with a period that was frozen with
// its work in the same row.
func TestUpgradeToFrozenWork(t *testing.T) {
	p := &plan.Plan{
		ID: 1, Year: 2024, Published: date(t, "2024-01-11"), Settings: plan.DefaultSettings(),
		Tasks: []*plan.Task{{ID: 1, Number: 1, Leads: []string{"a", "b"}, Schedule: plan.ReadDeadline("Thường xuyên", 2024)}},
	}
	work := p.Occurrences(p.Tasks[0])[:1]
	work[0].Reports = []plan.Report{{ID: 5, Status: plan.Done, At: date(t, "2024-03-12").In(zone, 0), Day: date(t, "2024-03-12")}}
	state, err := json.Marshal(map[string]any{"Plan": p, "Work": work})
	if err != nil {
		t.Fatal(err)
	}
	db := older(t, 16, `
		INSERT INTO units (code, position, name, short, kind) VALUES ('a', 1, 'A', '', 'to'), ('b', 2, 'B', '', 'to');
		INSERT INTO plans (id, year, number, day, title, parent, office, place, signer_title, signer, published, settings)
			VALUES (1, 2024, '98', '2024-01-11', '', '', '', '', '', '', '2024-01-11', '{}');
		INSERT INTO tasks (id, plan, number, grp, content, short_title, lead_text, cooperating_text, phrase, kind, due, firm, note)
			VALUES (1, 1, 1, 0, 'x', 'x', '', '', '', 'ongoing', '', 0, '');
		INSERT INTO assignments (task, role, position, unit) VALUES (1, 'lead', 0, 'a'), (1, 'lead', 1, 'b');
		INSERT INTO frozen_periods (plan, period, at, person, hash, state) VALUES (1, 'Q1', 1, 7, 'x', '`+string(state)+`')`)
	db.do(func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		for unit, want := range map[string]int{"": 1, "a": 1, "b": 0} {
			var units []string
			if unit != "" {
				units = []string{unit}
			}
			_, f, err := tx.PeriodFigures(snap.Plans[0], plan.FirstQuarter, units, date(t, "2024-05-01"), zone)
			if err != nil {
				return err
			}
			if got := f.Windows[0].CheckIns; got.Asked != want || got.InTime != want {
				t.Errorf("%q: %+v, want %d", unit, got, want)
			}
		}
		pb, err := tx.PeriodBook(snap.Plans[0], plan.FirstQuarter, date(t, "2024-05-01"), zone)
		if err == nil && (len(pb.Work) != 1 || pb.Freeze.Hash != "x" || pb.Freeze.By != 7) {
			t.Errorf("the book: %+v", pb)
		}
		return err
	})
}

// TestUpgradeToEvidence brings a file along in which evidence stood in a table of
// its own.
func TestUpgradeToEvidence(t *testing.T) {
	db := older(t, 17, onePlan+`
		INSERT INTO occurrences (id, task, unit, kind, period, opens, due, firm)
			VALUES (1, 1, 'a', 'dated', '2024-03-31', '', '2024-03-31', 0);
		INSERT INTO reports (id, occurrence, person, via, status, note, at, recorded_at, batch, withdrawn_at, returned_at) VALUES
			(1, 1, 7, 'command', 'done', '', 1, 1, 1, NULL, NULL), (2, 1, 7, 'command', 'done', '', 2, 2, 2, 9, NULL),
			(3, 1, 7, 'command', 'done', '', 3, 3, 3, NULL, 9), (4, 1, 7, 'command', 'done', '', 4, 4, 4, NULL, NULL);
		INSERT INTO evidence (id, report, kind, number, day, file_id, file_name) VALUES
			(9, 1, 'photo', '', '', 'AgAD-3', ''), (6, 2, 'document', '5/TB-SXD', '', '', ''),
			(4, 1, 'document', '123/QĐ-SXD', '2024-03-08', '', ''), (5, 3, 'photo', '', '', 'AgAD-2', ''),
			(7, 1, 'file', '', '', 'BQAD-1', 'Báo cáo "quý I", số ''1'' \ <Sở>].pdf'),
			(8, 2, 'file', '', '', 'BQAD-2', 'phụ lục')`)
	if err := storage.Check(t.Context(), db.path); err != nil {
		t.Error(err)
	}
	want := map[int64][]plan.Evidence{
		1: {
			{Kind: "document", Number: "123/QĐ-SXD", Date: date(t, "2024-03-08")},
			{Kind: "file", FileID: "BQAD-1", FileName: `Báo cáo "quý I", số '1' \ <Sở>].pdf`},
			{Kind: "photo", FileID: "AgAD-3"},
		},
		2: {{Kind: "document", Number: "5/TB-SXD"}, {Kind: "file", FileID: "BQAD-2", FileName: "phụ lục"}},
		3: {{Kind: "photo", FileID: "AgAD-2"}},
		4: nil,
	}
	for _, later := range []plan.Evidence{{Kind: "photo", FileID: "AgAD-4"}, {Kind: "document", Number: "6/BC-SXD"}} {
		db.do(func(tx *storage.Tx) error {
			o, err := tx.Occurrence(1, zone)
			if err != nil || len(o.Reports) != len(want) || o.Status() != plan.Done {
				t.Errorf("the work: %+v %v", o, err)
				return err
			}
			for _, r := range o.Reports {
				if !slices.Equal(r.Evidence, want[r.ID]) || r.WithdrawnAt.IsZero() != (r.ID != 2) || r.ReturnedAt.IsZero() != (r.ID != 3) {
					t.Errorf("report %d: %+v", r.ID, r)
				}
				if err := tx.AddEvidence(r.ID, later); err != nil { // also to what was taken back
					return err
				}
				want[r.ID] = append(want[r.ID], later)
			}
			return nil
		})
	}
}

// TestUpgradeToButtonsOfMessages keeps buttons alive that people were shown
// before.
func TestUpgradeToButtonsOfMessages(t *testing.T) {
	db := older(t, 17, `
		INSERT INTO outbox (id, chat, priority, kind, payload, queued_at, outcome, done_at, message) VALUES
			(1, 7, 1, 'send', '', 1700200000000, 'sent', 1700200000001, 55),
			(2, 7, 1, 'send', '', 1700200000000, 'sent', 1700200000001, 56);
		INSERT INTO buttons (id, outbox, action) VALUES
			('first', 1, '{"verb":"done","tasks":[15],"arg":"\"Sổ\" & <b>"}'), ('second', 1, '{"verb":"tasks"}'),
			('gone', 9, '{"verb":"x"}')`)
	db.do(func(tx *storage.Tx) error {
		a, of, err := tx.ButtonAction(chat.Place{Chat: 7}, 55, "first")
		if err != nil || of != 1 || a.Verb != "done" || !slices.Equal(a.Tasks, []int{15}) || a.Arg != `"Sổ" & <b>` {
			t.Errorf("first: %+v of %d, %v", a, of, err)
		}
		if a, _, err := tx.ButtonAction(chat.Place{Chat: 7}, 55, "second"); err != nil || a.Verb != "tasks" {
			t.Errorf("second: %+v, %v", a, err)
		}
		if _, _, err := tx.ButtonAction(chat.Place{Chat: 7}, 56, "second"); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("second under another message: %v", err)
		}
		return nil
	})
}

func date(t *testing.T, s string) plan.Date {
	t.Helper()
	d, err := plan.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
