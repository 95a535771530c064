package handlers

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// A formLine is what one line of a reply to a form says of tasks.
type formLine struct {
	line    int // of the message, from 1
	text    string
	numbers []int
	status  plan.Status
	words   string
}

// A bullet may stand before the number of a task, and the sign of a status as
// the form shows it.
var (
	lineBullet = regexp.MustCompile(`^[•·*+–— -]+`)
	lineNumber = regexp.MustCompile(`^\d{1,4}(?:,\d{1,4})*`)
)

// blockedMark before a sentence makes it the reason why a task is blocked.
const blockedMark = "!"

// lineEnds are what may stand between the number of a task and its sentence.
const lineEnds = ".:;,)·–—- "

var lineSigns = map[string]plan.Status{
	"✅": plan.Done, "🔄": plan.InProgress, "⚠": plan.Blocked, "➖": plan.NotArisen, "▫": plan.NotStarted,
}

// readFormLines reads the reply to a form, one line a task: "5 đã công bố 12
// TTHC", "7 đang rà soát", "24 ! chờ cấp chứng thư số". Empty lines are passed
// over; a line that cannot be read refuses all of them.
func readFormLines(text string) ([]formLine, error) {
	var out []formLine
	said := map[int]int{} // by number: the line
	for i, line := range strings.Split(text, "\n") {
		if line = chat.Line(line); line == "" {
			continue
		}
		l, err := readFormLine(i+1, line)
		if err != nil {
			return nil, err
		}
		for _, n := range l.numbers {
			if said[n] != 0 {
				return nil, refuse("refuse.form_twice", "Line", l.line, "Number", n, "Before", said[n])
			}
			said[n] = l.line
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		return nil, refuse("refuse.no_words")
	}
	return out, nil
}

func readFormLine(at int, line string) (formLine, error) {
	l := formLine{line: at, text: line}
	rest := lineBullet.ReplaceAllString(line, "")
	sign := plan.NotStarted
	for s, status := range lineSigns {
		if after, ok := strings.CutPrefix(rest, s); ok {
			rest, sign = strings.TrimLeft(after, "\uFE0F "), status
			break
		}
	}
	rest = plan.CutTaskWord(rest)
	for commaSpaces.MatchString(rest) {
		rest = commaSpaces.ReplaceAllString(rest, "$1,$2")
	}
	number := lineNumber.FindString(rest)
	rest = rest[len(number):]
	var ok bool
	if l.words, ok = cutLineEnd(rest); number == "" || !ok {
		return l, l.refused("refuse.form_line")
	}
	var err error
	if l.numbers, err = appendNumbers(nil, number); err != nil || slices.Contains(l.numbers, 0) {
		return l, l.refused("refuse.form_line")
	}
	words, marked := strings.CutPrefix(l.words, blockedMark)
	l.words = strings.TrimLeft(words, blockedMark+lineEnds)
	switch {
	case l.words == "" && marked:
		return l, l.refused("refuse.form_reason")
	case l.words == "":
		return l, l.refused("refuse.form_no_words")
	case marked:
		l.status = plan.Blocked
	case sign != plan.NotStarted:
		l.status = sign
	default:
		l.status = plan.SpokenStatus(l.words)
	}
	return l, nil
}

// cutLineEnd takes off what stands between a number and its sentence. It is not
// ok if the number goes on, as that of a date or a share does.
func cutLineEnd(rest string) (words string, ok bool) {
	words = strings.TrimLeft(rest, lineEnds)
	first, _ := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "" || first == '!':
		return words, true
	case !strings.ContainsRune(lineEnds, first):
		return "", false
	case words != "" && unicode.IsDigit(rune(words[0])) && !strings.Contains(rest[:len(rest)-len(words)], " "):
		return "", false
	}
	return words, true
}

func (l formLine) refused(key string) error {
	example := 5
	if len(l.numbers) > 0 {
		example = l.numbers[0]
	}
	return refuse(key, "Line", l.line, "Text", chat.Cut(l.text, 40), "Number", example, "Mark", blockedMark)
}
