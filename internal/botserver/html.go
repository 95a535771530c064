package botserver

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parseHTML takes the markup out of a text, as Telegram's parse mode HTML does
// (Bot API, HTML style). Its errors are Telegram's words after "can't parse
// entities: "; offsets in them count bytes of the source.
func parseHTML(source string) (string, []Entity, error) {
	p := &htmlParser{src: source}
	for p.pos < len(p.src) {
		if err := p.step(); err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, htmlErrorf("Can't find end tag corresponding to start tag \"%s\"", p.open[n-1].name)
	}
	if p.surrogate {
		return "", nil, htmlErrorf("Text contains invalid Unicode characters after decoding HTML entities, " +
			"check for unmatched surrogate code units")
	}
	return p.out.String(), p.settle(), nil
}

// htmlError is why a text is no HTML, in Telegram's words.
type htmlError struct{ why string }

func (e *htmlError) Error() string { return e.why }

func htmlErrorf(format string, args ...any) error { return &htmlError{fmt.Sprintf(format, args...)} }

type htmlParser struct {
	src       string
	pos       int
	out       strings.Builder
	units     int // UTF-16 length of out
	open      []openTag
	found     []Entity
	surrogate bool
}

type openTag struct {
	name     string
	argument string // href, emoji-id, language, or "spoiler", "expandable"
	offset   int    // UTF-16, of the content
	begin    int    // byte, of the content in out
}

// step reads one character, character reference or tag.
func (p *htmlParser) step() error {
	switch p.src[p.pos] {
	case '<':
		if strings.HasPrefix(p.src[p.pos:], "</") {
			return p.endTag()
		}
		return p.startTag()
	case '&':
		if r, n := decodeReference(p.src[p.pos:]); n > 0 {
			p.pos += n
			p.surrogate = p.surrogate || r >= 0xd800 && r <= 0xdfff
			p.write(r)
			return nil
		}
	}
	r, size := utf8.DecodeRuneInString(p.src[p.pos:])
	p.pos += size
	p.write(r)
	return nil
}

func (p *htmlParser) write(r rune) {
	p.out.WriteRune(r)
	p.units += runeUnits(r)
}

// decodeReference reads &lt; &gt; &amp; &quot; or a numeric reference, the
// semicolon optional; n is 0 if there is none, and the & stands for itself.
func decodeReference(s string) (r rune, n int) {
	end := 1
	if strings.HasPrefix(s, "&#") {
		base := 10
		end = 2
		if strings.HasPrefix(s, "&#x") {
			base, end = 16, 3
		}
		start := end
		for end < len(s) && digitOf(s[end]) < base {
			end++
		}
		code, err := strconv.ParseInt(s[start:end], base, 32)
		if err != nil || code == 0 || code >= utf8.MaxRune || end >= 10 {
			return 0, 0
		}
		r = rune(code)
	} else {
		for end < len(s) && isLatin(s[end]) {
			end++
		}
		switch s[1:end] {
		case "lt":
			r = '<'
		case "gt":
			r = '>'
		case "amp":
			r = '&'
		case "quot":
			r = '"'
		default:
			return 0, 0
		}
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return r, end
}

func digitOf(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return 16
}

func isLatin(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	if p.pos == len(p.src) {
		return htmlErrorf("Unclosed start tag at byte offset %d", begin)
	}
	if !knownTag(name) {
		return htmlErrorf("Unsupported start tag \"%s\" at byte offset %d", name, begin)
	}
	tag := openTag{name: name, offset: p.units, begin: p.out.Len()}
	for {
		p.until(func(c byte) bool { return !isSpace(c) })
		if p.pos == len(p.src) {
			return htmlErrorf("Unclosed start tag at byte offset %d", begin)
		}
		if p.src[p.pos] == '>' {
			p.pos++
			break
		}
		if err := p.attribute(&tag, begin); err != nil {
			return err
		}
	}
	if name == "span" && tag.argument != "spoiler" {
		return htmlErrorf("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	p.open = append(p.open, tag)
	return nil
}

// attribute reads one attribute of the tag that begins at the byte offset.
func (p *htmlParser) attribute(tag *openTag, begin int) error {
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || strings.IndexByte("=>/\"'", c) >= 0 }))
	if name == "" {
		return htmlErrorf("Empty attribute name in the tag \"%s\" at byte offset %d", tag.name, begin)
	}
	p.until(func(c byte) bool { return !isSpace(c) })
	if p.pos == len(p.src) {
		return htmlErrorf("Unclosed start tag \"%s\" at byte offset %d", tag.name, begin)
	}
	value := ""
	if p.src[p.pos] == '=' {
		p.pos++
		var err error
		if value, err = p.attributeValue(tag.name, begin); err != nil {
			return err
		}
	}
	switch {
	case tag.name == "a" && name == "href", tag.name == "tg-emoji" && name == "emoji-id":
		tag.argument = value
	case tag.name == "code" && name == "class":
		if language, ok := strings.CutPrefix(value, "language-"); ok {
			tag.argument = language
		}
	case tag.name == "span" && name == "class":
		tag.argument, _ = strings.CutPrefix(value, "tg-")
	case tag.name == "blockquote" && name == "expandable":
		tag.argument = "expandable"
	}
	return nil
}

func (p *htmlParser) attributeValue(tag string, begin int) (string, error) {
	p.until(func(c byte) bool { return !isSpace(c) })
	if p.pos == len(p.src) {
		return "", htmlErrorf("Unclosed start tag \"%s\" at byte offset %d", tag, begin)
	}
	quote := p.src[p.pos]
	if quote != '"' && quote != '\'' {
		start := p.pos
		token := p.until(func(c byte) bool { return !isLatin(c) && digitOf(c) > 9 && c != '.' && c != '-' })
		if p.pos < len(p.src) && !isSpace(p.src[p.pos]) && p.src[p.pos] != '>' {
			return "", htmlErrorf("Unexpected end of name token at byte offset %d", start)
		}
		return strings.ToLower(token), nil
	}
	p.pos++
	var value strings.Builder
	for p.pos < len(p.src) && p.src[p.pos] != quote {
		if r, n := decodeReference(p.src[p.pos:]); p.src[p.pos] == '&' && n > 0 {
			value.WriteRune(r)
			p.pos += n
			continue
		}
		value.WriteByte(p.src[p.pos])
		p.pos++
	}
	if p.pos == len(p.src) {
		return "", htmlErrorf("Unclosed start tag at byte offset %d", begin)
	}
	p.pos++
	return value.String(), nil
}

func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.open) == 0 {
		return htmlErrorf("Unexpected end tag at byte offset %d", begin)
	}
	p.pos += len("</")
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	p.until(func(c byte) bool { return !isSpace(c) })
	if p.pos == len(p.src) || p.src[p.pos] != '>' {
		return htmlErrorf("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return htmlErrorf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.units == tag.offset {
		return nil
	}
	return p.add(tag)
}

// until moves to the first byte that stop accepts and returns what it passed.
func (p *htmlParser) until(stop func(byte) bool) string {
	start := p.pos
	for p.pos < len(p.src) && !stop(p.src[p.pos]) {
		p.pos++
	}
	return p.src[start:p.pos]
}

// settle orders the entities, the outer first, and takes out what stands
// within code, where Telegram allows none.
func (p *htmlParser) settle() []Entity {
	var code []Entity
	for _, e := range p.found {
		if e.Type == entityCode || e.Type == entityPre {
			code = append(code, e)
		}
	}
	kept := slices.DeleteFunc(p.found, func(e Entity) bool {
		return slices.ContainsFunc(code, func(c Entity) bool {
			return c != e && c.Offset <= e.Offset && e.Offset+e.Length <= c.Offset+c.Length
		})
	})
	for i := range kept {
		if kept[i].Type == entityCode {
			kept[i].Language = ""
		}
	}
	return sortEntities(kept)
}
