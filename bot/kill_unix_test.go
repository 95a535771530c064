//go:build linux || darwin

package bot_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/storage"
)

// The environment by which a test starts its own binary as a bot.
const (
	envURL   = "BOT_TEST_URL"
	envPath  = "BOT_TEST_DB"
	envLimit = "BOT_TEST_FILE_LIMIT" // bytes that a file may have; none if empty
)

// TestProcess is no test of its own: it is the bot that others kill.
func TestProcess(t *testing.T) {
	url := os.Getenv(envURL)
	if url == "" {
		t.Skip("runs as a process of other tests")
	}
	of := &office{t: t, srv: botserver.New(botserver.Options{})}
	of.set(url, nil)
	of.path = os.Getenv(envPath)
	of.config.Log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	var room syscall.Rlimit
	if limit := os.Getenv(envLimit); limit != "" {
		signal.Ignore(syscall.SIGXFSZ) // writes fail instead, as on a full disk
		n, err := strconv.ParseUint(limit, 10, 63)
		of.must(err)
		of.must(syscall.Getrlimit(syscall.RLIMIT_FSIZE, &room))
		of.must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: room.Max}))
	}
	of.start()
	if n, _ := os.Stdin.Read(make([]byte, 1)); n > 0 {
		of.must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &room))
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // ends if the other test does
	os.Exit(1)
}

// A victim is a bot in a process of its own.
type victim struct {
	*office
	url    string
	cmd    *exec.Cmd
	errors io.Writer
	input  io.Writer // a byte says that there is room again
}

func newVictim(t *testing.T) *victim {
	t.Helper()
	srv := botserver.New(botserver.Options{})
	h := httptest.NewServer(srv)
	t.Cleanup(h.Close)
	t.Cleanup(func() { _ = srv.Close() })
	of := &office{t: t, srv: srv, path: filepath.Join(t.TempDir(), "dondoc.db"), log: &lockedBuffer{}}
	of.people()
	v := &victim{office: of, url: h.URL, errors: of.log}
	t.Cleanup(v.kill)
	return v
}

func (v *victim) spawn(env ...string) {
	v.t.Helper()
	v.cmd = exec.CommandContext(context.Background(), os.Args[0], "-test.run=^TestProcess$", "-test.v=false")
	// What a killed process leaves in the folder for temporary files goes with
	// the test's own.
	v.cmd.Env = append(os.Environ(), append(env,
		envURL+"="+v.url, envPath+"="+v.path, "TMPDIR="+filepath.Dir(v.path))...)
	v.cmd.Stderr = v.errors
	var err error
	v.input, err = v.cmd.StdinPipe() // open until the process is waited for
	v.must(err)
	v.must(v.cmd.Start())
}

func (v *victim) kill() {
	if v.cmd == nil {
		return
	}
	_ = v.cmd.Process.Kill()
	_ = v.cmd.Wait() // says that it was killed
	v.cmd = nil
}

// answered waits for the last answer in the chat.
func (v *victim) answered(chatID int64, want []string) {
	v.t.Helper()
	v.until("the last answer", func(w *botserver.World) bool {
		return slices.Contains(texts(w, chatID), want[len(want)-1])
	})
}

// settled checks, while no process runs, that each message took effect once
// and was answered in order. Answers may come twice, in a row, as often as the
// process was killed.
func (v *victim) settled(chatID int64, said []int, want []string, kills int) {
	v.t.Helper()
	var got []string
	v.srv.View(func(w *botserver.World) { got = texts(w, chatID) })
	if unique := slices.Compact(slices.Clone(got)); !slices.Equal(unique, want) {
		v.t.Errorf("chat %d: %q\nwant %q", chatID, unique, want)
	}
	if twice := len(got) - len(want); twice > kills {
		v.t.Errorf("chat %d: %d answers came twice in %d kills", chatID, twice, kills)
	}
	db, err := storage.Open(v.t.Context(), v.path)
	v.must(err)
	defer func() { v.must(db.Close()) }()
	v.config.DB = db
	for _, id := range said {
		if n := v.effects(chatID, id); n != 1 {
			v.t.Errorf("chat %d: message %d took effect %d times", chatID, id, n)
		}
	}
}

// TestKill ends the process at points that nobody chose, while messages come
// in and answers go out.
func TestKill(t *testing.T) {
	v := newVictim(t)
	kills := 7
	if os.Getenv("DONDOC_TORTURE") != "" {
		kills = 100
	}
	said := map[int64][]int{}
	var want []string
	for round := range kills {
		v.spawn()
		for i := range 15 {
			text := fmt.Sprintf("m%02d-%02d", round, i)
			want = append(want, text)
			said[ann] = append(said[ann], v.say(ann, ann, text))
			said[group] = append(said[group], v.say(binh, group, text))
		}
		seen := 0
		v.srv.View(func(w *botserver.World) { seen = len(w.CallsOf("sendMessage")) })
		v.until("some answers", func(w *botserver.World) bool {
			return len(w.CallsOf("sendMessage")) >= seen+1+round%7*4
		})
		v.kill()
	}
	v.spawn()
	v.answered(ann, want)
	v.answered(group, want)
	v.kill()
	v.settled(ann, said[ann], want, kills+1)
	v.settled(group, said[group], want, kills+1)
}

// TestFullDisk lets the files grow no more in the midst of work: updates stay
// with Telegram, and all is made up for when there is room again, by the process
// itself or by the next one.
func TestFullDisk(t *testing.T) {
	t.Run("room again", func(t *testing.T) {
		fillDisk(t, func(v *victim) {
			_, err := v.input.Write([]byte{1})
			v.must(err)
		})
	})
	t.Run("killed", func(t *testing.T) {
		fillDisk(t, func(v *victim) {
			v.kill()
			v.errors = v.log
			v.spawn()
		})
	})
}

func fillDisk(t *testing.T, mend func(*victim)) {
	v := newVictim(t)
	patient, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	handling, fails := context.WithCancel(patient)
	storing, failsToo := context.WithCancel(patient)
	v.errors = &alarm{Writer: v.log, rings: map[string]func(){
		"inbox out of reach": fails, "outbox out of reach": fails, "updates cannot be stored": failsToo,
	}}
	context.AfterFunc(storing, fails)
	v.spawn(envLimit + "=" + strconv.Itoa(1<<20))
	var said []int
	var want []string
	say := func(text string) {
		want = append(want, text)
		said = append(said, v.say(ann, ann, text))
	}
	for i := 0; handling.Err() == nil; i++ {
		text := fmt.Sprintf("m%04d", i)
		say(text)
		_ = v.srv.WaitFor(handling, func(w *botserver.World) bool { return slices.Contains(texts(w, ann), text) })
	}
	for i := range 100 { // there may be room for some of them
		say(fmt.Sprintf("n%04d", i) + strings.Repeat(" and so on", 100))
	}
	<-storing.Done()
	if patient.Err() != nil {
		t.Fatalf("the disk was never full; log:\n%s", v.log)
	}
	v.srv.View(func(w *botserver.World) {
		if w.PendingUpdates() == 0 {
			t.Error("Telegram was told that everything arrived")
		}
	})
	mend(v)
	v.answered(ann, want)
	v.kill()
	v.settled(ann, said, want, 2)
}

// An alarm rings when certain words are written.
type alarm struct {
	io.Writer
	rings map[string]func()
}

func (a *alarm) Write(p []byte) (int, error) {
	for words, ring := range a.rings {
		if strings.Contains(string(p), words) {
			ring()
		}
	}
	return a.Writer.Write(p)
}
