package locales_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dondoc/locales"
)

// rendered calls see with every text of every language, filled: each field
// with a short value and, since a text may ask whether it has one, with none;
// the counted ones for several counts.
func rendered(t *testing.T, see func(lang, key, text string)) {
	t.Helper()
	bundle, err := locales.Load(locales.OnFault(func(lang, key string, err error) {
		t.Errorf("%s: %s: %v", lang, key, err)
	}))
	if err != nil {
		t.Fatal(err)
	}
	counted := scanTree(t).counted
	for _, lang := range locales.Languages() {
		l := bundle.In(lang)
		known := words(t, lang)
		for _, key := range keys(known) {
			for _, value := range []string{"<b>A &amp; B</b>", "", "x"} {
				data := locales.Data{}
				for _, name := range fields(t, key, known[key].Other) {
					data[name] = value
				}
				if !counted[key] {
					see(lang, key, l.T(key, data))
					continue
				}
				for _, n := range []int{0, 1, 2, 30} {
					see(lang, key, l.N(key, n, data))
				}
			}
		}
	}
}

func TestEveryTextRendersAsMarkup(t *testing.T) {
	rendered(t, func(lang, key, text string) {
		switch {
		case text == key:
			t.Errorf("%s: %s renders as its key", lang, key)
		case strings.Contains(text, "<no value>") || strings.Contains(text, "{{") || strings.Contains(text, "}}"):
			t.Errorf("%s: %s is not filled: %q", lang, key, text)
		}
		if err := checkMarkup(text); err != nil {
			t.Errorf("%s: %s: %v: %q", lang, key, err, text)
		}
	})
}

var (
	tagOrEntity = regexp.MustCompile(`<[^<>]*>|&(?:amp|lt|gt|quot);`)
	openTags    = []string{"<b>", "<i>", "<code>", "<blockquote>", "<blockquote expandable>"}
)

// checkMarkup reports what keeps a chat from reading the text: a sign that is
// not escaped, a tag that chats do not have, one that is not closed in turn.
func checkMarkup(text string) error {
	if rest := tagOrEntity.ReplaceAllString(text, ""); strings.ContainsAny(rest, "<>&") {
		return fmt.Errorf("a sign is not escaped")
	}
	var open []string
	for _, tag := range tagOrEntity.FindAllString(text, -1) {
		name, _, _ := strings.Cut(strings.Trim(tag, "</>"), " ")
		switch {
		case tag[0] == '&':
		case slices.Contains(openTags, tag):
			open = append(open, name)
		case tag != "</"+name+">":
			return fmt.Errorf("chats have no tag %s", tag)
		case len(open) == 0 || open[len(open)-1] != name:
			return fmt.Errorf("%s closes what is not open", tag)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("<%s> is not closed", open[len(open)-1])
	}
	return nil
}

func TestCheckMarkup(t *testing.T) {
	for text, ok := range map[string]bool{
		"":                                      true,
		"plain, “quoted” – 100%":                true,
		"<b>a</b> <i>b</i> <code>c</code>":      true,
		"<blockquote>a <b>b</b></blockquote>":   true,
		"<blockquote expandable>a</blockquote>": true,
		"a &amp; b &lt;c&gt; &quot;d&quot;":     true,
		"a & b":                                 false,
		"a &nbsp; b":                            false,
		"1 < 2":                                 false,
		"2 > 1":                                 false,
		"<b>a":                                  false,
		"a</b>":                                 false,
		"<b><i>a</b></i>":                       false,
		"<u>a</u>":                              false,
		"<b class=x>a</b>":                      false,
		"<blockquote expandable>a</blockquote open>": false,
		"<br/>": false,
	} {
		if err := checkMarkup(text); (err == nil) != ok {
			t.Errorf("%q: %v, want it read: %v", text, err, ok)
		}
	}
}

// impersonal are words and signs that official texts do without.
var impersonal = map[string]*regexp.Regexp{
	"vi": regexp.MustCompile(`(?i)!|(?:^|[^\p{L}])(?:bạn|tôi|chúng tôi|báo cáo muộn|hoàn tác|vui lòng)(?:$|[^\p{L}])`),
	"en": regexp.MustCompile(`(?i)!|(?:^|[^\p{L}])(?:you|your|we|our|please|sorry)(?:$|[^\p{L}])`),
}

func TestTextsAreImpersonal(t *testing.T) {
	for _, lang := range locales.Languages() {
		for key, m := range words(t, lang) {
			for _, form := range []string{m.One, m.Other} {
				if found := impersonal[lang].FindString(form); found != "" {
					t.Errorf("%s: %s says %q: %q", lang, key, found, form)
				}
			}
		}
	}
}

// vietnamese are the letters that only Vietnamese has, composed or not.
var vietnamese = regexp.MustCompile(`(?i)[ăâđêôơưàáãèéìíĩòóõùúũýạ-ỹ\x{0300}-\x{036F}]`)

func TestEnglishIsEnglish(t *testing.T) {
	for key, m := range words(t, "en") {
		for _, form := range []string{m.One, m.Other} {
			if found := vietnamese.FindString(form); found != "" {
				t.Errorf("%s has the letter %q: %q", key, found, form)
			}
		}
	}
}
