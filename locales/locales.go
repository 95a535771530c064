// Package locales holds every word that people read, in the languages that the
// program speaks: one file per language, a message per key. Texts are
// templates of text/template over named values, in the chat's markup; values
// are put in as they are, so callers hand over escaped ones.
package locales

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:embed *.toml
var files embed.FS

// Languages returns the languages' codes, the first being the one that is
// spoken where none was chosen.
func Languages() []string { return []string{"vi", "en"} }

// Data names the values that a text is filled with. In a text that was counted
// (Localizer.N) the value Count is the number.
type Data map[string]any

// A Bundle holds the words of all languages: those of the first one once it is
// loaded, those of another from when it is first spoken, which in most offices
// is never. It may be used by several goroutines.
type Bundle struct {
	localizers map[string]Localizer
}

// A Fault hears of a text that could not be shown: its key is unknown, or a
// value that it names was not handed over.
type Fault func(lang, key string, err error)

// An Option changes how a bundle behaves.
type Option func(*Bundle)

// OnFault has f told of every text that could not be shown. Without it the key
// that appears in the text's place is the only sign.
func OnFault(f Fault) Option {
	return func(b *Bundle) {
		for lang, l := range b.localizers {
			l.fault = f
			b.localizers[lang] = l
		}
	}
}

// Load reads the words. It fails only on a mistake in the first language's file.
func Load(opts ...Option) (*Bundle, error) { return load(files, opts...) }

func load(files fs.FS, opts ...Option) (*Bundle, error) {
	// A missing value is an error: left alone it shows as "<no value>", which a
	// chat that reads markup refuses. The library keeps each text parsed.
	parser := &template.TextParser{Option: "missingkey=error"}
	b := &Bundle{localizers: map[string]Localizer{}}
	var first reader
	for _, lang := range Languages() {
		words := sync.OnceValues(func() (*i18n.Localizer, error) { return read(files, lang) })
		if first == nil {
			if _, err := words(); err != nil {
				return nil, err
			}
			first = words
		}
		b.localizers[lang] = Localizer{
			lang:   lang,
			words:  words,
			first:  first,
			parser: parser,
			fault:  func(string, string, error) {},
		}
	}
	for _, opt := range opts {
		opt(b)
	}
	return b, nil
}

// A reader reads the words of a language when it is first asked.
type reader func() (*i18n.Localizer, error)

func read(files fs.FS, lang string) (*i18n.Localizer, error) {
	name := lang + ".toml"
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	messages, err := i18n.ParseMessageBytes(text, toml.Unmarshal)
	if err != nil {
		return nil, fmt.Errorf("read words of %s: %w", name, err)
	}
	tag := language.Make(lang)
	words := i18n.NewBundle(tag)
	if err := words.AddMessages(tag, messages...); err != nil {
		return nil, fmt.Errorf("read words of %s: %w", name, err)
	}
	return i18n.NewLocalizer(words, lang), nil
}

// In returns the words of the language, those of the first one for a language
// that the program does not speak.
func (b *Bundle) In(lang string) Localizer {
	if l, ok := b.localizers[lang]; ok {
		return l
	}
	return b.localizers[Languages()[0]]
}

// A Localizer says things in one language.
type Localizer struct {
	lang   string
	words  reader
	first  reader // of the first language, which stands in for what is missing
	parser template.Parser
	fault  Fault
}

// Lang returns the language's code.
func (l Localizer) Lang() string { return l.lang }

// T returns the text of the key, filled with data; of several data a later
// value wins. In place of a text that cannot be shown stands its key.
func (l Localizer) T(key string, data ...Data) string {
	if len(data) == 1 {
		return l.say(key, nil, data[0])
	}
	return l.say(key, nil, merge(data))
}

// N returns the text of the key in the plural form that the language has for
// count, filled with data and with count as Count.
func (l Localizer) N(key string, count int, data ...Data) string {
	values := merge(data)
	values["Count"] = count
	if l.lang == "vi" {
		// Vietnamese words do not change with a number. The library's plural rules,
		// which are CLDR's, have a form for 0 and 1 all the same.
		return l.say(key, nil, values)
	}
	return l.say(key, count, values)
}

func merge(data []Data) Data {
	all := Data{}
	for _, d := range data {
		maps.Copy(all, d)
	}
	return all
}

func (l Localizer) say(key string, count any, data Data) string {
	text, err := l.fill(l.words, key, count, data)
	if err != nil {
		l.fault(l.lang, key, err)
		text, _ = l.fill(l.first, key, nil, data) // told of once is enough
	}
	if text == "" {
		return key
	}
	return text
}

func (l Localizer) fill(read reader, key string, count any, data Data) (string, error) {
	words, err := read()
	if err != nil {
		return "", err
	}
	text, err := words.Localize(&i18n.LocalizeConfig{
		MessageID:      key,
		PluralCount:    count,
		TemplateData:   map[string]any(data),
		TemplateParser: l.parser,
	})
	if err != nil {
		return "", fmt.Errorf("fill a text: %w", err)
	}
	return text, nil
}
