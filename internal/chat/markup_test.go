package chat_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dondoc/internal/chat"
)

func TestEscapeShowsWhatWasTyped(t *testing.T) {
	for _, s := range []string{`<b>"x" & y</b>`, "ữ ặ Đ", "👍🏽", "a\u200fb", "&lt;"} {
		if got := chat.Plain(chat.Escape(s)); got != s {
			t.Errorf("Plain(Escape(%q)) = %q", s, got)
		}
	}
	if got := chat.Escape("a\u202eb"); got != "ab" {
		t.Errorf("an override of direction stayed: %q", got)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"\nđã xong\r\nhai\r\n":                "đã xong\nhai",
		"a\x00b\x07c":                         "abc",
		"tie\u0302\u0301n":                    "tiến",
		"\ufeffđa\u00ad\u0303\u200b ký\u2060": "đã ký",
		"👨\u200d👩\u200d👧":                     "👨\u200d👩\u200d👧", // one sign
		"a\xffb":                              "a\uFFFDb",
		"a\tb":                                "a b",
	} {
		if got := chat.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSplitKeepsTextAndTags(t *testing.T) {
	line := strings.Repeat("nhiệm vụ &amp; đơn vị ", 8)
	text := chat.Markup("<b>Đầu</b>\n<blockquote expandable>" + strings.Repeat(line+"\n", 60) + "</blockquote>cuối")
	parts := chat.Split(text, chat.MaxText)
	if len(parts) < 2 {
		t.Fatalf("%d parts", len(parts))
	}
	for i, p := range parts {
		if n := chat.Length(chat.Plain(p)); n > chat.MaxText {
			t.Errorf("part %d has %d units", i, n)
		}
		if strings.Count(string(p), "<blockquote") != strings.Count(string(p), "</blockquote>") {
			t.Errorf("part %d leaves a quote open", i)
		}
		if i > 0 && !strings.HasPrefix(string(p), "<blockquote expandable>nhiệm vụ &amp;") {
			t.Errorf("part %d does not begin at a line within the quote: %.60q", i, p)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("một hai <ba> & bốn\nnăm", 5)
	f.Add(strings.Repeat("😀", 30), 7)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if limit < 4 || limit > 100 || !utf8.ValidString(s) {
			t.Skip()
		}
		var got strings.Builder
		for _, p := range chat.Split(chat.Quote(chat.Escape(s)), limit) {
			plain := chat.Plain(p)
			if n := chat.Length(plain); n > limit {
				t.Fatalf("a part of %d units, limit %d", n, limit)
			}
			got.WriteString(plain)
		}
		strip := func(s string) string { return strings.Join(strings.Fields(s), "") }
		want := strip(chat.Plain(chat.Escape(s)))
		if strip(got.String()) != want {
			t.Fatalf("lost text: %q, want %q", strip(got.String()), want)
		}
	})
}
