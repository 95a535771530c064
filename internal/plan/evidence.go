package plan

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// hyphen is a hyphen, one that keeps a line together, or the dash that stands
// for it.
const hyphen = `[-\x{2010}-\x{2013}]`

// A document is cited as number/kind-organ, "123/QĐ-SXD" or
// "12/2024/QĐ-UBND" (Nghị định 30/2020/NĐ-CP, Phụ lục I), with its date behind
// it, with or without the word "ngày". A kind has two capitals at least and may
// have small letters: TTr, CTr, QyĐ (Phụ lục III). Papers that are copied from
// have hyphens of several kinds.
var (
	citedNumber = regexp.MustCompile(`(?:^|[\s\p{Z}(,;:])` +
		`(\d{1,6}(?:/\d{4})?/\p{Lu}\p{Ll}?\p{Lu}[\p{L}\d]*(?:` + hyphen + `[\p{L}\d][\p{L}\d.]*)*)`)
	hyphens  = regexp.MustCompile(hyphen)
	citedDay = regexp.MustCompile(`^,?[\s\p{Z}]+(?:ngày[\s\p{Z}]+)?` +
		`(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?`)
	dayGoesOn = regexp.MustCompile(`^(?:[/.-]?\d|/\p{L})`) // "98/2024/QĐ-UBND" begins like a day
)

// ReadEvidence finds the documents that a note cites. A date without a year
// lies in the given year. ErrNoSuchDate comes back for a date that the calendar
// does not have.
func ReadEvidence(note string, year int) ([]Evidence, error) {
	found, _, err := readCitations(note, year)
	return found, err
}

// leapYear has every day that a date without a year may name.
const leapYear = 2024

// IsCitation reports whether the note cites documents and says nothing else.
func IsCitation(note string) bool {
	found, rest, err := readCitations(note, leapYear)
	return err == nil && len(found) > 0 && strings.Trim(rest, " \u00a0\n,;.") == ""
}

// readCitations returns the documents that a note cites, and what else it says.
func readCitations(note string, year int) (found []Evidence, rest string, err error) {
	for {
		m := citedNumber.FindStringSubmatchIndex(note)
		if m == nil {
			return found, rest + note, nil
		}
		e := Evidence{Kind: "document", Number: hyphens.ReplaceAllString(strings.TrimRight(note[m[2]:m[3]], "."), "-")}
		rest += note[:m[2]]
		note = note[m[3]:]
		day, length, err := readCitedDay(note, year)
		if err != nil {
			return nil, "", err
		}
		e.Date = day
		note = note[length:]
		found = append(found, e)
	}
}

// readCitedDay reads the date that stands right behind a number, and returns
// how long it is in bytes; both are zero without one.
func readCitedDay(tail string, year int) (d Date, length int, err error) {
	m := citedDay.FindStringSubmatch(tail)
	if m == nil || dayGoesOn.MatchString(tail[len(m[0]):]) {
		return 0, 0, nil
	}
	day, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	if m[3] != "" {
		year, _ = strconv.Atoi(m[3])
		if len(m[3]) == 2 {
			year += 2000
		}
	}
	d, err = CheckedDate(year, time.Month(month), day)
	switch {
	case err == nil:
		return d, len(m[0]), nil
	case m[3] == "": // may be a count, "28/30 hồ sơ"
		return 0, 0, nil
	}
	return 0, 0, err
}

// Marks of secrecy stand in capitals: TUYỆT MẬT and TỐI MẬT as whole words,
// MẬT alone on a line, in brackets, or right before "số" (Luật Bảo vệ bí mật
// nhà nước). In names of files words are often joined by "_" or "-". MẬT ĐỘ and
// MẬT KHẨU are ordinary words.
var (
	secretWords = regexp.MustCompile(`(?:^|[^\p{L}])(?:TUYỆT|TỐI)[\s\p{Z}_-]+MẬT(?:[^\p{L}]|$)`)
	secretMark  = regexp.MustCompile(`(?m)^[\s\p{Z}]*MẬT[\s\p{Z}.:]*$` +
		`|[(\[][\s\p{Z}]*MẬT[\s\p{Z}]*[)\]]` +
		`|(?:^|[^\p{L}])MẬT[\s\p{Z}_-]+(?:số|Số|SỐ)(?:[^\p{L}]|$)`)
)

// MarkedSecret reports whether text bears a mark of state secrecy. The text
// must be composed (NFC).
func MarkedSecret(text string) bool {
	if !strings.Contains(text, "MẬT") {
		return false
	}
	return secretWords.MatchString(text) || secretMark.MatchString(text)
}
