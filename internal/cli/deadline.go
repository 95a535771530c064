package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"dondoc/internal/plan"
)

// maxPhrase bounds a phrase of standard input, in bytes. A longer line is no
// deadline phrase: it is answered as unknown, with its beginning.
const maxPhrase = 64 << 10

type deadlineCmd struct {
	Year    *int     `placeholder:"YEAR" help:"Year of the plan, for phrases that name none (the current year)."`
	Phrases []string `arg:"" optional:"" name:"phrase" help:"Phrases to read; without any, one a line from standard input. Put -- before one that begins with a dash."`
}

// Help is the long help of the command.
func (deadlineCmd) Help() string {
	return `Each phrase gives one line such as {"phrase":"31/12/2024","kind":"date","due":["2024-12-31"]}.`
}

// Validate checks the year.
func (c *deadlineCmd) Validate() error {
	if c.Year != nil && (*c.Year < plan.FirstYear || *c.Year > plan.LastYear) {
		return unusable("--year %d cannot be used: a year from %d to %d is expected", *c.Year, plan.FirstYear, plan.LastYear)
	}
	return nil
}

// Run reads the phrases. A read from standard input cannot be called off, so
// it is left behind when ctx is done.
func (c *deadlineCmd) Run(ctx context.Context, p *program) error {
	year := p.settings.clock().Now().In(p.settings.Timezone.Location).Year()
	if c.Year != nil {
		year = *c.Year
	}
	out := newDeadlinePrinter(p.Out, year)
	if len(c.Phrases) > 0 {
		for _, phrase := range c.Phrases {
			if err := out.print(plan.ReadDeadline(phrase, year)); err != nil {
				return err
			}
		}
		return nil
	}
	done := make(chan error, 1)
	go func() { done <- out.printLines(p.In) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A deadlinePrinter writes what was read of phrases, a JSON line each.
type deadlinePrinter struct {
	year int
	json *json.Encoder
}

func newDeadlinePrinter(w io.Writer, year int) *deadlinePrinter {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &deadlinePrinter{year: year, json: enc}
}

// printLines reads a phrase a line until the end of in.
func (d *deadlinePrinter) printLines(in io.Reader) error {
	lines := bufio.NewReaderSize(in, maxPhrase)
	for {
		line, cut, err := nextLine(lines)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read standard input: %w", err)
		}
		s := plan.Schedule{Phrase: line, Kind: plan.KindUnknown}
		if !cut {
			s = plan.ReadDeadline(line, d.year)
		}
		if err := d.print(s); err != nil {
			return err
		}
	}
}

// nextLine returns a line without its end, \n or \r\n. Of a line that does not
// fit into the buffer it returns the beginning, and true.
func nextLine(r *bufio.Reader) (line string, cut bool, err error) {
	text, err := r.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		line = string(bytes.ToValidUTF8(text, nil))
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = r.ReadSlice('\n')
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return line, true, err
	case errors.Is(err, io.EOF) && len(text) > 0:
		return string(text), false, nil
	case err != nil:
		return "", false, err
	}
	return string(bytes.TrimSuffix(text[:len(text)-1], []byte("\r"))), false, nil
}

func (d *deadlinePrinter) print(s plan.Schedule) error {
	line := struct {
		Phrase string    `json:"phrase"`
		Kind   plan.Kind `json:"kind"`
		Due    []string  `json:"due"`
	}{s.Phrase, s.Kind, days(s.Due)}
	if err := d.json.Encode(line); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// days writes days as in 2024-03-31; never nil, so that JSON has a list.
func days(due []plan.Date) []string {
	texts := make([]string, len(due))
	for i, day := range due {
		texts[i] = day.String()
	}
	return texts
}
