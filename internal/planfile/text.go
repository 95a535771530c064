package planfile

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
)

// What decisions say of themselves above the table: in the heading with the
// national motto, in their title, in the line under an appendix's title.
var (
	numberLine = regexp.MustCompile(`(?i)^số\s*:?\s*([0-9]{1,6}[0-9A-Za-z]*\s*/[^\s,;]{2,40})`)
	dayLine    = regexp.MustCompile(`(?i)^([^,;:]{2,40}),\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})`)
	attached   = regexp.MustCompile(`(?i)kèm theo\s+\S[^(]{0,60}?số\s*:?\s*([0-9]{1,6}[0-9A-Za-z]*\s*/[^\s,;]{2,40})` +
		`(?:\s+ngày\s+(\d{1,2})\s*(?:/|-|\.|tháng)\s*(\d{1,2})\s*(?:/|-|\.|năm)\s*(\d{4}))?`)
	titleYear = regexp.MustCompile(`(?i)năm\s+(\d{4})`)
	motto     = "cong hoa xa hoi chu nghia viet nam"
)

// A reading is what the text above the table says.
type reading struct {
	number, place, title, parent, office string
	day                                  plan.Date
}

// readText reads what stands above the table. Lines "#key,value" count before
// anything that is found in running text.
func (d *drafter) readText(rows []grid.Row) {
	d.readMeta(rows)
	var r reading
	var lines []string
	for _, row := range rows {
		r.heading(row)
		for i, cell := range row.Cells {
			if cell.Left || cell.Above || i == 0 && strings.HasPrefix(cell.Text, "#") {
				continue
			}
			lines = append(lines, strings.Split(cell.Text, "\n")...)
		}
	}
	for _, line := range lines {
		r.line(line)
	}
	r.title = findTitle(lines)
	d.fill(r)
}

// fill completes the plan by the reading.
func (d *drafter) fill(r reading) {
	p := d.draft.Plan
	for _, pair := range []struct {
		to   *string
		from string
	}{{&p.Number, r.number}, {&p.Place, r.place}, {&p.Title, r.title}, {&p.Parent, r.parent}, {&p.Office, r.office}} {
		if *pair.to == "" {
			*pair.to = pair.from
		}
	}
	if p.Date.IsZero() {
		p.Date = r.day
	}
	if m := titleYear.FindStringSubmatch(p.Title); p.Year == 0 && m != nil {
		p.Year, _ = parseYear(m[1])
	}
	if p.Year == 0 && !p.Date.IsZero() {
		p.Year = p.Date.Year()
	}
	d.draft.NamesYear = p.Year != 0
}

// heading reads the offices, which stand beside the national motto.
func (r *reading) heading(row grid.Row) {
	for i, cell := range row.Cells {
		if r.office != "" || i == 0 || !strings.Contains(headingWords(cell.Text), motto) {
			continue
		}
		var names []string
		for line := range strings.SplitSeq(row.Cells[0].Text, "\n") {
			if headingWords(line) != "" && numberLine.FindString(line) == "" {
				names = append(names, strings.TrimSpace(line))
			}
		}
		if len(names) > 0 {
			r.office = names[len(names)-1]
			r.parent = strings.Join(names[:len(names)-1], " ")
		}
	}
}

// line reads number and day where one line says them. The first counts.
func (r *reading) line(line string) {
	line = strings.Join(strings.Fields(line), " ")
	if m := numberLine.FindStringSubmatch(line); m != nil && r.number == "" {
		r.number = strings.ReplaceAll(m[1], " ", "")
	}
	if m := dayLine.FindStringSubmatch(line); m != nil && r.day.IsZero() {
		if r.day = dayOf(m[2], m[3], m[4]); !r.day.IsZero() {
			r.place = m[1]
		}
	}
	if m := attached.FindStringSubmatch(line); m != nil {
		if r.number == "" {
			r.number = strings.TrimRight(strings.ReplaceAll(m[1], " ", ""), ").")
		}
		if r.day.IsZero() && m[2] != "" {
			r.day = dayOf(m[2], m[3], m[4])
		}
	}
}

// dayOf returns the day of three numbers, zero if there is none.
func dayOf(day, month, year string) plan.Date {
	d, _ := strconv.Atoi(day) // digits, by the form
	m, _ := strconv.Atoi(month)
	y, ok := parseYear(year)
	date, err := plan.CheckedDate(y, time.Month(m), d)
	if !ok || err != nil {
		return 0
	}
	return date
}

// appendixNumber is "phu luc ii", "phu luc so 01".
var appendixNumber = regexp.MustCompile(`^(phu luc)(?: so)? (?:[ivx]+|\d+)$`)

// titleHeads are lines that titles stand under; of those that are part of the
// title it is how running text has them.
var titleHeads = map[string]string{
	"quyet dinh": "", "phu luc": "", "ke hoach": "Kế hoạch", "chuong trinh": "Chương trình", "danh muc": "Danh mục",
	"bang phan cong":     "Bảng phân công",
	"ke hoach hanh dong": "Kế hoạch hành động",
}

const (
	maxTitleLines   = 4
	maxTitleLetters = 300
)

// findTitle returns the plan's title: what stands under the kind of the paper,
// or a line that begins like a title itself.
func findTitle(lines []string) string {
	for i, line := range lines {
		words := headingWords(line)
		kind, heads := titleHeads[appendixNumber.ReplaceAllString(words, "$1")]
		switch {
		case heads:
			below := titleLines(lines[i+1:])
			switch {
			case below == "":
			case kind == "":
				return bareTitle(below)
			case strings.ToUpper(below) == below:
				return bareTitle(strings.TrimSpace(line) + " " + below)
			default:
				return bareTitle(kind + " " + below)
			}
		case strings.HasPrefix(words, "ke hoach "), strings.HasPrefix(words, "phu luc ke hoach "),
			strings.HasPrefix(words, "danh muc nhiem vu "), strings.HasPrefix(words, "phan cong nhiem vu "),
			strings.HasPrefix(words, "bang phan cong nhiem vu "):
			return bareTitle(titleLines(lines[i:]))
		}
	}
	return ""
}

// titleLines joins the lines of a title, up to what follows a title.
func titleLines(lines []string) string {
	var title []string
	for _, line := range lines {
		words := headingWords(line)
		if words == "" && len(title) == 0 {
			continue
		}
		if words == "" || len(title) == maxTitleLines || strings.HasPrefix(strings.TrimSpace(line), "(") || endsTitle(words) {
			break
		}
		title = append(title, strings.TrimSpace(line))
	}
	text := strings.Join(title, " ")
	if utf8.RuneCountInString(text) > maxTitleLetters {
		return ""
	}
	return text
}

// endsTitle recognises the words that a decision begins with after its title.
func endsTitle(words string) bool {
	for _, w := range []string{
		"can cu", "giam doc", "kem theo", "ban hanh kem", "theo de nghi", "quyet dinh", "chu tich", "i", "1", "phan thu",
		"phan i", "phan 1",
	} {
		if strings.HasPrefix(words+" ", w+" ") {
			return true
		}
	}
	return false
}

var issues = regexp.MustCompile(`(?i)^(?:v/v|về việc|phụ lục|:)?\s*(?:ban hành|phê duyệt|giao)?\s*`)

// bareTitle drops what a decision does with the plan: "Ban hành Kế hoạch …".
func bareTitle(title string) string {
	rest := issues.ReplaceAllString(title, "")
	if rest == "" {
		return title
	}
	return strings.Join(strings.Fields(rest), " ")
}
