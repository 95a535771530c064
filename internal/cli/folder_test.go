package cli_test

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"dondoc/internal/cli"
)

// taken returns an address on which somebody listens.
func taken(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// token is good for no bot: what these tests look at fails before it is used.
var token = map[string]string{"TELEGRAM_BOT_TOKEN": "123456:made-up"}

func TestUnusableFolderAndAddress(t *testing.T) {
	for name, start := range map[string]struct {
		env  map[string]string
		args []string
	}{
		"run":        {token, []string{"run"}},
		"no command": {token, nil},
		"demo":       {nil, []string{"demo"}},
		"try-out":    {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			wantUnusable(t, run(t, start.env, "", append(start.args, "--data", file)...), file, "--data", "DONDOC_DATA")
			below := filepath.Join(file, "below")
			wantUnusable(t, run(t, start.env, "", append(start.args, "--data", below)...), file, "--data")
			addr := taken(t)
			wantUnusable(t, run(t, start.env, "", append(start.args, "--listen", addr)...), addr, "--listen", "DONDOC_LISTEN")
		})
	}
}

func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Create(filepath.Join(dir, "x")); err == nil {
		f.Close()
		t.Skip("this user may write to a read-only folder")
	}
	wantUnusable(t, run(t, token, "", "run", "--data", dir), dir, "--data")
}

func TestFolderInUse(t *testing.T) {
	dir := t.TempDir()
	release, err := cli.ClaimFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	wantUnusable(t, run(t, token, "", "run", "--data", dir), dir, "in use")
	wantUnusable(t, run(t, nil, "", "demo", "--data", dir), dir, "in use")
	for _, args := range [][]string{{"version"}, {"deadline", "x"}} {
		if got := run(t, nil, "", append(args, "--data", dir)...); got.status != 0 {
			t.Errorf("%v beside a running program: status %d, %s", args, got.status, got.err)
		}
	}
	if err = release(); err != nil {
		t.Fatal(err)
	}
	again, err := cli.ClaimFolder(dir)
	if err != nil {
		t.Fatalf("a folder given free: %v", err)
	}
	if err := again(); err != nil {
		t.Fatal(err)
	}
}
