//go:build unix

package main_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// An office is a data folder and a Bot API server, for one program at a time.
type office struct {
	*testing.T
	bin  string
	env  []string
	srv  *botserver.Server
	gate *gate
}

// unsaid lists what must be found in no log: parts of people's names and of
// what they say.
var unsaid = []string{"Đầu mối", "Hạnh", "lần "}

func newOffice(t *testing.T, bin string) *office {
	t.Helper()
	o := &office{T: t, bin: bin, srv: botserver.New(botserver.Options{})}
	o.gate = &gate{server: o.srv}
	web := httptest.NewServer(o.gate)
	t.Cleanup(func() { _ = o.srv.Close(); web.Close() }) // Close returns nil
	o.env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "DONDOC_") || strings.HasPrefix(v, "TELEGRAM_")
	})
	o.env = append(o.env,
		"TELEGRAM_BOT_TOKEN="+o.srv.Token(), "TELEGRAM_API_URL="+web.URL, "DONDOC_DATA="+filepath.Join(t.TempDir(), "data"),
		fmt.Sprintf("DONDOC_ADMINS=%d", admin), "DONDOC_LISTEN=127.0.0.1:0", "DONDOC_LIMITS=off",
		"DONDOC_CLOCK=2024-03-13T09:00:00+07:00")
	o.must(o.srv.AddUser(botserver.User{ID: admin, FirstName: "Lê Thị Hạnh"}))
	return o
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// unusable wants "dondoc run" to end with status 2 and one line that has the words.
func (o *office) unusable(words string, env ...string) {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), patience)
	defer cancel()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, o.bin, "run")
	cmd.Env, cmd.Stdout, cmd.Stderr = append(slices.Clone(o.env), env...), &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != 2 {
		o.Errorf("it ended with %v, want status 2", err)
	}
	line := errs.String()
	if out.Len() > 0 || strings.Count(line, "\n") != 1 || !strings.HasSuffix(line, "\n") || !strings.Contains(line, words) {
		o.Errorf("printed %q and %q, want one line with %q", out.String(), line, words)
	}
	if strings.Contains(line, "no-bot-has-this") {
		o.Errorf("the token is shown: %q", line)
	}
}

// A process is the program at work.
type process struct {
	cmd   *exec.Cmd
	log   bytes.Buffer    // to be read once the process has ended
	ended context.Context // done then
	err   error           // how it ended, to be read then
	polls int             // that there were before it
}

func (o *office) start() *process {
	o.Helper()
	p := &process{cmd: exec.CommandContext(o.Context(), o.bin, "run")}
	p.cmd.Env, p.cmd.Stderr = o.env, &p.log
	o.srv.View(func(w *botserver.World) { p.polls = w.Polls() })
	o.must(p.cmd.Start())
	ended, end := context.WithCancel(context.Background())
	p.ended = ended
	go func() {
		p.err = p.cmd.Wait()
		end()
	}()
	o.Cleanup(func() { <-ended.Done() }) // the test's context has killed it
	return p
}

// until waits until the world is so; it returns an error if the process ends
// before.
func (o *office) until(p *process, ready func(*botserver.World) bool) error {
	o.Helper()
	ctx, cancel := context.WithTimeout(p.ended, patience)
	defer cancel()
	err := o.srv.WaitFor(ctx, ready)
	if errors.Is(err, context.DeadlineExceeded) {
		o.Fatal("nothing comes of it")
	}
	if err != nil {
		return fmt.Errorf("the process has ended: %w\n%s", cmp.Or(p.err, err), &p.log)
	}
	return nil
}

// polled waits until the process asks for updates.
func (o *office) polled(p *process) {
	o.Helper()
	o.must(o.until(p, func(w *botserver.World) bool { return w.Polls() > p.polls }))
}

// stop ends the process as a service manager does and wants status 0.
func (o *office) stop(p *process) {
	o.Helper()
	o.must(p.cmd.Process.Signal(syscall.SIGTERM))
	if o.wait(p); p.err != nil {
		o.Errorf("after SIGTERM: %v, want status 0\n%s", p.err, &p.log)
	}
}

// killed waits for the kill that was planned.
func (o *office) killed(p *process) {
	o.Helper()
	o.wait(p)
	var exit *exec.ExitError
	if !errors.As(p.err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		o.Fatalf("it ended by itself: %v\n%s", p.err, &p.log)
	}
}

// setEnv puts a variable in place of the one that the office was made with.
func (o *office) setEnv(variables ...string) {
	for _, v := range variables {
		name, _, _ := strings.Cut(v, "=")
		o.env = slices.DeleteFunc(o.env, func(old string) bool { return strings.HasPrefix(old, name+"=") })
		o.env = append(o.env, v)
	}
}

// wait waits for the end and looks through what was logged.
func (o *office) wait(p *process) {
	o.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-p.ended.Done():
	case <-late.C:
		o.Fatal("the process does not end")
	}
	log := p.log.String()
	for _, words := range append([]string{"level=ERROR", "DATA RACE", o.srv.Token()}, unsaid...) {
		if strings.Contains(log, words) {
			o.Errorf("%q stands in what was logged:\n%s", words, log)
		}
	}
}
