//go:build unix

package main_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// TestWebhook has what people say delivered, and kills the program between the
// storing of an update and the answer to it.
func TestWebhook(t *testing.T) {
	o := newOffice(t, build(t))
	f := &front{to: freeAddress(o)}
	o.setEnv("DONDOC_LISTEN=" + f.to)
	p := o.start()
	u := o.furnish(p, 1, 1)[0]
	o.stop(p)
	o.setEnv("DONDOC_WEBHOOK_URL=https://bot.example.vn/telegram", "DONDOC_WEBHOOK_SECRET=geheim")
	s := &script{office: o, moved: map[int64]int64{}}
	chance := rand.New(rand.NewPCG(7, 7))
	const kills = 4
	for range kills {
		p = o.startHooked()
		for range 3 {
			s.report(chance, u, u.heads[0], u.place)
		}
		f.victim.Store(p.cmd.Process)
		if err := f.push(o); err == nil {
			o.Error("Telegram heard the answer though the program was killed before it")
		}
		o.killed(p)
	}
	p = o.startHooked()
	s.report(chance, u, u.heads[0], u.place)
	o.must(f.push(o))
	s.finish(p)
	o.stop(p)
	s.compare(kills)

	o.setEnv("DONDOC_WEBHOOK_URL=", "DONDOC_WEBHOOK_SECRET=")
	p = o.start() // back to polling
	s.report(chance, u, u.heads[0], u.place)
	s.finish(p)
	o.stop(p)
}

// startHooked starts the program and waits for its webhook.
func (o *office) startHooked() *process {
	o.Helper()
	sets := 0
	count := func(w *botserver.World) int { return len(w.CallsOf("setWebhook")) }
	o.srv.View(func(w *botserver.World) { sets = count(w) })
	p := o.start()
	o.must(o.until(p, func(w *botserver.World) bool { return count(w) > sets }))
	return p
}

// freeAddress returns one on which nobody listens.
func freeAddress(o *office) string {
	o.Helper()
	l, err := (&net.ListenConfig{}).Listen(o.Context(), "tcp", "127.0.0.1:0")
	o.must(err)
	defer func() { o.must(l.Close()) }()
	return l.Addr().String()
}

// A front passes on what Telegram delivers. It may kill the program when that
// has answered, and keep the answer to itself.
type front struct {
	to     string
	victim atomic.Pointer[os.Process]
}

func (f *front) push(o *office) error {
	ctx, cancel := context.WithTimeout(o.Context(), time.Minute)
	defer cancel()
	return o.srv.PushUpdates(ctx, &http.Client{Transport: f})
}

func (f *front) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", f.to
	resp, err := http.DefaultTransport.RoundTrip(r)
	if v := f.victim.Swap(nil); v != nil {
		_ = v.Kill() // whoever waits for the process finds out
		if err == nil {
			err = errors.Join(errors.New("the connection was cut"), resp.Body.Close())
		}
		return nil, err
	}
	return resp, err
}
