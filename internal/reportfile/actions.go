package reportfile

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// What a word processor makes of a placeholder: it splits it over runs where
// spelling or format changes, and turns its quotation marks into typographic
// ones. A word processor also knows no place between paragraphs or rows, where
// a repetition must begin and end.
var (
	action      = regexp.MustCompile(`(?s)\{(?:<[^<>]*>)*\{(.*?)\}(?:<[^<>]*>)*\}`)
	tag         = regexp.MustCompile(`<[^<>]*>`)
	control     = regexp.MustCompile(`(?s)\{\{-?\s*(?:range|if|else|with|end|/\*).*?\}\}`)
	tableRow    = regexp.MustCompile(`(?s)<w:tr(?:\s[^<>]*)?>.*?</w:tr>`)
	paragraph   = regexp.MustCompile(`(?s)<w:p(?:\s(?:[^<>]*[^<>/])?)?>.*?</w:p>`)
	plainText   = regexp.MustCompile(`<w:t>`)
	straightens = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'",
		"&quot;", `"`, "&apos;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&", "\u00a0", " ")
)

// plainActions makes the placeholders of a part whole, and takes away the
// paragraphs and rows of a table that hold nothing but beginnings and ends of
// repetitions and choices.
func plainActions(part string) string {
	part = action.ReplaceAllStringFunc(part, func(s string) string {
		body := action.FindStringSubmatch(s)[1]
		return "{{" + straightens.Replace(tag.ReplaceAllString(body, "")) + "}}"
	})
	part = tableRow.ReplaceAllStringFunc(part, controlsOnly)
	part = paragraph.ReplaceAllStringFunc(part, controlsOnly)
	return plainText.ReplaceAllString(part, `<w:t xml:space="preserve">`)
}

// controlsOnly returns the controls of a block that holds nothing else, or the
// block.
func controlsOnly(block string) string {
	controls := control.FindAllString(block, -1)
	rest := control.ReplaceAllString(block, "")
	if len(controls) == 0 || strings.Contains(rest, "<w:sectPr") || strings.Contains(rest, "<w:drawing") ||
		strings.TrimSpace(tag.ReplaceAllString(rest, "")) != "" {
		return block
	}
	return strings.Join(controls, "")
}

var emptyCell = regexp.MustCompile(`(<w:tc>|<w:tcPr/>|</w:tcPr>|</w:tbl>)(\s*</w:tc>)`)

// mendCells gives a paragraph to each cell that was left without: Word calls a
// document broken that has one.
func mendCells(part string) string { return emptyCell.ReplaceAllString(part, "$1<w:p/>$2") }

// A Text is what stands in a document: it prints itself as XML, so that no
// template can forget to escape it.
type Text string

// String returns the text within a run: a new line breaks the line.
func (t Text) String() string {
	var out strings.Builder
	for i, line := range strings.Split(clean(string(t)), "\n") {
		if i > 0 {
			out.WriteString(`</w:t><w:br/><w:t xml:space="preserve">`)
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				out.WriteString(`</w:t><w:tab/><w:t xml:space="preserve">`)
			}
			_ = xml.EscapeText(&out, []byte(piece)) // a Builder never fails
		}
	}
	return out.String()
}
