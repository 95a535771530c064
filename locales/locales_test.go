package locales_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"dondoc/locales"
)

func sample() fstest.MapFS {
	return fstest.MapFS{
		"vi.toml": {Data: []byte(`
[greet]
plain = "Xin chào"
named = "Xin chào {{.Name}}"
only_here = "Chỉ có ở đây"
[greet.tasks]
other = "{{.Unit}}: {{.Count}} nhiệm vụ"
`)},
		"en.toml": {Data: []byte(`
[greet]
plain = "Hello"
named = "Hello {{.Name}}"
[greet.tasks]
one = "{{.Unit}}: {{.Count}} task"
other = "{{.Unit}}: {{.Count}} tasks"
`)},
	}
}

type fault struct{ lang, key string }

// load returns a bundle of the sample, and what went wrong with it so far.
func load(t *testing.T) (*locales.Bundle, *[]fault) {
	t.Helper()
	faults := &[]fault{}
	b, err := locales.LoadFrom(sample(), locales.OnFault(func(lang, key string, err error) {
		if err == nil {
			t.Errorf("a fault of %s without an error", key)
		}
		*faults = append(*faults, fault{lang, key})
	}))
	if err != nil {
		t.Fatal(err)
	}
	return b, faults
}

func TestSay(t *testing.T) {
	unit := locales.Data{"Unit": "A"}
	tests := []struct {
		name string
		lang string
		say  func(locales.Localizer) string
		want string
	}{
		{"plain", "vi", func(l locales.Localizer) string { return l.T("greet.plain") }, "Xin chào"},
		{"other language", "en", func(l locales.Localizer) string { return l.T("greet.plain") }, "Hello"},
		{"unknown language", "fr", func(l locales.Localizer) string { return l.T("greet.plain") }, "Xin chào"},
		{"value", "en", func(l locales.Localizer) string {
			return l.T("greet.named", map[string]any{"Name": "<b>A &amp; B</b>"})
		}, "Hello <b>A &amp; B</b>"},
		{"value that looks like a template", "vi", func(l locales.Localizer) string {
			return l.T("greet.named", locales.Data{"Name": "{{.Name}}"})
		}, "Xin chào {{.Name}}"},
		{"later data win", "vi", func(l locales.Localizer) string {
			return l.T("greet.named", locales.Data{"Name": "A"}, nil, locales.Data{"Name": "B"})
		}, "Xin chào B"},
		{"plural vi", "vi", func(l locales.Localizer) string { return l.N("greet.tasks", 1, unit) }, "A: 1 nhiệm vụ"},
		{"plural vi many", "vi", func(l locales.Localizer) string { return l.N("greet.tasks", 5, unit) }, "A: 5 nhiệm vụ"},
		{"plural one", "en", func(l locales.Localizer) string { return l.N("greet.tasks", 1, unit) }, "A: 1 task"},
		{"plural other", "en", func(l locales.Localizer) string { return l.N("greet.tasks", 0, unit) }, "A: 0 tasks"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, faults := load(t)
			if got := tt.say(b.In(tt.lang)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if len(*faults) > 0 {
				t.Errorf("faults: %v", *faults)
			}
		})
	}
	if len(unit) != 1 {
		t.Errorf("the caller's data were changed: %v", unit)
	}
}

func TestWhatCannotBeShown(t *testing.T) {
	tests := []struct {
		name, lang, want string
		say              func(locales.Localizer) string
		fault            fault
	}{
		{
			"unknown key", "vi", "greet.nothing",
			func(l locales.Localizer) string { return l.T("greet.nothing") },
			fault{"vi", "greet.nothing"},
		},
		{
			"value not handed over", "vi", "greet.named",
			func(l locales.Localizer) string { return l.T("greet.named") },
			fault{"vi", "greet.named"},
		},
		{
			"value under another name", "en", "greet.named",
			func(l locales.Localizer) string { return l.T("greet.named", locales.Data{"name": "A"}) },
			fault{"en", "greet.named"},
		},
		{
			"only in the first language", "en", "Chỉ có ở đây",
			func(l locales.Localizer) string { return l.T("greet.only_here") },
			fault{"en", "greet.only_here"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, faults := load(t)
			if got := tt.say(b.In(tt.lang)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if !slices.Equal(*faults, []fault{tt.fault}) {
				t.Errorf("faults %v, want %v", *faults, tt.fault)
			}
		})
	}
}

func TestManyAtOnce(t *testing.T) {
	b, err := locales.LoadFrom(sample())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if got := b.In("en").T("greet.named", locales.Data{"Name": "A"}); got != "Hello A" {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	wg.Wait()
}

func TestBrokenFiles(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"missing":    {"vi.toml": {}},
		"not TOML":   {"vi.toml": {Data: []byte("= what")}, "en.toml": {}},
		"a mix":      {"vi.toml": {Data: []byte("[a]\nother = \"x\"\nkey = \"y\"")}, "en.toml": {}},
		"not a text": {"vi.toml": {Data: []byte("a = 1")}, "en.toml": {}},
	} {
		if _, err := locales.LoadFrom(files); err == nil {
			t.Errorf("%s: loaded", name)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the error has several lines: %v", name, err)
		}
	}
}

func TestLoad(t *testing.T) {
	b, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locales.Languages() {
		if got := b.In(lang).Lang(); got != lang {
			t.Errorf("In(%q).Lang() = %q", lang, got)
		}
	}
	if got := locales.Languages()[0]; got != "vi" {
		t.Errorf("the first language is %q", got)
	}
}

func BenchmarkT(b *testing.B) {
	bundle, err := locales.LoadFrom(sample())
	if err != nil {
		b.Fatal(err)
	}
	l := bundle.In("en")
	for b.Loop() {
		l.T("greet.named", locales.Data{"Name": "A"})
	}
}
