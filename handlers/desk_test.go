package handlers_test

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/bot"
	"dondoc/handlers"
	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/locales"
	"dondoc/storage"
)

// A desk is a linked office whose program is stopped: events are handed to the
// handlers one by one, and what they say is taken from the outbox.
type desk struct {
	*testing.T
	db     *storage.DB
	folder string
	h      *handlers.Handlers
	plan   *plan.Plan
	places []chat.Chat // by column; private is empty
	clock  string
	last   int // id of the last message
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	o := linked(t, "11/01/2024 09:00")
	o.stop()
	o.stop = func() {}
	d := &desk{T: t, folder: o.cfg.Data, clock: "13/03/2024 09:00", last: 1000}
	d.places = []chat.Chat{
		{},
		group(officeChat, 0), group(divChat, 0), group(otherChat, 0), group(forumChat, o.topic), group(forumChat, 0),
	}
	var err error
	d.db, err = storage.Open(t.Context(), filepath.Join(o.cfg.Data, "dondoc.db"))
	o.must(err)
	t.Cleanup(func() { o.must(d.db.Close()) })
	words, err := locales.Load()
	o.must(err)
	d.h = handlers.New(handlers.Config{
		Words: words, Lang: "vi", Location: zone, Now: d.now, Bot: func() string { return "dondoc_bot" },
		Links:  bot.Links{Username: func() string { return "dondoc_bot" }},
		Health: func() handlers.Health { return handlers.Health{Now: d.now()} },
	})
	o.must(d.db.Read(t.Context(), func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		d.plan = snap.Year(2024)
		return err
	}))
	for _, who := range []int64{adminID, directorID, officeHead, inspHead, divHead} { // each is known by his name
		d.handle(d.event(who, private(who), "/help"), false)
	}
	for who, text := range map[int64]string{
		officeHead: "/done 15 nội dung riêng 15", inspHead: "/done 2 nội dung riêng 2", adminID: "/done 3 thanh-tra nội dung riêng 3",
	} {
		d.handle(d.event(who, private(who), text), false)
	}
	return d
}

func group(id int64, topic int) chat.Chat {
	return chat.Chat{Place: chat.Place{Chat: id, Topic: topic}, Kind: chat.Group, Title: "Nhóm", Forum: id == forumChat}
}

func private(id int64) chat.Chat { return chat.Chat{Place: chat.Place{Chat: id}, Kind: chat.Private} }

func (d *desk) now() time.Time { return at(d.T, d.clock) }

// message is what the person of a line writes in the place of a column.
func (d *desk) message(who, where int, text string) chat.Incoming {
	place := d.places[where]
	if where == 0 {
		place = private(ids[who])
	}
	return d.event(ids[who], place, text)
}

// event is a message; nobody's is that of an anonymous admin of the group.
func (d *desk) event(who int64, place chat.Chat, text string) chat.Incoming {
	d.last++
	return chat.Incoming{
		Kind: chat.InMessage, Chat: place, From: person(who), Message: d.last, At: d.now(), Text: text,
	}
}

func person(who int64) chat.Person {
	return chat.Person{ID: who, Name: fmt.Sprintf("Người %d", who), Anonymous: who == 0}
}

// A saying is what the handlers said to one event; message is the id that its
// messages got.
type saying struct {
	outs    []chat.Outgoing
	buttons []button
	message int
}

// A button stands under a message.
type button struct {
	chat.Button
	message int
}

func (s saying) text() string {
	var parts []string
	for _, out := range s.outs {
		parts = append(parts, chat.Plain(chat.Markup(out.Text)))
	}
	return strings.Join(parts, "\n")
}

func (s saying) at(p chat.Place) string {
	s.outs = slices.DeleteFunc(slices.Clone(s.outs), func(out chat.Outgoing) bool { return out.To != p })
	return s.text()
}

func (s saying) elsewhere(p chat.Place) string {
	s.outs = slices.DeleteFunc(slices.Clone(s.outs), func(out chat.Outgoing) bool { return out.To == p })
	return s.text()
}

// button is the last one whose label holds the words, or nil.
func (s saying) button(words string) *button {
	for _, b := range slices.Backward(s.buttons) {
		if strings.Contains(b.Label, words) {
			return &b
		}
	}
	return nil
}

func (d *desk) press(who int64, place chat.Chat, b button) saying {
	d.Helper()
	in := d.event(who, place, "")
	in.Kind, in.Message = chat.InPress, b.message
	in.Press = &chat.Press{ID: "press", Button: b.ID}
	return d.handle(in, false)
}

var errTakenBack = errors.New("taken back")

// handle hands the event in; takeBack undoes what came of it.
func (d *desk) handle(in chat.Incoming, takeBack bool) (s saying) {
	d.Helper()
	err := d.db.Write(d.Context(), func(tx *storage.Tx) error {
		var last int64 // what the stopped program left
		left, err := tx.WaitingAfter(0)
		if err != nil {
			return err
		}
		for _, w := range left {
			last = w.ID
		}
		if err := d.h.Handle(tx, in); err != nil {
			return err
		}
		if err := d.take(tx, last, &s); err != nil || !takeBack {
			return err
		}
		return errTakenBack
	})
	if err != nil && !errors.Is(err, errTakenBack) {
		d.Fatalf("%+v: %v", in, err)
	}
	return s
}

// take makes messages of what was queued after the row.
func (d *desk) take(tx *storage.Tx, last int64, s *saying) error {
	waiting, err := tx.WaitingAfter(last)
	if err != nil {
		return err
	}
	d.last++
	s.message = d.last
	for _, w := range waiting {
		out, err := tx.TakeMessage(w.ID)
		if err != nil {
			return err
		}
		s.outs = append(s.outs, out)
		if err := tx.MarkSent(w.ID, w.Chat, s.message); err != nil {
			return err
		}
		for _, b := range slices.Concat(out.Buttons...) {
			at := cmp.Or(out.Message, s.message)
			if b.ID != "" {
				if b.Action, _, err = tx.ButtonAction(out.To, at, b.ID); err != nil {
					return err
				}
			}
			s.buttons = append(s.buttons, button{b, at})
		}
	}
	return nil
}

func (d *desk) write(fn func(tx *storage.Tx) error) {
	d.Helper()
	if err := d.db.Write(d.Context(), fn); err != nil {
		d.Fatal(err)
	}
}

// export is all that is known of plan and people.
func (d *desk) export() string {
	d.Helper()
	return state(d.T, d.db, d.folder, d.now())
}

// firstDifference is where two exports part, with some letters around it.
func firstDifference(x, y string) string {
	i := 0
	for i < min(len(x), len(y)) && x[i] == y[i] {
		i++
	}
	around := func(s string) string { return s[max(0, i-200):min(len(s), i+200)] }
	return "before: …" + around(x) + "…\nafter: …" + around(y) + "…"
}
