package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// A Report is all that was measured in one run of the program.
type Report struct {
	At      time.Time `json:"at"`
	System  string    `json:"system"`
	Go      string    `json:"go"`
	CPUs    int       `json:"cpus"`
	Runs    int       `json:"runs"`
	Figures []*Figure `json:"figures"`
}

// A Figure is one thing that was measured, of one contestant or of several by
// turns.
type Figure struct {
	Run    string   `json:"run"` // by the letter that -only knows
	What   string   `json:"what"`
	Unit   string   `json:"unit"`
	Values []*Value `json:"values"`
	Goals  []Goal   `json:"goals,omitempty"`
}

// A Value is what a contestant reached.
type Value struct {
	Contestant contestant `json:"contestant"`
	Median     float64    `json:"median"`
	Runs       []float64  `json:"runs"`
}

// A Goal compares dondoc's median.
type Goal struct {
	Goal string  `json:"goal"`
	Got  float64 `json:"got"`
	Met  bool    `json:"met"`
}

// add notes what a contestant reached in one run.
func (f *Figure) add(c contestant, value float64) {
	v := f.of(c)
	v.Runs = append(v.Runs, value)
	v.Median = median(v.Runs)
}

func (f *Figure) of(c contestant) *Value {
	for _, v := range f.Values {
		if v.Contestant == c {
			return v
		}
	}
	v := &Value{Contestant: c}
	f.Values = append(f.Values, v)
	return v
}

// atMost judges dondoc's median.
func (f *Figure) atMost(limit float64) {
	got := f.of(dondoc).Median
	f.Goals = append(f.Goals, Goal{strings.TrimSpace(fmt.Sprintf("at most %g %s", limit, f.Unit)), got, got <= limit})
}

// atLeast judges dondoc's median.
func (f *Figure) atLeast(limit float64) {
	got := f.of(dondoc).Median
	f.Goals = append(f.Goals, Goal{fmt.Sprintf("at least %g %s", limit, f.Unit), got, got >= limit})
}

// timesThat wants dondoc's median to be at least so many times the other's.
func (f *Figure) timesThat(factor float64, other contestant) {
	got := f.of(dondoc).Median / f.of(other).Median
	f.Goals = append(f.Goals, Goal{fmt.Sprintf("at least %g × %s", factor, other), got, got >= factor})
}

// growth wants dondoc's median to be at most so many times the smaller figure's.
func (f *Figure) growth(factor float64, smaller *Figure) {
	got := f.of(dondoc).Median / smaller.of(dondoc).Median
	f.Goals = append(f.Goals, Goal{fmt.Sprintf("at most %g × that of %s", factor, smaller.What), got, got <= factor})
}

// above wants dondoc's median to be at most so much above the other's.
func (f *Figure) above(margin float64, other contestant) {
	got := f.of(dondoc).Median - f.of(other).Median
	f.Goals = append(f.Goals, Goal{fmt.Sprintf("at most %g %s above %s", margin, f.Unit, other), got, got <= margin})
}

// writeText prints the report as a table.
func (r *Report) writeText(out io.Writer) error {
	fmt.Fprintf(out, "%s, %d CPUs, %s, medians of %d runs by turns\n\n", r.System, r.CPUs, r.Go, r.Runs)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	contestants := []contestant{dondoc, durable, echoBot, echoIdle}
	fmt.Fprint(w, "run\twhat\tunit")
	for _, c := range contestants {
		fmt.Fprintf(w, "\t%s", c)
	}
	fmt.Fprintln(w, "\tgoal\tgot\t")
	for _, f := range r.Figures {
		fmt.Fprintf(w, "%s\t%s\t%s", f.Run, f.What, f.Unit)
		for _, c := range contestants {
			fmt.Fprintf(w, "\t%s", f.text(c))
		}
		if len(f.Goals) == 0 {
			fmt.Fprintln(w, "\t\t\t")
		}
		for i, g := range f.Goals {
			if i > 0 {
				fmt.Fprint(w, strings.Repeat("\t", 2+len(contestants)))
			}
			verdict := "met"
			if !g.Met {
				verdict = "MISSED"
			}
			fmt.Fprintf(w, "\t%s\t%s\t%s\n", g.Goal, number(g.Got), verdict)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	return nil
}

func (f *Figure) text(c contestant) string {
	for _, v := range f.Values {
		if v.Contestant == c {
			return number(v.Median)
		}
	}
	return ""
}

// number shows three digits that count, more of large ones.
func number(v float64) string {
	switch {
	case v >= 100 || v <= -100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10 || v <= -10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

func (r *Report) writeJSON(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		return fmt.Errorf("print the figures: %w", err)
	}
	return nil
}
