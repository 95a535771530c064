package handlers_test

import (
	"context"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dondoc/internal/botserver"
	"dondoc/storage"
)

// settle waits until the bot has nothing in hand: no update, no event and no
// message that could go out now. Where faults keep it busy it waits some
// seconds.
func (o *office) settle() {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), 5*time.Second)
	defer cancel()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for !o.idle() {
		select {
		case <-look.C:
		case <-ctx.Done():
			return
		}
	}
}

func (o *office) idle() bool {
	pending := 0
	o.srv.View(func(w *botserver.World) { pending = w.PendingUpdates() })
	if pending > 0 {
		return false
	}
	idle := true
	err := o.app.DB().Read(o.Context(), func(tx *storage.Tx) error {
		now := time.Now()
		arrived, err := tx.Pending(now, 1)
		if err != nil {
			return err
		}
		waiting, err := tx.WaitingAfter(0)
		idle = len(arrived) == 0
		for _, w := range waiting {
			idle = idle && w.NotBefore.After(now)
		}
		return err
	})
	return err != nil || idle // the program may have been stopped
}

// A logbook keeps the whole log, down to the level of debugging.
type logbook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// quietLog is the log of an office. It fails the test for whatever the program
// complains of, and for any word of its people in it: their names, and what
// they wrote behind a command.
func quietLog(o *office) *slog.Logger {
	book := &logbook{}
	o.Cleanup(func() {
		o.stop()
		book.mu.Lock()
		defer book.mu.Unlock()
		log := book.text.String()
		for line := range strings.Lines(log) {
			if strings.Contains(line, "level=WARN") || strings.Contains(line, "level=ERROR") {
				o.Errorf("logged: %s", line)
			}
		}
		for _, words := range o.unsaid() {
			if strings.Contains(log, words) {
				o.Errorf("the log holds %q", words)
			}
		}
	})
	return slog.New(slog.NewTextHandler(book, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// unsaid is what must be found in no log.
func (o *office) unsaid() []string {
	words, bot := []string{o.srv.Token()}, o.srv.Bot().ID
	o.srv.View(func(w *botserver.World) {
		for _, c := range w.Chats() {
			if c.Kind == botserver.KindPrivate {
				words = append(words, c.Title)
			}
			for _, m := range w.Messages(c.ID) {
				_, said, _ := strings.Cut(m.Text, " ")
				if m.From != bot && len(said) > 7 {
					words = append(words, said)
				}
			}
		}
	})
	return words
}

// offices is how many there are at the moment: a test may have several.
var offices atomic.Int32

// noGoroutinesLeft fails the test if the program leaves one behind that it did
// not find. The library of Uber for this is small, but ten lines do it: what
// matters here is the program's own code.
func noGoroutinesLeft(t *testing.T) {
	t.Helper()
	offices.Add(1)
	t.Cleanup(func() {
		if offices.Add(-1) > 0 {
			return
		}
		end := time.Now().Add(10 * time.Second)
		var left string
		for time.Now().Before(end) { // those that were told to end may need a moment
			if left = ours(); left == "" {
				return
			}
			runtime.Gosched()
		}
		t.Errorf("goroutines left:\n%s", left)
	})
}

// ours are the goroutines that run the program, without tests and the server
// that stands in for Telegram.
func ours() string {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	var all []string
	for g := range strings.SplitSeq(string(stacks), "\n\n") {
		for _, pkg := range []string{"dondoc/bot.", "dondoc/internal/app.", "dondoc/storage.", "dondoc/scheduler."} {
			if strings.Contains(g, "\n"+pkg) || strings.Contains(g, "created by "+pkg) {
				all = append(all, g)
				break
			}
		}
	}
	return strings.Join(all, "\n\n")
}
