package planfile

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"dondoc/internal/grid"
	"dondoc/internal/plan"
)

// A signature is who signs a decision, and as what: a line or more of capitals.
type signature struct{ title, name string }

const (
	maxTitleOfSigner = 60 // letters of a line
	maxNameWords     = 5
	signatureRows    = 12 // from the title down to the name
)

var (
	// post is what the last line of a signer's title names, with tone marks:
	// TRƯỞNG is a head, TRƯỜNG a school.
	post    = regexp.MustCompile(`(?:^|\s)(?:GIÁM ĐỐC|CHỦ TỊCH|BÍ THƯ|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG)(?:\s|$)`)
	onWhose = regexp.MustCompile(`^(?:TM|KT|TL|TUQ)\.`) // on whose behalf
	aside   = regexp.MustCompile(`^[(\[].*[)\]]$`)      // "(Đã ký)"
	// organ is a word with which a line begins that is no person's name.
	organ = regexp.MustCompile(`^(?:Sở|Phòng|Ban|Ủy|Uỷ|Trung|Chi|Bộ|Cục|Viện|Trường|Tổ|Công) `)
)

// findSigner returns who signed the decision. It must stand beside the tasks,
// not among them, a title right above a name; where two people sign, as whoever
// drew up the table beside the director, none is returned.
func findSigner(doc *grid.Document) signature {
	rows := textBefore(doc.Blocks)
	first := slices.IndexFunc(rows, isTaskRow)
	last := len(rows) - 1
	for last >= 0 && !isTaskRow(rows[last]) {
		last--
	}
	var found signature
	for at, row := range rows {
		if at >= first && at <= last {
			continue
		}
		for column, cell := range row.Cells {
			if cell.Left || cell.Above || at > 0 && isSignerTitle(lastLine(rows[at-1].Text(column))) {
				continue
			}
			s, ok := signatureIn(rows[at:min(len(rows), at+signatureRows)], column)
			switch {
			case !ok || s == found:
			case found != signature{}:
				return signature{}
			default:
				found = s
			}
		}
	}
	return found
}

// isTaskRow recognises a numbered row of a table.
func isTaskRow(row grid.Row) bool {
	var texts []string
	for _, cell := range row.Cells {
		if cell.Text != "" && !cell.Left && !cell.Above {
			texts = append(texts, cell.Text)
		}
	}
	if len(texts) < 3 {
		return false
	}
	_, ok := parseNumber(texts[0])
	return ok
}

// signatureIn reads a column from its first row down: the lines of a title, then
// a name.
func signatureIn(rows []grid.Row, column int) (signature, bool) {
	var title []string
	for _, row := range rows {
		for line := range strings.SplitSeq(row.Text(column), "\n") {
			line = strings.Join(strings.Fields(line), " ")
			switch {
			case isSignerTitle(line):
				title = append(title, line)
			case len(title) == 0:
				return signature{}, false
			case line == "", aside.MatchString(line), plan.Fold(line) == "da ky":
			default:
				ok := isName(line) && post.MatchString(title[len(title)-1])
				return signature{strings.Join(title, "\n"), line}, ok
			}
		}
	}
	return signature{}, false
}

func isSignerTitle(line string) bool {
	return len([]rune(line)) <= maxTitleOfSigner && strings.ToUpper(line) == line &&
		(post.MatchString(line) || onWhose.MatchString(line))
}

// isName recognises a person's name: some words of letters, each with one
// capital in front.
func isName(line string) bool {
	words := strings.Fields(line)
	for _, word := range words {
		for i, r := range word {
			if !unicode.IsLetter(r) || unicode.IsUpper(r) != (i == 0) {
				return false
			}
		}
	}
	return len(words) > 1 && len(words) <= maxNameWords && !organ.MatchString(line)
}

func lastLine(text string) string { return text[strings.LastIndexByte(text, '\n')+1:] }
