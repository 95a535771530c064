package plan

// deadlineHints are doubts that the signs around a phrase raise.
type deadlineHints struct {
	bulleted bool // opened with a dash, so that other dashes may be bullets too
	openEnd  bool // closed with "…", so that a list may be longer than it says
}

// tidyDeadline takes off what surrounds a phrase and says nothing: bullets,
// brackets around the whole, closing marks, "./.", "(dự kiến)".
func tidyDeadline(tokens []deadlineToken) ([]deadlineToken, deadlineHints) {
	var h deadlineHints
	for {
		before := len(tokens)
		tokens = h.closing(tokens)
		tokens = h.bullet(tokens)
		tokens = withoutBrackets(tokens)
		if len(tokens) == before {
			return tokens, h
		}
	}
}

func (h *deadlineHints) closing(tokens []deadlineToken) []deadlineToken {
	dots := 0
	for n := len(tokens); n > 0; n = len(tokens) {
		last := tokens[n-1]
		switch {
		case last.isMark("."):
			dots++
		case last.isMark(";", ",", ":"):
		case last.isMark("/") && dots > 0 && n > 1 && tokens[n-2].isMark("."):
			dots = 0 // "./.", the sign that closes an official text
		default:
			h.openEnd = h.openEnd || dots > 1
			return tokens
		}
		tokens = tokens[:n-1]
	}
	return tokens
}

func (h *deadlineHints) bullet(tokens []deadlineToken) []deadlineToken {
	if len(tokens) == 0 || !tokens[0].isMark("-", "+", "*", "•", "·") {
		return tokens
	}
	h.bulleted = h.bulleted || tokens[0].isMark("-")
	return tokens[1:]
}

// withoutBrackets takes off brackets around the whole phrase, and "(dự kiến)"
// behind it.
func withoutBrackets(tokens []deadlineToken) []deadlineToken {
	n := len(tokens)
	if n < 2 || !tokens[n-1].isMark(")") {
		return tokens
	}
	open := n - 2
	for open >= 0 && !tokens[open].isMark("(", ")") {
		open--
	}
	switch {
	case open < 0 || !tokens[open].isMark("("):
		return tokens
	case open == 0:
		return tokens[1 : n-1]
	case open == n-3 && tokens[n-2].isTerm(termExpected):
		return tokens[:open]
	}
	return tokens
}
