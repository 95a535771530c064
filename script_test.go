//go:build unix

package main_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"dondoc/internal/botserver"
)

// A command is what one head says.
type command struct {
	by     int64
	chat   int64
	unit   string
	task   int
	status string
	note   string // with a serial number
}

// A script is all that was said, to be compared with what came of it.
type script struct {
	*office
	said  []command
	moved map[int64]int64 // chats that go on under another id
}

// verbs are the ways to report, with the status that the export knows.
var verbs = [...]struct{ command, status string }{
	{"/doing", "in_progress"}, {"/done", "done"}, {"/none", "not_arisen"}, {"/danglam", "in_progress"}, {"/vuong", "blocked"},
}

// say makes some head report on some task, in the unit's chat or in private.
func (s *script) say(chance *rand.Rand, units []unit) command {
	s.Helper()
	u := units[chance.IntN(len(units))]
	head, at := u.heads[chance.IntN(len(u.heads))], u.place
	if len(u.heads) > 1 && chance.IntN(len(u.heads)+1) > 0 || chance.IntN(2) == 0 {
		at = place{chat: head}
	}
	return s.report(chance, u, head, at)
}

// report makes the head report on some task of the unit there.
func (s *script) report(chance *rand.Rand, u unit, head int64, at place) command {
	s.Helper()
	verb := verbs[chance.IntN(len(verbs))]
	c := command{
		by: head, chat: at.chat, unit: u.code, task: u.tasks[chance.IntN(len(u.tasks))],
		status: verb.status, note: fmt.Sprintf("lần %05d", len(s.said)),
	}
	s.said = append(s.said, c)
	_, err := s.srv.Post(head, at.chat, botserver.Post{
		Text: fmt.Sprintf("%s %d %s", verb.command, c.task, c.note), Topic: at.topic,
	})
	s.must(err)
	return c
}

// answered tells whether the chat's last answer is the command's.
func answered(c command) func(*botserver.World) bool {
	return func(w *botserver.World) bool {
		m, _ := w.Last(c.chat)
		return strings.Contains(m.Text, c.note)
	}
}

// finish waits for the last answer in each chat.
func (s *script) finish(p *process) {
	s.Helper()
	last := map[int64]command{}
	for _, c := range s.said {
		c.chat = s.now(c.chat)
		last[c.chat] = c
	}
	for _, c := range last {
		s.must(s.until(p, answered(c)))
	}
}

// now is the id under which the chat goes on.
func (s *script) now(chat int64) int64 {
	if id, moved := s.moved[chat]; moved {
		return id
	}
	return chat
}

// compare compares all that is kept and all that was answered with the script.
func (s *script) compare(kills int) {
	s.Helper()
	s.compareReports()
	answers := map[int64][]string{}
	for _, c := range s.said {
		id := s.now(c.chat)
		answers[id] = append(answers[id], c.note)
	}
	for id, want := range answers {
		s.compareAnswers(id, want, kills)
	}
}

// compareReports wants every command once, where it belongs, and those of a
// chat in the order said. The export has an order within an occurrence only.
func (s *script) compareReports() {
	s.Helper()
	want := map[string]command{}
	for _, c := range s.said {
		want[c.note] = c
	}
	type queue struct {
		task int
		unit string
		chat int64
	}
	last := map[queue]string{}
	for _, r := range s.export().reports() {
		c, ok := want[r.Note]
		delete(want, r.Note)
		if !ok {
			s.Errorf("%q was recorded twice, or never said: %+v", r.Note, r)
			continue
		}
		if r.By != c.by || r.unit != c.unit || r.task != c.task || r.Via != "command" || r.Status != c.status {
			s.Errorf("%+v was recorded as %+v", c, r)
		}
		q := queue{c.task, c.unit, s.now(c.chat)}
		if last[q] > r.Note {
			s.Errorf("chat %d, task %d: %q was recorded before %q", c.chat, c.task, last[q], r.Note)
		}
		last[q] = r.Note
	}
	for _, c := range want {
		s.Errorf("lost: %+v", c)
	}
}

var serialNote = regexp.MustCompile(`lần \d{5}`)

// compareAnswers wants the chat's answers in order, those before a move in the
// old chat. One comes twice, in a row, where a kill or a fault cut off that
// Telegram had taken it.
func (s *script) compareAnswers(id int64, want []string, kills int) {
	s.Helper()
	ids := []int64{id}
	for old, is := range s.moved {
		if is == id {
			ids = []int64{old, id}
		}
	}
	var got []string
	may := kills
	s.srv.View(func(w *botserver.World) {
		for _, at := range ids {
			for _, m := range w.FromBot(at) {
				if note := serialNote.FindString(m.Text); note != "" {
					got = append(got, note)
				}
			}
		}
		for _, c := range w.CallsOf("sendMessage") {
			if slices.Contains(ids, c.Chat) && c.Fault != nil && c.Fault.After {
				may++
			}
		}
	})
	if unique := slices.Compact(slices.Clone(got)); !slices.Equal(unique, want) {
		s.Errorf("chat %d: answers %q\nwant %q", id, unique, want)
	}
	if n := len(got) - len(want); n > may {
		s.Errorf("chat %d: %d answers came twice, want at most %d", id, n, may)
	}
}
