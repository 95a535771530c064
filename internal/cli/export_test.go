package cli

import (
	"context"
	"io"
	"strings"
	"testing"

	"dondoc/internal/app"
	"dondoc/internal/logging"
	"dondoc/internal/plan"
)

// ClaimFolder lets tests hold a data folder as a running program does.
var ClaimFolder = claimFolder

// Configured returns what the bot would be built from on a command line, and
// gives folder and address free when the test ends.
func Configured(t *testing.T, log io.Writer, args ...string) app.Config {
	t.Helper()
	p := parsed(t, log, args)
	cfg, release, err := p.configure(t.Context(), "", listen)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := release(); err != nil {
			t.Error(err)
		}
	})
	return cfg
}

// SeedOf returns what a new data folder would begin with on a command line.
func SeedOf(t *testing.T, args ...string) (app.Seed, error) {
	t.Helper()
	return parsed(t, io.Discard, args).settings.seed()
}

// TryoutStart returns the text of the time at which the try-out would start.
func TryoutStart(t *testing.T, p *plan.Plan, args ...string) string {
	t.Helper()
	return parsed(t, io.Discard, args).settings.tryoutClock(p).Now().Format("2006-01-02T15:04Z07:00")
}

func parsed(t *testing.T, log io.Writer, args []string) *program {
	t.Helper()
	p := &program{
		Streams: Streams{In: strings.NewReader(""), Out: io.Discard, Err: log},
		secrets: &logging.Secrets{},
	}
	if _, err := p.parse(context.Background(), args); err != nil {
		t.Fatal(err)
	}
	return p
}

// ReadToken reads the token as the commands that need one do.
var ReadToken = readToken
