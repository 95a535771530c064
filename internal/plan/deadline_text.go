package plan

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// deadlineText evens out how a phrase was typed: composed letters, lower
// case, one sign for every dash, slash and blank, nothing invisible, no
// quotation marks.
func deadlineText(phrase string) string {
	s := norm.NFC.String(dropInvisible(phrase))
	// Upper case first: some letters reach their plain form only that way,
	// and a phrase must read alike in either case.
	s = strings.ToLower(strings.ToUpper(s))
	return norm.NFC.String(strings.Map(plainRune, s))
}

func plainRune(r rune) rune {
	switch r {
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\ufe58', '\ufe63', '\uff0d':
		return '-'
	case '\u2044', '\u2215', '\uff0f':
		return '/'
	case '"', '\'', '`', '“', '”', '„', '‘', '’', '«', '»':
		return ' '
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	// Full-width letters and digits stand for plain ones. Superscripts do
	// not: "30/6/2024¹" bears a footnote, not a longer year.
	if r >= '\uff01' && r <= '\uff5e' {
		return r - '\uff01' + '!'
	}
	return r
}

// romanSigns spells out the single characters Ⅰ to Ⅳ, which lower case has
// turned into ⅰ to ⅳ.
func romanSigns(r rune) (string, bool) {
	switch r {
	case 'ⅰ':
		return "i", true
	case 'ⅱ':
		return "ii", true
	case 'ⅲ':
		return "iii", true
	case 'ⅳ':
		return "iv", true
	}
	return "", false
}

// romanQuarter reads I to IV. A small L is taken for the I that it looks
// like in print.
func romanQuarter(s string) (int, bool) {
	switch strings.ReplaceAll(s, "l", "i") {
	case "i":
		return 1, true
	case "ii":
		return 2, true
	case "iii":
		return 3, true
	case "iv":
		return 4, true
	}
	return 0, false
}
