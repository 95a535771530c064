// Package logging makes the program's log and keeps secrets out of it.
package logging

import (
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Mask stands where a secret stood.
const Mask = "***"

// minKey keeps a made-up token such as "1:a" from masking every letter a.
const minKey = 8

// A Format is how a record is written.
type Format string

// The formats.
const (
	Text Format = "text" // key=value, for eyes
	JSON Format = "json" // for what gathers logs
)

// New returns a logger that writes one line per record to w, without the
// secrets, those that are added later included.
func New(w io.Writer, format Format, secrets *Secrets) *slog.Logger {
	if format == JSON {
		return slog.New(slog.NewJSONHandler(secrets.Writer(w), nil))
	}
	return slog.New(slog.NewTextHandler(secrets.Writer(w), nil))
}

// Secrets are texts that must not leave the program. The zero Secrets knows
// none. It may be used by several goroutines.
type Secrets struct {
	mu       sync.RWMutex
	forms    []string
	replacer *strings.Replacer // nil while there are no forms
}

// Add makes text a secret, together with the forms in which it appears within
// addresses. Of a bot token ("123456:AAE…") the part after the colon is secret
// by itself. Empty text is no secret.
func (s *Secrets) Add(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	parts := []string{text}
	if _, key, ok := strings.Cut(text, ":"); ok && len(key) >= minKey {
		parts = append(parts, key)
	}
	for _, part := range parts {
		for _, form := range []string{part, url.QueryEscape(part), url.PathEscape(part)} {
			if form != "" && !slices.Contains(s.forms, form) {
				s.forms = append(s.forms, form)
			}
		}
	}
	// Longest first: a Replacer tries its pairs in order, and a part of a
	// secret must not be masked before the whole.
	slices.SortFunc(s.forms, func(a, b string) int { return len(b) - len(a) })
	pairs := make([]string, 0, 2*len(s.forms))
	for _, form := range s.forms {
		pairs = append(pairs, form, Mask)
	}
	s.replacer = strings.NewReplacer(pairs...)
}

// Mask returns text with every secret replaced.
func (s *Secrets) Mask(text string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.replacer == nil {
		return text
	}
	return s.replacer.Replace(text)
}

// Writer returns a writer that masks what is written to w. A secret must lie
// within one call of Write, as a line of a slog handler does. Masking the
// finished line, not the attributes, reaches messages, groups, errors and
// whatever a value prints of itself.
func (s *Secrets) Writer(w io.Writer) io.Writer { return &maskingWriter{secrets: s, w: w} }

type maskingWriter struct {
	secrets *Secrets
	w       io.Writer
}

// Write reports the length of what it was given: callers know nothing of masks.
func (m *maskingWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(m.w, m.secrets.Mask(string(p))); err != nil {
		return 0, fmt.Errorf("write masked text: %w", err)
	}
	return len(p), nil
}
