package plan

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longestName bounds the work on a name that somebody typed, in letters.
const longestName = 120

// A rosterName is one way to write one unit or collective.
type rosterName struct {
	words []nameWord
	code  string
}

// A nameWord is a run of letters and digits of a text, or what separates names.
// Punctuation is neither: "Quy hoạch - Kiến trúc" has four words.
type nameWord struct {
	exact      string // NFC, lower case
	folded     string // without tone marks
	separator  separator
	start, end int // bytes of the text
}

func (w nameWord) separates() bool { return w.separator != sepNone }

// A separator says how sure it is that one name ends and another begins.
type separator int

const (
	sepNone  separator = iota
	sepBreak           // a line break: also stands inside names in narrow columns
	sepMark            // a comma, semicolon, slash or "và"
)

// splitNameWords returns the words of a text. Separators in a row are one.
func splitNameWords(text string) []nameWord {
	var words []nameWord
	begun := -1 // where the current word began
	flush := func(end int) {
		if begun >= 0 {
			words = appendNameWord(words, newNameWord(text, begun, end))
			begun = -1
		}
	}
	for i, r := range text {
		if unicode.Is(unicode.Cf, r) {
			continue // invisible: Fold drops it within words
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if begun < 0 {
				begun = i
			}
			continue
		}
		flush(i)
		switch r {
		case ',', ';', '/':
			words = appendNameWord(words, nameWord{separator: sepMark, start: i, end: i + 1})
		case '\n', '\r':
			words = appendNameWord(words, nameWord{separator: sepBreak, start: i, end: i + 1})
		}
	}
	flush(len(text))
	return words
}

func newNameWord(text string, start, end int) nameWord {
	w := nameWord{start: start, end: end}
	w.exact = strings.ToLower(norm.NFC.String(text[start:end]))
	w.folded = Fold(w.exact)
	if w.exact == "và" {
		w.separator = sepMark
	}
	return w
}

func appendNameWord(words []nameWord, w nameWord) []nameWord {
	if n := len(words); n > 0 && w.separates() && words[n-1].separates() {
		last := &words[n-1]
		last.separator = max(last.separator, w.separator)
		last.folded += w.folded
		last.end = w.end
		return words
	}
	return append(words, w)
}

// nameWords returns the words of a name: a line break in it is a space, and it
// neither begins nor ends with a separator.
func nameWords(name string) []nameWord {
	words := splitNameWords(name)
	words = slices.DeleteFunc(words, func(w nameWord) bool { return w.separator == sepBreak })
	for len(words) > 0 && words[0].separates() {
		words = words[1:]
	}
	for len(words) > 0 && words[len(words)-1].separates() {
		words = words[:len(words)-1]
	}
	return words
}

// nameKey is equal for names that only case, Unicode form and punctuation
// tell apart.
func nameKey(words []nameWord) string {
	var b strings.Builder
	for _, w := range words {
		if w.separates() {
			b.WriteByte(',')
		}
		b.WriteString(w.exact)
		b.WriteByte(' ')
	}
	return b.String()
}

func foldedName(words []nameWord) string {
	parts := make([]string, 0, len(words))
	for _, w := range words {
		if w.folded != "" {
			parts = append(parts, w.folded)
		}
	}
	return strings.Join(parts, " ")
}

// match returns whose name, the longest that accept admits, words begin with,
// and where in words it ends. Of two entries with names of that length the one
// written exactly so wins; where that does not decide, there is no match.
func (r *Roster) match(words []nameWord, accept func(code string, end int) bool) (code string, end int) {
	var folded, exact listed
	longest := 0
	for _, name := range r.known() {
		if len(name.words) < longest {
			break
		}
		at, same := beginsWith(words, name.words)
		if at == 0 || !accept(name.code, at) {
			continue
		}
		longest, end = len(name.words), at
		folded.add(name.code)
		if same {
			exact.add(name.code)
		}
	}
	switch {
	case len(exact.list) == 1:
		return exact.list[0], end
	case len(folded.list) == 1:
		return folded.list[0], end
	}
	return "", 0
}

// beginsWith returns where in words the name that they begin with ends, 0 if
// they do not, and whether tone marks agree too.
func beginsWith(words, name []nameWord) (end int, exact bool) {
	exact = true
	for i, n := range name {
		// A line break within a name.
		if i > 0 && !n.separates() && !name[i-1].separates() &&
			end < len(words) && words[end].separator == sepBreak {
			end++
		}
		if end == len(words) {
			return 0, false
		}
		w := words[end]
		switch {
		case n.separates():
			// Without tone marks "và" is no separator, but still part of the name.
			if !w.separates() && (n.folded == "" || w.folded != n.folded) {
				return 0, false
			}
		case w.separates() || w.folded != n.folded:
			return 0, false
		}
		exact = exact && w.exact == n.exact
		end++
	}
	return end, exact
}

// segmentLen returns how many words stand before the next separator.
func segmentLen(words []nameWord) int {
	if i := slices.IndexFunc(words, nameWord.separates); i >= 0 {
		return i
	}
	return len(words)
}

// segment returns what was typed between the separators around words[i:j].
func segment(text string, words []nameWord, i, j int) string {
	start, end := 0, len(text)
	if i > 0 {
		start = words[i-1].end
	}
	if j < len(words) {
		end = words[j].start
	}
	return strings.TrimSpace(text[start:end])
}

// editDistance returns how many letters must be put in, left out or replaced
// to make one of the other (Levenshtein).
func editDistance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, rb := range b {
			cost := 1
			if ra == rb {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
