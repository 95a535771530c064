package scheduler_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/plan"
	"dondoc/scheduler"
	"dondoc/storage"
)

// before is a moment in an office whose plan reaches a year without a calendar.
var before = plan.At(9, 0).On(plan.NewDate(2024, time.December, 2), zone)

// looking loads an office of as many units and hands it over.
func looking(t *testing.T, units int, look func(*storage.Tx, *scheduler.Office) error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dondoc.db")
	if err := fill.File(t.Context(), path, fill.Size{Units: units}, zone); err != nil {
		t.Fatal(err)
	}
	err := open(t, path).Write(t.Context(), func(tx *storage.Tx) error {
		for d := plan.NewDate(2025, time.January, 1); d.Year() == 2025; d++ {
			if err := tx.DropSpecialDay(d); err != nil {
				return err
			}
		}
		f, err := scheduler.Load(tx, before, zone)
		if err != nil {
			return err
		}
		return look(tx, f)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// An office is gone through a hundred chats at a time, each of them once.
func TestPartsAreOfAHundredChats(t *testing.T) {
	for _, units := range []int{1, 100, 230} {
		seen := map[string]bool{}
		looking(t, units, func(tx *storage.Tx, f *scheduler.Office) error {
			for err := range f.Parts(tx, plan.DateOf(before, zone)) {
				if err != nil {
					return err
				}
				for _, occs := range f.Occurrences {
					for _, o := range occs {
						if f.Chats[o.Unit].Chat == 0 || f.Occurrence(o.ID) != o {
							t.Errorf("work of %s, whose chat is not in hand", o.Unit)
						}
					}
				}
				for u := range f.Chats {
					if seen[u] {
						t.Errorf("%s is in two parts", u)
					}
					seen[u] = true
				}
				if len(f.Chats) > 100 {
					t.Errorf("%d chats at once", len(f.Chats))
				}
			}
			return nil
		})
		if len(seen) != units {
			t.Errorf("%d units of %d were seen", len(seen), units)
		}
	}
}

// What is ahead of a unit does not depend on how many others there are, and what
// is ahead of leaders and admins comes once.
func TestAheadOfALargeOffice(t *testing.T) {
	const units = 230
	until := before.AddDate(0, 2, 0)
	said := func(units int) map[int64][]string {
		ahead := map[int64][]string{}
		looking(t, units, func(tx *storage.Tx, f *scheduler.Office) error {
			return f.Ahead(tx, before, until, func(m scheduler.Message) {
				line := fmt.Sprint(m.Kind, m.Day, m.Week)
				for _, s := range m.Steps {
					o := f.Occurrence(s.Occurrence)
					line += fmt.Sprint(" ", o.Task, o.Period, s.Name)
				}
				ahead[m.To.Chat] = append(ahead[m.To.Chat], line)
			})
		})
		return ahead
	}
	one, all := said(1), said(units)
	if len(all) != units+2 || len(one[fill.Person(0)]) < 10 || len(one[fill.Admin]) == 0 || len(one[fill.Director]) == 0 {
		t.Fatalf("%d chats; a unit hears %q, the admin %q", len(all), one[fill.Person(0)], one[fill.Admin])
	}
	for chat, lines := range all {
		want := one[chat]
		if want == nil {
			want = one[fill.Person(0)]
		}
		if !slices.Equal(lines, want) {
			t.Errorf("chat %d hears\n%q, alone\n%q", chat, lines, want)
		}
	}
}

// The years that reminders reach are those of every part.
func TestUnchartedYearsOfALargeOffice(t *testing.T) {
	for _, units := range []int{1, 230} {
		looking(t, units, func(tx *storage.Tx, f *scheduler.Office) error {
			years, err := f.Uncharted(tx, before)
			if !slices.Equal(years, []int{2025}) {
				t.Errorf("%d units: %v", units, years)
			}
			return err
		})
	}
}
