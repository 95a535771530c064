package cli

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// An unusableError says that an argument, a setting or a file must be changed
// before the program can run; its text says how. It leads to exit status 2.
type unusableError struct{ err error }

func (e *unusableError) Error() string { return e.err.Error() }

func (e *unusableError) Unwrap() error { return e.err }

// unusable makes such an error.
func unusable(format string, args ...any) error {
	return &unusableError{fmt.Errorf(format, args...)}
}

func isUnusable(err error) bool {
	var u *unusableError
	return errors.As(err, &u)
}

// parseError completes what kong says of a command line that it cannot read.
// Settings say themselves what they expect.
func parseError(err error) error {
	switch {
	case errors.Is(err, errHelpShown), isUnusable(err):
		return err
	default:
		return unusable(`%w; "dondoc --help" lists commands and settings`, err)
	}
}

// maxErrorLine bounds the line in letters: arguments that it quotes may be
// long.
const maxErrorLine = 500

// oneLine makes text one line that a terminal can show.
func oneLine(text string) string {
	line := strings.Join(strings.FieldsFunc(text, unicode.IsControl), " ")
	letters := []rune(line)
	if len(letters) > maxErrorLine {
		return string(letters[:maxErrorLine]) + "…"
	}
	return line
}

// inFile puts the file's name before an error about what stands in it.
func inFile(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}
