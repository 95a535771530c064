package plan

import (
	"slices"
	"strings"
	"unicode"
)

type deadlineTokenKind int

const (
	tokenNone   deadlineTokenKind = iota // beyond the end
	tokenNumber                          // a run of the digits 0 to 9
	tokenWord                            // a run of letters, or a known group of them
	tokenMark                            // any other single character
)

// A deadlineToken is a number, word or mark of an evened-out phrase.
type deadlineToken struct {
	kind   deadlineTokenKind
	text   string
	term   term // meaning of a known word
	value  int  // of a number or number word
	digits int  // how many digits the number was typed with
	glued  bool // no blank before it
}

// maxDigits bounds numbers; nothing in a deadline has more than a year's
// four, and longer runs must not overflow.
const maxDigits = 9

// deadlineTokens cuts a text into numbers, words and marks. Letters and
// digits part even where no blank stands between them: "T12", "Quý1".
func deadlineTokens(text string) []deadlineToken {
	var tokens []deadlineToken
	runes := []rune(text)
	glued := false
	for i := 0; i < len(runes); {
		start := i
		switch {
		case runes[i] == ' ':
			i++
			glued = false
			continue
		case isPlainDigit(runes[i]):
			i += runLength(runes[i:], isPlainDigit)
			tokens = append(tokens, numberToken(string(runes[start:i]), glued))
		case isWordRune(runes[i]):
			i += runLength(runes[i:], isWordRune)
			tokens = append(tokens, wordTokens(string(runes[start:i]), glued)...)
		default:
			i++
			tokens = append(tokens, markTokens(runes[start], glued)...)
		}
		glued = true
	}
	return applyVocabulary(tokens)
}

func isPlainDigit(r rune) bool { return r >= '0' && r <= '9' }

func isWordRune(r rune) bool {
	if _, ok := romanSigns(r); ok {
		return true
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

func runLength(runes []rune, in func(rune) bool) int {
	n := slices.IndexFunc(runes, func(r rune) bool { return !in(r) })
	if n < 0 {
		return len(runes)
	}
	return n
}

func numberToken(text string, glued bool) deadlineToken {
	t := deadlineToken{kind: tokenNumber, text: text, digits: len(text), glued: glued}
	if t.digits > maxDigits {
		t.value = -1
		return t
	}
	for _, r := range text {
		t.value = t.value*10 + int(r-'0')
	}
	return t
}

// wordTokens parts a quarter's name from a Roman number typed against it:
// "QII", "QuýIV".
func wordTokens(text string, glued bool) []deadlineToken {
	var b strings.Builder
	for _, r := range text {
		if roman, ok := romanSigns(r); ok {
			b.WriteString(roman)
			continue
		}
		b.WriteRune(r)
	}
	text = b.String()
	for _, unit := range []string{"quý", "quí", "qúy", "qúi", "quy", "q"} {
		rest, ok := strings.CutPrefix(text, unit)
		if _, roman := romanQuarter(rest); ok && roman {
			return []deadlineToken{
				{kind: tokenWord, text: unit, glued: glued},
				{kind: tokenWord, text: rest, glued: true},
			}
		}
	}
	return []deadlineToken{{kind: tokenWord, text: text, glued: glued}}
}

func markTokens(r rune, glued bool) []deadlineToken {
	mark := deadlineToken{kind: tokenMark, text: string(r), glued: glued}
	if r != '…' {
		return []deadlineToken{mark}
	}
	mark.text = "."
	return []deadlineToken{mark, mark, mark}
}

// isMark reports whether t is one of the marks.
func (t deadlineToken) isMark(marks ...string) bool {
	return t.kind == tokenMark && slices.Contains(marks, t.text)
}

// isTerm reports whether t means one of the terms.
func (t deadlineToken) isTerm(terms ...term) bool {
	return t.term != termOther && slices.Contains(terms, t.term)
}
