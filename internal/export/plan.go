// Package export prints everything that is kept as one JSON document, for
// other programs to read: the plan, units, people, and every task with its
// occurrences and reports.
//
// Days are 2024-03-31, instants RFC 3339 in the plan's time zone. What a value
// lacks is null, not an empty text; lists are never null.
package export

import "dondoc/internal/plan"

// A Plan is the decision itself.
type Plan struct {
	Number *string `json:"number"`
	Date   *string `json:"date"`
	Title  string  `json:"title"`
	Year   *int    `json:"year"`
}

// PlanOf returns what the document says of p.
func PlanOf(p *plan.Plan) Plan {
	return Plan{Number: orNull(p.Number), Date: day(p.Date), Title: p.Title, Year: orNull(p.Year)}
}

// A Task is one row of the plan, as the plan has it.
type Task struct {
	Number      int       `json:"number"`
	Content     string    `json:"content"`
	ShortTitle  string    `json:"short_title"`
	Group       string    `json:"group"`    // IV. Cải cách chế độ công vụ; "" outside the plan
	Deadline    string    `json:"deadline"` // the phrase, as typed
	Kind        plan.Kind `json:"kind"`
	Due         []string  `json:"due"` // what the phrase says
	Leads       []string  `json:"leads"`
	Cooperating []string  `json:"cooperating"`
	Note        string    `json:"note"`  // the column "Ghi chú"
	Ended       *string   `json:"ended"` // the day on which a later version of the plan left it out
}

// TaskOf returns what the document says of t, a task of p.
func TaskOf(p *plan.Plan, t *plan.Task) Task {
	due := make([]string, len(t.Schedule.Due))
	for i, d := range t.Schedule.Due {
		due[i] = d.String()
	}
	return Task{
		Number:      t.Number,
		Content:     t.Content,
		ShortTitle:  t.ShortTitle,
		Group:       p.GroupLabel(t),
		Deadline:    t.Schedule.Phrase,
		Kind:        t.Schedule.Kind,
		Due:         due,
		Leads:       notNull(t.Leads),
		Cooperating: notNull(t.Cooperating),
		Note:        t.Note,
		Ended:       day(t.Ended),
	}
}

// orNull returns nil, which becomes null, for the zero value.
func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func notNull(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func day(d plan.Date) *string { return orNull(d.String()) }
