//go:build unix

package main_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
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
		{"SIGTERM under load", stopBusy},
		{"export beside a running program", exportBeside},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(newOffice(t, bin)) })
	}
}

// build makes the program with the flags of the test itself: builds with and
// without -trimpath share no cache, and a test for races wants to find those of
// the program.
func build(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "dondoc")
	args := []string{"build", "-buildvcs=false", "-o", bin}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, flag := range []string{"-trimpath", "-race"} {
			if slices.Contains(info.Settings, debug.BuildSetting{Key: flag, Value: "true"}) {
				args = append(args, flag)
			}
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
