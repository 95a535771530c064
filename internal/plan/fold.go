package plan

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s as it is compared when tone marks are optional: lower case,
// without tone and vowel marks, đ as d, any run of white space as one blank,
// no blank at either end. Composed and decomposed spellings fold alike;
// invisible characters, which texts pasted from PDF and Word carry inside
// words, are dropped.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range norm.NFD.String(dropInvisible(s)) {
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		case unicode.Is(unicode.Mn, r):
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(foldLetter(r))
	}
	return norm.NFC.String(b.String())
}

// foldLetter lowers a letter. The bar of đ is no mark that decomposition
// would take off.
func foldLetter(r rune) rune {
	switch r = unicode.ToLower(r); r {
	case 'đ':
		return 'd'
	default:
		return r
	}
}

// dropInvisible removes what has no width: soft hyphens, zero-width spaces
// and joiners, word joiners, byte order marks.
func dropInvisible(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
			return -1
		default:
			return r
		}
	}, s)
}
