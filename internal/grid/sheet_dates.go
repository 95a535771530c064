package grid

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// A dateStyle is what a number format shows of a day; none of it if the format
// is none of dates.
type dateStyle struct {
	day, month, year bool
	padDay, padMonth bool // 05/03
}

// readStyles reads the number formats of the cells.
func (w *workbookReader) readStyles(t *tokens) error {
	own := map[string]dateStyle{}
	return t.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			own[attr(e, "numFmtId")] = readDateStyle(attr(e, "formatCode"))
		case "cellXfs":
			return t.each(func(e xml.StartElement) error {
				if e.Name.Local != "xf" {
					return nil
				}
				style, ok := own[attr(e, "numFmtId")]
				if !ok {
					style = builtInDate(number(e, "numFmtId", 0, 1<<16))
				}
				w.styles = append(w.styles, style)
				return nil
			})
		case "dxfs":
			return t.skip() // formats under conditions have numbers of their own
		}
		return nil
	})
}

// builtInDate returns the formats that every workbook knows by number (ECMA-376
// part 1, 18.8.30). What 14 looks like is up to the machine.
func builtInDate(id int) dateStyle {
	switch {
	case id >= 14 && id <= 16, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return dateStyle{day: true, month: true, year: true}
	case id == 17:
		return dateStyle{month: true, year: true}
	}
	return dateStyle{}
}

// readDateStyle reads the code of a format, as in "[$-42A]dd/mm/yyyy;@". An m
// beside hours or seconds means minutes; a format with such is one of a time
// unless it has a day or a year too.
func readDateStyle(code string) dateStyle {
	code, _, _ = strings.Cut(bareFormat(code), ";")
	code = strings.ToLower(code)
	s := dateStyle{
		day: strings.Contains(code, "d"), year: strings.Contains(code, "y"),
		padDay: strings.Contains(code, "dd"), padMonth: strings.Contains(code, "mm"),
	}
	clock := strings.ContainsAny(code, "hs")
	s.month = strings.Contains(code, "m") && (!clock || s.day || s.year)
	if !s.month && !s.year {
		return dateStyle{} // "d" alone counts days
	}
	if s.day {
		s.month, s.year = true, true
	}
	return s
}

// bareFormat removes what a format quotes, escapes or puts in brackets: text,
// colours, locales, conditions.
func bareFormat(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		var end int
		switch code[i] {
		case '"':
			end = strings.IndexByte(code[i+1:], '"')
		case '[':
			end = strings.IndexByte(code[i+1:], ']')
		case '\\', '_', '*':
			i++
			continue
		default:
			b.WriteByte(code[i])
			continue
		}
		if end < 0 {
			break
		}
		i += end + 1
	}
	return b.String()
}

// lastDay is 31/12/9999, the last that a sheet knows.
const lastDay = 2958465

// write writes the day of a serial number as the style shows it, day before
// month. A month is not its first day.
func (s dateStyle) write(serial float64, firstYear int) (string, bool) {
	if !s.month && !s.year || serial < 1 || serial > lastDay {
		return "", false
	}
	// Serial number 60 is 29/2/1900, which there never was.
	first := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if firstYear == 1904 {
		first = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	day := first.AddDate(0, 0, int(serial))
	date, month := digits(day.Day(), s.padDay), digits(int(day.Month()), s.padMonth)
	switch {
	case s.day:
		return fmt.Sprintf("%s/%s/%d", date, month, day.Year()), true
	case s.month:
		return fmt.Sprintf("%s/%d", month, day.Year()), true
	}
	return fmt.Sprint(day.Year()), true
}

func digits(n int, pad bool) string {
	if pad {
		return fmt.Sprintf("%02d", n)
	}
	return fmt.Sprint(n)
}
