package bot_test

import (
	"os"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
)

// What was overwritten or removed while an update was handled does not linger in
// the database's log, however quiet it is afterwards.
func TestTheLogIsScrubbed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		time.Sleep(time.Second)
		for range 3 {
			of.say(ann, ann, "hi")
			time.Sleep(40 * time.Second)
			at, err := os.Stat(of.path + "-wal")
			if err != nil {
				t.Fatal(err)
			}
			if at.Size() > 64<<10 { // a poll or two
				t.Errorf("%d bytes of the log are left", at.Size())
			}
		}
	})
}
