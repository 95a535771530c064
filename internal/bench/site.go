package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"dondoc/internal/botserver"
)

// patience bounds every waiting, so that a run that hangs ends with an error.
const patience = 15 * time.Minute

// A site is a Bot API server at work that takes the time of what passes. Each
// run has one of its own.
type site struct {
	name   string // of the run
	server *botserver.Server
	web    *http.Server
	url    string

	mu      sync.Mutex
	waiting map[int64][]time.Time // by chat: when what is not answered yet was posted
	took    []time.Duration       // from each post to its answer
	answers int
	first   time.Time     // when the first answer arrived
	last    time.Time     // and the last one
	polled  time.Time     // when the first getUpdates arrived
	changed chan struct{} // has room for one: something was answered or polled
}

// newSite starts a server on an address of its own with people who have all
// written to the bot before.
func newSite(ctx context.Context, name string, limits botserver.Limits, people []int64) (*site, error) {
	s := &site{name: name, waiting: map[int64][]time.Time{}, changed: make(chan struct{}, 1)}
	s.server = botserver.New(botserver.Options{Limits: limits, Hook: s.note})
	for _, id := range people {
		if err := s.server.AddUser(botserver.User{ID: id, FirstName: "Head " + strconv.FormatInt(id, 10)}); err != nil {
			return nil, fmt.Errorf("people the server: %w", err)
		}
		if _, err := s.server.Say(id, id, "/start"); err != nil {
			return nil, fmt.Errorf("people the server: %w", err)
		}
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	s.url = "http://" + l.Addr().String()
	s.web = &http.Server{Handler: s.server, ReadHeaderTimeout: patience}
	go func() { _ = s.web.Serve(l) }() // ends by close
	return s, s.drop(ctx)
}

// drop lets the server forget what was said before there was a bot.
func (s *site) drop(ctx context.Context) error {
	url := s.url + "/bot" + s.server.Token() + "/deleteWebhook?drop_pending_updates=true"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, http.NoBody)
	if err != nil {
		return fmt.Errorf("ask the server: %w", err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("ask the server: %w", err)
	}
	_ = resp.Body.Close() // nothing of it is read
	return nil
}

func (s *site) close() {
	_ = s.server.Close() // returns nil
	_ = s.web.Close()    // whom it answers has ended
}

// note takes the time of a call; it stands in no call's way.
func (s *site) note(method string, params map[string]string) *botserver.Fault {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch method {
	case "sendMessage":
		id, _ := strconv.ParseInt(params["chat_id"], 10, 64)
		if s.answers == 0 {
			s.first = now
		}
		s.answers++
		s.last = now
		if q := s.waiting[id]; len(q) > 0 {
			s.took = append(s.took, now.Sub(q[0]))
			s.waiting[id] = q[1:]
		}
	case "getUpdates":
		if s.polled.IsZero() {
			s.polled = now
		}
	default:
		return nil
	}
	select {
	case s.changed <- struct{}{}:
	default:
	}
	return nil
}

// post lets the person say something in private, from when on it is waited for.
func (s *site) post(person int64, text string) error {
	s.mu.Lock()
	s.waiting[person] = append(s.waiting[person], time.Now())
	s.mu.Unlock()
	if _, err := s.server.Say(person, person, text); err != nil {
		return fmt.Errorf("post: %w", err)
	}
	return nil
}

// until waits until ready, which may look at what the site has noted, says so.
func (s *site) until(ctx context.Context, p *process, ready func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		s.mu.Lock()
		ok := ready()
		s.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-s.changed:
		case <-p.ended:
			return fmt.Errorf("it ended: %w; it said:\n%s", errors.Join(errEarly, p.err), &p.log)
		case <-ctx.Done():
			return fmt.Errorf("wait in run %s: %w", s.name, ctx.Err())
		}
	}
}

var errEarly = errors.New("before it was told to")

// atWork waits until the contestant has asked for updates.
func (s *site) atWork(ctx context.Context, p *process) error {
	return s.until(ctx, p, func() bool { return !s.polled.IsZero() })
}

// answered waits until there are so many answers.
func (s *site) answered(ctx context.Context, p *process, n int) error {
	return s.until(ctx, p, func() bool { return s.answers >= n })
}

// refusals counts the server's answers with that status.
func (s *site) refusals(status int) (n int) {
	s.server.View(func(w *botserver.World) {
		for _, c := range w.Calls() {
			if c.Status == status {
				n++
			}
		}
	})
	return n
}

// forget ends what was noted so far.
func (s *site) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took, s.answers = nil, 0
}
