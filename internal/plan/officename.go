package plan

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// OfficeName is the issuing office as a sentence names it, "Sở Xây dựng". The
// heading has capitals alone, which do not tell where small letters belong: the
// plan's own texts do. A plan that nowhere names its office has it in capitals.
func (p *Plan) OfficeName() string {
	if p.Office == "" || strings.ToUpper(p.Office) != p.Office {
		return p.Office
	}
	texts := append([]string{p.Title}, p.Recipients...)
	for _, t := range p.Tasks {
		texts = append(texts, t.Content)
	}
	anyCase := regexp.MustCompile(`(?i)` + regexp.QuoteMeta(p.Office))
	for _, text := range texts {
		for _, at := range anyCase.FindAllStringIndex(text, -1) {
			name := text[at[0]:at[1]]
			first, _ := utf8.DecodeRuneInString(name)
			after, _ := utf8.DecodeRuneInString(text[at[1]:])
			if unicode.IsUpper(first) && name != p.Office && !unicode.IsLetter(after) {
				return name
			}
		}
	}
	return p.Office
}
