package plan

import "strings"

// dashed reads known names apart by dashes, such as "Văn phòng Sở - Thanh tra",
// and returns their units and how many words they take. A dash also stands
// within names: only where no name holds it and there is a known one on both
// sides does it separate, else no units come back.
func (r *Roster) dashed(cell string, words []nameWord) (codes []string, length int) {
	for {
		code, n := r.match(words[length:], func(_ string, end int) bool {
			end += length
			return end == len(words) || words[end].separates() || dashBefore(cell, words, end)
		})
		if n == 0 {
			return nil, 0
		}
		codes = append(codes, r.expand(code)...)
		length += n
		if length == len(words) || words[length].separates() {
			return codes, length
		}
	}
}

// dashBefore reports whether a dash between spaces stands before words[i].
func dashBefore(cell string, words []nameWord, i int) bool {
	between := cell[words[i-1].end:words[i].start]
	dash := strings.TrimSpace(between)
	return (dash == "-" || dash == "–" || dash == "—") &&
		strings.TrimLeft(between, nameEnds) != between && strings.TrimRight(between, nameEnds) != between
}
