package planfile

import (
	"regexp"
	"strings"

	"dondoc/internal/grid"
)

// What a copy list may hold, so that no text passes for one.
const (
	maxRecipients       = 30
	maxRecipientLetters = 200
)

const recipientsMark = "noi nhan"

var (
	listed  = regexp.MustCompile(`(?i)^(?:[-–+*]|lưu\b)`)
	archive = regexp.MustCompile(`(?i)^lưu\s*:?\s*`)
	// seeArticle is the first line of many a list: those whom the decision
	// itself binds. A report has no such article.
	seeArticle = regexp.MustCompile(`(?i)^như\s`)
)

// findRecipients returns the copy list of the decision, which stands beside its
// signature, above the appendix or below it: under its heading in the same
// cell, or in the lines below. The first one counts.
func findRecipients(doc *grid.Document) []string {
	rows := textBefore(doc.Blocks)
	for at, row := range rows {
		for column, cell := range row.Cells {
			if cell.Left || cell.Above {
				continue
			}
			below, ok := belowMark(cell.Text)
			if !ok {
				continue
			}
			list := recipientsOf(below...)
			if len(list) == 0 {
				list = recipientsBelow(rows[at+1:], column)
			}
			if len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// belowMark returns what a cell holds behind and below "Nơi nhận:".
func belowMark(cell string) ([]string, bool) {
	lines := strings.Split(cell, "\n")
	for i, line := range lines {
		if mark, rest, _ := strings.Cut(line, ":"); headingWords(mark) == recipientsMark {
			return append([]string{rest}, lines[i+1:]...), true
		}
	}
	return nil, false
}

// recipientsBelow reads the lines of the column that begin with a dash.
func recipientsBelow(rows []grid.Row, column int) []string {
	var lines []string
	for _, row := range rows {
		line := row.Text(column)
		if !listed.MatchString(line) {
			break
		}
		lines = append(lines, strings.Split(line, "\n")...)
	}
	return recipientsOf(lines...)
}

// recipientsOf reads a list of whom a copy goes to, up to the archive.
func recipientsOf(lines ...string) []string {
	var list []string
	for _, line := range lines {
		for name := range strings.SplitSeq(line, ";") {
			name = strings.Trim(strings.Join(strings.Fields(name), " "), "-–+*., ")
			if name == "" || seeArticle.MatchString(name) || len([]rune(name)) > maxRecipientLetters {
				continue
			}
			filed := archive.MatchString(name)
			if filed {
				name = archive.ReplaceAllString(name, "Lưu: ")
			}
			list = append(list, name)
			if filed || len(list) == maxRecipients {
				return list
			}
		}
	}
	return list
}
