package tryout_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// A panel is what the page shows of the plan.
type panel struct {
	Tasks struct {
		Total      int
		Undated    int
		Open       int
		Extended   int
		DoneOnTime int    `json:"done_on_time"`
		DoneLate   int    `json:"done_late"`
		OfAll      string `json:"of_all"`
		OfFallen   string `json:"of_fallen"`
	}
	Windows []struct {
		Period          string
		Reported, Asked int
		Missing         []struct {
			Unit  string
			Count int
		}
	}
	Late, Blocked, Soon []struct{ Task int }
	Next                []nextMessage
	Steps               []bool
}

type nextMessage struct {
	At    time.Time
	Kind  string
	To    string
	Tasks []int
}

func (p *page) panel() panel {
	p.t.Helper()
	var v panel
	p.get("/api/plan", &v)
	return v
}

// reminders returns when the chat was reminded, as the bot's messages bear it.
func reminders(all []message, chat int64) []string {
	var days []string
	for _, m := range all {
		if m.Chat == chat && strings.Contains(m.Text, "🔔") {
			days = append(days, m.At.Format("02/01 15:04"))
		}
	}
	return days
}

// On the way to a later day the messages come as they would, each with its own
// date and hour.
func TestTimeRuns(t *testing.T) {
	p := open(t)
	w, _ := p.ready()
	p.do("clock", fields{"at": "2024-03-22T08:05"})
	var all []message
	p.until("the reminder", func(_ world, now []message) bool {
		all = now
		return slices.Contains(reminders(all, w.Guide.Chat), "22/03 08:00")
	})
	want := []string{"01/03 08:00", "07/03 08:00", "12/03 08:00", "14/03 08:00", "15/03 08:00", "22/03 08:00"}
	if got := reminders(all, w.Guide.Chat); !slices.Equal(got, want) {
		t.Errorf("reminded on %v, want %v", got, want)
	}
	for i := 1; i < len(all); i++ {
		if x, y := all[i-1], all[i]; x.Chat == y.Chat && x.ID < y.ID && x.At.After(y.At) {
			t.Errorf("in chat %d %v comes after %v", x.Chat, x.At, y.At)
		}
	}
}

func TestNextReminder(t *testing.T) {
	p := open(t)
	p.ready()
	for _, want := range []string{"01/03/2024 08:00", "07/03/2024 08:00"} {
		next := p.panel().Next
		i := slices.IndexFunc(next, func(m nextMessage) bool { return m.Kind == "reminder" })
		p.do("clock", fields{"move": "reminder"})
		if got := p.now().Format("02/01/2006 15:04"); got != want {
			t.Errorf("the next reminder is at %s, want %s", got, want)
		}
		if i >= 0 && next[i].At.Format("02/01/2006 15:04") != want {
			t.Errorf("the panel tells of %v, want %s", next[i], want)
		}
	}
}

// What the page proposes can be done, and is ticked off once it is; the panel
// says what the bot says.
func TestGuide(t *testing.T) {
	p := open(t)
	w, _ := p.ready()
	g := w.Guide
	before := p.panel()
	if slices.Contains(before.Steps, true) || len(before.Steps) != 5 {
		t.Fatalf("done before anything was: %v", before.Steps)
	}
	if before.Tasks.Total != 6 || before.Tasks.Open != 6 || before.Tasks.Undated != 2 || before.Windows[0].Asked != 37 {
		t.Errorf("the plan stands as %+v", before)
	}
	ticked := func(n int) {
		t.Helper()
		p.until(fmt.Sprintf("step %d", n+1), func(world, []message) bool { return p.panel().Steps[n] })
		if steps := p.panel().Steps; slices.Index(append(steps, false), false) != n+1 {
			t.Errorf("after step %d: %v", n+1, steps)
		}
	}
	p.do("say", fields{"user": g.Head, "chat": g.Chat, "text": fmt.Sprintf("/done %d 12/QĐ-SXD 10/01/2024", g.Task)})
	ticked(0)
	p.do("say", fields{"user": g.Member, "chat": g.Chat, "text": fmt.Sprintf("/done %d", g.Reminded)})
	ticked(1)
	p.do("say", fields{"user": g.Director, "chat": g.Director, "text": "/summary"})
	ticked(2)
	p.do("clock", fields{"at": g.Day + "T08:05"})
	ticked(3)
	label := fmt.Sprintf("✅ %d", g.Reminded)
	p.until("the reminder's button", func(_ world, all []message) bool {
		for _, m := range slices.Backward(all) {
			for _, b := range slices.Concat(m.Buttons...) {
				if m.Chat == g.Chat && b.Text == label {
					p.do("press", fields{"user": g.Head, "chat": g.Chat, "message": m.ID, "data": b.Data})
					return true
				}
			}
		}
		return false
	})
	ticked(4)
	after := p.panel()
	if after.Tasks.DoneOnTime != 2 || after.Tasks.OfAll != "33,3%" || after.Tasks.OfFallen != "100%" {
		t.Errorf("after two reports: %+v", after.Tasks)
	}
}

// The year can be stopped, goes on from there, and can be begun again while it
// runs.
func TestYear(t *testing.T) {
	p := open(t)
	w, _ := p.ready()
	p.do("play", fields{})
	if status, out := p.act("clock", fields{"move": "day"}); status != http.StatusConflict || out["error"] != "running" {
		t.Errorf("a second run at a time: %d %v", status, out)
	}
	p.until("the first window", func(w world, _ []message) bool { return w.Now.After(p.day("2024-03-20")) })
	p.do("stop", fields{})
	stopped := p.now()
	v := p.panel()
	if v.Windows[0].Reported == 0 {
		t.Error("nobody reported in the first window")
	}
	if now := p.now(); now.Sub(stopped) > time.Hour || now.After(p.day("2024-04-20")) {
		t.Errorf("stopped at %v, it is %v", stopped, now)
	}
	p.do("play", fields{})
	seen, _ := p.until("somebody late", func(w world, _ []message) bool { return w.Now.After(p.day("2024-04-05")) })
	if seen.Running != "year" {
		t.Errorf("running: %q", seen.Running)
	}
	p.until("the extension", func(_ world, all []message) bool {
		return slices.ContainsFunc(all, func(m message) bool {
			return m.Chat == w.Guide.Director && strings.Contains(m.Text, "30/04/2024") && m.From == w.Bot.ID
		})
	})
	p.do("restart", fields{})
	again, _ := p.ready()
	if again.Running != "" || again.Year != "" || again.Now.Format("02/01/2006") != "11/01/2024" {
		t.Errorf("begun again: %q %q %v", again.Running, again.Year, again.Now)
	}
	if steps := p.panel().Steps; slices.Contains(steps, true) {
		t.Errorf("begun again, the guide is at %v", steps)
	}
}

// The whole year, as it is told, comes to its end without a fault.
func TestWholeYear(t *testing.T) {
	if os.Getenv("DONDOC_TORTURE") == "" {
		t.Skip("takes minutes; DONDOC_TORTURE=1 runs it")
	}
	p := open(t)
	p.ready()
	p.do("play", fields{})
	p.untilWithin(10*time.Minute, "the year's end", func(w world, _ []message) bool { return w.Year == "over" && w.Running == "" })
	v := p.panel()
	if tasks := v.Tasks; tasks.DoneOnTime != 4 || tasks.DoneLate != 1 || tasks.Extended != 1 || tasks.Open != 1 {
		t.Errorf("the year ends with %+v", tasks)
	}
	for _, w := range v.Windows {
		if w.Reported != w.Asked {
			t.Errorf("in %s reported %d of %d", w.Period, w.Reported, w.Asked)
		}
	}
}

// day is the day's noon.
func (p *page) day(text string) time.Time {
	p.t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z07:00", text+"T12:00+07:00")
	if err != nil {
		p.t.Fatal(err)
	}
	return at
}
