package storage_test

import (
	"testing"
	"time"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// TestUpgradeFromMessages brings a file of the second version up to date, with
// rows that a running office has.
func TestUpgradeFromMessages(t *testing.T) {
	db := openMessages(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db.path += ".old"
	storage.MakeOlder(t, db.path, 2, `
		INSERT INTO chats (id, kind, title, forum, lang, gone_at) VALUES (-5, 'group', 'VP Sở', 0, 'vi', NULL);
		INSERT INTO outages (from_at, to_at) VALUES (1700000000000, 1700200000000);
		INSERT INTO outbox (chat, priority, kind, payload, queued_at, outcome, done_at, error)
			VALUES (-5, 1, 'send', '', 1700200000000, 'failed', 1700200000001, 'sendMessage: Forbidden');
		INSERT INTO outbox (chat, priority, kind, payload, queued_at)
			VALUES (-5, 1, 'send', '{"kind":"send","to":{"chat":-5},"priority":1,"text":"x"}', 1700200000002);
		INSERT INTO inbox (update_id, chat, at, payload, received_at) VALUES (7, -5, 1700200000000, x'7537', 1700200000000)`)
	db.open()
	db.do(func(tx *storage.Tx) error {
		rec, err := tx.Chat(-5)
		if err != nil || rec.Title != "VP Sở" || rec.Standing != nil || rec.Gone {
			t.Errorf("chat %+v: %v", rec, err)
		}
		outages, err := tx.Outages(time.Time{})
		if err != nil || len(outages) != 1 || outages[0].To.Sub(outages[0].Lost) != 24*time.Hour {
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
