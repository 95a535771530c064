package main

import (
	"context"
	"fmt"
	"time"

	"dondoc/internal/bench/fill"
)

// yearsEnd is a Saturday on which all of the year has been reported.
const yearsEnd = "DONDOC_CLOCK=2024-12-28T10:00:00+07:00"

// sizes are those at which growth is measured.
var sizes = []int{10, 100, 1000, 10000}

// What a figure may take with ten times the units, as measurements scatter:
// linear growth is ten times, and no growth once.
const (
	linear = 12
	flat   = 2
)

// asks is how often a figure is asked for in each life, after a first time.
const asks = 3

// questions are the figures that people ask for most.
var questions = []struct {
	text, who string
	person    int64
}{
	{"/summary", "director", fill.Director},
	{"/overdue", "director", fill.Director},
	{"/tasks", "director", fill.Director},
	{"/nudge", "director", fill.Director},
	{"/tasks", "unit", fill.Person(3)},
	{"/overdue", "unit", fill.Person(3)},
}

// figures is run d: how long one waits for figures of a whole year, and how
// that grows with the office.
func figures(ctx context.Context, b *bench) error {
	of := make([][]*Figure, len(questions))
	for i, q := range questions {
		for _, units := range sizes {
			of[i] = append(of[i], b.figure("d", fmt.Sprintf("%s, %s, %d units", q.text, q.who, units), "ms"))
		}
	}
	for n, units := range sizes {
		peak := b.figure("d", fmt.Sprintf("memory at the peak, %d units", units), "MB")
		for range b.runs {
			m, err := b.ask(ctx, units, func(i int, took time.Duration) {
				of[i][n].add(dondoc, float64(took)/float64(time.Millisecond))
			})
			if err != nil {
				return err
			}
			peak.add(dondoc, m.peakMB())
		}
		if units == 10000 {
			peak.atMost(200)
		}
	}
	for i, q := range questions {
		last := len(sizes) - 1
		if q.who == "unit" {
			of[i][last].growth(flat, of[i][0])
		} else {
			of[i][last].growth(linear, of[i][last-1])
		}
	}
	return nil
}

// ask asks each question in one life of dondoc and tells how long each answer
// took.
func (b *bench) ask(ctx context.Context, units int, told func(question int, took time.Duration)) (m memory, err error) {
	err = b.pay(ctx, visit{
		name: "d", contestant: dondoc, size: fill.Size{Units: units, Reports: true}, env: []string{yearsEnd, "DONDOC_LIMITS=off"},
	}, func(s *site, p *process) error {
		for n := range asks + 1 {
			for i, q := range questions {
				s.forget()
				if err := s.post(q.person, q.text); err != nil {
					return err
				}
				if err := s.answered(ctx, p, 1); err != nil {
					return err
				}
				if n > 0 {
					told(i, s.took[0])
				}
			}
		}
		m, err = p.memory()
		return err
	})
	return m, err
}
