package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// A printer writes a JSON document in parts. What w answers is kept for
// finish.
type printer struct {
	w    *bufio.Writer
	buf  bytes.Buffer
	json *json.Encoder // into buf
}

func newPrinter(w io.Writer) *printer {
	p := &printer{w: bufio.NewWriter(w)}
	p.json = json.NewEncoder(&p.buf)
	p.json.SetEscapeHTML(false)
	return p
}

// text writes JSON as it stands. A bufio.Writer that failed takes nothing more
// and tells so when it is flushed.
func (p *printer) text(s string) { _, _ = p.w.WriteString(s) }

// value writes v within one line.
func (p *printer) value(v any) error {
	p.buf.Reset()
	if err := p.json.Encode(v); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	_, err := p.w.Write(bytes.TrimSuffix(p.buf.Bytes(), []byte("\n")))
	return err
}

// A field is one of an object's, with what writes its value.
type field struct {
	key   string // bare ASCII
	value func() error
}

// object writes fields, each on a line of its own.
func (p *printer) object(fields ...field) error {
	begin := "{"
	for _, f := range fields {
		p.text(begin + `"` + f.key + `":`)
		if err := f.value(); err != nil {
			return err
		}
		begin = ",\n"
	}
	p.text("}")
	return nil
}

// list writes n elements, each on a line of its own.
func (p *printer) list(n int, element func(i int) error) error {
	if n == 0 {
		p.text("[]")
		return nil
	}
	begin := "[\n"
	for i := range n {
		p.text(begin)
		if err := element(i); err != nil {
			return err
		}
		begin = ",\n"
	}
	p.text("\n]")
	return nil
}

// finish writes out what is still held.
func (p *printer) finish() error {
	if err := p.w.Flush(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
