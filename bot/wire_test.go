package bot_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// oneByOne makes the function fit for calls that go side by side.
func oneByOne(delay func() time.Duration) func() time.Duration {
	if delay == nil {
		return nil
	}
	var mu sync.Mutex
	return func() time.Duration {
		mu.Lock()
		defer mu.Unlock()
		return delay()
	}
}

// A wire brings requests to a server in the same bubble, with a delay each way.
type wire struct {
	srv   http.Handler
	delay func() time.Duration
}

func (w wire) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	ctx := r.Context()
	defer func() {
		if v := recover(); v != nil { // the server cut the connection
			resp, err = nil, io.ErrUnexpectedEOF
		}
	}()
	pass := func() {
		if w.delay != nil {
			time.Sleep(w.delay())
		}
	}
	pass()
	in := httptest.NewRequestWithContext(ctx, r.Method, r.URL.String(), r.Body)
	in.Header = r.Header
	rec := httptest.NewRecorder()
	w.srv.ServeHTTP(rec, in)
	pass()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return rec.Result(), nil
}
