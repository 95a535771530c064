package main

import (
	"context"
	"fmt"
	"time"
)

// throughput is run a: how many reports a second pass, from a thousand chats.
func throughput(ctx context.Context, b *bench) error {
	l := load{chats: 1000, rounds: 5}
	rate := b.figure("a", fmt.Sprintf("/done from %d chats", l.chats), "updates/s")
	cpu := b.figure("a", "processor time per update", "µs")
	peak := b.figure("a", "memory at the peak", "MB")
	err := b.turns([]contestant{dondoc, durable, echoBot, echoIdle}, func(c contestant) error {
		got, err := l.run(ctx, b, "a", c)
		if err != nil {
			return err
		}
		rate.add(c, got.rate)
		cpu.add(c, float64(got.cpu)/float64(time.Microsecond))
		peak.add(c, got.memory.peakMB())
		return nil
	})
	if err != nil {
		return err
	}
	rate.timesThat(1.2, echoBot)
	rate.timesThat(0.7, echoIdle)
	return nil
}

// latency is run b: how long one waits for the answer while others write too.
func latency(ctx context.Context, b *bench) error {
	for _, l := range []load{{chats: 300, rounds: 1, rate: 30}, {chats: 1000, rounds: 5, rate: 500}} {
		what := fmt.Sprintf("first answer at %d updates/s", l.rate)
		middle := b.figure("b", what+", median", "ms")
		late := b.figure("b", what+", 99th percentile", "ms")
		peak := b.figure("b", "memory at the peak", "MB")
		err := b.turns([]contestant{dondoc, echoBot}, func(c contestant) error {
			got, err := l.run(ctx, b, fmt.Sprintf("b-%d", l.rate), c)
			if err != nil {
				return err
			}
			middle.add(c, quantile(got.took, 0.5))
			late.add(c, quantile(got.took, 0.99))
			peak.add(c, got.memory.peakMB())
			return nil
		})
		if err != nil {
			return err
		}
		middle.above(2, echoBot)
		late.above(5, echoBot)
	}
	return nil
}
