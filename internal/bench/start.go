package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"dondoc/internal/bench/fill"
)

// rest is how long a program is left alone before its memory is read.
const rest = 5 * time.Second

// starts is run e: how soon it works, and what it takes up.
func starts(ctx context.Context, b *bench) error {
	atRest := b.figure("e", "memory at rest, plan of 2024", "MB")
	for range b.runs {
		err := b.pay(ctx, visit{name: "e", contestant: dondoc}, func(_ *site, p *process) error {
			pause(ctx, time.Now().Add(rest))
			m, err := p.memory()
			atRest.add(dondoc, m.nowMB())
			return err
		})
		if err != nil {
			return err
		}
	}
	atRest.atMost(32)
	for units, limit := range map[int]float64{100: 0.3, 10000: 1} {
		if err := b.startWith(ctx, units, limit); err != nil {
			return err
		}
	}
	info, err := os.Stat(b.fleet.binary)
	if err != nil {
		return err
	}
	b.figure("e", "binary", "MB").add(dondoc, float64(info.Size())/mega)
	return b.perReport(ctx)
}

// startWith takes the time from the start to the first question for updates,
// with a full year's database.
func (b *bench) startWith(ctx context.Context, units int, limit float64) error {
	took := b.figure("e", fmt.Sprintf("start to first getUpdates, %d units", units), "s")
	peak := b.figure("e", fmt.Sprintf("memory at the peak of a start, %d units", units), "MB")
	for range b.runs {
		err := b.pay(ctx, visit{
			name: "e", contestant: dondoc, size: fill.Size{Units: units, Reports: true}, env: []string{yearsEnd},
		}, func(s *site, p *process) error {
			took.add(dondoc, s.polled.Sub(p.began).Seconds())
			pause(ctx, time.Now().Add(rest))
			m, err := p.memory()
			peak.add(dondoc, m.peakMB())
			return err
		})
		if err != nil {
			return err
		}
	}
	took.atMost(limit)
	if units == 10000 {
		peak.atMost(200)
	}
	return nil
}

// perReport reports by command, on a database of its own, and looks how much
// larger it is for it: the report, and for a month the update, its answer and
// the answer's buttons.
func (b *bench) perReport(ctx context.Context) error {
	l := load{chats: 100, rounds: 15}
	size := fill.Size{Units: l.chats}
	empty, err := b.data(ctx, size)
	if err != nil {
		return err
	}
	before, err := databaseSize(empty)
	if err := errors.Join(err, os.RemoveAll(empty)); err != nil {
		return err
	}
	f := b.figure("e", "database, per /done with its answer", "bytes")
	return b.pay(ctx, visit{
		name: "e", contestant: dondoc, size: size, env: []string{quietDay, "DONDOC_LIMITS=off"},
		after: func(data string) error {
			after, err := databaseSize(data)
			f.add(dondoc, float64(after-before)/float64(l.chats*l.rounds))
			return err
		},
	}, func(s *site, p *process) error {
		_, err := l.pass(ctx, s, p, b.tasks)
		return err
	})
}

func databaseSize(data string) (int64, error) {
	info, err := os.Stat(filepath.Join(data, "dondoc.db"))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
