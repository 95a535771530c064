package grid

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// The parts of a package are the files in its zip, by name in lower case.
type parts struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be unpacked
	cells int   // that may still be kept
}

// endRecord is what a zip ends with; its number of entries stands 10 bytes
// further.
var endRecord = []byte("PK\x05\x06")

func openParts(data []byte) (*parts, error) {
	// The reader makes room for every entry, so it is asked only if they are few.
	if i := bytes.LastIndex(data, endRecord); i >= 0 && i+12 <= len(data) {
		if n := int(data[i+10]) | int(data[i+11])<<8; n > maxParts {
			return nil, &Error{Code: ManyParts, Arg: strconv.Itoa(maxParts)}
		}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case err != nil:
		return nil, damaged("zip")
	case len(z.File) > maxParts:
		return nil, &Error{Code: ManyParts, Arg: strconv.Itoa(maxParts)}
	}
	p := &parts{files: map[string]*zip.File{}, left: maxUnpacked, cells: maxCells}
	for _, f := range z.File {
		p.files[partName(f.Name)] = f
	}
	return p, nil
}

// partName is how parts are compared: their names differ by more than case.
func partName(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

func (p *parts) has(name string) bool { return p.files[name] != nil }

func damaged(format string) *Error { return &Error{Code: Damaged, Arg: format} }

// read calls fn with the XML of a part; a part that is not there is empty.
// Whatever is wrong with the XML is the damage of a file of that format.
func (p *parts) read(name, format string, fn func(*tokens) error) error {
	f := p.files[partName(name)]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return damaged(format)
	}
	source := &bounded{r: bufio.NewReader(r), parts: p}
	err = fn(newTokens(source))
	_ = r.Close() // what was read is what counts
	if known, ok := errors.AsType[*Error](err); ok {
		return known
	}
	if err != nil && !errors.Is(err, errEnough) {
		return damaged(format)
	}
	return nil
}

// errEnough ends the reading of a part of which no more is needed.
var errEnough = errors.New("enough")

func unpacked() *Error { return &Error{Code: Unpacked, Arg: strconv.Itoa(maxUnpacked)} }

// maxToken bounds what stands between two tokens of XML, so that no tag or
// text, however made, takes much memory.
const maxToken = 1 << 20

// bounded reads a part within the limits.
type bounded struct {
	r     *bufio.Reader
	parts *parts
	token int // bytes since the last token
}

var errLongToken = errors.New("a tag or text is too long")

// ReadByte is all that the decoder asks for.
func (b *bounded) ReadByte() (byte, error) {
	b.parts.left--
	b.token++
	switch {
	case b.parts.left < 0:
		return 0, unpacked()
	case b.token > maxToken:
		return 0, errLongToken
	}
	return b.r.ReadByte() //nolint:wrapcheck // named by whoever reads the part
}

// Read makes it an io.Reader; the decoder reads bytes.
func (b *bounded) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	c, err := b.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = c
	return 1, nil
}

var _ io.ByteReader = (*bounded)(nil)

// maxDepth bounds how deep elements nest. Word's own files reach about 40.
const maxDepth = 200

var errDeep = errors.New("elements nest too deep")

// tokens reads XML. Entities that a document defines itself are unknown to the
// decoder, so none of them ever unfolds.
type tokens struct {
	dec    *xml.Decoder
	source *bounded
	depth  int
}

func newTokens(source *bounded) *tokens { return &tokens{dec: xml.NewDecoder(source), source: source} }

// next returns the next token; text is good until the one after it.
func (t *tokens) next() (xml.Token, error) {
	t.source.token = 0
	tok, err := t.dec.Token()
	if err != nil {
		return nil, err //nolint:wrapcheck // io.EOF, or named by whoever reads the part
	}
	switch tok.(type) {
	case xml.StartElement:
		t.depth++
	case xml.EndElement:
		t.depth--
	}
	if t.depth > maxDepth {
		return nil, errDeep
	}
	return tok, nil
}

// each calls fn for every element that begins, however deep, until the one that
// the caller is in ends. fn may read on within the element.
func (t *tokens) each(fn func(xml.StartElement) error) error {
	outer := t.depth
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) && outer == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if err := fn(tok); err != nil {
				return err
			}
		case xml.EndElement:
			if t.depth < outer {
				return nil
			}
		}
	}
}

// skip reads over the rest of the element that has just begun.
func (t *tokens) skip() error {
	return t.each(func(xml.StartElement) error { return nil })
}

// text returns the text up to the end of the element that has just begun.
func (t *tokens) text() (string, error) {
	outer := t.depth
	var b strings.Builder
	for {
		tok, err := t.next()
		if err != nil {
			return "", err
		}
		switch tok := tok.(type) {
		case xml.CharData:
			if b.Len() < maxCellBytes {
				b.Write(tok)
			}
		case xml.EndElement:
			if t.depth < outer {
				return b.String(), nil
			}
		}
	}
}

// attr returns an attribute by its local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number returns an attribute that is a number from low to high, else low.
func number(e xml.StartElement, name string, low, high int) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil {
		return low
	}
	return max(low, min(n, high))
}
