package reportfile

import (
	"archive/zip"
	"bytes"
	_ "embed" // the shipped template
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"dondoc/locales"
)

//go:embed template.docx
var shippedTemplate []byte

// Limits of a template file, in bytes: as it is and unpacked.
const (
	maxTemplate = 10 << 20
	maxUnpacked = 50 << 20
)

// A Template is a Word document (.docx) whose texts hold placeholders of
// text/template. It does not change once it is read.
type Template struct {
	parts []part
}

// A part is one file within a Word document.
type part struct {
	name    string
	content []byte
	fill    *template.Template // nil for parts without placeholders
}

// DefaultTemplate returns the template that the program ships with.
var DefaultTemplate = sync.OnceValues(func() (*Template, error) { return ParseTemplate(shippedTemplate) })

// ReadTemplate reads a template from a file and tries it.
func ReadTemplate(path string) (*Template, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxTemplate+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("read the template: %w", err)
	}
	return ParseTemplate(data)
}

// ParseTemplate reads a template and tries it on a full report and on an empty
// one: whatever is wrong with it is found here, not in the week of the report.
func ParseTemplate(data []byte) (*Template, error) {
	if len(data) > maxTemplate {
		return nil, fmt.Errorf("a template has at most %d MB", maxTemplate>>20)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("no Word document (.docx): %w", err)
	}
	t := &Template{}
	left := int64(maxUnpacked)
	for _, f := range archive.File {
		p, err := readPart(f, left)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		left -= int64(len(p.content))
		t.parts = append(t.parts, p)
	}
	if !t.has(mainPart) {
		return nil, fmt.Errorf("no Word document (.docx): it has no %s", mainPart)
	}
	for _, d := range []*document{fullSample(), {}} {
		if err := t.write(io.Discard, d); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// Document writes the report as a Word document in the words of a language.
func (t *Template) Document(w io.Writer, r *Report, words locales.Localizer) error {
	return t.write(w, documentOf(r, words))
}

const mainPart = "word/document.xml"

// filledParts are those that bear the text of a document.
var filledParts = regexp.MustCompile(`^word/(?:document|header\d*|footer\d*)\.xml$`)

func (t *Template) has(name string) bool {
	for _, p := range t.parts {
		if p.name == name {
			return true
		}
	}
	return false
}

func readPart(f *zip.File, limit int64) (part, error) {
	r, err := f.Open()
	if err != nil {
		return part{}, fmt.Errorf("open: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return part{}, fmt.Errorf("unpack: %w", err)
	}
	if int64(len(content)) > limit {
		return part{}, fmt.Errorf("unpacked, a template has at most %d MB", maxUnpacked>>20)
	}
	p := part{name: f.Name, content: content}
	if filledParts.MatchString(f.Name) {
		p.fill, err = template.New(f.Name).Option("missingkey=error").Parse(plainActions(string(content)))
		if err != nil {
			return part{}, fmt.Errorf("placeholder: %w", err)
		}
	}
	return p, nil
}

func (t *Template) write(w io.Writer, d *document) error {
	archive := zip.NewWriter(w)
	for _, p := range t.parts {
		content := p.content
		if p.fill != nil {
			var text strings.Builder
			if err := p.fill.Execute(&text, d); err != nil {
				return fmt.Errorf("fill the template: %w", err)
			}
			content = []byte(mendCells(text.String()))
			if err := wellFormed(content); err != nil {
				return fmt.Errorf("fill the template: %s: %w", p.name, err)
			}
		}
		out, err := archive.Create(p.name)
		if err == nil {
			_, err = out.Write(content)
		}
		if err != nil {
			return fmt.Errorf("write the document: %w", err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}

func wellFormed(content []byte) error {
	d := xml.NewDecoder(bytes.NewReader(content))
	for {
		switch _, err := d.Token(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("a placeholder breaks the document: %w", err)
		}
	}
}
