package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/storage"
)

// TestMain lets the test's own binary be a contestant.
func TestMain(m *testing.M) {
	if role := os.Getenv(envRole); role != "" {
		os.Exit(play(contestant(role)))
	}
	os.Exit(m.Run())
}

// newBench measures with this binary in all roles.
func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{runs: 1, note: &bytes.Buffer{}, all: &Report{}, zone: time.FixedZone("+07", 7*60*60)}
	b.fleet = &fleet{self: os.Args[0], folder: t.TempDir()}
	var err error
	if b.tasks, err = ongoing(); err != nil {
		t.Fatal(err)
	}
	return b
}

// TestEveryContestantAnswersEverything runs a small load through each: what
// they are compared by is the whole of it, on disk with dondoc.
func TestEveryContestantAnswersEverything(t *testing.T) {
	b := newBench(t)
	l := load{chats: 4, rounds: 3}
	for _, c := range []contestant{dondoc, durable, echoBot, echoIdle} {
		got, err := l.run(t.Context(), b, "test", c)
		if err != nil {
			t.Fatalf("%s: %v", c, err)
		}
		if len(got.took) != l.chats*l.rounds || got.rate <= 0 || got.memory.peak < got.memory.now || got.memory.now <= 0 {
			t.Errorf("%s: %+v", c, got)
		}
	}
}

func TestDataIsTheBenchsOwn(t *testing.T) {
	b := newBench(t)
	for range 2 { // the second is a copy of the same
		folder, err := b.data(t.Context(), fill.Size{Units: 3})
		if err != nil {
			t.Fatal(err)
		}
		db, err := storage.Open(t.Context(), filepath.Join(folder, "dondoc.db"))
		if err != nil {
			t.Fatal(err)
		}
		err = db.Write(t.Context(), func(tx *storage.Tx) error {
			snap, err := tx.Snapshot()
			if err == nil && (len(snap.Roster.Units) != 3 || snap.Calendar == nil) {
				t.Errorf("%d units", len(snap.Roster.Units))
			}
			if err != nil {
				return err
			}
			return tx.RenameUnit(snap.Roster.Units[0], "Renamed", "Renamed")
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReport(t *testing.T) {
	r := &Report{System: "linux", Go: "go1", CPUs: 2, Runs: 3}
	f := &Figure{Run: "a", What: "/done", Unit: "updates/s"}
	r.Figures = append(r.Figures, f)
	for _, v := range []float64{100, 3000, 300} {
		f.add(dondoc, v)
		f.add(echoBot, v/2)
	}
	f.timesThat(1.2, echoBot)
	f.above(100, echoBot)
	var text, data bytes.Buffer
	if err := r.writeText(&text); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"300", "150", "at least 1.2 × echo", "2.00", "met", "MISSED"} {
		if !strings.Contains(text.String(), words) {
			t.Errorf("%q is missing:\n%s", words, &text)
		}
	}
	if err := r.writeJSON(&data); err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(data.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if v := back.Figures[0].Values[0]; v.Contestant != dondoc || v.Median != 300 || len(v.Runs) != 3 {
		t.Errorf("read back %+v", v)
	}
}

func TestQuantile(t *testing.T) {
	var took []time.Duration
	for i := range 100 {
		took = append(took, time.Duration(100-i)*time.Millisecond)
	}
	if got := quantile(took, 0.5); got != 51 {
		t.Errorf("the median is %v", got)
	}
	if got := quantile(took, 0.99); got != 100 {
		t.Errorf("the 99th percentile is %v", got)
	}
	if got := median([]float64{4, 1, 3, 2}); got != 2.5 {
		t.Errorf("the median of four is %v", got)
	}
}
