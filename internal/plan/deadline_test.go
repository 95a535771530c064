package plan_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/plan"
)

// A deadlineCase is one line of testdata/deadlines.csv.
type deadlineCase struct {
	year   int
	phrase string
	kind   plan.Kind
	due    string
	firm   bool
}

// deadlineCases reads the table: year, phrase, kind, due days apart by
// blanks, "firm" or nothing.
func deadlineCases(t testing.TB) []deadlineCase {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "deadlines.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var cases []deadlineCase
	for _, r := range records[1:] {
		year, err := strconv.Atoi(r[0])
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, deadlineCase{year: year, phrase: r[1], kind: plan.Kind(r[2]), due: r[3], firm: r[4] == "firm"})
	}
	return cases
}

func dueText(s plan.Schedule) string {
	days := make([]string, len(s.Due))
	for i, d := range s.Due {
		days[i] = d.String()
	}
	return strings.Join(days, " ")
}

func TestReadDeadline(t *testing.T) {
	for _, c := range deadlineCases(t) {
		t.Run(c.phrase, func(t *testing.T) {
			got := plan.ReadDeadline(c.phrase, c.year)
			if got.Kind != c.kind || dueText(got) != c.due || got.Firm != c.firm {
				t.Errorf("ReadDeadline(%q, %d) = %s %q firm=%v, want %s %q firm=%v",
					c.phrase, c.year, got.Kind, dueText(got), got.Firm, c.kind, c.due, c.firm)
			}
			if got.Phrase != c.phrase {
				t.Errorf("phrase = %q, want %q", got.Phrase, c.phrase)
			}
		})
	}
}

// respelled returns the ways in which a phrase may be typed without meaning
// anything else.
func respelled(phrase string) map[string]string {
	return map[string]string{
		"composed":       norm.NFC.String(phrase),
		"decomposed":     norm.NFD.String(phrase),
		"upper case":     strings.ToUpper(phrase),
		"doubled blanks": strings.ReplaceAll(phrase, " ", "  "),
		"line breaks":    strings.ReplaceAll(phrase, " ", "\n"),
		"no-break":       strings.ReplaceAll(phrase, " ", "\u00a0"),
		"blanks around":  " " + phrase + "\t",
		"hằng":           strings.ReplaceAll(phrase, "hàng", "hằng"),
		"Hằng":           strings.ReplaceAll(phrase, "Hàng", "Hằng"),
		"en dash":        strings.ReplaceAll(phrase, "-", "–"),
		"zero width":     strings.ReplaceAll(phrase, " ", " \u200b"),
	}
}

func TestReadDeadlineRespelled(t *testing.T) {
	for _, c := range deadlineCases(t) {
		want := plan.ReadDeadline(c.phrase, c.year)
		for name, phrase := range respelled(c.phrase) {
			got := plan.ReadDeadline(phrase, c.year)
			if got.Kind != want.Kind || dueText(got) != dueText(want) || got.Firm != want.Firm {
				t.Errorf("%s: ReadDeadline(%q, %d) = %s %q, want %s %q",
					name, phrase, c.year, got.Kind, dueText(got), want.Kind, dueText(want))
			}
		}
	}
}

func TestReadDeadlineWithoutPlanYear(t *testing.T) {
	tests := []struct {
		phrase string
		kind   plan.Kind
		due    string
	}{
		{"Quý I", plan.KindUnknown, ""},
		{"Hàng tháng", plan.KindUnknown, ""},
		{"15/11", plan.KindUnknown, ""},
		{"Cuối năm", plan.KindUnknown, ""},
		{"Từ tháng 3 đến tháng 5", plan.KindUnknown, ""},
		{"31/12/24", plan.KindUnknown, ""},
		{"Quý I/2024", plan.KindPeriod, "2024-03-31"},
		{"Từ tháng 3 đến tháng 5/2024", plan.KindSpan, "2024-05-31"},
		{"Quý II, IV/2024", plan.KindList, "2024-06-30 2024-12-31"},
		{"Thường xuyên", plan.KindOngoing, ""},
	}
	for _, tt := range tests {
		if got := plan.ReadDeadline(tt.phrase, 0); got.Kind != tt.kind || dueText(got) != tt.due {
			t.Errorf("ReadDeadline(%q, 0) = %s %q, want %s %q", tt.phrase, got.Kind, dueText(got), tt.kind, tt.due)
		}
	}
}

func FuzzReadDeadline(f *testing.F) {
	for _, c := range deadlineCases(f) {
		f.Add(c.phrase, c.year)
	}
	f.Fuzz(func(t *testing.T, phrase string, year int) {
		s := plan.ReadDeadline(phrase, year)
		if s.Phrase != phrase {
			t.Errorf("phrase = %q, want %q", s.Phrase, phrase)
		}
		if s.Kind.Dated() != (len(s.Due) > 0) {
			t.Errorf("%q: kind %s with %d due days", phrase, s.Kind, len(s.Due))
		}
		if !slices.IsSorted(s.Due) || len(slices.Compact(slices.Clone(s.Due))) != len(s.Due) {
			t.Errorf("%q: due days %s not ascending without doubles", phrase, dueText(s))
		}
		if s.Firm && !s.Kind.Dated() {
			t.Errorf("%q: firm, but %s", phrase, s.Kind)
		}
		for _, d := range s.Due {
			if s.Kind == plan.KindRecurring && d.Year() != year {
				t.Errorf("%q: recurring day %s outside %d", phrase, d, year)
			}
		}
		for name, other := range respelled(phrase) {
			got := plan.ReadDeadline(other, year)
			if got.Kind != s.Kind || dueText(got) != dueText(s) || got.Firm != s.Firm {
				t.Errorf("%s: %q reads %s %q, but %q reads %s %q",
					name, other, got.Kind, dueText(got), phrase, s.Kind, dueText(s))
			}
		}
	})
}
