package botserver

import "strconv"

func knownTag(name string) bool {
	switch name {
	case "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "span", "pre",
		"code", "blockquote":
		return true
	}
	return false
}

// add turns a tag that has just been closed into an entity.
func (p *htmlParser) add(tag openTag) error {
	e := Entity{Offset: tag.offset, Length: p.units - tag.offset}
	switch tag.name {
	case "b", "strong":
		e.Type = entityBold
	case "i", "em":
		e.Type = entityItalic
	case "u", "ins":
		e.Type = entityUnderline
	case "s", "strike", "del":
		e.Type = entityStrike
	case "tg-spoiler", "span":
		e.Type = entitySpoiler
	case "blockquote":
		e.Type = entityQuote
		if tag.argument != "" {
			e.Type = entityLongQuote
		}
	case "tg-emoji":
		if id, err := strconv.ParseInt(tag.argument, 10, 64); err != nil || id == 0 {
			return htmlErrorf("Invalid custom emoji identifier specified")
		}
		e.Type, e.CustomEmojiID = entityEmoji, tag.argument
	case "a":
		return p.addLink(tag, e)
	case "pre", "code":
		p.addCode(tag, e)
		return nil
	}
	p.found = append(p.found, e)
	return nil
}

// addLink adds a link to a page or a person; what leads nowhere is plain text.
func (p *htmlParser) addLink(tag openTag, e Entity) error {
	link := tag.argument
	if link == "" {
		link = p.out.String()[tag.begin:]
	}
	if id := linkedUser(link); id != 0 {
		e.Type, e.User = entityTextMention, &wireUser{ID: id}
		p.found = append(p.found, e)
		return nil
	}
	checked, why := checkLink(link)
	if why != "" {
		return nil
	}
	e.Type, e.URL = entityTextLink, checked
	p.found = append(p.found, e)
	return nil
}

// addCode adds code; one within the other is a block with a language.
func (p *htmlParser) addCode(tag openTag, e Entity) {
	e.Type, e.Language = tag.name, tag.argument
	if n := len(p.found); n > 0 && p.found[n-1].Offset == e.Offset && p.found[n-1].Length == e.Length {
		inner := &p.found[n-1]
		switch {
		case tag.name == "pre" && inner.Type == entityCode && inner.Language != "":
			inner.Type = entityPre
			return
		case tag.name == "code" && inner.Type == entityPre && tag.argument != "":
			inner.Language = tag.argument
			return
		}
	}
	p.found = append(p.found, e)
}
