package plan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Lengths of short titles, in letters as Letters counts them.
const (
	ShortTitleLetters = 45 // in lists
	ButtonLetters     = 24 // on a button
)

// leadingPhrases open many tasks and say nothing of what the task is about.
var leadingPhrases = [][]string{
	{"tiếp", "tục"},
	{"thực", "hiện"},
	{"kịp", "thời"},
	{"triển", "khai"},
	{"tăng", "cường"},
	{"đẩy", "mạnh"},
	{"khẩn", "trương"},
	{"thường", "xuyên"},
	{"tổ", "chức", "thực", "hiện"},
	{"tổ", "chức", "triển", "khai"},
}

// linkingPhrases tie a leading phrase to its object. They are dropped after a
// leading phrase only: "Việc làm" must not lose its first word.
var linkingPhrases = [][]string{
	{"và"},
	{"việc"},
	{"công", "tác"},
	{"nghiêm"},
	{"nghiêm", "túc"},
	{"tốt"},
	{"có", "hiệu", "quả"},
	{"hiệu", "quả"},
}

// ShortTitle makes a title of a task's content: leading phrases dropped, the
// first letter upper case, the rest cut at a word to ShortTitleLetters.
func ShortTitle(content string) string { return Title(content, ShortTitleLetters) }

// Title is a title of a task's content on at most so many letters.
func Title(content string, letters int) string {
	words := strings.Fields(headLine(norm.NFC.String(content)))
	rest := dropLeading(words)
	if len(rest) == 0 {
		rest = words
	}
	return Cut(upperFirst(strings.TrimRight(strings.Join(rest, " "), ".,;:")), letters)
}

// Cut returns s in NFC, with single spaces, on at most so many letters, "…"
// included when something was cut off. It cuts between words, or inside the
// first one if that alone is longer.
func Cut(s string, letters int) string {
	words := strings.Fields(norm.NFC.String(s))
	whole := strings.Join(words, " ")
	if Letters(whole) <= letters {
		return whole
	}
	if letters < 1 {
		return ""
	}
	room := letters - 1 // for the "…"
	head := ""
	for i, w := range words {
		next := w
		if i > 0 {
			next = head + " " + w
		}
		// A comma or colon left at the end goes, so it needs no room.
		if Letters(trimLink(next)) > room {
			break
		}
		head = next
	}
	if head = trimLink(head); head == "" {
		head = firstLetters(words[0], room)
	}
	return head + "…"
}

// Letters counts what a reader sees as letters: the runes of s in NFC, less
// combining marks.
func Letters(s string) int {
	n := 0
	for _, r := range norm.NFC.String(s) {
		if !unicode.IsMark(r) {
			n++
		}
	}
	return n
}

// headLine returns what stands before the first list of content, on one line.
// A line break alone ends nothing: table cells are full of them.
func headLine(content string) string {
	var head []string
	for line := range strings.Lines(content) {
		line = strings.TrimSpace(line)
		bare := strings.TrimLeft(line, "-–—+•* ")
		if bare == "" {
			continue
		}
		if len(head) > 0 && bare != line {
			break
		}
		head = append(head, bare)
		if strings.HasSuffix(bare, ":") {
			break
		}
	}
	return strings.Join(head, " ")
}

func dropLeading(words []string) []string {
	linked := false
	for len(words) > 0 {
		n := prefixLen(words, leadingPhrases)
		if n == 0 && linked {
			n = prefixLen(words, linkingPhrases)
		}
		if n == 0 {
			break
		}
		words, linked = words[n:], true
	}
	return words
}

// prefixLen returns the length of the longest phrase that words begin with.
func prefixLen(words []string, phrases [][]string) int {
	longest := 0
	for _, phrase := range phrases {
		if len(phrase) > longest && len(phrase) <= len(words) &&
			slices.EqualFunc(words[:len(phrase)], phrase, sameWord) {
			longest = len(phrase)
		}
	}
	return longest
}

func sameWord(typed, lower string) bool {
	return strings.ToLower(strings.TrimRight(typed, ",")) == lower
}

func upperFirst(s string) string {
	if s == "" {
		return ""
	}
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// trimLink removes punctuation that must not stand before "…".
func trimLink(s string) string { return strings.TrimRight(s, " ,;:.-–—(/") }

func firstLetters(word string, n int) string {
	seen := 0
	for i, r := range word {
		if unicode.IsMark(r) {
			continue
		}
		if seen == n {
			return word[:i]
		}
		seen++
	}
	return word
}
