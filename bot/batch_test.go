package bot_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/bot"
	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// What arrives while an earlier update of its chat waits to be tried again waits
// behind it; that of another chat does not.
func TestWhatWaitsGoesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := virtualOffice(t, botserver.Options{}, bot.Limits{}, nil)
		tries := 0
		of.handler.on(func(_ *storage.Tx, in chat.Incoming) error {
			if !strings.HasSuffix(in.Text, "first") {
				return nil
			}
			if tries++; tries > 1 {
				return nil
			}
			return errHandler
		})
		of.say(ann, ann, "first")
		time.Sleep(100 * time.Millisecond) // it is tried again after 250
		of.say(ann, ann, "second")
		of.say(binh, group, "elsewhere")
		time.Sleep(100 * time.Millisecond)
		of.expect(group, "elsewhere")
		time.Sleep(time.Minute)
		of.srv.View(func(w *botserver.World) {
			if got := texts(w, ann); !slices.Equal(got, []string{"first", "second"}) {
				t.Errorf("answered %q", got)
			}
		})
	})
}
