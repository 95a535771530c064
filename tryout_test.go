//go:build unix

package main_test

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"syscall"
	"testing"
	"time"
)

// A tryout is a try-out at work, as whoever types "go run ." has it.
type tryout struct {
	*testing.T
	cmd  *exec.Cmd
	url  string
	temp string // where it keeps its data
}

var address = regexp.MustCompile(`^Try-out: open (http://127\.0\.0\.1:\d+)/$`)

// openTryout starts the program without any setting and waits for the line with
// the page's address.
func openTryout(t *testing.T, bin string) *tryout {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	o := &tryout{T: t, cmd: exec.CommandContext(ctx, bin), temp: t.TempDir()}
	o.cmd.Dir = t.TempDir()
	o.cmd.Env = append(os.Environ(), "TELEGRAM_BOT_TOKEN=", "TMPDIR="+o.temp)
	out, err := o.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("it says nothing: %v", lines.Err())
	}
	said := address.FindStringSubmatch(lines.Text())
	if said == nil {
		t.Fatalf("the first line is %q", lines.Text())
	}
	o.url = said[1]
	return o
}

func (o *tryout) answers() {
	o.Helper()
	req, err := http.NewRequestWithContext(o.Context(), http.MethodGet, o.url+"/", http.NoBody)
	if err != nil {
		o.Fatal(err)
	}
	client := &http.Client{Timeout: time.Minute}
	resp, err := client.Do(req)
	if err != nil {
		o.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
		o.Errorf("%s answers %s (%v)", o.url, resp.Status, err)
	}
}

// ends sends the signal and wants a clean end: status 0, nothing left behind.
func (o *tryout) ends(signal syscall.Signal) {
	o.Helper()
	if err := o.cmd.Process.Signal(signal); err != nil {
		o.Fatal(err)
	}
	if err := o.cmd.Wait(); err != nil {
		o.Errorf("after %v: %v, want status 0", signal, err)
	}
	left, err := os.ReadDir(o.temp)
	if err != nil || len(left) > 0 {
		o.Errorf("after %v there are left %v (%v)", signal, left, err)
	}
}

// Two try-outs stand beside each other, each on a port of its own, whoever has
// the usual one; one ends as its terminal is closed, the other goes on.
func TestTryouts(t *testing.T) {
	bin := build(t)
	first, second := openTryout(t, bin), openTryout(t, bin)
	if first.url == second.url {
		t.Fatalf("both are at %s", first.url)
	}
	first.answers()
	second.answers()
	first.ends(syscall.SIGHUP)
	second.answers()
	second.ends(syscall.SIGINT)
}
