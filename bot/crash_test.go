package bot_test

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
)

// slowCalls has each message take two seconds. It returns what tells when they
// were called for.
func (of *office) slowCalls() func() []time.Time {
	var calls []time.Time
	of.srv.SetHook(func(method string, _ map[string]string) *botserver.Fault {
		if method != "sendMessage" {
			return nil
		}
		calls = append(calls, time.Now())
		return &botserver.Fault{Kind: botserver.FaultSlow, Delay: 2 * time.Second}
	})
	return func() []time.Time {
		synctest.Wait() // it orders the calls before what follows
		return calls
	}
}

// TestLimitsAfterACrash ends the program while a call is under way of which
// nothing stands on disk. Telegram has counted it.
func TestLimitsAfterACrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{PerGroupMinute: 2}, nil)
		time.Sleep(time.Second)
		told := of.slowCalls()
		of.enqueue(send(group, "first"))
		time.Sleep(time.Second)
		crashed := filepath.Join(t.TempDir(), "dondoc.db")
		of.must(of.config.DB.Backup(t.Context(), crashed))
		of.halt()
		of.path = crashed
		of.start()
		of.enqueue(send(group, "second"), send(group, "third"))
		time.Sleep(5 * time.Minute)
		of.recorded()
		calls := told()
		if len(calls) != 4 {
			t.Errorf("%d calls, want 4: the first one comes twice", len(calls))
		}
		for i := 2; i < len(calls); i++ {
			if d := calls[i].Sub(calls[i-2]); d < time.Minute {
				t.Errorf("call %d came %v after the last but one", i, d)
			}
		}
	})
}

// TestLimitsAfterManyCrashes ends the program again and again, each time while
// the same message is on its way: each of these calls counts for a minute.
func TestLimitsAfterManyCrashes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const bound = 3
		of := virtualOffice(t, botserver.Options{}, bot.Limits{PerGroupMinute: bound}, nil)
		time.Sleep(time.Second)
		told := of.slowCalls()
		of.enqueue(send(group, "first"))
		for range 2 * bound {
			time.Sleep(time.Second)
			crashed := filepath.Join(t.TempDir(), "dondoc.db")
			of.must(of.config.DB.Backup(t.Context(), crashed))
			of.halt()
			of.path = crashed
			of.start()
		}
		time.Sleep(5 * time.Minute)
		of.recorded()
		calls := told()
		if len(calls) <= bound {
			t.Errorf("%d calls: it is not sent in the end", len(calls))
		}
		for i := bound; i < len(calls); i++ {
			if d := calls[i].Sub(calls[i-bound]); d < time.Minute {
				t.Errorf("call %d came %v after the one %d before", i, d, bound)
			}
		}
	})
}
