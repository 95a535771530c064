package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/plan"
)

func TestOccurrences(t *testing.T) {
	b := testBook(t, "2024-01-11")
	tests := []struct {
		name, phrase string
		leads        []string
		want         []string // kind, unit, period, opens, due
	}{
		{"date", "31/12/2024", []string{"a"}, []string{"dated a 2024-12-31  2024-12-31"}},
		{"period, two units", "Quý I/2024", []string{"b", "a"}, []string{
			"dated b 2024-03-31  2024-03-31", "dated a 2024-03-31  2024-03-31",
		}},
		{"list", "Quý II và Quý IV/2024", []string{"a"}, []string{
			"dated a 2024-06-30  2024-06-30", "dated a 2024-12-31 2024-07-01 2024-12-31",
		}},
		{"list, two units", "Tháng 6, 12", []string{"a", "b"}, []string{
			"dated a 2024-06-30  2024-06-30", "dated a 2024-12-31 2024-07-01 2024-12-31",
			"dated b 2024-06-30  2024-06-30", "dated b 2024-12-31 2024-07-01 2024-12-31",
		}},
		{"before a day", "Trước ngày 15/11", []string{"a"}, []string{"dated a 2024-11-14  2024-11-14 firm"}},
		{"ongoing", "Thường xuyên", []string{"a"}, []string{
			"check_in a 2024-Q1 2023-12-15 2024-03-14", "check_in a 2024-Q2 2024-03-15 2024-06-14",
			"check_in a 2024-Q3 2024-06-15 2024-09-14", "check_in a 2024-Q4 2024-09-15 2024-12-14",
		}},
		{"trigger", "Thực hiện khi có VB kiến nghị", []string{"a"}, nil},
		{"unset", "Theo quy định của tỉnh", []string{"a"}, nil},
		{"unknown", "???", []string{"a"}, nil},
		{"nobody leads", "31/12/2024", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			task := &plan.Task{ID: 7, Number: 31, Leads: tt.leads, Schedule: plan.ReadDeadline(tt.phrase, 2024)}
			var got []string
			for _, o := range b.Plan.Occurrences(task) {
				if o.Task != 31 || o.TaskID != 7 || o.ID != 0 || len(o.Reports)+len(o.Extensions) > 0 {
					t.Errorf("occurrence %+v", o)
				}
				s := fmt.Sprint(o.Kind, " ", o.Unit, " ", o.Period, " ", o.Opens, " ", o.Due)
				if o.Firm {
					s += " firm"
				}
				got = append(got, s)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Occurrences = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestOccurrencesOfCycles(t *testing.T) {
	b := testBook(t, "2024-01-11")
	task := &plan.Task{Leads: []string{"a"}, Schedule: plan.ReadDeadline("Trước ngày 15 hằng tháng", 2024)}
	occs := b.Plan.Occurrences(task)
	if len(occs) != 12 {
		t.Fatalf("%d occurrences, want 12", len(occs))
	}
	periods := map[string]bool{}
	for i, o := range occs {
		periods[o.Period] = true
		if o.Due.Day() != 14 || !o.Firm {
			t.Errorf("due %s, firm %v, want the 14th and firm", o.Due, o.Firm)
		}
		if i > 0 && o.Opens != occs[i-1].Due+1 {
			t.Errorf("opens %s, want the day after %s", o.Opens, occs[i-1].Due)
		}
	}
	if len(periods) != 12 {
		t.Errorf("%d periods, want 12", len(periods))
	}
}

func TestStatusAndCompletion(t *testing.T) {
	p := testBook(t, "2024-06-01").Plan
	dated := func(reports ...string) *plan.Occurrence { return testDated(t, "2024-03-31", reports...) }
	checkIn := func(reports ...string) *plan.Occurrence { return testCheckIn(t, p, 0, reports...) }
	tests := []struct {
		name       string
		o          *plan.Occurrence
		status     plan.Status
		latest     int64 // ids; 0 for none
		completion int64
	}{
		{"nothing said", dated(), plan.NotStarted, 0, 0},
		{"in progress", dated("2024-02-01 in_progress"), plan.InProgress, 1, 0},
		{"done", dated("2024-02-01 in_progress", "2024-03-01 done"), plan.Done, 2, 2},
		{"added to", dated("2024-03-01 done", "2024-03-05 done"), plan.Done, 2, 1},
		{"recording order, not the clock", dated("2024-03-05 done", "2024-03-01 blocked"), plan.Blocked, 2, 0},
		{"first done by recording order", dated("2024-03-05 done", "2024-03-01 done"), plan.Done, 2, 1},
		{"withdrawn", dated("2024-02-01 blocked", "2024-03-01 done withdrawn"), plan.Blocked, 1, 0},
		{"all withdrawn", dated("2024-02-01 blocked withdrawn", "2024-03-01 done withdrawn"), plan.NotStarted, 0, 0},
		{"the addition withdrawn", dated("2024-03-01 done", "2024-03-05 done withdrawn"), plan.Done, 1, 1},
		{"returned", dated("2024-02-01 blocked", "2024-03-01 done returned"), plan.InProgress, 1, 0},
		{"all done returned at once", dated("2024-03-01 done returned", "2024-03-05 done returned"), plan.InProgress, 0, 0},
		{"done since the return", dated("2024-03-01 done returned", "2024-04-05 done", "2024-04-06 done"), plan.Done, 3, 2},
		{"returned, done withdrawn", dated("2024-03-01 done returned", "2024-04-05 done withdrawn"), plan.InProgress, 0, 0},
		{"returned, then blocked", dated("2024-03-01 done returned", "2024-04-05 blocked"), plan.Blocked, 2, 0},
		{"check-in: any report", checkIn("2024-03-01 blocked", "2024-03-10 done"), plan.Done, 2, 1},
		{"check-in: the later stands", checkIn("2024-03-01 done", "2024-03-10 in_progress"), plan.InProgress, 2, 1},
		{"check-in: nothing arose", checkIn("2024-03-01 not_arisen"), plan.NotArisen, 1, 1},
		{"check-in withdrawn", checkIn("2024-03-01 done withdrawn"), plan.NotStarted, 0, 0},
		{"check-in returned", checkIn("2024-03-01 done returned"), plan.InProgress, 0, 0},
		{
			"undated", &plan.Occurrence{Kind: plan.OccurrenceUndated, Reports: testReports(t, "2024-03-01 not_arisen")},
			plan.NotArisen, 1, 0,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.o.Status(); got != tt.status {
				t.Errorf("Status = %s, want %s", got, tt.status)
			}
			if got := reportID(tt.o.Latest()); got != tt.latest {
				t.Errorf("Latest = %d, want %d", got, tt.latest)
			}
			if got := reportID(tt.o.Completion()); got != tt.completion {
				t.Errorf("Completion = %d, want %d", got, tt.completion)
			}
		})
	}
}

func reportID(r *plan.Report) int64 {
	if r == nil {
		return 0
	}
	return r.ID
}

func TestOccurrenceDueDays(t *testing.T) {
	o := testDated(t, "2024-03-31")
	if o.StatedDue() != o.Due || o.ExtendedDue() != 0 {
		t.Errorf("stated %s, extended %s", o.StatedDue(), o.ExtendedDue())
	}
	extend(t, o, "2024-06-30", "2024-05-15")
	if o.StatedDue().String() != "2024-05-15" || o.ExtendedDue() != o.StatedDue() || o.Due.String() != "2024-03-31" {
		t.Errorf("stated %s, extended %s, due %s", o.StatedDue(), o.ExtendedDue(), o.Due)
	}
	// A later version of the plan allows as much, then less, then more.
	for due, want := range map[string]string{"2024-05-15": "2024-05-15", "2024-05-14": "2024-05-15", "2024-05-16": "2024-05-16"} {
		o.Due = parsedDate(t, due)
		if o.StatedDue().String() != want || (o.ExtendedDue() != 0) != (due < want) || len(o.Extensions) != 2 {
			t.Errorf("due %s: stated %s, extended %s", due, o.StatedDue(), o.ExtendedDue())
		}
	}
}

func TestOccurrenceEvidence(t *testing.T) {
	o := testDated(t, "2024-03-31", "2024-03-01 done returned", "2024-03-02 done withdrawn",
		"2024-03-03 in_progress", "2024-03-04 done")
	for i := range o.Reports {
		o.Reports[i].Evidence = []plan.Evidence{{Number: fmt.Sprintf("%d/BC", i+1)}, {Number: fmt.Sprintf("%d/TB", i+1)}}
	}
	var got []string
	for _, e := range o.Evidence() {
		got = append(got, e.Number)
	}
	if s := strings.Join(got, " "); s != "3/BC 3/TB 4/BC 4/TB" {
		t.Errorf("Evidence = %s", s)
	}
}
