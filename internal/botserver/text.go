package botserver

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of texts, in UTF-16 code units after markup is read (Bot API).
const (
	maxText    = 4096
	maxCaption = 1024
	maxAnswer  = 200
)

// A richText is a text with its markup taken out.
type richText struct {
	text     string
	entities []Entity
	source   string
	mode     string
}

// readText reads a text and its markup from the named parameters. Of the
// markups it knows HTML alone.
func (w *World) readText(q *request, field, entitiesField string) (richText, error) {
	r := richText{source: q.params[field], mode: q.params["parse_mode"]}
	if !utf8.ValidString(r.source) {
		return r, badRequest("strings must be encoded in UTF-8")
	}
	switch strings.ToLower(r.mode) {
	case "html":
		text, entities, err := parseHTML(r.source)
		if err != nil {
			return r, badRequest("can't parse entities: %s", err)
		}
		r.text, r.entities = text, w.mentions(entities)
	case "", "none":
		r.text = r.source
		if q.has(entitiesField) {
			entities, err := w.readEntities(q.params[entitiesField], units(r.text))
			if err != nil {
				return r, err
			}
			r.entities = entities
		}
	default:
		return r, badRequest("unsupported parse_mode")
	}
	r.text = clean(r.text)
	r.trim()
	r.entities = detect(r.text, r.entities)
	return r, nil
}

// clean replaces control characters, one unit for one, so that offsets stand.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return ' '
		}
		return r
	}, s)
}

// trim takes white space off both ends, at the front only as far as no entity
// begins there.
func (r *richText) trim() {
	r.text = strings.TrimRightFunc(r.text, unicode.IsSpace)
	limit := units(r.text)
	first := limit
	kept := r.entities[:0:0]
	for _, e := range r.entities {
		if e.Length = min(e.Length, limit-e.Offset); e.Length > 0 {
			kept = append(kept, e)
			first = min(first, e.Offset)
		}
	}
	cut := 0
	for cut < first && unicode.IsSpace(rune(r.text[cut])) && r.text[cut] < utf8.RuneSelf {
		cut++
	}
	r.text = r.text[cut:]
	for i := range kept {
		kept[i].Offset -= cut
	}
	r.entities = kept
}

// mentions resolves links to people; those to strangers are plain text.
func (w *World) mentions(entities []Entity) []Entity {
	kept := entities[:0:0]
	for _, e := range entities {
		if e.Type == entityTextMention {
			if _, ok := w.users[e.User.ID]; !ok {
				continue
			}
			u := w.wireUser(e.User.ID)
			e.User = &u
		}
		kept = append(kept, e)
	}
	return kept
}

// readEntities reads entities that are given beside the text.
func (w *World) readEntities(list string, length int) ([]Entity, error) {
	var entities []Entity
	if err := json.Unmarshal([]byte(list), &entities); err != nil {
		return nil, badRequest("can't parse entities JSON object")
	}
	for _, e := range entities {
		switch {
		case !knownEntity(e.Type):
			return nil, badRequest("can't parse MessageEntity: Unsupported type specified")
		case e.Offset < 0:
			return nil, badRequest("receive an entity with incorrect offset %d", e.Offset)
		case e.Offset >= length:
			return nil, badRequest("entity begins after the end of the text at UTF-16 offset %d", e.Offset)
		case e.Length <= 0:
			return nil, badRequest("receive an entity with incorrect length %d", e.Length)
		case e.Offset+e.Length > length:
			return nil, badRequest("entity beginning at UTF-16 offset %d ends after the end of the text at UTF-16 offset %d",
				e.Offset, e.Offset+e.Length)
		case e.Type == entityTextLink:
			if _, why := checkLink(e.URL); why != "" {
				return nil, badRequest("entity URL '%s' is invalid: %s", e.URL, why)
			}
		case e.Type == entityTextMention && (e.User == nil || w.users[e.User.ID] == nil):
			return nil, badRequest("user not found")
		}
	}
	return entities, nil
}

// units counts the UTF-16 code units of s.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

func runeUnits(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// slice16 returns the part of s between UTF-16 offsets.
func slice16(s string, offset, length int) string {
	begin, at := -1, 0
	for i, r := range s {
		if at >= offset && begin < 0 {
			begin = i
		}
		if at >= offset+length {
			return s[begin:i]
		}
		at += runeUnits(r)
	}
	if begin < 0 {
		return ""
	}
	return s[begin:]
}
