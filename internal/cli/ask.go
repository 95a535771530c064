package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// say prints a result.
func (p *program) say(text string) error {
	if _, err := io.WriteString(p.Out, text); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// agreed asks for a yes or no. Where nobody is there to be asked, --yes is
// named as the answer; whoever presses Ctrl-C at a question wants none.
func (p *program) agreed(ctx context.Context, question string) (bool, error) {
	if err := p.say(question + " [y/N] "); err != nil {
		return false, err
	}
	answer, err := readLine(ctx, p.In)
	switch {
	case errors.Is(err, io.EOF):
		return false, unusable("there is nobody to answer: answer y, or pass --yes")
	case ctx.Err() != nil:
		return false, nil
	case err != nil:
		return false, fmt.Errorf("read the answer: %w", err)
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes", "c":
		return true, nil
	}
	return false, nil
}

// readLine reads a line, or returns the context's error when that is done
// first.
func readLine(ctx context.Context, r io.Reader) (string, error) {
	type line struct {
		text string
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := bufio.NewReader(r).ReadString('\n')
		if text != "" {
			err = nil
		}
		read <- line{text, err}
	}()
	select {
	case l := <-read:
		return l.text, l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
