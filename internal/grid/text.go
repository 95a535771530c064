package grid

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// decodeText returns text of UTF-8 or UTF-16 without its byte order mark.
func decodeText(data []byte) (string, error) {
	if order := wideOrder(data); order != nil {
		return decodeWide(data, order), nil
	}
	text := string(data)
	if line := notUTF8(text); line > 0 {
		return "", &Error{Line: line, Code: NotUTF8}
	}
	return strings.TrimPrefix(text, "\ufeff"), nil
}

// wideOrder returns the order of bytes if the text is UTF-16: by its mark, or
// because every other of the first bytes is zero, as in most of any text.
func wideOrder(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return binary.BigEndian
	}
	head := data[:min(len(data), 256)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch enough := len(head) / 4; {
	case len(head) < 8:
		return nil
	case zeros[1] > enough && zeros[0] == 0:
		return binary.LittleEndian
	case zeros[0] > enough && zeros[1] == 0:
		return binary.BigEndian
	}
	return nil
}

func decodeWide(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
}

// notUTF8 returns the first line that is not UTF-8, 0 if all are.
func notUTF8(text string) int {
	line := 1
	for i, r := range text {
		switch r {
		case '\n':
			line++
		case utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return line
			}
		}
	}
	return 0
}

// clean returns a cell's text as a reader sees it: composed (NFC), without what
// has no width, lines without blanks at their ends, no blank lines. So a table
// reads alike from whatever program it comes.
func clean(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.Map(visible, strings.ReplaceAll(text, "\r\n", "\n"))
	if !strings.Contains(text, "\n") {
		return strings.TrimSpace(text)
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// visible maps what has no width to nothing, and breaks of every kind to the
// plain one.
func visible(r rune) rune {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return '\n'
	case '\u2011': // non-breaking hyphen
		return '-'
	}
	switch {
	case r == '\t':
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}
