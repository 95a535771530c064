package locales_test

import (
	"io/fs"
	"maps"
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

var broken = map[string]string{
	"not TOML":   "= what",
	"a mix":      "[a]\nother = \"x\"\nkey = \"y\"",
	"not a text": "a = 1",
}

func TestBrokenFirstLanguage(t *testing.T) {
	files := map[string]fstest.MapFS{"missing": {}}
	for name, text := range broken {
		files[name] = fstest.MapFS{"vi.toml": {Data: []byte(text)}}
	}
	for name, files := range files {
		if _, err := locales.LoadFrom(files); err == nil {
			t.Errorf("%s: loaded", name)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the error has several lines: %v", name, err)
		}
	}
}

// Whoever speaks a language whose words cannot be read hears the first one.
func TestBrokenLanguage(t *testing.T) {
	for name, text := range broken {
		files := sample()
		files["en.toml"].Data = []byte(text)
		var faults []fault
		b, err := locales.LoadFrom(files, locales.OnFault(func(lang, key string, err error) {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: the error has several lines: %v", name, err)
			}
			faults = append(faults, fault{lang, key})
		}))
		if err != nil {
			t.Fatal(err)
		}
		if got := b.In("en").N("greet.tasks", 1, locales.Data{"Unit": "A"}); got != "A: 1 nhiệm vụ" {
			t.Errorf("%s: got %q", name, got)
		}
		if want := []fault{{"en", "greet.tasks"}}; !slices.Equal(faults, want) {
			t.Errorf("%s: faults %v, want %v", name, faults, want)
		}
	}
}

// opened counts how often each file was opened.
type opened struct {
	fs.FS
	mu    sync.Mutex
	times map[string]int
}

func (o *opened) Open(name string) (fs.File, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.times[name]++
	return o.FS.Open(name)
}

func (o *opened) want(t *testing.T, times map[string]int) {
	t.Helper()
	if !maps.Equal(o.times, times) {
		t.Errorf("opened %v, want %v", o.times, times)
	}
}

// What nobody speaks takes neither time nor memory.
func TestALanguageIsReadWhenItIsSpoken(t *testing.T) {
	files := &opened{FS: sample(), times: map[string]int{}}
	b, err := locales.LoadFrom(files)
	if err != nil {
		t.Fatal(err)
	}
	english := b.In("en")
	b.In("vi").T("greet.plain")
	files.want(t, map[string]int{"vi.toml": 1})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { english.T("greet.plain") })
	}
	wg.Wait()
	b.In("en").T("greet.plain")
	files.want(t, map[string]int{"vi.toml": 1, "en.toml": 1})
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
