//go:build unix

package main_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dondoc/internal/botserver"
)

// patience is how long a test waits for what must come: no measure of speed.
const patience = 3 * time.Minute

const admin int64 = 1001

// TestBinary tests the program as whoever runs it has it: a process with its
// environment, its signals and its exit status.
func TestBinary(t *testing.T) {
	bin := build(t)
	for _, tt := range []struct {
		name string
		test func(*office)
	}{
		{"run without a token", withoutToken},
		{"a token that is refused", refusedToken},
		{"one folder for two", twice},
		{"SIGTERM while Telegram is out of reach", stopOffline},
		{"export beside a running program", exportBeside},
		{"kill", func(o *office) { o.survive(torture{seed: 1, units: 3, heads: 1, commands: 50, kills: 2}) }},
		{"kill and faults", func(o *office) {
			if os.Getenv("DONDOC_TORTURE") == "" {
				o.Skip("takes minutes; DONDOC_TORTURE=1 runs it")
			}
			o.survive(torture{seed: 2, units: 10, heads: 4, commands: 2000, kills: 40, faults: 0.1})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(newOffice(t, bin)) })
	}
}

// build makes the program with the flags of the test itself: builds with and
// without -trimpath share no cache.
func build(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "dondoc")
	args := []string{"build", "-buildvcs=false", "-o", bin}
	if info, ok := debug.ReadBuildInfo(); ok {
		if slices.Contains(info.Settings, debug.BuildSetting{Key: "-trimpath", Value: "true"}) {
			args = append(args, "-trimpath")
		}
	}
	out, err := exec.CommandContext(t.Context(), "go", append(args, ".")...).CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

func withoutToken(o *office) {
	o.unusable("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN=")
}

func refusedToken(o *office) {
	o.unusable("refuses", "TELEGRAM_BOT_TOKEN=7000000001:no-bot-has-this")
}

func twice(o *office) {
	p := o.start()
	o.polled(p)
	o.unusable("in use")
	o.tell(p, admin, place{chat: admin}, botserver.Post{Text: "/start"}, 1)
	o.stop(p)
	p = o.start() // the folder is free again
	o.polled(p)
	o.stop(p)
}

func stopOffline(o *office) {
	o.srv.SetHook(func(string, map[string]string) *botserver.Fault {
		return &botserver.Fault{Kind: botserver.FaultCut}
	})
	p := o.start()
	o.must(o.until(p, func(w *botserver.World) bool { return len(w.CallsOf("getMe")) > 1 }))
	o.stop(p)
}

func exportBeside(o *office) {
	p := o.start()
	units := o.furnish(p, 1, 1)
	u := units[0]
	o.tell(p, u.heads[0], u.place, botserver.Post{Text: fmt.Sprintf("/doing %d song song", u.tasks[0])}, 1)
	x := o.export()
	i := slices.IndexFunc(x.Units, func(v exportedUnit) bool { return v.Code == u.code })
	if i < 0 || x.Units[i].ChatID == nil || *x.Units[i].ChatID != u.place.chat {
		o.Errorf("the export does not know the chat of %s", u.code)
	}
	if got := x.reports(); len(got) != 1 || got[0].Note != "song song" || got[0].By != u.heads[0] {
		o.Errorf("exported %+v", got)
	}
	o.tell(p, u.heads[0], u.place, botserver.Post{Text: fmt.Sprintf("/doing %d rồi", u.tasks[0])}, 1)
	o.stop(p)
}

// A torture is how much the program has to bear.
type torture struct {
	seed                          uint64
	units, heads, commands, kills int
	faults                        float64 // share of calls that fail
}

// A command is what one head says.
type command struct {
	by   int64
	chat int64
	unit string
	task int
	note string // with a serial number
}

// survive kills the program while heads report, as often as the torture says,
// and compares what is kept and what was answered with what was said.
func (o *office) survive(tr torture) {
	p := o.start()
	units := o.furnish(p, tr.units, tr.heads)
	o.stop(p)
	o.srv.SetFaults(botserver.Faults{Seed: tr.seed, Rate: tr.faults})
	chance := rand.New(rand.NewPCG(tr.seed, 0))
	var said []command
	rounds := tr.kills + 1
	for round := range rounds {
		todo := tr.commands*(round+1)/rounds - len(said)
		p = o.start()
		if round < tr.kills {
			// Each command is answered by a request, so the moment comes.
			o.gate.arm(moment(chance.IntN(int(moments))), 1+chance.IntN(todo), p.cmd.Process)
		}
		_ = o.until(p, func(w *botserver.World) bool { return w.Polls() > p.polls })
		for range todo {
			c := o.report(chance, units, len(said))
			said = append(said, c)
			if chance.IntN(4) == 0 {
				_ = o.until(p, answered(c)) // unless it is killed before
			}
		}
		if round < tr.kills {
			o.killed(p)
		}
	}
	for _, c := range lastOfChats(said) {
		o.must(o.until(p, answered(c)))
	}
	o.stop(p)
	o.compareReports(said)
	for chat, want := range notesOfChats(said) {
		o.compareAnswers(chat, want, tr.kills)
	}
}

// report makes some head report on some task, in the unit's chat or in private.
func (o *office) report(chance *rand.Rand, units []unit, serial int) command {
	o.Helper()
	u := units[chance.IntN(len(units))]
	c := command{
		by: u.heads[chance.IntN(len(u.heads))], chat: u.place.chat, unit: u.code,
		task: u.tasks[chance.IntN(len(u.tasks))], note: fmt.Sprintf("lần %05d", serial),
	}
	post := botserver.Post{Text: fmt.Sprintf("/doing %d %s", c.task, c.note), Topic: u.place.topic}
	if len(u.heads) > 1 && chance.IntN(len(u.heads)+1) > 0 || chance.IntN(2) == 0 {
		c.chat, post.Topic = c.by, 0
	}
	_, err := o.srv.Post(c.by, c.chat, post)
	o.must(err)
	return c
}

// answered tells whether the chat's last answer is the command's.
func answered(c command) func(*botserver.World) bool {
	return func(w *botserver.World) bool {
		m, _ := w.Last(c.chat)
		return strings.Contains(m.Text, c.note)
	}
}

func lastOfChats(said []command) map[int64]command {
	last := map[int64]command{}
	for _, c := range said {
		last[c.chat] = c
	}
	return last
}

func notesOfChats(said []command) map[int64][]string {
	notes := map[int64][]string{}
	for _, c := range said {
		notes[c.chat] = append(notes[c.chat], c.note)
	}
	return notes
}

// compareReports wants every command once, where it belongs, and those of a
// chat in the order said. The export has an order within an occurrence only.
func (o *office) compareReports(said []command) {
	o.Helper()
	want := map[string]command{}
	for _, c := range said {
		want[c.note] = c
	}
	type queue struct {
		task int
		unit string
		chat int64
	}
	last := map[queue]string{}
	for _, r := range o.export().reports() {
		c, ok := want[r.Note]
		delete(want, r.Note)
		if !ok {
			o.Errorf("%q was recorded twice, or never said: %+v", r.Note, r)
			continue
		}
		if r.By != c.by || r.unit != c.unit || r.task != c.task || r.Via != "command" || r.Status != "in_progress" {
			o.Errorf("%+v was recorded as %+v", c, r)
		}
		q := queue{c.task, c.unit, c.chat}
		if last[q] > r.Note {
			o.Errorf("chat %d, task %d: %q was recorded before %q", c.chat, c.task, last[q], r.Note)
		}
		last[q] = r.Note
	}
	for _, c := range want {
		o.Errorf("lost: %+v", c)
	}
}

var serialNote = regexp.MustCompile(`lần \d{5}`)

// compareAnswers wants the chat's answers in order. One comes twice, in a row,
// where a kill or a fault cut off that Telegram had taken it.
func (o *office) compareAnswers(chat int64, want []string, kills int) {
	o.Helper()
	var got []string
	may := kills
	o.srv.View(func(w *botserver.World) {
		for _, m := range w.FromBot(chat) {
			if note := serialNote.FindString(m.Text); note != "" {
				got = append(got, note)
			}
		}
		for _, c := range w.CallsOf("sendMessage") {
			if c.Chat == chat && c.Fault != nil && c.Fault.After {
				may++
			}
		}
	})
	if unique := slices.Compact(slices.Clone(got)); !slices.Equal(unique, want) {
		o.Errorf("chat %d: answers %q\nwant %q", chat, unique, want)
	}
	if n := len(got) - len(want); n > may {
		o.Errorf("chat %d: %d answers came twice, want at most %d", chat, n, may)
	}
}

// A moment is when a process is killed, seen from a request of it.
type moment int

const (
	lost    moment = iota // the request never arrives
	arrived               // it arrives and has its effect, the answer is lost
	replied               // while the answer is on its way
	moments
)

// A gate stands before the Bot API server and kills whose requests pass it.
type gate struct {
	server http.Handler

	mu     sync.Mutex
	moment moment
	left   int // requests up to the kill; 0 if none is planned
	victim *os.Process
}

// arm plans the kill of the process at the n-th request from now.
func (g *gate) arm(m moment, n int, victim *os.Process) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.moment, g.left, g.victim = m, n, victim
}

// strike counts a request that has come to the moment, and kills if it is time.
func (g *gate) strike(m moment) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left == 0 || g.moment != m {
		return false
	}
	if g.left--; g.left > 0 {
		return false
	}
	_ = g.victim.Kill() // whoever waits for the process finds out
	return true
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.strike(lost) {
		panic(http.ErrAbortHandler)
	}
	g.strike(arrived)
	defer func() { go g.strike(replied) }() // beside the writing of the answer
	g.server.ServeHTTP(w, r)
}

// An office is a data folder and a Bot API server, for one program at a time.
type office struct {
	*testing.T
	bin  string
	env  []string
	srv  *botserver.Server
	gate *gate
}

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
	if log := p.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, o.srv.Token()) {
		o.Errorf("logged:\n%s", log)
	}
}

// A place is a chat, or a topic of it.
type place struct {
	chat  int64
	topic int
}

// A unit has a group, or a topic of one, and heads.
type unit struct {
	code  string
	place place
	heads []int64
	tasks []int // ongoing ones that it leads: they take any number of reports
}

// furnish makes groups and heads for the first units that have something to
// report, lets an admin link and appoint them, and gives the plan out.
func (o *office) furnish(p *process, units, heads int) []unit {
	o.Helper()
	o.polled(p)
	var all []unit
	x := o.export()
	for _, v := range x.Units {
		if tasks := x.ongoing(v.Code); len(tasks) > 0 && len(all) < units {
			all = append(all, o.link(p, len(all), heads, v.Code))
			all[len(all)-1].tasks = tasks
		}
	}
	private := place{chat: admin}
	o.tell(p, admin, private, botserver.Post{Text: "/start"}, 1)
	question := o.tell(p, admin, private, botserver.Post{Text: "/publish"}, 1)
	before := make([]int, len(all))
	for i, u := range all {
		before[i] = o.count(u.place.chat)
	}
	_, err := o.srv.Press(admin, admin, question.ID, question.Buttons[0][0].CallbackData)
	o.must(err)
	for i, u := range all {
		o.must(o.until(p, func(w *botserver.World) bool { return len(w.FromBot(u.place.chat)) > before[i] }))
	}
	return all
}

// link makes the i-th unit's group, every third one a forum, and its heads.
func (o *office) link(p *process, i, heads int, code string) unit {
	o.Helper()
	u := unit{code: code, place: place{chat: int64(-2001 - i)}}
	members := []int64{o.srv.Bot().ID}
	for h := range heads {
		id := int64(3001 + 100*i + h)
		o.must(o.srv.AddUser(botserver.User{ID: id, FirstName: fmt.Sprintf("Đầu mối %d", id)}))
		u.heads = append(u.heads, id)
	}
	forum := i%3 == 1
	if forum {
		u.place.chat -= 1_000_000_000_000
	}
	o.must(o.srv.AddGroup(botserver.Group{
		ID: u.place.chat, Title: code, Forum: forum, Owner: admin, Members: append(members, u.heads...),
	}))
	if forum {
		var err error
		u.place.topic, err = o.srv.AddTopic(admin, u.place.chat, "Nhiệm vụ")
		o.must(err)
	}
	o.tell(p, admin, u.place, botserver.Post{Text: "/link " + code}, 2)
	for _, head := range u.heads {
		id, err := o.srv.Post(head, u.place.chat, botserver.Post{Text: "Đã vào nhóm.", Topic: u.place.topic})
		o.must(err)
		o.tell(p, admin, u.place, botserver.Post{Text: "/head", ReplyTo: id}, 1)
	}
	return u
}

// tell posts and returns the first of the n messages that the bot answers.
func (o *office) tell(p *process, user int64, at place, post botserver.Post, n int) botserver.Message {
	o.Helper()
	before := o.count(at.chat)
	post.Topic = at.topic
	_, err := o.srv.Post(user, at.chat, post)
	o.must(err)
	var got []botserver.Message
	o.must(o.until(p, func(w *botserver.World) bool {
		got = w.FromBot(at.chat)[before:]
		return len(got) >= n
	}))
	return got[0]
}

func (o *office) count(chat int64) (n int) {
	o.srv.View(func(w *botserver.World) { n = len(w.FromBot(chat)) })
	return n
}

// exported is what the tests read of the export.
type exported struct {
	Units []exportedUnit
	Tasks []struct {
		Number      int
		Kind        string
		Leads       []string
		Occurrences []struct {
			Unit    string
			Reports []exportedReport
		}
	}
}

type exportedUnit struct {
	Code   string
	ChatID *int64 `json:"chat_id"`
}

type exportedReport struct {
	By                int64
	Via, Status, Note string
	WithdrawnAt       *string `json:"withdrawn_at"`

	unit string
	task int
}

// export runs "dondoc export", which may be beside a running program.
func (o *office) export() (x exported) {
	o.Helper()
	cmd := exec.CommandContext(o.Context(), o.bin, "export")
	var errs bytes.Buffer
	cmd.Env, cmd.Stderr = o.env, &errs
	out, err := cmd.Output()
	if err != nil || errs.Len() > 0 {
		o.Fatalf("export: %v\n%s", err, &errs)
	}
	o.must(json.Unmarshal(out, &x))
	return x
}

// ongoing returns the numbers of the unit's tasks that it is asked for again
// and again.
func (x exported) ongoing(unit string) (numbers []int) {
	for _, t := range x.Tasks {
		if t.Kind == "ongoing" && slices.Contains(t.Leads, unit) {
			numbers = append(numbers, t.Number)
		}
	}
	return numbers
}

// reports returns all that were recorded, those of an occurrence in order.
func (x exported) reports() (all []exportedReport) {
	for _, t := range x.Tasks {
		for _, o := range t.Occurrences {
			for _, r := range o.Reports {
				r.unit, r.task = o.Unit, t.Number
				all = append(all, r)
			}
		}
	}
	return all
}
