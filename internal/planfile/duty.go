package planfile

import (
	"regexp"
	"strings"
)

var (
	leadMark        = regexp.MustCompile(`(?i)\(?\s*chủ trì(?:\s+thực hiện)?\s*\)?\s*:?`)
	cooperatingMark = regexp.MustCompile(`(?i)\(?\s*phối hợp(?:\s+(?:thực hiện|với|cùng))*\s*\)?\s*:?`)
)

const dutyEnds = " \n,;.:-–"

// alsoMark is what some write before or behind names that only cooperate.
var alsoMark = regexp.MustCompile(`(?i)(?:^\s*phối hợp(?:\s+với)?\s*:|\(\s*phối hợp\s*\))`)

// duties returns the names of those who lead and of those who cooperate by both
// columns: marks within a cell count, whatever its column is called.
func duties(lead, cooperating string) (leads, others string) {
	lead, also := splitDuty(lead)
	return lead, alsoMark.ReplaceAllString(cooperating, ";") + ";" + also
}

// splitDuty reads a cell that names leading and cooperating units: "Chủ trì: A;
// phối hợp: B", "A chủ trì, phối hợp với B", "A (chủ trì), B (phối hợp)". Of a
// cell that tells neither all lead.
func splitDuty(cell string) (lead, cooperating string) {
	trim := func(text string) string { return strings.Trim(text, dutyEnds) }
	marks := leadMark.FindAllStringIndex(cell, 2)
	also := cooperatingMark.FindStringIndex(cell)
	switch {
	case len(marks) == 0 && also == nil:
		return cell, ""
	case also == nil:
		return trim(leadMark.ReplaceAllString(cell, ";")), ""
	case len(marks) > 0 && marks[0][1] <= also[0] && trim(cell[:marks[0][0]]) != "" && trim(cell[marks[0][1]:also[0]]) != "":
		// "A (chủ trì), B (phối hợp)": each name bears its mark.
		return trim(cell[:marks[0][0]]), trim(cell[marks[0][1]:also[0]] + ";" + cell[also[1]:])
	case len(marks) > 0 && marks[0][0] > also[0]:
		// Cooperating units come first: "Phối hợp: B. Chủ trì: A".
		return trim(cell[marks[0][1]:]), trim(cell[also[1]:marks[0][0]])
	}
	return trim(leadMark.ReplaceAllString(cell[:also[0]], " ")), trim(cell[also[1]:])
}
