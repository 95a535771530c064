package reportfile

import (
	"bytes"
	"strconv"

	"dondoc/internal/plan"
	"dondoc/locales"
)

// A File is one file of a report.
type File struct {
	Name string
	Data []byte
}

// Files returns the workbook and the Word document of the report, made from
// the shipped template if t is nil.
func (r *Report) Files(t *Template, words locales.Localizer) ([]File, error) {
	if t == nil {
		var err error
		if t, err = DefaultTemplate(); err != nil {
			return nil, err
		}
	}
	var workbook, document bytes.Buffer
	if err := Workbook(&workbook, r, words); err != nil {
		return nil, err
	}
	if err := t.Document(&document, r, words); err != nil {
		return nil, err
	}
	return []File{
		{Name: r.fileName(".xlsx"), Data: workbook.Bytes()},
		{Name: r.fileName(".docx"), Data: document.Bytes()},
	}, nil
}

// fileName returns what the file with the extension is called: letters that
// every system, mail and archive takes.
func (r *Report) fileName(extension string) string {
	name := "bao-cao-" + strconv.Itoa(r.Plan.Year)
	if r.Span.Period != plan.WholeYear {
		name += "-" + string(r.Span.Period)
	}
	return name + extension
}
