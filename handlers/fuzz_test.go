package handlers

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

func FuzzParseCommand(f *testing.F) {
	for _, s := range []string{
		"/done15,16-18@Bot_Name đã xong", "/DONE@bot_name\n15", "/done_15: đa\u0303",
		"/done@other 15", "/\u00a0", "/done\xff15", "/x.,:; ;", "/done@bot_n\x03ame",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := parseCommand(text, "Bot_Name")
		for _, form := range []norm.Form{norm.NFC, norm.NFD} {
			same, okSame := parseCommand(form.String(strings.ToValidUTF8(text, "\uFFFD")), "bot_name")
			if same != got || okSame != ok {
				t.Fatalf("%q: %+v, but %+v in another spelling", text, got, same)
			}
		}
		switch {
		case !ok && got != (command{}):
			t.Fatalf("%q is no command, but %+v", text, got)
		case !ok:
			return
		case got.name == "" || strings.Trim(got.name, "abcdefghijklmnopqrstuvwxyz") != "":
			t.Fatalf("%q: name %q", text, got.name)
		case got.args != strings.TrimSpace(got.args) || !norm.NFC.IsNormalString(got.args):
			t.Fatalf("%q: args %q are not clean", text, got.args)
		case got.named && !strings.Contains(strings.ToLower(chat.Clean(text)), "@bot_name"):
			t.Fatalf("%q does not bear the name", text)
		}
		again, ok := parseCommand("/"+got.name+" "+got.args, "Bot_Name")
		if !ok || again.name != got.name || again.args != got.args {
			t.Fatalf("%q: read again as %+v, was %+v", text, again, got)
		}
	})
}

func FuzzParseTasks(f *testing.F) {
	for _, s := range []string{
		"15,16,18-20", "15 16", "15 20 hồ sơ đa\u0303 xong", "18/2024: x", "1-100 200", "1 , 2, 3a", "20-18", " 7;", "\u00a01,\u30002",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, args string) {
		got, ok, err := parseTasks(args)
		switch {
		case err != nil && (!ok || len(got.numbers) > 0 || got.rest != ""):
			t.Fatalf("%q: %+v, %v beside %v", args, got, ok, err)
		case err != nil:
			return
		case !ok && (len(got.numbers) > 0 || got.year != 0 || got.rest != strings.TrimSpace(args)):
			t.Fatalf("%q: not read, but %+v", args, got)
		case ok && (len(got.numbers) == 0 || len(got.numbers) > maxNumbers):
			t.Fatalf("%q: %d numbers", args, len(got.numbers))
		case ok && (got.year != 0 && (got.year < 1000 || got.year > 9999)):
			t.Fatalf("%q: year %d", args, got.year)
		case !strings.HasSuffix(strings.TrimSpace(args), got.rest):
			t.Fatalf("%q: the rest is %q", args, got.rest)
		}
		sorted := slices.Sorted(slices.Values(got.numbers))
		if len(slices.Compact(sorted)) != len(got.numbers) || ok && (sorted[0] < 0 || sorted[len(got.numbers)-1] > 999_999_999) {
			t.Fatalf("%q: numbers %v", args, got.numbers)
		}
		composed, okC, errC := parseTasks(norm.NFC.String(args))
		decomposed, okD, errD := parseTasks(norm.NFD.String(args))
		if okC != okD || (errC == nil) != (errD == nil) || !slices.Equal(composed.numbers, decomposed.numbers) ||
			composed.year != decomposed.year || norm.NFC.String(composed.rest) != norm.NFC.String(decomposed.rest) {
			t.Fatalf("%q: composed %+v, decomposed %+v", args, composed, decomposed)
		}
	})
}

func FuzzCutUnits(f *testing.F) {
	roster, err := plan.NewRoster(
		[]plan.Unit{
			{Code: "van-phong", Name: "Văn phòng Sở", Kind: plan.UnitOffice},
			{Code: "p-qlxd", Name: "Phòng Quản lý xây dựng", Kind: plan.UnitDivision},
		},
		[]plan.Collective{{Code: "cac-phong", Name: "Các phòng CM, đơn vị trực thuộc Sở", Members: []string{"phong_cm"}}})
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{
		"van-phong 30/06/2024", "Các phòng CM, đơn vị trực thuộc Sở, van-phong Quý III/2024",
		"phòng lạ, 30/06", " ,;", "van-phong\u00a0\n15/11",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cell, units, rest := cutUnits(roster, s)
		if len(units) == 0 && (cell != "" || rest != s) {
			t.Fatalf("%q: no unit, yet %q and %q", s, cell, rest)
		}
		if len(units) > 0 && (!strings.HasPrefix(s, cell) || !strings.HasSuffix(s, rest)) {
			t.Fatalf("%q is not %q and %q", s, cell, rest)
		}
		for _, u := range units {
			if _, ok := roster.Unit(u); !ok {
				t.Fatalf("%q: unit %q", s, u)
			}
		}
		unknownUnit(roster, s, 2024)
	})
}

func FuzzReadSettings(f *testing.F) {
	for _, s := range []string{"08:15", "8h15", "8h", "24:00", "07:00 – 18:00", "14/6", "29.2", "-", "0/0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if at, ok := readClock(s); ok && (at < 0 || at >= plan.At(24, 0)) {
			t.Fatalf("%q is %d", s, at)
		}
		if from, to, ok := readClocks(s); ok {
			if a, again := readClock(clock(from)); a != from || !again {
				t.Fatalf("%q begins at %s", s, clock(from))
			}
			if a, again := readClock(clock(to)); a != to || !again {
				t.Fatalf("%q ends at %s", s, clock(to))
			}
		}
		if d, ok := readDayOfYear(s); ok && d.Valid() && d.In(2024).Day() != d.Day {
			t.Fatalf("%q is %v", s, d)
		}
	})
}

func FuzzReadDays(f *testing.F) {
	for _, s := range []string{"30/04/2025 nghỉ Lễ", "28/01/2025-02/02/2025 nghỉ", "28.1.2025 – 2-2-2025", "31/02/2025", "1/1/1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		from, to, rest, err := readDays(s)
		if err != nil {
			return
		}
		if from == 0 || to == 0 || !strings.HasSuffix(strings.TrimSpace(s), rest) {
			t.Fatalf("%q is %s to %s and %q", s, from, to, rest)
		}
		for _, words := range [][]string{dropWords, workWords, offWords} {
			cutWords(rest, words)
		}
	})
}
