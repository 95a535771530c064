package reportfile

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"dondoc/internal/plan"
)

// paperDate writes a day as offices do, with a nought before days below 10 and
// before January and February (Nghị định 30/2020/NĐ-CP, Phụ lục I): 31/3/2024,
// 05/3/2024, 02/01/2024.
func paperDate(d plan.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month() <= time.February:
		return fmt.Sprintf("%02d/%02d/%d", d.Day(), d.Month(), d.Year())
	}
	return fmt.Sprintf("%02d/%d/%d", d.Day(), d.Month(), d.Year())
}

// clean leaves out what XML 1.0 cannot hold, and makes every line end a \n.
func clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\t', r == '\n', r >= ' ' && r != 0x7f && r < 0xd800, r >= 0xe000 && r < 0xfffe && r != utf8.RuneError, r > 0xffff:
			return r
		}
		return -1
	}, s)
}
