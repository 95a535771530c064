package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/botserver"
	"dondoc/internal/clock"
	"dondoc/scheduler"
	"dondoc/storage"
)

// roundDay is a morning on which every unit hears of its check-ins.
const roundDay = "2024-03-07T%s+07:00"

// telegram are Telegram's limits, which the server keeps and dondoc must keep
// before it has to.
var telegram = botserver.Limits{PerSecond: 30, PerChatSecond: 1, PerGroupMinute: 20}

// morning is run c: the round of reminders, and how long it takes to work out
// who hears what.
func morning(ctx context.Context, b *bench) error {
	if err := workOut(ctx, b, 10000); err != nil {
		return err
	}
	return round(ctx, b, 1000, b.runs)
}

// longMorning is run c10000, which takes six minutes by Telegram's limits.
func longMorning(ctx context.Context, b *bench) error { return round(ctx, b, 10000, 1) }

// round lets every unit's chat be reminded, by the real clock.
func round(ctx context.Context, b *bench, units, runs int) error {
	rate := b.figure("c", fmt.Sprintf("morning round to %d chats", units), "messages/s")
	refused := b.figure("c", "answers with 429", "")
	peak := b.figure("c", "memory at the peak", "MB")
	for range runs {
		err := b.pay(ctx, visit{
			name: "c", contestant: dondoc, size: fill.Size{Units: units}, limits: telegram,
			env: []string{"DONDOC_CLOCK=" + fmt.Sprintf(roundDay, "07:59:55")},
		}, func(s *site, p *process) error {
			if err := s.answered(ctx, p, units); err != nil {
				return err
			}
			m, err := p.memory()
			if err != nil {
				return err
			}
			rate.add(dondoc, float64(units-1)/s.last.Sub(s.first).Seconds())
			refused.add(dondoc, float64(s.refusals(http.StatusTooManyRequests)))
			peak.add(dondoc, m.peakMB())
			return nil
		})
		if err != nil {
			return err
		}
	}
	rate.atLeast(0.95 * float64(telegram.PerSecond))
	refused.atMost(0)
	if units >= 10000 {
		peak.atMost(200)
	}
	return nil
}

// workOut takes the time of deciding and queueing a morning's messages.
func workOut(ctx context.Context, b *bench, units int) error {
	took := b.figure("c", fmt.Sprintf("who hears what, %d units", units), "s")
	for range b.runs {
		d, err := b.tick(ctx, units)
		if err != nil {
			return err
		}
		took.add(dondoc, d.Seconds())
	}
	took.atMost(2)
	return nil
}

func (b *bench) tick(ctx context.Context, units int) (took time.Duration, err error) {
	data, err := b.data(ctx, fill.Size{Units: units})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	db, err := storage.Open(ctx, filepath.Join(data, "dondoc.db"))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	now, err := time.Parse(time.RFC3339, fmt.Sprintf(roundDay, "08:00:00"))
	if err != nil {
		return 0, fmt.Errorf("the round's day: %w", err)
	}
	s := scheduler.New(scheduler.Config{
		DB: db, Clock: clock.NewRehearsal(now, 1), Location: b.zone, Queued: func() {},
		Chores: func(*storage.Tx, time.Time) error { return nil }, Log: slog.New(slog.DiscardHandler),
	})
	if _, err := s.Tick(ctx, now.Add(-time.Minute)); err != nil { // from then on it is to know of everything
		return 0, err
	}
	start := time.Now()
	queued, err := s.Tick(ctx, now)
	took = time.Since(start)
	if err == nil && queued < units {
		err = fmt.Errorf("%d messages for %d units", queued, units)
	}
	return took, err
}
