package handlers

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// CommandNames lists every name by which the program can be commanded, for the
// tests from outside to prove that they miss none.
func CommandNames() []string {
	var names []string
	for _, r := range table() {
		names = append(names, r.names...)
	}
	return names
}

// PressVerbs and ReplyVerbs list the rows that have buttons, and those that
// replies mean.
func PressVerbs() []string { return verbsWith(func(r row) bool { return r.press != nil }) }

func ReplyVerbs() []string { return verbsWith(func(r row) bool { return r.reply != nil }) }

func verbsWith(has func(row) bool) (verbs []string) {
	for _, r := range table() {
		if has(r) {
			verbs = append(verbs, r.verb)
		}
	}
	return verbs
}

func TestParseCommand(t *testing.T) {
	const bot = "Bot_Name"
	done := func(args string) command { return command{name: "done", args: args} }
	named := func(args string) command { return command{name: "done", args: args, named: true} }
	for text, want := range map[string]command{
		"/done":                        done(""),
		"/done 15":                     done("15"),
		"  /done   15  ":               done("15"),
		"/Done 15":                     done("15"),
		"/DONE@Bot_Name 15":            named("15"),
		"/done@bot_name 15":            named("15"),
		"/done@bot_name":               named(""),
		"/done@bot_name: 15":           named("15"),
		"/done15@BOT_NAME đã ký":       named("15 đã ký"),
		"/done15":                      done("15"),
		"/done_15":                     done("15"),
		"/done15,16,18-20":             done("15,16,18-20"),
		"/done16–18":                   done("16–18"),
		"\ufeff/done\u200b 15\u200b":   done("15"), // as a page leaves it
		"/done_15,16 xong":             done("15,16 xong"),
		"/done18/2024":                 done("18/2024"),
		"/done_18_2024":                done("18/2024"),
		"/done15 16":                   done("15 16"),
		"/done15: đã xong":             done("15 đã xong"),
		"/done15:đã xong":              done("15 đã xong"),
		"/done15. Đã xong":             done("15 Đã xong"),
		"/done: 15":                    done("15"),
		"/done.":                       done(""),
		"/done 15: đã xong":            done("15: đã xong"),
		"/done\n15":                    done("15"),
		"/done 15\nđã xong\n\nhai văn": done("15\nđã xong\n\nhai văn"),
		"/done15\nđã xong":             done("15 đã xong"),
		"/done\r\n15\tđã\r\nxong":      done("15 đã\nxong"),
		"/done\u00a015":                done("15"), // as Word pastes it
		"/done\u202f15":                done("15"),
		"/done １５":                     done("１５"), // other digits are no numbers
		"/done 15 đa\u0303 ky\u0301":   done("15 đã ký"),
		"/done -3":                     done("-3"),
		"/done <b>15</b>":              done("<b>15</b>"),
		"/done\x00 15":                 done("15"),
		"/done 15 \xff":                done("15 \uFFFD"),
	} {
		if got, ok := parseCommand(text, bot); !ok || got != want {
			t.Errorf("%q: %+v, %v; want %+v", text, got, ok, want)
		}
	}
}

func TestNoCommand(t *testing.T) {
	for _, text := range []string{
		"", " ", "/", "//done", "done 15", "xong /done 15", "/ done 15", "/15", "/_15", "/đone 15", "/doneđ 15",
		"/done@other_bot 15", "/done15@other_bot", "/done@dondoc_bot15 15", "/done@ 15", "/done@@dondoc_bot 15",
		"/usr/bin", "/done-15", "/done(15)", "/dоne 15", // a Cyrillic о
	} {
		if got, ok := parseCommand(text, "dondoc_bot"); ok {
			t.Errorf("%q was taken for %+v", text, got)
		}
	}
	if got, ok := parseCommand("/done@some_bot 15", ""); ok {
		t.Errorf("before the bot knows its name: %+v", got)
	}
}

func TestParseTasks(t *testing.T) {
	hundred := make([]int, 100)
	for i := range hundred {
		hundred[i] = i + 1
	}
	for args, want := range map[string]taskList{
		"15":                             {numbers: []int{15}},
		"015":                            {numbers: []int{15}},
		"15,16,18-20":                    {numbers: []int{15, 16, 18, 19, 20}},
		"15–17,19—20 xong":               {numbers: []int{15, 16, 17, 19, 20}, rest: "xong"},
		"15,16,15-17":                    {numbers: []int{15, 16, 17}},
		"15, 16":                         {numbers: []int{15, 16}},
		"15 , 16 ,17":                    {numbers: []int{15, 16, 17}},
		"15,\u00a016":                    {numbers: []int{15, 16}},
		"15, 16, 18-20 đã xong":          {numbers: []int{15, 16, 18, 19, 20}, rest: "đã xong"},
		"15 16":                          {numbers: []int{15, 16}},
		"15 16\n17":                      {numbers: []int{15, 16, 17}},
		"15 16.":                         {numbers: []int{15, 16}},
		"15 15":                          {numbers: []int{15}},
		"15 - 17":                        {numbers: []int{15, 16, 17}},
		"15 –\u00a017, 19":               {numbers: []int{15, 16, 17, 19}},
		"15 và 16":                       {numbers: []int{15, 16}},
		"15, 16 va\u0300 18 - 20.":       {numbers: []int{15, 16, 18, 19, 20}},
		"15 & 16":                        {numbers: []int{15, 16}},
		"15 - 12 hồ sơ":                  {numbers: []int{15}, rest: "- 12 hồ sơ"},
		"15 và 20 hồ sơ đã xong":         {numbers: []int{15}, rest: "và 20 hồ sơ đã xong"},
		"15 8 - 3 - 2024":                {numbers: []int{15}, rest: "8 - 3 - 2024"},
		"15: đã xong":                    {numbers: []int{15}, rest: "đã xong"},
		"15. Đã xong":                    {numbers: []int{15}, rest: "Đã xong"},
		"15,16: đã xong":                 {numbers: []int{15, 16}, rest: "đã xong"},
		"15 20 hồ sơ đã xong":            {numbers: []int{15}, rest: "20 hồ sơ đã xong"},
		"15 123/QĐ-SXD 08/03/2024":       {numbers: []int{15}, rest: "123/QĐ-SXD 08/03/2024"},
		"15 08/03/2024":                  {numbers: []int{15}, rest: "08/03/2024"},
		"15\nđã xong\n20 hồ sơ":          {numbers: []int{15}, rest: "đã xong\n20 hồ sơ"},
		"15   đã   xong":                 {numbers: []int{15}, rest: "đã   xong"},
		"  15 van-phong p-qlxd":          {numbers: []int{15}, rest: "van-phong p-qlxd"},
		"18/2024":                        {numbers: []int{18}, year: 2024},
		"18/2024: xong":                  {numbers: []int{18}, year: 2024, rest: "xong"},
		"18,19/2024":                     {numbers: []int{18, 19}, year: 2024},
		"18/2024 19":                     {numbers: []int{18, 19}, year: 2024},
		"0":                              {numbers: []int{0}}, // no plan has it: the caller says so
		"999999999":                      {numbers: []int{999999999}},
		"1-100":                          {numbers: hundred},
		"1-50 51-100":                    {numbers: hundred},
		"2 thanh-tra 15/BC-TTr 12/03/24": {numbers: []int{2}, rest: "thanh-tra 15/BC-TTr 12/03/24"},
	} {
		got, ok, err := parseTasks(args)
		if !ok || err != nil || !slices.Equal(got.numbers, want.numbers) || got.year != want.year || got.rest != want.rest {
			t.Errorf("%q: %+v, %v, %v; want %+v", args, got, ok, err, want)
		}
	}
}

func TestWordsThatAreNoNumbers(t *testing.T) {
	for _, args := range []string{
		"", "-3", "+3", "xong", "x 15", "#15", "15a", "15.5", "15,,16", "15-", "15-16-17", "15/QĐ", "123/QĐ-SXD", "12/03",
		"18/0000", "18/24", "18/20245", "1234567890", "99999999999999999999", "１５", "٣", "²", "15, 16a", "Ⅳ",
	} {
		got, ok, err := parseTasks(args)
		if ok || err != nil || len(got.numbers) > 0 || got.rest != args {
			t.Errorf("%q: %+v, %v, %v", args, got, ok, err)
		}
	}
}

func TestRangesThatAreRefused(t *testing.T) {
	for _, args := range []string{
		"20-18", "1-101", "0-999999999", "1-100,101", "1-60 61-120", "15 20-18", "1," + strings.Repeat("2-99,", 40) + "200-300",
	} {
		got, _, err := parseTasks(args)
		var no *refusal
		if !errors.As(err, &no) || no.key != "refuse.bad_range" || len(got.numbers) > 0 {
			t.Errorf("%q: %+v, %v", args, got, err)
		}
	}
}

// TestTableOfCommands holds the table against the names of the spec: nothing
// in it is named otherwise, nothing twice, and what has no name is no command.
func TestTableOfCommands(t *testing.T) {
	spec := map[string]string{
		"start": "", "help": "trogiup", "tasks": "viec", "task": "nhiemvu", "done": "xong", "doing": "danglam",
		"blocked": "vuong", "none": "khongphatsinh", "undo": "thuhoi", "checkin": "baocaoky", "extend": "giahan",
		"due": "sapden", "overdue": "quahan", "summary": "tonghop", "report": "baocao", "history": "lichsu",
		"nudge": "nhac", "preview": "dukien", "check": "tukiemtra", "publish": "giaoviec", "return": "tralai",
		"trigger": "phatsinh", "deadline": "thoihan", "add": "themviec", "link": "", "unlink": "", "units": "",
		"invite": "", "head": "", "role": "", "import": "", "close": "", "holiday": "", "settings": "", "lang": "",
		"setup": "", // leads through the others
	}
	seen := map[string]bool{}
	for _, r := range table() {
		if seen[r.verb] {
			t.Errorf("%s stands twice", r.verb)
		}
		seen[r.verb] = true
		if (r.run != nil) != (len(r.names) > 0) {
			t.Errorf("%s: a command has a name, and what has a name can be run", r.verb)
		}
		if r.who == 0 || r.where == 0 {
			t.Errorf("%s: nobody may, or nowhere", r.verb)
		}
		if len(r.names) == 0 {
			continue
		}
		alias, known := spec[r.names[0]]
		want := []string{r.names[0]}
		if alias != "" {
			want = append(want, alias)
		}
		if !known || !slices.Equal(r.names, want) {
			t.Errorf("%s is called %v, want %v", r.verb, r.names, want)
		}
		for _, name := range r.names {
			if got, ok := parseCommand("/"+name+"15", ""); !ok || got.name != name {
				t.Errorf("/%s cannot be typed: %+v", name, got)
			}
		}
	}
}
