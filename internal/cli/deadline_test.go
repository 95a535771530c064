package cli_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"dondoc/internal/cli"
)

func TestDeadlineLine(t *testing.T) {
	got := run(t, nil, "", "deadline", "--year", "2024", "Quý I/2024")
	const want = `{"phrase":"Quý I/2024","kind":"period","due":["2024-03-31"]}` + "\n"
	if got.status != 0 || got.err != "" || got.out != want {
		t.Errorf("status %d, out %q, err %q; want %q", got.status, got.out, got.err, want)
	}
}

// Phrases come out as they went in, whatever they hold; only bytes that are no
// text become U+FFFD, since JSON cannot hold them.
func TestDeadlinePhrases(t *testing.T) {
	long := strings.Repeat("Quý I ", 20_000)
	phrases := []string{
		"Thường xuyên", "Quý II và Quý IV/2024", "Thực hiện khi có VB kiến nghị", "a, b; c",
		`<b>&"\`, "  two  spaces  ", "", "-", "\u2028 \u202e 😀", "Qu\u00fd \u0049", "Quy\u0301 I", "${DATA} %s",
	}
	check := func(t *testing.T, got result, want []string) {
		t.Helper()
		if got.status != 0 || got.err != "" {
			t.Fatalf("status %d, err %q", got.status, got.err)
		}
		var back []string
		for _, l := range lines(t, got.out) {
			back = append(back, l.Phrase)
			if l.Kind == "" || l.Due == nil {
				t.Errorf("%q: kind %q, due %v", l.Phrase, l.Kind, l.Due)
			}
		}
		if !slices.Equal(back, want) {
			t.Errorf("phrases %q, want %q", back, want)
		}
	}
	t.Run("arguments", func(t *testing.T) {
		check(t, run(t, nil, "not read", append([]string{"deadline", "--year=2024", "--"}, phrases...)...), phrases)
	})
	t.Run("lines", func(t *testing.T) {
		check(t, run(t, nil, strings.Join(phrases, "\n")+"\n", "deadline", "--year", "2024"), phrases)
	})
	t.Run("lines of Windows", func(t *testing.T) {
		check(t, run(t, nil, strings.Join(phrases, "\r\n")+"\r\n", "deadline"), phrases)
	})
	t.Run("last line without an end", func(t *testing.T) {
		check(t, run(t, nil, "a\nb", "deadline"), []string{"a", "b"})
	})
	t.Run("nothing", func(t *testing.T) {
		check(t, run(t, nil, "", "deadline"), nil)
	})
	t.Run("no text", func(t *testing.T) {
		check(t, run(t, nil, "a\xff\xfeb\x00\n", "deadline"), []string{"a\ufffd\ufffdb\x00"})
	})
	t.Run("long lines", func(t *testing.T) {
		got := run(t, nil, long+"\nb\n"+long, "deadline")
		all := lines(t, got.out)
		if got.status != 0 || len(all) != 3 || all[1].Phrase != "b" {
			t.Fatalf("status %d, %d lines, err %q", got.status, len(all), got.err)
		}
		for _, l := range []line{all[0], all[2]} {
			if l.Kind != "unknown" || !strings.HasPrefix(long, l.Phrase) || len(l.Phrase) < 1<<15 {
				t.Errorf("kind %s, %d bytes", l.Kind, len(l.Phrase))
			}
		}
	})
}

func TestDeadlineYear(t *testing.T) {
	tests := []struct {
		name string
		env  map[string]string
		args []string
		want string
	}{
		{"given", nil, []string{"--year", "2026"}, "2026-03-31"},
		{"first", nil, []string{"--year", "2000"}, "2000-03-31"},
		{"last", nil, []string{"--year", "2099"}, "2099-03-31"},
		{"of the rehearsal", map[string]string{"DONDOC_CLOCK": "2031-05-01T00:00:00+07:00"}, nil, "2031-03-31"},
		// 20:00 UTC on the last day of 2024 is the next year in Viet Nam.
		{"in the time zone", map[string]string{"DONDOC_CLOCK": "2024-12-31T20:00:00Z"}, nil, "2025-03-31"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, tt.env, "", append(append([]string{"deadline"}, tt.args...), "Quý I")...)
			all := lines(t, got.out)
			if len(all) != 1 || !slices.Equal(all[0].Due, []string{tt.want}) {
				t.Errorf("out %q, want %s; err %q", got.out, tt.want, got.err)
			}
		})
	}
}

func TestDeadlineEndsWhenCalledOff(t *testing.T) {
	clearEnvironment(t)
	in, typing := io.Pipe()
	defer typing.Close()
	ctx, cancel := context.WithCancel(t.Context())
	out, printed := io.Pipe()
	done := make(chan int)
	go func() {
		done <- cli.Main(ctx, []string{"deadline"}, cli.Streams{In: in, Out: printed, Err: io.Discard})
	}()
	if _, err := io.WriteString(typing, "Thường xuyên\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil { // the answer comes before the input ends
		t.Fatal(err)
	}
	cancel()
	if status := <-done; status != 0 {
		t.Errorf("status %d, want 0", status)
	}
	if err := out.Close(); err != nil {
		t.Error(err)
	}
}

type broken struct{}

var errBroken = errors.New("broken")

func (broken) Read([]byte) (int, error) { return 0, errBroken }

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestBrokenStreams(t *testing.T) {
	clearEnvironment(t)
	for name, s := range map[string]cli.Streams{
		"input":  {In: broken{}, Out: io.Discard},
		"output": {In: strings.NewReader("x\n"), Out: broken{}},
	} {
		var errs strings.Builder
		s.Err = &errs
		if status := cli.Main(t.Context(), []string{"deadline"}, s); status != 1 {
			t.Errorf("%s: status %d, want 1", name, status)
		}
		if want := "broken\n"; !strings.HasSuffix(errs.String(), want) || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%s: %q, want one line about %q", name, errs.String(), want)
		}
	}
}
