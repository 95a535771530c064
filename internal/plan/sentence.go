package plan

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// taskWord is how people name a task before its number.
var taskWord = regexp.MustCompile(`^(?i:nhiệm vụ|nv|task)\.?\s*(?i:số)?\s*`)

// CutTaskWord takes the word for a task, if there is one, off the beginning of
// what a person typed.
func CutTaskWord(s string) string { return taskWord.ReplaceAllString(s, "") }

// sentenceOpenings are the words that make a sentence say something else than
// that the work was done.
var sentenceOpenings = []struct {
	words  string
	status Status
}{
	{"không phát sinh", NotArisen},
	{"chưa phát sinh", NotArisen},
	{"đang", InProgress},
	{"chưa", InProgress},
	{"vướng", Blocked},
	{"nothing arose", NotArisen},
	{"in progress", InProgress},
	{"doing", InProgress},
}

// SpokenStatus returns the status that a sentence about work speaks of by its
// first words: in progress, blocked, not arisen, else done. The words count as
// they are spelt, or without any tone marks: "chữa cháy" does not begin with
// "chưa".
func SpokenStatus(sentence string) Status {
	typed := strings.ToLower(sentence)
	for _, o := range sentenceOpenings {
		for _, opening := range []string{o.words, Fold(o.words)} {
			after, ok := strings.CutPrefix(typed, opening)
			first, _ := utf8.DecodeRuneInString(after)
			if ok && !unicode.IsLetter(first) && !unicode.IsDigit(first) {
				return o.status
			}
		}
	}
	return Done
}
