package main

import (
	"context"
	"fmt"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

// A load is reports of heads from chats of their own, to one contestant.
type load struct {
	chats  int
	rounds int // how often each chat reports
	rate   int // updates a second; 0 for as many as are answered
}

// A passage is how a load passed through a contestant.
type passage struct {
	rate   float64         // answers a second, from the first update to the last answer
	took   []time.Duration // of each update, from its delivery to its first answer
	cpu    time.Duration   // of the contestant, for each update
	memory memory
}

// run lets the contestant answer the load, in a life of its own.
func (l load) run(ctx context.Context, b *bench, name string, c contestant) (got passage, err error) {
	err = b.pay(ctx, visit{
		name: name, contestant: c, size: fill.Size{Units: l.chats}, env: []string{quietDay, "DONDOC_LIMITS=off"},
	}, func(s *site, p *process) error {
		if err := s.warm(ctx, p, min(l.chats, 50)); err != nil {
			return err
		}
		got, err = l.pass(ctx, s, p, b.tasks)
		return err
	})
	return got, err
}

// warm lets a few chats say something first, so that connections stand and
// what is loaded once is loaded.
func (s *site) warm(ctx context.Context, p *process, n int) error {
	for i := range n {
		if err := s.post(fill.Person(i), "/help"); err != nil {
			return err
		}
	}
	if err := s.answered(ctx, p, n); err != nil {
		return err
	}
	s.forget()
	return nil
}

func (l load) pass(ctx context.Context, s *site, p *process, tasks []int) (got passage, err error) {
	before, err := p.cpu()
	if err != nil {
		return got, err
	}
	start := time.Now()
	n := 0
	for round := range l.rounds {
		for i := range l.chats {
			if l.rate > 0 {
				pause(ctx, start.Add(time.Duration(n)*time.Second/time.Duration(l.rate)))
			}
			text := fmt.Sprintf("/done %d 12%d/BC-SXD 08/03/2024", tasks[round%len(tasks)], round)
			if err := s.post(fill.Person(i), text); err != nil {
				return got, err
			}
			n++
		}
	}
	if err := s.answered(ctx, p, n); err != nil {
		return got, err
	}
	got.rate = float64(n) / s.last.Sub(start).Seconds()
	got.took = s.took
	after, err := p.cpu()
	if err != nil {
		return got, err
	}
	got.cpu = (after - before) / time.Duration(n)
	got.memory, err = p.memory()
	return got, err
}

// ongoing lists the tasks that take any number of reports.
func ongoing() ([]int, error) {
	p, _, _, err := planfile.Shipped()
	if err != nil {
		return nil, err
	}
	var list []int
	for _, t := range p.Tasks {
		if t.Schedule.Kind == plan.KindOngoing && t.Number > 6 { // fill gives some of the others other deadlines
			list = append(list, t.Number)
		}
	}
	return list, nil
}
