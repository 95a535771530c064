package plan

import "strings"

// A Paper is the kind of document by which a plan is issued.
type Paper string

// The kinds that are told apart by the letters in a number.
const (
	PaperDecision  Paper = "decision"  // QĐ
	PaperPlan      Paper = "plan"      // KH
	PaperDirective Paper = "directive" // CT
	PaperOther     Paper = "document"
)

// Paper returns the kind of the plan's document.
func (p *Plan) Paper() Paper {
	switch kind, _ := p.NumberParts(); kind {
	case "QĐ":
		return PaperDecision
	case "KH":
		return PaperPlan
	case "CT":
		return PaperDirective
	}
	return PaperOther
}

// NumberParts returns the letters of kind and office in the plan's number:
// "98/QĐ-SXD", "98/2024/QĐ-UBND", and as Party bodies write it "11-KH/BCĐ".
func (p *Plan) NumberParts() (kind, office string) {
	head, tail, _ := strings.Cut(p.Number, "/")
	if _, letters, ok := strings.Cut(head, "-"); ok {
		return letters, tail
	}
	if i := strings.LastIndex(tail, "/"); i >= 0 {
		tail = tail[i+1:]
	}
	kind, office, _ = strings.Cut(tail, "-")
	return kind, office
}
