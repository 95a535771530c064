package botserver

import (
	"cmp"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The types of entities, in the Bot API's words.
const (
	entityBold        = "bold"
	entityItalic      = "italic"
	entityUnderline   = "underline"
	entityStrike      = "strikethrough"
	entitySpoiler     = "spoiler"
	entityQuote       = "blockquote"
	entityLongQuote   = "expandable_blockquote"
	entityCode        = "code"
	entityPre         = "pre"
	entityTextLink    = "text_link"
	entityTextMention = "text_mention"
	entityEmoji       = "custom_emoji"
	entityCommand     = "bot_command"
	entityMention     = "mention"
	entityHashtag     = "hashtag"
	entityURL         = "url"
)

func knownEntity(kind string) bool {
	switch kind {
	case entityBold, entityItalic, entityUnderline, entityStrike, entitySpoiler, entityQuote, entityLongQuote,
		entityCode, entityPre, entityTextLink, entityTextMention, entityEmoji, entityCommand, entityMention,
		entityHashtag, entityURL, "cashtag", "email", "phone_number", "date_time":
		return true
	}
	return false
}

// detect adds what Telegram finds by itself in a text: commands, mentions,
// hashtags and links, outside code and links that were given. The result is in
// order of offset, the longer first.
func detect(text string, given []Entity) []Entity {
	out := slices.Clone(given)
	at := 0 // UTF-16 offset of i
	prev := rune(0)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		kind, n := detectAt(text[i:], prev)
		if n == 0 || covered(given, at, n) {
			prev = r
			at += runeUnits(r)
			i += size
			continue
		}
		length := units(text[i : i+n])
		out = append(out, Entity{Type: kind, Offset: at, Length: length})
		at += length
		i += n
		prev, _ = utf8.DecodeLastRuneInString(text[:i])
	}
	return sortEntities(out)
}

// sortEntities orders by offset, the longer first.
func sortEntities(list []Entity) []Entity {
	slices.SortStableFunc(list, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	return list
}

func covered(given []Entity, offset, length int) bool {
	return slices.ContainsFunc(given, func(e Entity) bool {
		switch e.Type {
		case entityCode, entityPre, entityTextLink, entityTextMention, entityCommand, entityMention, entityHashtag, entityURL:
			return e.Offset < offset+length && offset < e.Offset+e.Length
		}
		return false
	})
}

// detectAt returns the entity at the start of s and its length in bytes, 0 for
// none. prev is the character before.
func detectAt(s string, prev rune) (kind string, n int) {
	switch {
	case s[0] == '/' && !isWord(prev) && !strings.ContainsRune("/<>", prev):
		return entityCommand, commandLength(s)
	case s[0] == '@' && !isWord(prev):
		n = 1 + nameLength(s[1:])
		if n < 3 || n > 33 || isWord(runeAt(s[n:])) {
			n = 0
		}
		return entityMention, n
	case s[0] == '#' && !isWord(prev):
		return entityHashtag, hashtagLength(s)
	case s[0] == 'h' && !isWord(prev) && (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")):
		n = strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>\"«»“”", r) })
		if n < 0 {
			n = len(s)
		}
		n = len(strings.TrimRight(s[:n], ".,:;!?)'"))
		if _, why := checkLink(s[:n]); why != "" {
			n = 0
		}
		return entityURL, n
	}
	return "", 0
}

// commandLength is that of /name or /name@bot at the start of s: 1 to 64 and 3
// to 32 letters a-z, digits or _, and no other word character after.
func commandLength(s string) int {
	n := 1 + nameLength(s[1:])
	if n < 2 || n > 65 {
		return 0
	}
	if n < len(s) && s[n] == '@' {
		bot := nameLength(s[n+1:])
		if bot < 3 || bot > 32 {
			return 0
		}
		n += 1 + bot
	}
	if next := runeAt(s[n:]); isWord(next) || next != 0 && strings.ContainsRune("/<>", next) {
		return 0
	}
	return n
}

func hashtagLength(s string) int {
	letter := false
	n := 1
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !isWord(r) {
			break
		}
		letter = letter || unicode.IsLetter(r)
		n += size
	}
	if !letter {
		return 0
	}
	return n
}

// nameLength counts the characters of a name at the start of s.
func nameLength(s string) int {
	n := 0
	for n < len(s) && (s[n] == '_' || s[n] < utf8.RuneSelf && isWord(rune(s[n]))) {
		n++
	}
	return n
}

func runeAt(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// checkLink returns the link as Telegram opens it, or why it is none.
func checkLink(link string) (checked, why string) {
	link = strings.TrimSpace(link)
	scheme, rest, found := strings.Cut(link, "://")
	if !found {
		scheme, rest = "http", link
	}
	switch strings.ToLower(scheme) {
	case "tg", "ton", "tonsite":
		return link, ""
	case "http", "https":
	default:
		return "", "Unsupported URL protocol"
	}
	if rest == "" {
		return "", "URL host is empty"
	}
	u, err := url.Parse(strings.ToLower(scheme) + "://" + rest)
	switch {
	case err != nil:
		return "", "Wrong HTTP URL"
	case u.Hostname() == "":
		return "", "URL host is empty"
	case net.ParseIP(u.Hostname()) == nil && !strings.Contains(strings.Trim(u.Hostname(), "."), "."):
		return "", "Wrong HTTP URL"
	}
	if u.Path == "" && u.RawQuery == "" && u.Fragment == "" {
		u.Path = "/"
	}
	return u.String(), ""
}

// linkedUser returns the person that a link like tg://user?id=1 means, or 0.
func linkedUser(link string) int64 {
	query, ok := strings.CutPrefix(strings.ToLower(link), "tg://user?id=")
	if !ok {
		return 0
	}
	id, err := strconv.ParseInt(query, 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}
