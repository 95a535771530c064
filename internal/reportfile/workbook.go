package reportfile

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"dondoc/locales"
)

// A book is a workbook that is being written.
type book struct {
	speaker
	file   *excelize.File
	styles styles
	err    error // the first
}

func (b *book) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Workbook writes the report as a workbook (.xlsx) in the words of a language.
func Workbook(w io.Writer, r *Report, words locales.Localizer) error {
	b := &book{speaker: speaker{Report: r, words: words}, file: excelize.NewFile()}
	b.fail(b.file.SetDefaultFont(fontName))
	b.makeStyles()
	for i, part := range []struct {
		name  string
		write func(*sheet)
	}{
		{"sheet.overview", b.overview},
		{"sheet.tasks", b.taskSheet},
		{"sheet.units", b.unitSheet},
		{"sheet.reports", b.reportSheet},
		{"sheet.extensions", b.extensionSheet},
	} {
		s := &sheet{book: b, name: words.T(part.name)} // keys: sheet.*
		if i == 0 {
			b.fail(b.file.SetSheetName(b.file.GetSheetName(0), s.name))
		} else {
			_, err := b.file.NewSheet(s.name)
			b.fail(err)
		}
		part.write(s)
		s.page()
	}
	b.fail(b.file.SetDocProps(&excelize.DocProperties{
		Title: clean(b.periodName() + " – " + r.Plan.Title), Creator: clean(r.Plan.Office), Language: words.Lang(),
	}))
	if b.err == nil {
		b.fail(b.file.Write(w))
	}
	if err := errors.Join(b.err, b.file.Close()); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}
