//go:build unix

package main_test

import (
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// A torture is how much the program has to bear.
type torture struct {
	seed                          uint64
	units, heads, commands, kills int
	faults                        float64 // share of calls that fail
	byClock                       bool    // kills come after half a second to two, not at a chosen request
}

// TestTorture kills the program again and again while people report, over a
// server that fails. Whatever they said must be there once, and be answered.
func TestTorture(t *testing.T) {
	parallelIfLong(t)
	bin := build(t)
	for _, tt := range []struct {
		name string
		long bool
		torture
	}{
		{"kill", false, torture{seed: 1, units: 3, heads: 1, commands: 50, kills: 2}},
		{"kill and faults", false, torture{seed: 4, units: 3, heads: 2, commands: 60, kills: 3, faults: 0.1}},
		{"kill at the worst moments, many heads", true, torture{seed: 2, units: 10, heads: 4, commands: 1000, kills: 40, faults: 0.1}},
		{"fifty chats", true, torture{seed: 3, units: 25, heads: 1, commands: 2000, kills: 40, faults: 0.1, byClock: true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.long {
				onlyLong(t)
			}
			o := newOffice(t, bin)
			o.manyUnits(tt.units)
			o.survive(tt.torture)
		})
	}
}

// long reports whether tests that take minutes are asked for.
func long() bool { return os.Getenv("DONDOC_TORTURE") != "" }

// parallelIfLong lets the tests that take minutes wait beside each other.
func parallelIfLong(t *testing.T) {
	t.Helper()
	if long() {
		t.Parallel()
	}
}

// onlyLong skips a test that takes minutes unless it is asked for.
func onlyLong(t *testing.T) {
	t.Helper()
	if !long() {
		t.Skip("takes minutes; DONDOC_TORTURE=1 runs it")
	}
}

// survive kills the program while heads report, as often as the torture says,
// and compares what is kept and what was answered with what was said.
func (o *office) survive(tr torture) {
	o.Helper()
	p := o.start()
	units := o.furnish(p, tr.units, tr.heads)
	o.stop(p)
	o.srv.SetFaults(botserver.Faults{Seed: tr.seed, Rate: tr.faults})
	chance := rand.New(rand.NewPCG(tr.seed, 0))
	s := script{office: o}
	rounds := tr.kills + 1
	for round := range rounds {
		todo := tr.commands*(round+1)/rounds - len(s.said)
		p = o.start()
		if round < tr.kills && tr.byClock {
			o.killSoon(p, chance, todo, func() { s.say(chance, units) })
			continue
		}
		if round < tr.kills {
			// Each command is answered by a request, so the moment comes.
			o.gate.arm(moment(chance.IntN(int(moments))), 1+chance.IntN(todo), p.cmd.Process)
		}
		_ = o.until(p, func(w *botserver.World) bool { return w.Polls() > p.polls })
		for range todo {
			c := s.say(chance, units)
			if chance.IntN(4) == 0 {
				_ = o.until(p, answered(c)) // unless it is killed before
			}
		}
		if round < tr.kills {
			o.killed(p)
		}
	}
	s.finish(p)
	o.stop(p)
	s.compare(tr.kills)
}

// killSoon lets n things be said at random instants within the process's life,
// which ends after half a second to two.
func (o *office) killSoon(p *process, chance *rand.Rand, n int, say func()) {
	o.Helper()
	life := 500*time.Millisecond + time.Duration(chance.Int64N(int64(1500*time.Millisecond)))
	death := time.AfterFunc(life, func() { _ = p.cmd.Process.Kill() }) // killed sees whether it was
	defer death.Stop()
	pace := time.NewTimer(0)
	defer pace.Stop()
	for range n {
		pace.Reset(time.Duration(chance.Int64N(int64(2 * life / time.Duration(n)))))
		select {
		case <-pace.C:
		case <-p.ended.Done():
		}
		say()
	}
	o.killed(p)
}
