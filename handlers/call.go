package handlers

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/locales"
	"dondoc/storage"
)

// A standing is what somebody is at the place where he says something.
type standing uint8

// The standings; several may hold at once.
const (
	stranger standing = 1 << iota // none of the others
	member                        // writes in a unit's chat
	head                          // may report for a unit from here
	director
	admin

	anyone = stranger | member | head | director | admin
	reader = member | head | director | admin
)

// A call is one event with all that is needed to answer it.
type call struct {
	h    *Handlers
	tx   *storage.Tx
	in   chat.Incoming
	snap *storage.Snapshot
	plan *plan.Plan // the one that is meant

	person   plan.Person
	standing standing
	here     []string // codes of the units whose chat this is
	reports  []string // codes of the units that the person may report for from here
	reads    []string // codes of the units whose tasks the person may read here

	words locales.Localizer
	now   time.Time
	today plan.Date

	row      *row
	args     string       // what follows the command, cleaned
	album    []chat.File  // of which the command answers one
	action   chat.Action  // of a press or a reply
	pressed  int64        // outbox id of the message that bears the pressed button
	answered bool         // the press has its answer
	onReply  *chat.Action // what a reply to the answer means
}

// unasked is a call that no event gave cause for, in the program's language. Its
// plan is nil if there is none.
func (h *Handlers) unasked(tx *storage.Tx, now time.Time) (*call, error) {
	snap, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	today := plan.DateOf(now, h.Location)
	return &call{
		h: h, tx: tx, snap: snap, plan: snap.Current(today), words: h.Words.In(h.Lang), now: now, today: today,
	}, nil
}

// open gathers what is known of the event's place and person.
func (h *Handlers) open(tx *storage.Tx, in chat.Incoming) (*call, error) {
	c, err := h.unasked(tx, h.Now())
	if err != nil {
		return nil, err
	}
	if c.plan == nil {
		return nil, errors.New("no plan in the database")
	}
	c.in = in
	if err := c.meet(); err != nil {
		return nil, err
	}
	return c, c.chooseWords()
}

// meet finds out who speaks, and what he is here.
func (c *call) meet() error {
	var err error
	c.person, err = c.tx.Person(c.in.From.ID)
	known := err == nil && !c.in.From.Anonymous
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	if !known {
		c.person = plan.Person{ID: c.in.From.ID}
	}
	if name := called(c.in.From); known && name != "" && name != c.person.Name &&
		(c.person.Role != plan.NoRole || len(c.person.Units) > 0) {
		if err := c.tx.KeepName(c.person.ID, name); err != nil {
			return err
		}
		c.person.Name = name
	}
	if err := c.keepPlace(); err != nil {
		return err
	}
	c.settleStanding()
	return nil
}

// called is what a person is called, as it is stored and shown.
func called(p chat.Person) string { return chat.Line(chat.Clean(p.Name)) }

// keepPlace takes note of where somebody speaks or presses: the bot can write
// there, whatever it was told before.
func (c *call) keepPlace() error {
	switch {
	case c.in.Chat.Chat == 0:
		return nil
	case c.in.Kind == chat.InMessage:
		return c.tx.KeepChat(c.in.Chat)
	case c.in.Kind == chat.InPress || c.in.Kind == chat.InEdited:
		return c.tx.OpenChat(c.in.Chat.Chat)
	}
	return nil
}

func (c *call) settleStanding() {
	c.here = c.snap.Serves[c.in.Chat.Place]
	private := c.in.Chat.Kind == chat.Private
	for _, u := range c.person.Units {
		if private || slices.Contains(c.here, u) {
			c.reports = append(c.reports, u)
		}
	}
	c.reads = append(c.reads, c.here...)
	if private {
		for _, u := range c.person.Units {
			if !slices.Contains(c.reads, u) {
				c.reads = append(c.reads, u)
			}
		}
	}
	switch c.person.Role {
	case plan.Admin:
		c.standing |= admin
	case plan.Director:
		c.standing |= director
	case plan.NoRole:
	}
	if len(c.reports) > 0 {
		c.standing |= head
	}
	if len(c.here) > 0 && !private {
		c.standing |= member
	}
	if c.standing == 0 || c.in.From.Anonymous {
		c.standing = stranger
	}
}

// chooseWords picks the language: the person's own in private, else the
// group's, else the program's.
func (c *call) chooseWords() error {
	lang := c.h.Lang
	if c.in.Chat.Kind == chat.Private {
		if c.person.Lang != "" {
			lang = c.person.Lang
		}
	} else if rec, err := c.tx.Chat(c.in.Chat.Chat); err == nil && rec.Lang != "" {
		lang = rec.Lang
	} else if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	c.words = c.h.Words.In(lang)
	return nil
}

// wordsFor returns the words of a chat that is written to unasked.
func (c *call) wordsFor(chatID int64) locales.Localizer {
	lang := c.h.Lang
	if p, err := c.tx.Person(chatID); err == nil && p.Lang != "" {
		lang = p.Lang
	} else if rec, err := c.tx.Chat(chatID); err == nil && rec.Lang != "" {
		lang = rec.Lang
	}
	return c.h.Words.In(lang)
}

// to returns the call in the words of another chat.
func (c *call) to(chatID int64) *call {
	other := *c
	other.words = c.wordsFor(chatID)
	return &other
}

// t returns the locale's text of the key. args are names and values in turn:
// strings are escaped here, Markup is not, so nothing that a person typed
// reaches a chat as markup.
func (c *call) t(key string, args ...any) chat.Markup {
	return chat.Markup(c.words.T(key, data(args)))
}

// n is t with a count, which the text knows as Count.
func (c *call) n(key string, count int, args ...any) chat.Markup {
	return chat.Markup(c.words.N(key, count, data(args)))
}

func data(args []any) locales.Data {
	d := make(locales.Data, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		name := args[i].(string)
		switch v := args[i+1].(type) {
		case string:
			d[name] = string(chat.Escape(v))
		case chat.Markup:
			d[name] = string(v)
		case fmt.Stringer:
			d[name] = string(chat.Escape(v.String()))
		default:
			d[name] = v
		}
	}
	return d
}
