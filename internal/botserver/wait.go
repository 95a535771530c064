package botserver

import (
	"context"
	"fmt"
)

// View lets read look at the world as it stands.
func (s *Server) View(read func(w *World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	read(s.world)
}

// WaitFor returns nil as soon as ready says so, or the context's error. ready
// is asked at once and after every change; it must only look.
func (s *Server) WaitFor(ctx context.Context, ready func(w *World) bool) error {
	for {
		s.mu.Lock()
		ok, changed := ready(s.world), s.world.changed
		s.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for a change: %w", ctx.Err())
		}
	}
}

// Wait returns the world's revision as soon as it is beyond since, or the
// context's error.
func (s *Server) Wait(ctx context.Context, since uint64) (uint64, error) {
	var now uint64
	err := s.WaitFor(ctx, func(w *World) bool {
		now = w.revision
		return now > since
	})
	return now, err
}

// act changes the world and wakes whoever waits for a change.
func (s *Server) act(change func(w *World) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.world.revision
	err := change(s.world)
	if s.world.revision != before {
		s.world.wake()
	}
	return err
}

func (w *World) wake() {
	close(w.changed)
	w.changed = make(chan struct{})
}
