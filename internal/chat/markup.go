package chat

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Markup is text that is ready to be sent: <b>, <i>, <code>, <blockquote>,
// <blockquote expandable> and mentions (<person>), everything else escaped. Whatever a person typed
// becomes Markup by Escape alone.
type Markup string

// Escape turns plain text into Markup. Signs that turn the direction of
// writing are left out: they would turn what stands behind them too.
func Escape(s string) Markup {
	return Markup(escaper.Replace(strings.Map(func(r rune) rune {
		if turnsDirection(r) {
			return -1
		}
		return r
	}, s)))
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// turnsDirection reports embeddings, overrides and isolates (Unicode UAX 9).
func turnsDirection(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// Bold sets Markup in bold.
func Bold(m Markup) Markup { return "<b>" + m + "</b>" }

// Mention names somebody in a new message so that his app tells him.
func Mention(p Person) Markup {
	return Markup(fmt.Sprintf(`<person id="%d">`, p.ID)) + Escape(p.Name) + "</person>"
}

// Quote sets Markup apart so that it can be folded away.
func Quote(m Markup) Markup { return "<blockquote expandable>" + m + "</blockquote>" }

// Clean returns what a person typed as it is stored: composed (NFC), valid
// UTF-8, without control characters but for line breaks, with plain blanks for
// those that do not break or are of another width, and without what pages and
// papers leave in text that is pasted: soft hyphens, zero-width spaces, word
// joiners, byte order marks. Joiners stay: they make signs.
func Clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Zs, r):
			return ' '
		case unicode.IsControl(r) || r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF':
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"))
	// Composed last: what is left out may have stood between a letter and its mark.
	return strings.TrimSpace(norm.NFC.String(s))
}

// Line returns s as one line.
func Line(s string) string { return strings.Join(strings.Fields(s), " ") }

// Length counts UTF-16 code units, as Telegram's limits do.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// Plain returns what a reader sees of Markup.
func Plain(m Markup) string {
	var b strings.Builder
	rest := string(m)
	for {
		before, after, found := strings.Cut(rest, "<")
		b.WriteString(before)
		if !found {
			return html.UnescapeString(b.String())
		}
		_, rest, _ = strings.Cut(after, ">")
	}
}

// Split cuts Markup into messages of at most limit UTF-16 units as read, at
// line borders where there are any, never within a tag or an entity. Tags that
// are open at a cut are closed and opened again.
func Split(m Markup, limit int) []Markup {
	if Length(Plain(m)) <= limit {
		return []Markup{m}
	}
	var s splitter
	s.limit = limit
	for rest := string(m); rest != ""; {
		tok := token(rest)
		rest = rest[len(tok):]
		s.add(tok)
	}
	return s.finish()
}

// token returns the first tag, entity, line break, blank or run of letters.
func token(s string) string {
	switch s[0] {
	case '<':
		if i := strings.IndexByte(s, '>'); i >= 0 {
			return s[:i+1]
		}
	case '&':
		if i := strings.IndexByte(s, ';'); i >= 0 {
			return s[:i+1]
		}
	}
	if i := strings.IndexAny(s[1:], "<& \n"); i >= 0 && s[0] != '\n' && s[0] != ' ' {
		return s[:i+1]
	} else if s[0] == '\n' || s[0] == ' ' {
		return s[:1]
	}
	return s
}

// A splitter gathers tokens into messages. cut is where the message in hand
// may best end, with the tags open there.
type splitter struct {
	limit   int
	out     []Markup
	text    strings.Builder
	length  int
	open    []string
	cut     int
	cutOpen []string
	cutLen  int
}

func (s *splitter) add(tok string) {
	switch {
	case strings.HasPrefix(tok, "</"):
		s.text.WriteString(tok)
		if len(s.open) > 0 {
			s.open = s.open[:len(s.open)-1]
		}
		return
	case tok[0] == '<' && strings.HasSuffix(tok, ">"):
		s.text.WriteString(tok)
		s.open = append(s.open, tok)
		return
	}
	n := Length(html.UnescapeString(tok))
	for s.length+n > s.limit {
		if s.length == 0 {
			head := prefix(tok, s.limit)
			s.text.WriteString(head)
			s.length = Length(head)
			tok = tok[len(head):]
			n = Length(tok)
		}
		s.flush()
	}
	s.text.WriteString(tok)
	s.length += n
	if tok == "\n" {
		s.cut, s.cutOpen, s.cutLen = s.text.Len(), append([]string(nil), s.open...), s.length
	}
}

// prefix returns the first letters of a word that is longer than a message.
func prefix(s string, limit int) string {
	n := 0
	for i, r := range s {
		n += max(utf16.RuneLen(r), 1)
		if n > limit {
			return s[:i]
		}
	}
	return s
}

// flush ends the message in hand at its last line border, else where it is.
func (s *splitter) flush() {
	text := s.text.String()
	cut, open, length := len(text), s.open, s.length
	if s.cut > 0 {
		cut, open, length = s.cut, s.cutOpen, s.cutLen
	}
	s.emit(text[:cut], open)
	s.text.Reset()
	for _, tag := range open {
		s.text.WriteString(tag)
	}
	s.text.WriteString(text[cut:])
	s.length -= length
	s.cut, s.cutOpen, s.cutLen = 0, nil, 0
}

func (s *splitter) emit(text string, open []string) {
	text = strings.TrimRight(text, "\n ")
	for _, tag := range slices.Backward(open) {
		text += "</" + tagName(tag) + ">"
	}
	if strings.TrimSpace(Plain(Markup(text))) != "" {
		s.out = append(s.out, Markup(text))
	}
}

func (s *splitter) finish() []Markup {
	s.emit(s.text.String(), s.open)
	return s.out
}

func tagName(tag string) string {
	name, _, _ := strings.Cut(strings.Trim(tag, "<>"), " ")
	return name
}

// CutUnits returns s cut to n UTF-16 units, ending with … if it was cut.
func CutUnits(s string, n int) string {
	if Length(s) <= n {
		return s
	}
	return prefix(s, n-1) + "…"
}

// Cut returns at most n letters of s, ending with … if it was cut.
func Cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:n-1]), " ,;:-–(") + "…"
}
