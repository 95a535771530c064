package plan

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A document is cited as number/kind-organ, "123/QĐ-SXD" or
// "12/2024/QĐ-UBND" (Nghị định 30/2020/NĐ-CP, Phụ lục I), with its date behind
// it, with or without the word "ngày".
var citation = regexp.MustCompile(`(?:^|[\s(,;:])(\d{1,6}(?:/\d{4})?/\p{Lu}[\p{Lu}\d]*(?:-[\p{L}\d.]+)*)` +
	`(?:,?\s+(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?)?`)

// ReadEvidence finds the documents that a note cites. A date without a year
// lies in the given year. ErrNoSuchDate comes back for a date that the calendar
// does not have.
func ReadEvidence(note string, year int) ([]Evidence, error) {
	var out []Evidence
	for _, m := range citation.FindAllStringSubmatch(note, -1) {
		e := Evidence{Kind: "document", Number: strings.TrimRight(m[1], ".")}
		if m[2] != "" {
			day, _ := strconv.Atoi(m[2])
			month, _ := strconv.Atoi(m[3])
			y := year
			if m[4] != "" {
				y, _ = strconv.Atoi(m[4])
			}
			var err error
			e.Date, err = CheckedDate(y, time.Month(month), day)
			if err != nil && m[4] != "" {
				return nil, err
			} // without a year it may be a count, "28/30 hồ sơ"
		}
		out = append(out, e)
	}
	return out, nil
}

// IsCitation reports whether the note cites documents and says nothing else.
func IsCitation(note string) bool {
	rest := citation.ReplaceAllString(note, "")
	return rest != note && strings.Trim(rest, " \n,;.") == ""
}

// Marks of secrecy stand in capitals: TUYỆT MẬT and TỐI MẬT as whole words,
// MẬT alone on a line, in brackets, or right before "số" (Luật Bảo vệ bí mật
// nhà nước). MẬT ĐỘ and MẬT KHẨU are ordinary words.
var (
	secretWords = regexp.MustCompile(`(?:^|[^\p{L}])(?:TUYỆT|TỐI)[\s\p{Z}]+MẬT(?:[^\p{L}]|$)`)
	secretMark  = regexp.MustCompile(`(?m)^[\s\p{Z}]*MẬT[\s\p{Z}.:]*$` +
		`|[(\[][\s\p{Z}]*MẬT[\s\p{Z}]*[)\]]` +
		`|(?:^|[^\p{L}])MẬT[\s\p{Z}]+(?:số|Số|SỐ)(?:[^\p{L}]|$)`)
)

// MarkedSecret reports whether text bears a mark of state secrecy. The text
// must be composed (NFC).
func MarkedSecret(text string) bool {
	return secretWords.MatchString(text) || secretMark.MatchString(text)
}
