package planfile

import (
	"regexp"
	"strings"

	"dondoc/internal/plan"
)

// numeralForm is the label of a group: "IV", "IV.", "A", "II.1". Groups reach
// XXXIX at most; C, D, L and M are letters.
var numeralForm = regexp.MustCompile(`^((?:X{0,3}(?:IX|IV|V?I{0,3})|[A-Z])(?:\.\d+)?)([.)/]|\s|$)`)

// groupOf reads a row that begins a group. Where its cells are merged, label
// and title stand in one of them, or in each.
func groupOf(label, content string) (plan.Group, bool) {
	text, title := label, content
	if label == "" || label == content {
		text, title = content, ""
	}
	parts := numeralForm.FindStringSubmatch(text)
	if parts == nil || parts[1] == "" {
		return plan.Group{}, false
	}
	g := plan.Group{Numeral: parts[1], Title: title}
	rest := strings.TrimSpace(text[len(parts[0]):])
	switch {
	case rest == "":
		return g, true
	case title != "":
		return plan.Group{}, false
	}
	g.Title = rest
	// Where the label may stand in another column, "X quang" is no numeral.
	return g, label != "" || strings.TrimSpace(parts[2]) != ""
}
