package clock_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"dondoc/internal/clock"
)

var start = time.Date(2024, time.March, 15, 8, 0, 0, 0, time.FixedZone("+07", 7*60*60))

func TestRealIsTheMachinesTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.Real()
		if c.Rehearsed() {
			t.Error("the real clock calls itself rehearsed")
		}
		if got, want := c.Now(), time.Now(); !got.Equal(want) {
			t.Errorf("Now() = %v, want %v", got, want)
		}
	})
}

func TestRehearsalRuns(t *testing.T) {
	tests := []struct {
		name   string
		factor float64
		passed time.Duration
		want   time.Time
	}{
		{"at once", 1, 0, start},
		{"real speed", 1, 90 * time.Second, start.Add(90 * time.Second)},
		{"half speed", 0.5, time.Minute, start.Add(30 * time.Second)},
		{"a day in 1.44 s", clock.MaxFactor, 1440 * time.Millisecond, start.Add(24 * time.Hour)},
		{"parts of a second", 3, 500 * time.Millisecond, start.Add(1500 * time.Millisecond)},
		// 60,000 × 5 days are more nanoseconds than a time.Duration holds.
		{"beyond a Duration", clock.MaxFactor, 5 * 24 * time.Hour, start.AddDate(0, 0, 5*60_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := clock.NewRehearsal(start, tt.factor)
				time.Sleep(tt.passed)
				if got := c.Now(); !got.Equal(tt.want) {
					t.Errorf("after %v at ×%v: %v, want %v", tt.passed, tt.factor, got, tt.want)
				}
				if !c.Rehearsed() {
					t.Error("a rehearsal does not call itself rehearsed")
				}
				if got := c.Now().Location(); got != start.Location() {
					t.Errorf("location %v, want the start's", got)
				}
			})
		})
	}
}

func TestRehearsalNeverRunsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.NewRehearsal(start, 7.3)
		last := c.Now()
		for range 10_000 {
			time.Sleep(37 * time.Microsecond)
			now := c.Now()
			if now.Before(last) {
				t.Fatalf("%v comes after %v", now, last)
			}
			last = now
		}
	})
}

func TestSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.NewRehearsal(start, 60)
		time.Sleep(time.Second)
		if err := c.Set(start.Add(59 * time.Second)); !errors.Is(err, clock.ErrBackwards) {
			t.Errorf("setting it back: %v, want ErrBackwards", err)
		}
		if got, want := c.Now(), start.Add(time.Minute); !got.Equal(want) {
			t.Errorf("after a refused Set: %v, want %v", got, want)
		}
		to := start.AddDate(0, 0, 16).UTC()
		if err := c.Set(to); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if got, want := c.Now(), to.Add(time.Minute); !got.Equal(want) {
			t.Errorf("a second after Set: %v, want %v", got, want)
		}
		if got := c.Now().Location(); got != start.Location() {
			t.Errorf("location %v, want the start's", got)
		}
	})
}
