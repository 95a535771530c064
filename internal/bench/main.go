// Bench measures dondoc beside a bare echo bot on the same Telegram library, on
// one machine and in one run, over the local Bot API server:
//
//	go run ./internal/bench -runs 5 -json figures.json
//
// docs/performance.md says what each run measures and shows the figures.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // as dondoc has it
)

func main() {
	if role := os.Getenv(envRole); role != "" {
		os.Exit(play(contestant(role)))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A bench is one run of the program.
type bench struct {
	fleet *fleet
	zone  *time.Location
	tasks []int // to report on
	runs  int   // of each measurement
	note  io.Writer
	all   *Report
}

// steps are the runs by their names.
var steps = []struct {
	name  string
	asked bool // only where it is named
	run   func(context.Context, *bench) error
}{
	{"a", false, throughput},
	{"b", false, latency},
	{"c", false, morning},
	{"c10000", true, longMorning},
	{"d", false, figures},
	{"e", false, starts},
}

func run(ctx context.Context, args []string, out, note io.Writer) (err error) {
	var only, jsonFile, profile string
	b := &bench{note: note}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&b.runs, "runs", 5, "how often each contestant runs, by turns")
	flags.StringVar(&only, "only", "", "the runs by their names, such as a,b; empty for all but c10000, which takes six minutes")
	flags.StringVar(&jsonFile, "json", "", "file for the figures as JSON")
	flags.StringVar(&profile, "profile", "", "folder for CPU profiles of dondoc, which then runs a little slower")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("flags: %w", err)
	}
	if err := b.prepare(ctx, profile); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.fleet.folder)) }()
	for _, s := range steps {
		if only == "" && !s.asked || strings.Contains(","+only+",", ","+s.name+",") {
			if err := s.run(ctx, b); err != nil {
				return fmt.Errorf("run %s: %w", s.name, err)
			}
		}
	}
	if jsonFile != "" {
		if err := writeFile(jsonFile, b.all.writeJSON); err != nil {
			return err
		}
	}
	return b.all.writeText(out)
}

func (b *bench) prepare(ctx context.Context, profile string) error {
	b.all = &Report{
		At: time.Now(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(), CPUs: runtime.NumCPU(), Runs: b.runs,
	}
	var err error
	if b.zone, err = time.LoadLocation("Asia/Ho_Chi_Minh"); err != nil {
		return fmt.Errorf("time zone: %w", err)
	}
	if b.tasks, err = ongoing(); err != nil {
		return err
	}
	b.fleet = &fleet{profile: profile}
	if b.fleet.self, err = os.Executable(); err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	if b.fleet.folder, err = os.MkdirTemp("", "dondoc-bench"); err != nil {
		return err
	}
	return b.fleet.build(ctx)
}

// figure adds one to the report.
func (b *bench) figure(run, what, unit string) *Figure {
	f := &Figure{Run: run, What: what, Unit: unit}
	b.all.Figures = append(b.all.Figures, f)
	return f
}

// turns runs each contestant as often as asked for, one after the other, so
// that what else the machine does befalls all alike.
func (b *bench) turns(contestants []contestant, run func(contestant) error) error {
	for i := range b.runs {
		for _, c := range contestants {
			fmt.Fprintf(b.note, "turn %d of %d: %s\n", i+1, b.runs, c)
			if err := run(c); err != nil {
				return fmt.Errorf("%s: %w", c, err)
			}
		}
	}
	return nil
}

func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}
