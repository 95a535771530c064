//go:build unix

package cli_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"dondoc/internal/cli"
)

// envFull makes TestFullDiskProcess a program whose files may not grow.
const envFull = "CLI_TEST_FULL"

// TestFullDiskProcess is no test of its own: TestStartOnAFullDisk runs it.
func TestFullDiskProcess(t *testing.T) {
	if os.Getenv(envFull) == "" {
		t.Skip("runs as a process of another test")
	}
	signal.Ignore(syscall.SIGXFSZ) // writes fail instead, as on a full disk
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 16, Max: 1 << 16}); err != nil {
		t.Fatal(err)
	}
	os.Exit(cli.Main(context.Background(), []string{"run"}, cli.Streams{In: os.Stdin, Out: io.Discard, Err: os.Stderr}))
}

// TestStartOnAFullDisk wants the status upon which a service manager starts the
// program again: there may be room by then, and no setting is wrong.
func TestStartOnAFullDisk(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFullDiskProcess$")
	cmd.Env = append(os.Environ(), envFull+"=1", "TELEGRAM_BOT_TOKEN=1:x", "TELEGRAM_API_URL=http://127.0.0.1:1",
		"DONDOC_DATA="+t.TempDir(), "DONDOC_LISTEN=127.0.0.1:0")
	var errs strings.Builder
	cmd.Stderr = &errs
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("it ended with %v, want status 1", err)
	}
	if text := errs.String(); strings.Count(text, "\n") != 1 || !strings.Contains(text, "is full") {
		t.Errorf("printed %q, want one line that says so", text)
	}
}
