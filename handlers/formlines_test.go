package handlers

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

func TestFormLines(t *testing.T) {
	line := func(status plan.Status, words string, numbers ...int) formLine {
		return formLine{numbers: numbers, status: status, words: words}
	}
	for text, want := range map[string]formLine{
		"5 đã công bố 12 TTHC":            line(plan.Done, "đã công bố 12 TTHC", 5),
		"24 ! chờ cấp chứng thư số":       line(plan.Blocked, "chờ cấp chứng thư số", 24),
		"24! chờ cấp":                     line(plan.Blocked, "chờ cấp", 24),
		"24!chờ cấp":                      line(plan.Blocked, "chờ cấp", 24),
		"24: ! chờ cấp":                   line(plan.Blocked, "chờ cấp", 24),
		"24 !: chờ cấp":                   line(plan.Blocked, "chờ cấp", 24),
		"24 !! chờ cấp":                   line(plan.Blocked, "chờ cấp", 24),
		"24: chờ cấp":                     line(plan.Done, "chờ cấp", 24),
		"24. chờ cấp":                     line(plan.Done, "chờ cấp", 24),
		"24) chờ cấp":                     line(plan.Done, "chờ cấp", 24),
		"24 - chờ cấp":                    line(plan.Done, "chờ cấp", 24),
		"24 – chờ cấp":                    line(plan.Done, "chờ cấp", 24),
		"24-chờ cấp":                      line(plan.Done, "chờ cấp", 24),
		"24 · chờ cấp":                    line(plan.Done, "chờ cấp", 24),
		"- 5 đã xong":                     line(plan.Done, "đã xong", 5),
		"• 5: đã xong":                    line(plan.Done, "đã xong", 5),
		"+5. đã xong":                     line(plan.Done, "đã xong", 5),
		"Nhiệm vụ 5: đã xong":             line(plan.Done, "đã xong", 5),
		"NV5 đã xong":                     line(plan.Done, "đã xong", 5),
		"nhiệm vụ số 5 đã xong":           line(plan.Done, "đã xong", 5),
		"5,6, 7 đã công khai":             line(plan.Done, "đã công khai", 5, 6, 7),
		"5\u00a0đã\u00a0xong":             line(plan.Done, "đã xong", 5),
		norm.NFD.String("7 đang rà soát"): line(plan.InProgress, "đang rà soát", 7),
		"7 Đang rà soát":                  line(plan.InProgress, "Đang rà soát", 7),
		"7 dang ra soat":                  line(plan.InProgress, "dang ra soat", 7),
		"7 chưa có kết quả":               line(plan.InProgress, "chưa có kết quả", 7),
		"7 vướng mắc về kinh phí":         line(plan.Blocked, "vướng mắc về kinh phí", 7),
		"7 không phát sinh hồ sơ":         line(plan.NotArisen, "không phát sinh hồ sơ", 7),
		"7 chưa phát sinh":                line(plan.NotArisen, "chưa phát sinh", 7),
		"7 đảng bộ đã họp":                line(plan.Done, "đảng bộ đã họp", 7),
		"7 chữa cháy 3 vụ":                line(plan.Done, "chữa cháy 3 vụ", 7),
		"7 đangky xong":                   line(plan.Done, "đangky xong", 7),
		"✅ 5 đang rà soát":                line(plan.Done, "đang rà soát", 5),
		"⚠️ 24 chờ cấp":                   line(plan.Blocked, "chờ cấp", 24),
		"🔄 7 · rà soát":                   line(plan.InProgress, "rà soát", 7),
		"5 - 12 hồ sơ đã xử lý":           line(plan.Done, "12 hồ sơ đã xử lý", 5),
		"5 12 hồ sơ đã xử lý":             line(plan.Done, "12 hồ sơ đã xử lý", 5),
		"5 <b>&":                          line(plan.Done, "<b>&", 5),
	} {
		got, err := readFormLines(chat.Clean(text))
		if err != nil || len(got) != 1 {
			t.Errorf("%q: %+v, %v", text, got, err)
			continue
		}
		if g := got[0]; g.status != want.status || g.words != want.words || !slices.Equal(g.numbers, want.numbers) {
			t.Errorf("%q: %+v", text, g)
		}
	}
}

func TestFormLinesThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]struct {
		key  string
		line int
	}{
		"đã xong hết":                      {"refuse.form_line", 1},
		"14/03 đã họp":                     {"refuse.form_line", 1},
		"14.03.2024 đã họp":                {"refuse.form_line", 1},
		"5.2 triệu":                        {"refuse.form_line", 1},
		"5-12 hồ sơ":                       {"refuse.form_line", 1},
		"5% hồ sơ":                         {"refuse.form_line", 1},
		"5a":                               {"refuse.form_line", 1},
		"0 đã xong":                        {"refuse.form_line", 1},
		"123456 đã xong":                   {"refuse.form_line", 1},
		"5 đã xong\n\ntrong đó 3 hồ sơ":    {"refuse.form_line", 3},
		"5":                                {"refuse.form_no_words", 1},
		"5 đã xong\n6:":                    {"refuse.form_no_words", 2},
		"24 !":                             {"refuse.form_reason", 1},
		"24 ! .":                           {"refuse.form_reason", 1},
		"5 đã xong\n6 đã xong\n5 vẫn xong": {"refuse.form_twice", 3},
		"5,5 đã xong":                      {"", 0},
		"":                                 {"refuse.no_words", 0},
	} {
		_, err := readFormLines(text)
		var no *refusal
		if want.key == "" {
			if err != nil {
				t.Errorf("%q: %v", text, err)
			}
			continue
		}
		if !errors.As(err, &no) || no.key != want.key || want.line > 0 && no.args[1] != want.line {
			t.Errorf("%q: %+v", text, err)
		}
	}
}

// FuzzFormLines: whatever is typed is refused, or read so that nothing is made
// up: the words stand in the line, in its order, and the numbers before them.
func FuzzFormLines(f *testing.F) {
	for _, s := range []string{
		"5 đã công bố 12 TTHC\n24 ! chờ cấp chứng thư số", "- 5: đang\n\n• NV6. x", "⚠️ 24 ·  y", "5,6, 7 x", "14/03 x", "5!", "5 !",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = chat.Clean(s)
		got, err := readFormLines(s)
		if err != nil {
			if _, ok := errors.AsType[*refusal](err); !ok {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		lines := strings.Split(s, "\n")
		said, filled := map[int]bool{}, 0
		for _, l := range lines {
			if chat.Line(l) != "" {
				filled++
			}
		}
		if filled != len(got) {
			t.Fatalf("%q: %d of %d lines", s, len(got), filled)
		}
		for _, l := range got {
			// commas between numbers may lose their blanks, the words nothing
			if !strings.HasSuffix(chat.Line(lines[l.line-1]), l.words) {
				t.Fatalf("%q: line %d does not end with %q", s, l.line, l.words)
			}
			if l.words == "" || l.words != strings.TrimSpace(l.words) || len(l.numbers) == 0 {
				t.Fatalf("%q: %+v", s, l)
			}
			for _, n := range l.numbers {
				if n < 1 || said[n] {
					t.Fatalf("%q: number %d", s, n)
				}
				said[n] = true
			}
			switch l.status {
			case plan.Done, plan.InProgress, plan.Blocked, plan.NotArisen:
			case plan.NotStarted:
				t.Fatalf("%q: %+v", s, l)
			}
		}
	})
}
