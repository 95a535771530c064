package reportfile

import (
	"time"

	"github.com/xuri/excelize/v2"

	"dondoc/internal/plan"
)

// styles are the ids of the workbook's cell styles.
type styles struct {
	title, bold, plain, head int
	text, number, ratio      int
	dayShort, dayLong        int // 31/3/2024, 02/01/2024
	momentShort, momentLong  int
}

// Number formats. Vietnamese marks decimals by a comma and thousands by a
// point: the code [$-42A] is that of the language. Text is a format of its own,
// so that a cell stays text when somebody edits it.
const (
	formatText        = "@"
	formatNumber      = "[$-42A]#,##0"
	formatRatio       = "[$-42A]0.0%"
	formatDayShort    = "dd/m/yyyy"
	formatDayLong     = "dd/mm/yyyy"
	formatMomentShort = "dd/m/yyyy hh:mm"
	formatMomentLong  = "dd/mm/yyyy hh:mm"
)

const (
	fontName  = "Times New Roman"
	fontSize  = 11
	titleSize = 14
	headFill  = "E7E6E6"
)

func (b *book) makeStyles() {
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "7F7F7F", Style: 1})
	}
	of := func(format, across string, bordered, bold bool, size float64) int {
		style := &excelize.Style{
			Font:         &excelize.Font{Family: fontName, Size: size, Bold: bold},
			Alignment:    &excelize.Alignment{Vertical: "top", Horizontal: across, WrapText: bordered},
			CustomNumFmt: &format,
		}
		if bordered {
			style.Border = border
		}
		id, err := b.file.NewStyle(style)
		b.fail(err)
		return id
	}
	b.styles = styles{
		title:       of(formatText, "left", false, true, titleSize),
		bold:        of(formatText, "left", false, true, fontSize),
		plain:       of(formatText, "left", false, false, fontSize),
		text:        of(formatText, "left", true, false, fontSize),
		number:      of(formatNumber, "right", true, false, fontSize),
		ratio:       of(formatRatio, "right", true, false, fontSize),
		dayShort:    of(formatDayShort, "center", true, false, fontSize),
		dayLong:     of(formatDayLong, "center", true, false, fontSize),
		momentShort: of(formatMomentShort, "center", true, false, fontSize),
		momentLong:  of(formatMomentLong, "center", true, false, fontSize),
	}
	id, err := b.file.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: fontSize, Bold: true},
		Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headFill}},
		Border:    border,
	})
	b.fail(err)
	b.styles.head = id
}

func (s *styles) day(d plan.Date) int {
	if !d.IsZero() && d.Month() > time.February {
		return s.dayShort
	}
	return s.dayLong
}

func (s *styles) moment(m time.Month) int {
	if m > time.February {
		return s.momentShort
	}
	return s.momentLong
}
