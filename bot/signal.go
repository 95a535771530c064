package bot

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"dondoc/storage"
)

// A bell wakes one goroutine; to ring it twice before that is to ring it once.
type bell chan struct{}

func newBell() bell { return make(bell, 1) }

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// The bounds of a back-off.
const (
	firstPause = 500 * time.Millisecond
	lastPause  = time.Minute
	// slowPause is what a fault is given that does not end by itself: a token
	// that was taken back, another program that polls.
	slowPause = 15 * time.Second
	// floodMargin is added to what Telegram asks for: its seconds are whole.
	floodMargin = 500 * time.Millisecond
)

// pauseAfter returns how long to wait after the given number of failed tries
// in a row: doubling up to lastPause, of which a random half is left out, so
// that what failed together is not tried together again.
func pauseAfter(tries int) time.Duration {
	d := lastPause
	if tries < 7 { // 2^7 of the first pause are more than the last
		d = firstPause << tries
	}
	return d/2 + rand.N(d/2) //nolint:gosec // a jitter needs no secret
}

// A backoff counts failures in a row of one of the bot's own loops. It stays
// below slowPause, so that what works again is soon noticed. The zero value is
// ready.
type backoff struct{ tries int }

func (b *backoff) next() time.Duration {
	d := min(pauseAfter(b.tries), slowPause)
	b.tries++
	return d
}

// after returns the pause after the error, at least as long as it asks for.
func (b *backoff) after(err error) time.Duration {
	d := b.next()
	var f *callError
	if errors.As(err, &f) && f.retryAfter > 0 {
		return f.retryAfter + floodMargin
	}
	return d
}

func (b *backoff) reset() { b.tries = 0 }

// sleep waits and reports whether it did so to the end.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// repeats logs an error when it differs from the one before, and its end.
type repeats struct {
	log  *slog.Logger
	last string
}

func newRepeats(log *slog.Logger) *repeats { return &repeats{log: log} }

func (r *repeats) warn(what string, err error, args ...any) {
	text := what + ": " + err.Error()
	if text == r.last {
		return
	}
	r.last = text
	level := slog.LevelWarn
	var f *callError
	if errors.As(err, &f) && f.verdict == unauthorized || storage.IsFault(err) { // a person must act
		level = slog.LevelError
	}
	r.log.Log(context.Background(), level, "trouble", append([]any{"what", what, "err", err}, args...)...)
}

func (r *repeats) over(what string) {
	if r.last != "" {
		r.log.Info("trouble over", "what", what)
	}
	r.last = ""
}
