package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A contestant is a bot that is measured.
type contestant string

// The contestants.
const (
	dondoc   contestant = "dondoc"
	durable  contestant = "durable echo" // echoes by dondoc's own way in and out
	echoBot  contestant = "echo"         // with the library's defaults
	echoIdle contestant = "echo 256"     // whose client keeps as many idle connections
)

// idleConns is how many connections echoIdle keeps.
const idleConns = 256

// A fleet starts contestants, each as a process of its own.
type fleet struct {
	self    string // this program, which is the echo bot too
	binary  string // dondoc; empty for this program in its role
	profile string // folder for dondoc's CPU profiles, empty for none
	folder  string // for databases
	started int
}

// build makes dondoc's binary as a release has it.
func (f *fleet) build(ctx context.Context) error {
	f.binary = filepath.Join(f.folder, "dondoc")
	//nolint:gosec // G204: the folder is this program's own
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", f.binary, "dondoc")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build dondoc: %w\n%s", err, out)
	}
	return nil
}

// A process is a contestant at work.
type process struct {
	cmd   *exec.Cmd
	log   bytes.Buffer // to be read once it has ended
	ended chan struct{}
	err   error     // how it ended, to be read then
	began time.Time // when it was started
}

// start starts a contestant on the site.
func (f *fleet) start(ctx context.Context, c contestant, s *site, data string, env ...string) (*process, error) {
	f.started++
	cmd := exec.CommandContext(ctx, f.self) //nolint:gosec // G204: this very program
	cmd.Env = append(bareEnv(), envRole+"="+string(c), "TELEGRAM_BOT_TOKEN="+s.server.Token(), "TELEGRAM_API_URL="+s.url)
	if c == dondoc {
		if f.binary != "" && f.profile == "" {
			cmd.Path, cmd.Args = f.binary, []string{f.binary, "run"}
		}
		if f.profile != "" {
			cmd.Env = append(cmd.Env, envProfile+"="+filepath.Join(f.profile, fmt.Sprintf("%s-%02d", s.name, f.started)))
		}
		cmd.Env = append(cmd.Env, "DONDOC_LISTEN=127.0.0.1:0")
		cmd.Env = append(cmd.Env, env...)
	}
	if data != "" {
		cmd.Env = append(cmd.Env, envData+"="+data)
	}
	p := &process{cmd: cmd, ended: make(chan struct{}), began: time.Now()}
	cmd.Stderr, cmd.Stdout = &p.log, &p.log
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", c, err)
	}
	go func() {
		p.err = cmd.Wait()
		close(p.ended)
	}()
	return p, nil
}

// bareEnv is the environment without settings of dondoc.
func bareEnv() []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "DONDOC_") && !strings.HasPrefix(v, "TELEGRAM_") {
			env = append(env, v)
		}
	}
	return env
}

// stop ends the process as a service manager does.
func (p *process) stop() error {
	err := p.cmd.Process.Signal(syscall.SIGTERM)
	if errors.Is(err, os.ErrProcessDone) {
		err = nil
	}
	<-p.ended
	if err := errors.Join(err, p.err); err != nil {
		return fmt.Errorf("%w; it said:\n%s", err, &p.log)
	}
	return nil
}

// Memory is what the system accounts to a process, in bytes.
type memory struct{ now, peak int64 }

// memory reads what the process has in memory now, and had at most.
func (p *process) memory() (memory, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return memory{}, fmt.Errorf("read the memory of a process: %w", err)
	}
	var m memory
	for line := range strings.Lines(string(text)) {
		name, rest, _ := strings.Cut(line, ":")
		fields := strings.Fields(rest)
		if len(fields) == 0 {
			continue
		}
		kb, err := strconv.ParseInt(fields[0], 10, 64)
		if err != nil {
			continue
		}
		switch name {
		case "VmRSS":
			m.now = kb << 10
		case "VmHWM":
			m.peak = kb << 10
		}
	}
	return m, nil
}

// cpu reads how much time the process has spent on all processors.
func (p *process) cpu() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("read the time of a process: %w", err)
	}
	// After the name, which stands in brackets, user time and system time are
	// the twelfth and the thirteenth field (proc_pid_stat(5)).
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("read the time of a process: too few fields")
	}
	var ticks int64
	for _, f := range fields[11:13] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("read the time of a process: %w", err)
		}
		ticks += n
	}
	return time.Duration(ticks) * tick, nil
}

// tick is the unit of times in /proc, the same on all of Linux.
const tick = 10 * time.Millisecond

// copyFile copies a database, so that each run begins with the same.
func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err = io.Copy(out, in); err != nil {
		return fmt.Errorf("copy a database: %w", err)
	}
	if err := out.Sync(); err != nil { // or the program's first own would wait for it
		return fmt.Errorf("copy a database: %w", err)
	}
	return nil
}
