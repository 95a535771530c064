package storage_test

import (
	"os"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/internal/chat"
)

// What was committed is copied out of the log by itself, and the log begins
// anew: it does not grow with what is written.
func TestTheLogDoesNotGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := openMessages(t)
		var outs []chat.Outgoing
		for range 40 {
			outs = append(outs, send(7, "x"))
		}
		var sizes []int64
		for range 8 {
			for _, id := range db.enqueue(outs...) { // each of them a commit
				db.sent(id, int(id))
			}
			time.Sleep(2 * time.Second)
			synctest.Wait()
			at, err := os.Stat(db.path + "-wal")
			if err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, at.Size())
		}
		if sizes[7] > 2*sizes[1] {
			t.Errorf("the log grows: %v", sizes)
		}
	})
}
