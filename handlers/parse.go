package handlers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dondoc/internal/chat"
)

// A command is a message that asks for something by name.
type command struct {
	name  string // lower case, without the slash
	args  string // cleaned
	named bool   // it bears the bot's own name
}

// dash is what stands between the first and the last of a range: keyboards and
// papers have several.
const dash = `\-\x{2010}-\x{2014}`

// commandWord is /done, /done15, /done_15, /done15,16-18, /done@some_bot; a
// number sticks to a name that has none of its own. As in Telegram's own
// marking of commands, a stop or colon ends the name just as a blank does.
var commandWord = regexp.MustCompile(`^/([A-Za-z]+)(?:_?(\d[\d,/_` + dash + `]*))?(?:@(\w+))?(?:[.,:;]*[\s\p{Z}]+|[.,:;]+|$)`)

// parseCommand reads a command that is meant for this bot; text that is none,
// or that names another bot, is not ok.
func parseCommand(text, bot string) (command, bool) {
	text = chat.Clean(text)
	m := commandWord.FindStringSubmatch(text)
	if m == nil {
		return command{}, false
	}
	if m[3] != "" && !strings.EqualFold(m[3], bot) {
		return command{}, false
	}
	args := strings.TrimSpace(text[len(m[0]):])
	if m[2] != "" {
		args = strings.TrimSpace(strings.ReplaceAll(m[2], "_", "/") + " " + args)
	}
	return command{name: strings.ToLower(m[1]), args: args, named: m[3] != ""}, true
}

// beforeCommand is what may stand before a second command: numbers of the first.
var beforeCommand = regexp.MustCompile(`^[\d\s\p{Z},.;:` + dash + `]*`)

// hasCommand reports whether another command of the bot stands behind the
// numbers or begins a line of what follows a command.
func (h *Handlers) hasCommand(args string) bool {
	for line := range strings.Lines(args) {
		cmd, ok := parseCommand(beforeCommand.ReplaceAllString(line, ""), h.Bot())
		if ok && h.byNamed[cmd.name] != nil {
			return true
		}
	}
	return false
}

// maxNumbers bounds how many tasks one command may name.
const maxNumbers = 100

// A taskList is the numbers at the head of a command's words.
type taskList struct {
	numbers []int
	year    int    // of "18/2024"; 0 for the current plan
	rest    string // what follows the numbers
}

var (
	numberRange = `\d{1,9}(?:[` + dash + `]\d{1,9})?`
	numberWord  = regexp.MustCompile(`^` + numberRange + `(?:,` + numberRange + `)*(?:/([1-9]\d{3}))?$`)
	rangeDash   = regexp.MustCompile(`[` + dash + `]`)
	// numbersAlone finds quickly what may be numbers and nothing else.
	numbersAlone = regexp.MustCompile(`(?i)^[\d\s\p{Z},.;/&+va\x{E0}\x{0300}` + dash + `]+$`)
	andWord      = regexp.MustCompile(`(?i)[\s\p{Z}]+(?:v(?:\x{E0}|a\x{0300}?)|&|\+)[\s\p{Z}]+`)
	dashSpaces   = regexp.MustCompile(`(\d)[\s\p{Z}]*([` + dash + `])[\s\p{Z}]*(\d)`)
	commaSpaces  = regexp.MustCompile(`^(\d[\d,` + dash + `]*)(?:[\s\p{Z}]+,[\s\p{Z}]*|,[\s\p{Z}]+)(\d)`)
)

// parseTasks reads "15", "15,16,18-20", "15 16", "15 - 17" and "15 và 16" when
// all that follows is numbers, "18/2024"; otherwise what follows the first word
// is the rest. ok is false if the words do not begin with a number; then all of
// them are the rest.
func parseTasks(args string) (taskList, bool, error) {
	args = strings.TrimSpace(args)
	typed := args
	// Where nothing but numbers stands, "15 - 17" and "15 và 16" are no notes.
	if numbersAlone.MatchString(args) {
		all := dashSpaces.ReplaceAllString(andWord.ReplaceAllString(args, ", "), "$1$2$3")
		if allNumbers(strings.Fields(all)) {
			args = all
		}
	}
	for commaSpaces.MatchString(args) {
		args = commaSpaces.ReplaceAllString(args, "$1,$2")
	}
	words := strings.Fields(args)
	if len(words) == 0 {
		return taskList{}, false, nil
	}
	first := strings.TrimRight(words[0], ".,:;")
	m := numberWord.FindStringSubmatch(first)
	if m == nil {
		return taskList{rest: typed}, false, nil
	}
	list := taskList{rest: strings.TrimSpace(strings.TrimPrefix(args, words[0]))}
	list.year, _ = strconv.Atoi(m[1])
	all := []string{first}
	if allNumbers(words[1:]) {
		all, list.rest = append(all, words[1:]...), ""
	}
	for _, w := range all {
		w, _, _ = strings.Cut(w, "/")
		var err error
		if list.numbers, err = appendNumbers(list.numbers, w); err != nil {
			return taskList{}, true, err
		}
	}
	return list, true, nil
}

func allNumbers(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool {
		m := numberWord.FindStringSubmatch(strings.TrimRight(w, ".,;"))
		return m == nil || m[1] != ""
	})
}

// appendNumbers adds the numbers of "15,18-20", each once.
func appendNumbers(list []int, word string) ([]int, error) {
	for part := range strings.SplitSeq(strings.TrimRight(word, ".,;"), ",") {
		ends := rangeDash.Split(part, 2)
		from, _ := strconv.Atoi(ends[0])
		to, _ := strconv.Atoi(ends[len(ends)-1])
		if to < from || to-from >= maxNumbers || len(list)+to-from >= maxNumbers {
			return nil, refuse("refuse.bad_range", "Range", part)
		}
		for n := from; n <= to; n++ {
			if !slices.Contains(list, n) {
				list = append(list, n)
			}
		}
	}
	return list, nil
}
