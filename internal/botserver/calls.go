package botserver

import (
	"maps"
	"net/http"
	"strings"
)

// Calls returns the bot's calls in the order of arrival, those under way with
// Status 0 and no Fault. Of getUpdates only those that brought updates or
// failed are kept.
func (w *World) Calls() []Call {
	out := make([]Call, 0, len(w.calls))
	for _, c := range w.calls {
		out = append(out, *c)
	}
	return out
}

// CallsOf returns the calls of one method.
func (w *World) CallsOf(method string) []Call {
	var out []Call
	for _, c := range w.calls {
		if strings.EqualFold(c.Method, method) {
			out = append(out, *c)
		}
	}
	return out
}

// arrive numbers a call and measures it against the limits.
func (s *Server) arrive(q *request) *Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.world
	w.called++
	c := &Call{
		Number: w.called, Method: q.method, Params: maps.Clone(q.params), Chat: q.integer("chat_id"),
		At: w.network(), Clock: w.clock(),
	}
	if !c.polls() {
		w.calls = append(w.calls, c)
	}
	w.meter.arrive(q, c.At)
	return c
}

func (c *Call) polls() bool { return strings.EqualFold(c.Method, methodGetUpdates) }

// depart records how the call ended.
func (s *Server) depart(c *Call, f *Fault, out outcome) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.world
	c.Status, c.Result, c.Fault = http.StatusOK, out.result, f
	if out.err != nil {
		e := asAPI(out.err)
		c.Status, c.Description = e.Code, e.Description
	}
	if f != nil && f.Kind == FaultCut {
		c.Status = 0
	}
	if c.polls() && (out.err != nil || len(out.result) > len("[]")) {
		w.calls = append(w.calls, c)
	}
	w.touch(nil)
	w.wake()
}
