package botserver_test

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"dondoc/internal/botserver"
)

// marks writes entities as type@offset+length, with what they bear.
func marks(entities []botserver.Entity) string {
	var out []string
	for _, e := range entities {
		s := fmt.Sprintf("%s@%d+%d", e.Type, e.Offset, e.Length)
		for _, extra := range []string{e.URL, e.Language, e.CustomEmojiID} {
			if extra != "" {
				s += "=" + extra
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestHTML(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, ann, "/start")
	tests := []struct{ name, source, text, marks string }{
		{"plain", "Nhiệm vụ 15", "Nhiệm vụ 15", ""},
		{"bold", "<b>đậm</b> thường", "đậm thường", "bold@0+3"},
		{
			"synonyms", "<strong>a</strong><em>b</em><ins>c</ins><strike>d</strike><del>e</del>", "abcde",
			"bold@0+1 italic@1+1 underline@2+1 strikethrough@3+1 strikethrough@4+1",
		},
		{"short tags", "<i>a</i><u>b</u><s>c</s>", "abc", "italic@0+1 underline@1+1 strikethrough@2+1"},
		{"case of tags", "<B>a</b>", "a", "bold@0+1"},
		{"after an emoji of two units", "🟢 <b>15</b>", "🟢 15", "bold@3+2"},
		{"nested", "<b>a<i>b</i></b>", "ab", "bold@0+2 italic@1+1"},
		{"same span", "<i><b>a</b></i>", "a", "bold@0+1 italic@0+1"},
		{"spoilers", `<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>`, "ab", "spoiler@0+1 spoiler@1+1"},
		{
			"quotes", "<blockquote>a</blockquote>\n<blockquote expandable>b</blockquote>", "a\nb",
			"blockquote@0+1 expandable_blockquote@2+1",
		},
		{"link", `<a href="https://chinhphu.vn/?a=1&amp;b=2">x</a>`, "x", "text_link@0+1=https://chinhphu.vn/?a=1&b=2"},
		{"link by its text", "<a>chinhphu.vn</a>", "chinhphu.vn", "text_link@0+11=http://chinhphu.vn/"},
		{"link to nowhere", `<a href="nowhere">x</a>`, "x", ""},
		{"person", `<a href="tg://user?id=101">An</a>`, "An", "text_mention@0+2"},
		{"stranger", `<a href="tg://user?id=999">?</a>`, "?", ""},
		{"code", "<code>a</code> <pre>b</pre>", "a b", "code@0+1 pre@2+1"},
		{"language", `<pre><code class="language-go">x</code></pre>`, "x", "pre@0+1=go"},
		{"language without a block", `<code class="language-go">x</code>`, "x", "code@0+1"},
		{"nothing within code", "<code><b>a</b> /done</code>", "a /done", "code@0+7"},
		{"emoji", `<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>`, "👍", "custom_emoji@0+2=5368324170671202286"},
		{"references", "&lt;b&gt; &amp; &quot; &#39; &#x1F7E2;", `<b> & " ' 🟢`, ""},
		{"reference without semicolon", "a &lt b", "a < b", ""},
		{"unknown references", "&nbsp; &#0; & R&D", "&nbsp; &#0; & R&D", ""},
		{"empty tag", "<b></b>a", "a", ""},
		{"white space around", "\n <b>a </b> \n", "a", "bold@0+1"},
		{"end tag without a name", "<b>a</>", "a", "bold@0+1"},
		{"attribute without quotes", "<blockquote expandable=1>a</blockquote>", "a", "expandable_blockquote@0+1"},
		{
			"commands found", "Xem /task_15, /viec@dondoc_bot và 15/BC-TTr", "Xem /task_15, /viec@dondoc_bot và 15/BC-TTr",
			"bot_command@4+8 bot_command@14+16",
		},
		{"no command in Vietnamese letters", "/việc", "/việc", ""},
		{
			"mention, tag, address", "@annguyen #cchc https://t.me/x?start=1.", "@annguyen #cchc https://t.me/x?start=1.",
			"mention@0+9 hashtag@10+5 url@16+22",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			id := w.send(ann, tt.source, "parse_mode", "HTML")
			w.View(func(v *botserver.World) {
				m, _ := v.Message(ann, id)
				if m.Text != tt.text || marks(m.Entities) != tt.marks || m.Source != tt.source {
					t.Errorf("%q\n got  %q %s\n want %q %s", tt.source, m.Text, marks(m.Entities), tt.text, tt.marks)
				}
			})
		})
	}
}

func TestHTMLRefused(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, ann, "/start")
	tests := []struct{ source, want string }{
		{"<p>a</p>", `Unsupported start tag "p" at byte offset 0`},
		{"đ <x>", `Unsupported start tag "x" at byte offset 3`},
		{"a < b", `Unsupported start tag "" at byte offset 2`},
		{"1 <2> 3", `Unsupported start tag "2" at byte offset 2`},
		{"<br/>", `Unsupported start tag "br/" at byte offset 0`},
		{"<b>a", `Can't find end tag corresponding to start tag "b"`},
		{"<b><i>a</b></i>", `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`},
		{"a</b>", "Unexpected end tag at byte offset 1"},
		{"<b>a</b", "Unclosed end tag at byte offset 4"},
		{"<b", "Unclosed start tag at byte offset 0"},
		{`<a href="x`, "Unclosed start tag at byte offset 0"},
		{`<a href=`, `Unclosed start tag "a" at byte offset 0`},
		{`<a href`, `Unclosed start tag "a" at byte offset 0`},
		{`<a href=a/b>x</a>`, "Unexpected end of name token at byte offset 8"},
		{`<a "x">y</a>`, `Empty attribute name in the tag "a" at byte offset 0`},
		{"<span>a</span>", `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{`<tg-emoji emoji-id="x">a</tg-emoji>`, "Invalid custom emoji identifier specified"},
		{"&#xD83D;", "Text contains invalid Unicode characters after decoding HTML entities, " +
			"check for unmatched surrogate code units"},
	}
	for _, tt := range tests {
		w.refused("sendMessage", params{"chat_id": ann, "text": tt.source, "parse_mode": "HTML"},
			"Bad Request: can't parse entities: "+tt.want)
	}
	w.refused("sendMessage", params{"chat_id": ann, "text": "*a*", "parse_mode": "MarkdownV2"},
		"Bad Request: unsupported parse_mode")
}

// TestGivenEntities gives the markup beside the text.
func TestGivenEntities(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	w.say(ann, ann, "/start")
	id := w.send(ann, "  đậm", "entities", []params{{"type": "bold", "offset": 2, "length": 3}})
	w.View(func(v *botserver.World) {
		m, _ := v.Message(ann, id)
		if m.Text != "đậm" || marks(m.Entities) != "bold@0+3" {
			t.Errorf("%q %s", m.Text, marks(m.Entities))
		}
	})
	for _, tt := range []struct {
		entity params
		want   string
	}{
		{params{"type": "bold", "offset": 9, "length": 1}, "entity begins after the end of the text at UTF-16 offset 9"},
		{params{"type": "bold", "offset": -1, "length": 1}, "receive an entity with incorrect offset -1"},
		{
			params{"type": "bold", "offset": 0, "length": 9},
			"entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
		},
		{params{"type": "x", "offset": 0, "length": 1}, "can't parse MessageEntity: Unsupported type specified"},
		{params{"type": "text_link", "offset": 0, "length": 1, "url": "x"}, "entity URL 'x' is invalid: Wrong HTTP URL"},
		{params{"type": "text_mention", "offset": 0, "length": 1, "user": params{"id": 7}}, "user not found"},
	} {
		w.refused("sendMessage", params{"chat_id": ann, "text": "đậm", "entities": []params{tt.entity}}, "Bad Request: "+tt.want)
	}
}

// FuzzHTML sends anything as HTML: what is taken must hold together, and what
// is escaped must come back as it was.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		"", "<b>a</b>", "<b><i>a</b>", "&#x1F7E2;&lt;", `<a href="tg://user?id=101">x</a>`,
		"<pre><code class='language-x'>🟢</code></pre>",
		"/done@dondoc_bot 15 @ai #x https://a.b/", "<blockquote expandable>x</blockquote> ", "\u0300<u>\x00</u>", "<", "&", "</",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		srv := botserver.New(botserver.Options{})
		check := func(source string) (botserver.Message, bool) {
			m, err := botserver.SendForTest(srv, ann, source)
			if err != nil {
				return m, false
			}
			if !utf8.ValidString(m.Text) {
				t.Fatalf("%q: text %q is no UTF-8", source, m.Text)
			}
			limit := len(utf16.Encode([]rune(m.Text)))
			for _, e := range m.Entities {
				if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > limit {
					t.Fatalf("%q: entity %+v of a text of %d", source, e, limit)
				}
			}
			if _, err := json.Marshal(m.Entities); err != nil {
				t.Fatal(err)
			}
			return m, true
		}
		if err := srv.AddUser(botserver.User{ID: ann, FirstName: "An"}); err != nil {
			t.Fatal(err)
		}
		if _, err := srv.Say(ann, ann, "/start"); err != nil {
			t.Fatal(err)
		}
		check(s)
		if m, ok := check(html.EscapeString(s)); ok && utf8.ValidString(s) {
			want := strings.TrimSpace(strings.Map(func(r rune) rune {
				if r < ' ' && r != '\n' && r != '\t' {
					return ' '
				}
				return r
			}, s))
			if strings.TrimSpace(m.Text) != want {
				t.Fatalf("%q came back as %q", want, m.Text)
			}
		}
	})
}
