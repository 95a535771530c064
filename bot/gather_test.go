package bot_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// TestUpdatesThatWaitShareCommits counts transactions: what has gathered while
// the bot was away is handled by a few, each of which the disk is waited for.
func TestUpdatesThatWaitShareCommits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		synctest.Wait()
		of.halt()
		const said, together = 300, 100 // which is what a poll brings
		for i := range said {
			of.say(ann, ann, fmt.Sprintf("m%03d", i))
		}
		var commits []*storage.Tx // kept, so that none takes another's place
		of.handler.on(func(tx *storage.Tx, in chat.Incoming) error {
			if !slices.Contains(commits, tx) {
				commits = append(commits, tx)
			}
			return nil
		})
		of.start()
		of.until("all answers", func(w *botserver.World) bool { return len(texts(w, ann)) == said })
		of.halt()
		if len(commits) != said/together {
			t.Errorf("%d updates were handled in %d transactions, want %d", said, len(commits), said/together)
		}
	})
}

// TestNobodyWaitsForOthersToGather looks at virtual time, which passes only if
// somebody waits: a person who writes alone is answered without any.
func TestNobodyWaitsForOthersToGather(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20}, nil)
		for i := range 3 {
			time.Sleep(time.Minute)
			said := time.Now()
			of.say(ann, ann, fmt.Sprint(i))
			of.until("the answer", func(w *botserver.World) bool { return len(texts(w, ann)) == i+1 })
			calls := []botserver.Call{}
			of.srv.View(func(w *botserver.World) { calls = w.CallsOf("sendMessage") })
			if waited := calls[i].At.Sub(said); waited != 0 {
				t.Errorf("answer %d came after %v", i, waited)
			}
		}
	})
}

// TestWhatCannotBeHandledIsStored has a database that takes updates but not
// what is made of them, as a disk with little room: they are kept, and Telegram
// need keep them no longer.
func TestWhatCannotBeHandledIsStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, fault := storage.OpenReadOnly(t.Context(), filepath.Join(t.TempDir(), "none.db"))
		if !storage.IsFault(fault) {
			t.Fatalf("no fault of a database: %v", fault)
		}
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		var full atomic.Bool
		full.Store(true)
		of.handler.on(func(*storage.Tx, chat.Incoming) error {
			if full.Load() {
				return fault
			}
			return nil
		})
		of.say(ann, ann, "x")
		time.Sleep(time.Minute)
		waiting := 0
		of.srv.View(func(w *botserver.World) { waiting = w.PendingUpdates() })
		if waiting > 0 {
			t.Errorf("%d updates are not stored", waiting)
		}
		full.Store(false)
		time.Sleep(time.Minute)
		of.expect(ann, "x")
	})
}
